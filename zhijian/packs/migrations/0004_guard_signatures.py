"""Let the database itself refuse to change a signature.

SQL of an engine, because triggers are not part of Django's vocabulary. Signatures may be deleted
with a draft or with the people of a sample; the audit trail keeps them.
"""

from django.db import migrations

_NAME = "packs_signature_no_update"
_MAKE = {
    "sqlite": f"""
    CREATE TRIGGER {_NAME} BEFORE UPDATE ON packs_signature
    BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END;
    """,
    "postgresql": f"""
    CREATE FUNCTION packs_refuse_signature() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a signature is never changed'; END $$;
    CREATE TRIGGER {_NAME} BEFORE UPDATE ON packs_signature
    FOR EACH ROW EXECUTE FUNCTION packs_refuse_signature();
    """,
}
_UNDO = {
    "sqlite": f"DROP TRIGGER {_NAME}",
    "postgresql": f"DROP TRIGGER {_NAME} ON packs_signature;"
    " DROP FUNCTION packs_refuse_signature();",
}


def guard(apps, schema_editor):
    """Make the trigger of the engine in use."""
    schema_editor.execute(_MAKE[schema_editor.connection.vendor])


def unguard(apps, schema_editor):
    """Remove the trigger."""
    schema_editor.execute(_UNDO[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("packs", "0003_signatures")]
    operations = [migrations.RunPython(guard, unguard)]
