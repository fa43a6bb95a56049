"""Let the database itself refuse to change what was proposed about a person, or to delete it.

SQL of an engine, because triggers are not part of Django's vocabulary. State, number and days come
with the decision; everything else stays as it was proposed. What belongs to the sample
organisation may be deleted as a whole.
"""

from django.db import migrations

from zhijian.foundation.triggers import set_and_lift

_SAYS = "what was proposed about a person is never changed or deleted"
_TABLE, _STEPS = "outcomes_personaldecision", "outcomes_personalstep"
_KEPT = (
    "pack_version_id", "pack_id", "plan", "ground", "ground_title", "ground_title_en", "measure",
    "measure_title", "measure_title_en", "kind", "cites", "person_id", "unit_id", "unit_name",
    "fault_id", "offender_id", "account", "amount", "proposed_by_id", "proposed_at", "is_sample",
)  # fmt: skip
_SAMPLE = "(SELECT is_sample FROM outcomes_personaldecision WHERE id = OLD.decision_id)"


def _differs(word):
    return " OR ".join(f"OLD.{name} {word} NEW.{name}" for name in _KEPT)


_SQLITE = [
    f"""
    CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE}
    WHEN {_differs("IS NOT")}
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """,
    f"""
    CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE} WHEN NOT OLD.is_sample
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """,
    f"""
    CREATE TRIGGER {_STEPS}_no_update BEFORE UPDATE ON {_STEPS}
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """,
    f"""
    CREATE TRIGGER {_STEPS}_no_delete BEFORE DELETE ON {_STEPS} WHEN NOT {_SAMPLE}
    BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END;
    """,
]

_POSTGRESQL = [
    f"""
    CREATE FUNCTION outcomes_refuse_personal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_SAYS}'; END $$;
    """,
    f"""
    CREATE FUNCTION outcomes_keep_personal_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_SAMPLE} THEN RETURN OLD; END IF;
        RAISE EXCEPTION '{_SAYS}';
    END $$;
    """,
    f"""
    CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE}
    FOR EACH ROW WHEN ({_differs("IS DISTINCT FROM")}) EXECUTE FUNCTION outcomes_refuse_personal();
    """,
    f"""
    CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE}
    FOR EACH ROW WHEN (NOT OLD.is_sample) EXECUTE FUNCTION outcomes_refuse_personal();
    """,
    f"""
    CREATE TRIGGER {_STEPS}_no_update BEFORE UPDATE ON {_STEPS}
    FOR EACH ROW EXECUTE FUNCTION outcomes_refuse_personal();
    """,
    f"""
    CREATE TRIGGER {_STEPS}_no_delete BEFORE DELETE ON {_STEPS}
    FOR EACH ROW EXECUTE FUNCTION outcomes_keep_personal_step();
    """,
    *(
        f"""
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION outcomes_refuse_personal();
        """
        for table in (_TABLE, _STEPS)
    ),
]

_UNDO = {
    "sqlite": [
        f"DROP TRIGGER {table}_no_{verb}"
        for table in (_TABLE, _STEPS)
        for verb in ("update", "delete")
    ],
    "postgresql": [
        *(
            f"DROP TRIGGER {table}_no_{verb} ON {table}"
            for table in (_TABLE, _STEPS)
            for verb in ("update", "delete", "truncate")
        ),
        "DROP FUNCTION outcomes_refuse_personal()",
        "DROP FUNCTION outcomes_keep_personal_step()",
    ],
}

guard, unguard = set_and_lift({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, _UNDO)


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0008_personal_decisions")]
    operations = [migrations.RunPython(guard, unguard)]
