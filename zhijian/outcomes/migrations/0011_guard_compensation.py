"""Let the database itself refuse to change or delete an entry of the book of compensation.

SQL of an engine, because triggers are not part of Django's vocabulary. What belongs to the sample
organisation may be deleted as a whole; it may not be changed either.
"""

from django.db import migrations

_SAYS = "what is booked is never changed or deleted"
_TABLE = "outcomes_compensationentry"

_SQLITE = [
    f"""
    CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE}
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """,
    f"""
    CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE} WHEN NOT OLD.is_sample
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """,
]

_POSTGRESQL = [
    f"""
    CREATE FUNCTION outcomes_refuse_compensation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_SAYS}'; END $$;
    """,
    *(
        f"""
        CREATE TRIGGER {_TABLE}_no_{name} BEFORE {event} ON {_TABLE}
        {scope} EXECUTE FUNCTION outcomes_refuse_compensation();
        """
        for name, event, scope in (
            ("update", "UPDATE", "FOR EACH ROW"),
            ("delete", "DELETE", "FOR EACH ROW WHEN (NOT OLD.is_sample)"),
            ("truncate", "TRUNCATE", "FOR EACH STATEMENT"),
        )
    ),
]

_UNDO = {
    "sqlite": [f"DROP TRIGGER {_TABLE}_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        *(
            f"DROP TRIGGER {_TABLE}_no_{verb} ON {_TABLE}"
            for verb in ("update", "delete", "truncate")
        ),
        "DROP FUNCTION outcomes_refuse_compensation()",
    ],
}


def guard(apps, schema_editor):
    """Make the triggers of the engine in use."""
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[
        schema_editor.connection.vendor
    ]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    """Remove the triggers."""
    for statement in _UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0010_compensation")]
    operations = [migrations.RunPython(guard, unguard)]
