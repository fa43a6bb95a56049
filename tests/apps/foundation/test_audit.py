"""The audit trail: a chain that nobody can change unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.apps.foundation.failing import rolled_back
from zhijian.foundation.audit import queries
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.models import AuditEntry, AuditHead
from zhijian.foundation.audit.queries import Filter
from zhijian.foundation.audit.services import record

pytestmark = pytest.mark.django_db


def _note(number: int = 0) -> AuditEntry:
    return record(
        actor=None,
        action="test.note",
        subject=Subject("test.thing", str(number), "某物"),
        before={"amount": Decimal("1.50")},
        after={"day": date(2024, 2, 29), "ids": {2, 1}},
    )


@pytest.mark.req("SYS-06")
def test_each_entry_is_chained_to_the_one_before() -> None:
    first, second = _note(1), _note(2)

    assert second.previous_hash == first.hash
    assert (first.before, first.after) == ({"amount": "1.50"}, {"day": "2024-02-29", "ids": [1, 2]})
    report = queries.verify_chain()
    assert (report.is_sound, report.entries, report.last_hash) == (True, 2, second.hash)


@pytest.mark.req("SYS-06")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE foundation_auditentry SET actor = 'nobody'", "DELETE FROM foundation_auditentry"],
)
def test_the_database_refuses_to_change_or_delete_an_entry(statement: str) -> None:
    _note()

    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert queries.verify_chain().entries == 1


def _forge(**values: object) -> None:
    """Add an entry past the service, as somebody with the database in hand could."""
    last = AuditEntry.objects.order_by("number").last()
    fields = {
        "number": last.number + 1,
        "at": last.at,
        "actor": "committee",
        "action": "assessments.approve",
        "subject_kind": "k",
        "subject_key": "1",
        "subject_label": "",
        "previous_hash": last.hash,
        "hash": "f" * 64,
    }
    AuditEntry.objects.create(**(fields | values))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "audit.entry_changed"),
        ({"previous_hash": "0" * 64}, "audit.link_broken"),
        ({"number": 9}, "audit.entry_missing"),
    ],
)
def test_a_forged_entry_is_found(values: dict, reason: str) -> None:
    _note()
    _forge(**values)

    report = queries.verify_chain()

    assert (report.is_sound, report.reason) == (False, reason)
    with pytest.raises(CommandError, match="审计记录"):
        call_command("audit_verify")


def test_a_cut_off_end_is_found() -> None:
    _note()
    AuditHead.objects.filter(pk=1).update(number=2)

    report = queries.verify_chain()

    assert (report.reason, report.broken_at) == ("audit.end_missing", 2)


def test_an_entry_goes_with_the_change_that_is_rolled_back() -> None:
    _note(1)
    with pytest.raises(RuntimeError):
        rolled_back(lambda: _note(2))
    _note(3)

    assert list(AuditEntry.objects.values_list("number", flat=True)) == [1, 2]
    assert queries.verify_chain().is_sound


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain() -> None:
    def write(number: int) -> None:
        try:
            with transaction.atomic():
                _note(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(30)))

    report = queries.verify_chain()
    assert (report.is_sound, report.entries) == (True, 30)


def test_entries_are_found_by_text_action_and_day() -> None:
    entry = _note(7)
    day = entry.at.date()

    assert queries.find(Filter(text="某物", action="test")).count() == 1
    assert queries.find(Filter(action="other")).count() == 0
    assert queries.find(Filter(first=day.replace(year=day.year + 1))).count() == 0
    assert [each.number for each in queries.of_subject("test.thing", "7")] == [1]
