"""Amounts left to the approver: opened with an entry, typed with a reason, lifted with it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.domain.exact import to_decimal
from zhijian.domain.explain.document import from_document
from zhijian.domain.outcomes.typed import Limits, limits_of
from zhijian.domain.regulation.roles import ROLES
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.outcomes.models import AmountState, LedgerEntry, OpenAmount, TypedAmount
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.outcomes.services import booking

if TYPE_CHECKING:
    from zhijian.accounts.models import User

TYPE = "outcomes.type_amount"


@transaction.atomic
def type_amount(*, actor: User, entry_id: int, amount: Decimal, reason: str) -> LedgerEntry:
    """Type the amount that an entry left open, within its limits; it is booked at once.

    ``amount`` is a size in yuan; that of a penalty is booked negative.
    """
    row = _locked(entry_id)
    _check(actor, row, reason)
    problem = row.limits.refusal(Fraction(amount))
    if problem is not None:
        raise OutcomeRefused(problem.code, **dict(problem.facts))
    at = clock.now()
    entry = booking.book_typed(row.entry, amount, actor, at)
    TypedAmount.objects.create(open_amount=row, entry=entry, reason=reason.strip(), by=actor, at=at)
    _move(row, AmountState.TYPED)
    record(
        actor=actor,
        action="outcomes.type_amount",
        subject=Subject("outcomes.entry", str(row.entry_id), row.entry.code),
        after={"entry": entry.code, "amount": entry.amount, "reason": reason.strip()},
    )
    return entry


def _locked(entry_id: int) -> OpenAmount:
    """Locked, so that of two people who type at once one is told that the other was first."""
    rows = OpenAmount.objects.select_for_update(of=("self",)).select_related("entry__assessment")
    found = rows.filter(entry_id=entry_id).first()
    if found is None:
        raise OutcomeRefused("outcomes.amount_not_awaited", code=f"#{entry_id}")
    return found


def _check(actor: User, row: OpenAmount, reason: str) -> None:
    if not accounts.may(actor, TYPE, row.entry.unit_id):
        raise OutcomeRefused("outcomes.may_not")
    if row.approver not in accounts.roles_of(actor):
        raise OutcomeRefused("outcomes.not_the_approver", role=ROLES[row.approver])
    if not row.is_open:
        raise OutcomeRefused("outcomes.amount_not_awaited", code=row.entry.code)
    if not reason.strip():
        raise OutcomeRefused("outcomes.reason_needed")


def is_left_alike(entry: LedgerEntry, proposal: dict[str, Any]) -> bool:
    """Tell whether an entry left its amount to whom a proposal would, and within its limits."""
    limits = left_open(proposal["working"])
    if limits is None or limits != left_open(entry.working):
        return limits == left_open(entry.working)
    return OpenAmount.objects.filter(entry=entry, approver=proposal.get("approver", "")).exists()


def left_open(working: dict[str, Any]) -> Limits | None:
    """Return within which limits a stored working-out leaves its amount to a person."""
    return limits_of(from_document(working))


def begin(entry: LedgerEntry, approver: str) -> None:
    """Leave the amount of a new entry open, where its rule says so."""
    limits = left_open(entry.working)
    if limits is None:
        return
    OpenAmount.objects.create(
        entry=entry,
        least=to_decimal(limits.least, 2),
        most=None if limits.most is None else to_decimal(limits.most, 2),
        approver=approver,
    )


def follow(entry: LedgerEntry, actor: User, at: datetime, reason: str) -> None:
    """Follow the reversal of an entry.

    With an entry that left its amount open, what was typed is reversed too. Where only the typed
    amount is reversed, it is open again. The caller holds the rows.
    """
    for row in OpenAmount.objects.filter(entry=entry):
        for typed in LedgerEntry.objects.filter(typed_as__open_amount=row, reversed_by=None):
            booking.take_back(typed, actor, at, reason)
        _move(row, AmountState.LIFTED)
    for row in OpenAmount.objects.filter(typed__entry=entry, state=AmountState.TYPED):
        _move(row, AmountState.OPEN)


def _move(row: OpenAmount, state: AmountState) -> None:
    row.state = state
    row.save(update_fields=["state"])
