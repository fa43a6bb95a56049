"""Which database: SQLite beside the program by default, PostgreSQL by ``DATABASE_URL``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ

# IMMEDIATE takes the write lock when a transaction begins: a second writer waits instead of
# failing half-way, and reading before writing inside one transaction is safe.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-65536;"
        "PRAGMA mmap_size=268435456;"
    ),
}


def database_from(env: environ.Env, var: Path) -> dict[str, Any]:
    """Return the one entry of ``DATABASES``."""
    database: dict[str, Any] = env.db_url(
        "DATABASE_URL", default=f"sqlite:///{var}/zhijian.sqlite3"
    )
    if database["ENGINE"] == "django.db.backends.sqlite3":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        database["OPTIONS"] = {**database.get("OPTIONS", {}), **_SQLITE_OPTIONS}
    database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    database["CONN_HEALTH_CHECKS"] = True
    return database
