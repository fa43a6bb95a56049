"""Let the database itself refuse to change or delete an audit entry.

The one place with SQL of an engine: triggers are not part of Django's vocabulary.
"""

from django.db import migrations

from zhijian.foundation.triggers import set_and_lift

_SQLITE = [
    f"""
    CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON foundation_auditentry
    BEGIN SELECT RAISE(ABORT, 'audit entries are never changed or deleted'); END;
    """
    for verb in ("UPDATE", "DELETE")
]

_POSTGRESQL = [
    """
    CREATE FUNCTION foundation_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$;
    """,
    """
    CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON foundation_auditentry
    FOR EACH ROW EXECUTE FUNCTION foundation_audit_refuse();
    """,
    """
    CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON foundation_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION foundation_audit_refuse();
    """,
]

_UNDO = {
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
    "postgresql": [
        "DROP TRIGGER audit_no_change ON foundation_auditentry",
        "DROP TRIGGER audit_no_truncate ON foundation_auditentry",
        "DROP FUNCTION foundation_audit_refuse()",
    ],
}

guard, unguard = set_and_lift({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, _UNDO)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
