"""Lanes that need something of the machine: left out where it is missing, and said loudly."""

from __future__ import annotations

import os
import shutil

import pytest

from tests import clusters

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: Fixtures of those that ask a database.
_ASKING = frozenset({"db", "transactional_db", "live_server", "migrated"})

left_out: dict[str, int] = {}


def browser() -> str | None:
    """Return the path of a browser that can be driven."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def postgresql() -> str:
    """Return the address of a PostgreSQL server for tests, or nothing."""
    return os.environ.get("ZHIJIAN_TEST_POSTGRES_URL", "")


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out the tests whose lane cannot run here."""
    there = {"browser": browser(), "postgres": postgresql(), "cluster": clusters.programs()}
    for lane, is_there in there.items():
        missing = [] if is_there else [item for item in items if item.get_closest_marker(lane)]
        if missing:
            left_out[lane] = len(missing)
            items[:] = [item for item in items if item not in missing]
            config.hook.pytest_deselected(items=missing)


def mark_rows(items: list[pytest.Item]) -> None:
    """Mark the tests that ask a database: the others prove the same on either engine."""
    for item in items:
        asked = _ASKING.intersection(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("django_db"):
            item.add_marker("rows")


def announcements() -> list[str]:
    """Return what has to be told at the end of a run."""
    return [
        f"*** {count} tests of the lane '{lane}' did not run: this machine has no {lane} ***"
        for lane, count in left_out.items()
    ]
