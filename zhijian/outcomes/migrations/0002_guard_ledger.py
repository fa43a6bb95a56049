"""Let the database itself refuse to change or delete an entry of the ledger or a budget item.

SQL of an engine, because triggers are not part of Django's vocabulary. What belongs to the sample
organisation may be deleted as a whole; it may not be changed either.
"""

from django.db import migrations

from zhijian.foundation.triggers import set_and_lift

_SAYS = "what is booked is never changed or deleted"
_TABLES = ("outcomes_ledgerentry", "outcomes_budgetitem")

_SQLITE = [
    statement
    for table in _TABLES
    for statement in (
        f"""
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
        """,
        f"""
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT OLD.is_sample
        BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
        """,
    )
]

_POSTGRESQL = [
    f"""
    CREATE FUNCTION outcomes_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_SAYS}'; END $$;
    """,
] + [
    statement
    for table in _TABLES
    for statement in (
        f"""
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION outcomes_refuse();
        """,
        f"""
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        FOR EACH ROW WHEN (NOT OLD.is_sample) EXECUTE FUNCTION outcomes_refuse();
        """,
        f"""
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION outcomes_refuse();
        """,
    )
]

_UNDO = {
    "sqlite": [
        f"DROP TRIGGER {table}_no_{verb}" for table in _TABLES for verb in ("update", "delete")
    ],
    "postgresql": [
        *(
            f"DROP TRIGGER {table}_no_{verb} ON {table}"
            for table in _TABLES
            for verb in ("update", "delete", "truncate")
        ),
        "DROP FUNCTION outcomes_refuse()",
    ],
}

guard, unguard = set_and_lift({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, _UNDO)


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
