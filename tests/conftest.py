"""What every lane shares."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck

from tests import lanes
from tests.browsing import chromium, faults_of, page, sign_in
from tests.processes import django_db_setup, migrated

# The same invented cases in every run; a busy machine is no reason to fail.
hypothesis.settings.register_profile(
    "fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.settings.load_profile("fixed")

# One browser and one migrated database for the whole session, whichever folder asks for it.
__all__ = ["chromium", "django_db_setup", "faults_of", "migrated", "page", "sign_in"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    lanes.mark_rows(items)
    lanes.choose(config, items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in lanes.announcements():
        terminalreporter.write_line(line, yellow=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def _own_files() -> Iterator[None]:
    """Leave nothing behind: the files and the database of this run have a folder of their own."""
    yield
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _first_language() -> None:
    """A page that was asked for in English leaves that language behind in its thread."""
    translation.deactivate()


#: Migrations that make the database refuse changes; ``guard`` and ``unguard`` set and lift that.
GUARDS = (
    "zhijian.foundation.migrations.0002_guard_audit",
    "zhijian.packs.migrations.0002_guard_published",
    "zhijian.outcomes.migrations.0002_guard_ledger",
    "zhijian.outcomes.migrations.0009_guard_personal",
    "zhijian.outcomes.migrations.0011_guard_compensation",
    "zhijian.cases.migrations.0002_guard_cases",
    "zhijian.papers.migrations.0002_guard_papers",
)


@pytest.fixture(scope="session", autouse=True)
def _guarded_rows_can_be_emptied_between_tests() -> Iterator[None]:
    """Lift the triggers that guard rows while a transactional test cleans the database up.

    The triggers are part of every test; only the flush after it, which Django does by DELETE or
    TRUNCATE, must get past them.
    """
    guards = [importlib.import_module(name) for name in GUARDS]
    flush = TransactionTestCase._fixture_teardown

    def unguarded_flush(self: TransactionTestCase) -> None:
        with connection.schema_editor() as editor:
            for each in guards:
                each.unguard(None, editor)
        flush(self)
        with connection.schema_editor() as editor:
            for each in guards:
                each.guard(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguarded_flush)
        yield
