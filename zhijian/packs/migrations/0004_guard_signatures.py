"""Let the database itself refuse to change a signature.

SQL of an engine, because triggers are not part of Django's vocabulary. Signatures may be deleted
with a draft or with the people of a sample; the audit trail keeps them.
"""

from django.db import migrations

from zhijian.foundation.triggers import set_and_lift

_NAME = "packs_signature_no_update"
_SQLITE = [
    f"""
    CREATE TRIGGER {_NAME} BEFORE UPDATE ON packs_signature
    BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END;
    """,
]
_POSTGRESQL = [
    """
    CREATE FUNCTION packs_refuse_signature() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a signature is never changed'; END $$;
    """,
    f"""
    CREATE TRIGGER {_NAME} BEFORE UPDATE ON packs_signature
    FOR EACH ROW EXECUTE FUNCTION packs_refuse_signature();
    """,
]
_UNDO = {
    "sqlite": [f"DROP TRIGGER {_NAME}"],
    "postgresql": [
        f"DROP TRIGGER {_NAME} ON packs_signature",
        "DROP FUNCTION packs_refuse_signature()",
    ],
}

guard, unguard = set_and_lift({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, _UNDO)


class Migration(migrations.Migration):
    dependencies = [("packs", "0003_signatures")]
    operations = [migrations.RunPython(guard, unguard)]
