"""Typing an amount while a correction is approved: one comes first, nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection

from tests.apps.outcomes.open_results import Decided, decided
from tests.corrections import REASON, second_committee
from zhijian.assessments.services import approving, correcting
from zhijian.foundation.audit.queries import of_subject
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import AmountState, LedgerEntry, OpenAmount
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.outcomes.services import booking

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

#: Long enough for the other one to come to where it has to wait.
_HEAD_START = 1.5


@pytest.fixture
def handed_in() -> Decided:
    """A correction that takes the reward of the first edition back, before its approval."""
    result = decided()
    result.assessment = correcting.reopen(
        actor=second_committee(), assessment_id=result.assessment.pk, reason=REASON
    )
    result.enter("20")
    result.compute()
    approving.submit(actor=result.people.working_group, assessment_id=result.assessment.pk)
    return result


class Race:
    """Two threads: the first comes to its first number before the other begins."""

    def __init__(self) -> None:
        self.at_number, self.told = threading.Event(), {"first": "", "then": ""}
        self.given = booking.next_number

    def next_number(self, **asked: Any) -> int:
        if threading.current_thread().name == "first" and not self.at_number.is_set():
            self.at_number.set()
            threading.Event().wait(_HEAD_START)
        return self.given(**asked)

    def run(self, name: str, act: Callable[[], Any]) -> None:
        if name == "then":
            self.at_number.wait(30)
        try:
            act()
            self.told[name] = "done"
        except OutcomeRefused as refusal:
            self.told[name] = refusal.code
        except DatabaseError as error:
            self.told[name] = repr(error)
        finally:
            self.at_number.set()
            connection.close()


def race(
    monkeypatch: pytest.MonkeyPatch, first: Callable[[], Any], then: Callable[[], Any]
) -> list[str]:
    """Let both happen at once; return what each was told."""
    pair = Race()
    monkeypatch.setattr(booking, "next_number", pair.next_number)
    steps = (("first", first), ("then", then))
    threads = [threading.Thread(target=pair.run, args=each, name=each[0]) for each in steps]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return list(pair.told.values())


def test_what_was_typed_first_is_taken_back_by_the_approval(
    handed_in: Decided, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = handed_in.entry()

    told = race(monkeypatch, lambda: typing(handed_in, entry), lambda: approval(handed_in))

    assert told == ["done", "done"]
    assert OpenAmount.objects.get(entry=entry).state == AmountState.LIFTED
    assert queries.totals(LedgerEntry.objects.all()).balance == 0
    assert LedgerEntry.objects.filter(rule="honour.amount").count() == 2  # typed, and taken back
    assert [each.action for each in of_subject("outcomes.entry", str(entry.pk))] == [
        "outcomes.type_amount", "outcomes.reverse",
    ]  # fmt: skip


def test_after_the_approval_nobody_types_for_what_it_took_back(
    handed_in: Decided, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = handed_in.entry()

    told = race(monkeypatch, lambda: approval(handed_in), lambda: typing(handed_in, entry))

    assert told == ["done", "outcomes.amount_not_awaited"]
    assert not LedgerEntry.objects.filter(rule="honour.amount").exists()


def test_an_amount_and_the_reversal_of_its_entry_do_not_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = decided()
    entry = result.entry()

    told = race(monkeypatch, lambda: typing(result, entry), lambda: reversal(result, entry))

    assert told == ["done", "done"]
    assert queries.totals(LedgerEntry.objects.all()).balance == 0


def typing(result: Decided, entry: LedgerEntry) -> None:
    services.type_amount(
        actor=result.people.committee, entry_id=entry.pk, amount=Decimal(500), reason="会议决定"
    )


def reversal(result: Decided, entry: LedgerEntry) -> None:
    services.reverse(actor=second_committee(), entry_id=entry.pk, reason="撤销")


def approval(result: Decided) -> None:
    approving.approve(actor=result.people.committee, assessment_id=result.assessment.pk)
