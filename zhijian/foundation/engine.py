"""Which database engine there is, where what is quick on one is slow on the other."""

from __future__ import annotations

from django.db import connection


def is_postgresql() -> bool:
    """Tell whether the site runs on PostgreSQL; otherwise it runs on SQLite."""
    return connection.vendor == "postgresql"
