"""Let the database itself refuse to change or delete a published version and its records.

SQL of an engine, because triggers are not part of Django's vocabulary.
"""

from django.db import migrations

from zhijian.foundation.triggers import set_and_lift

_SAYS = "a published pack is never changed or deleted"
# Decisions of a sample organization go with it, so they may be deleted; the audit trail keeps them.
_GUARDED = (
    ("packs_revision", "UPDATE"),
    ("packs_revision", "DELETE"),
    ("packs_confirmation", "UPDATE"),
)

_SQLITE = [
    f"""
    CREATE TRIGGER packs_published_no_{verb.lower()} BEFORE {verb} ON packs_packversion
    WHEN OLD.state = 'published'
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """
    for verb in ("UPDATE", "DELETE")
] + [
    f"""
    CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """
    for table, verb in _GUARDED
]

_POSTGRESQL = [
    f"""
    CREATE FUNCTION packs_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_SAYS}'; END $$;
    """,
    """
    CREATE TRIGGER packs_published_no_change BEFORE UPDATE OR DELETE ON packs_packversion
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION packs_refuse();
    """,
] + [
    f"""
    CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
    FOR EACH ROW EXECUTE FUNCTION packs_refuse();
    """
    for table, verb in _GUARDED
]

_UNDO = {
    "sqlite": [
        "DROP TRIGGER packs_published_no_update",
        "DROP TRIGGER packs_published_no_delete",
        *(f"DROP TRIGGER {table}_no_{verb.lower()}" for table, verb in _GUARDED),
    ],
    "postgresql": [
        "DROP TRIGGER packs_published_no_change ON packs_packversion",
        *(f"DROP TRIGGER {table}_no_{verb.lower()} ON {table}" for table, verb in _GUARDED),
        "DROP FUNCTION packs_refuse()",
    ],
}

guard, unguard = set_and_lift({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, _UNDO)


class Migration(migrations.Migration):
    dependencies = [("packs", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
