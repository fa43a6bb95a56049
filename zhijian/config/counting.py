"""Counts that are read from the database when somebody asks for the metrics."""

from __future__ import annotations

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from zhijian.foundation.notifications import queries as notifications


def of_notifications() -> bytes:
    """Return what is still to be sent, in the format of Prometheus; nothing without a database."""
    try:
        backlog = notifications.backlog()
    except DatabaseError:
        # What the processes count themselves is wanted most of all when the database is away.
        return b""
    counts = {
        "waiting": (backlog.waiting, "Messages still to be sent"),
        "failed": (backlog.failed, "Of these, those that failed before"),
        "given_up": (backlog.given_up, "Messages that were given up"),
        "oldest_seconds": (backlog.seconds, "For how long the oldest has been waiting"),
    }
    registry = CollectorRegistry()
    for name, (value, meaning) in counts.items():
        Gauge(f"zhijian_notifications_{name}", meaning, registry=registry).set(value)
    return generate_latest(registry)
