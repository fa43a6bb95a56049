"""Let the database itself refuse to change what was issued, or what happened to it.

SQL of an engine, because triggers are not part of Django's vocabulary. What belongs to the sample
organisation may be deleted as a whole; it may not be changed either. The file is noted once, right
after the row was made.
"""

from django.db import migrations

from zhijian.foundation.triggers import set_and_lift

_EVENTS, _PAPERS = "papers_paperevent", "papers_paper"
_EVENTS_SAY = "events of papers are never changed or deleted"
_PAPERS_SAY = "what was issued is never changed or deleted"
_KEPT = (
    "case_id", "form", "title", "number", "code", "issuer", "issued_at", "issued_by_id", "document",
    "content_digest", "digest", "is_personal", "replaces_id", "is_sample",
)  # fmt: skip


def _changed(differs):
    told = [f"OLD.{name} {differs} NEW.{name}" for name in _KEPT]
    return " OR ".join([*told, "(OLD.pdf_id <> 0 AND OLD.pdf_id <> NEW.pdf_id)"])


_SQLITE = [
    f"""
    CREATE TRIGGER {_EVENTS}_no_update BEFORE UPDATE ON {_EVENTS}
    BEGIN SELECT RAISE(ABORT, '{_EVENTS_SAY}'); END;
    """,
    f"""
    CREATE TRIGGER {_EVENTS}_no_delete BEFORE DELETE ON {_EVENTS} WHEN NOT OLD.is_sample
    BEGIN SELECT RAISE(ABORT, '{_EVENTS_SAY}'); END;
    """,
    f"""
    CREATE TRIGGER {_PAPERS}_stays BEFORE UPDATE ON {_PAPERS} WHEN {_changed("IS NOT")}
    BEGIN SELECT RAISE(ABORT, '{_PAPERS_SAY}'); END;
    """,
    f"""
    CREATE TRIGGER {_PAPERS}_no_delete BEFORE DELETE ON {_PAPERS} WHEN NOT OLD.is_sample
    BEGIN SELECT RAISE(ABORT, '{_PAPERS_SAY}'); END;
    """,
]

_POSTGRESQL = [
    f"""
    CREATE FUNCTION papers_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_EVENTS_SAY}'; END $$;
    """,
    f"""
    CREATE FUNCTION papers_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_PAPERS_SAY}'; END $$;
    """,
    f"""
    CREATE TRIGGER {_EVENTS}_no_update BEFORE UPDATE ON {_EVENTS}
    FOR EACH ROW EXECUTE FUNCTION papers_events_refuse();
    """,
    f"""
    CREATE TRIGGER {_EVENTS}_no_delete BEFORE DELETE ON {_EVENTS}
    FOR EACH ROW WHEN (NOT OLD.is_sample) EXECUTE FUNCTION papers_events_refuse();
    """,
    f"""
    CREATE TRIGGER {_EVENTS}_no_truncate BEFORE TRUNCATE ON {_EVENTS}
    FOR EACH STATEMENT EXECUTE FUNCTION papers_events_refuse();
    """,
    f"""
    CREATE TRIGGER {_PAPERS}_stays BEFORE UPDATE ON {_PAPERS}
    FOR EACH ROW WHEN ({_changed("IS DISTINCT FROM")}) EXECUTE FUNCTION papers_refuse();
    """,
    f"""
    CREATE TRIGGER {_PAPERS}_no_delete BEFORE DELETE ON {_PAPERS}
    FOR EACH ROW WHEN (NOT OLD.is_sample) EXECUTE FUNCTION papers_refuse();
    """,
]

_UNDO = {
    "sqlite": [
        f"DROP TRIGGER {_EVENTS}_no_update",
        f"DROP TRIGGER {_EVENTS}_no_delete",
        f"DROP TRIGGER {_PAPERS}_stays",
        f"DROP TRIGGER {_PAPERS}_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER {_EVENTS}_no_update ON {_EVENTS}",
        f"DROP TRIGGER {_EVENTS}_no_delete ON {_EVENTS}",
        f"DROP TRIGGER {_EVENTS}_no_truncate ON {_EVENTS}",
        f"DROP TRIGGER {_PAPERS}_stays ON {_PAPERS}",
        f"DROP TRIGGER {_PAPERS}_no_delete ON {_PAPERS}",
        "DROP FUNCTION papers_events_refuse()",
        "DROP FUNCTION papers_refuse()",
    ],
}

guard, unguard = set_and_lift({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, _UNDO)


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
