"""Let the database itself refuse to change or delete an event, or to take a lasting flag back.

SQL of an engine, because triggers are not part of Django's vocabulary. What belongs to the sample
organisation may be deleted as a whole; it may not be changed either.
"""

from django.db import migrations

from zhijian.foundation.triggers import set_and_lift

_EVENTS, _CASES = "cases_caseevent", "cases_case"
_SAYS = "events of cases are never changed or deleted"
_FLAG_SAYS = "confidential and anonymous cases stay so"
_TAKEN_BACK = (
    "(OLD.is_confidential AND NOT NEW.is_confidential)"
    " OR (OLD.is_anonymous AND NOT NEW.is_anonymous)"
)

_SQLITE = [
    f"""
    CREATE TRIGGER {_EVENTS}_no_update BEFORE UPDATE ON {_EVENTS}
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """,
    f"""
    CREATE TRIGGER {_EVENTS}_no_delete BEFORE DELETE ON {_EVENTS} WHEN NOT OLD.is_sample
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """,
    f"""
    CREATE TRIGGER {_CASES}_flags_stay BEFORE UPDATE ON {_CASES} WHEN {_TAKEN_BACK}
    BEGIN SELECT RAISE(ABORT, '{_FLAG_SAYS}'); END;
    """,
]

_POSTGRESQL = [
    f"""
    CREATE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_SAYS}'; END $$;
    """,
    f"""
    CREATE FUNCTION cases_flags_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_FLAG_SAYS}'; END $$;
    """,
    f"""
    CREATE TRIGGER {_EVENTS}_no_update BEFORE UPDATE ON {_EVENTS}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse();
    """,
    f"""
    CREATE TRIGGER {_EVENTS}_no_delete BEFORE DELETE ON {_EVENTS}
    FOR EACH ROW WHEN (NOT OLD.is_sample) EXECUTE FUNCTION cases_refuse();
    """,
    f"""
    CREATE TRIGGER {_EVENTS}_no_truncate BEFORE TRUNCATE ON {_EVENTS}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse();
    """,
    f"""
    CREATE TRIGGER {_CASES}_flags_stay BEFORE UPDATE ON {_CASES}
    FOR EACH ROW WHEN ({_TAKEN_BACK}) EXECUTE FUNCTION cases_flags_refuse();
    """,
]

_UNDO = {
    "sqlite": [
        f"DROP TRIGGER {_EVENTS}_no_update",
        f"DROP TRIGGER {_EVENTS}_no_delete",
        f"DROP TRIGGER {_CASES}_flags_stay",
    ],
    "postgresql": [
        *(
            f"DROP TRIGGER {_EVENTS}_no_{verb} ON {_EVENTS}"
            for verb in (
                "update",
                "delete",
                "truncate",
            )
        ),
        f"DROP TRIGGER {_CASES}_flags_stay ON {_CASES}",
        "DROP FUNCTION cases_refuse()",
        "DROP FUNCTION cases_flags_refuse()",
    ],
}

guard, unguard = set_and_lift({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, _UNDO)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
