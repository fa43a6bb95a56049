"""Money and measures follow an approved result, in the transaction of its approval."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet

from zhijian.accounts import queries as accounts
from zhijian.assessments import queries as assessments
from zhijian.foundation import clock, reasons
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.outcomes.models import Kind, LedgerEntry
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.outcomes.services import amounts, booking, remedies, telling
from zhijian.outcomes.services.holding import booked, hold, hold_entry

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.assessments.models import Assessment


@transaction.atomic
def settle(assessment: Assessment, actor: User, at: datetime) -> int:
    """Book what the current sheets propose; return how many entries are new.

    Entries of the same period, also under the edition that this one corrects, stay where they say
    what is proposed now. Every other one is reversed, and what is proposed in its place is booked.
    """
    hold(assessment)
    wanted = {
        (result.unit_id, proposal["rule"]): (result, proposal)
        for result in assessments.results_to_book(assessment.pk)
        for proposal in result.proposals
        if proposal["kind"] in Kind.values
    }
    for entry in _taken_back(assessment, at):
        key = (entry.unit_id, entry.rule)
        if key in wanted and _says(entry, *wanted[key]):
            del wanted[key]
    why = reasons.corrected(assessment.edition, assessment.correction_reason)
    reversed_ = {}
    for entry in _standing(assessment):
        key = (entry.unit_id, entry.rule)
        if key in wanted and _says(entry, *wanted[key]):
            del wanted[key]
        else:
            _reverse(entry, actor, at, why)
            reversed_[key] = entry
    entries = []
    for key, (result, proposal) in wanted.items():
        former = reversed_.pop(key, None)
        kept = booking.keeping_limit(proposal, former)
        entry = booking.book(assessment, result, kept, actor, at)
        amounts.begin(entry, proposal.get("approver", ""))
        remedies.begin(entry, former, actor, at)
        entries.append(entry)
    for entry in reversed_.values():
        remedies.lift(entry, actor, at, why)
    if entries:
        telling.booked(assessment, entries)
        record(
            actor=actor,
            action="outcomes.settle",
            subject=Subject("assessments.assessment", str(assessment.pk), str(assessment)),
            after={
                "entries": len(entries),
                "amount": sum((each.amount for each in entries), Decimal(0)),
                "effective_on": clock.day_of(at),
            },
        )
    return len(entries)


def _booked(assessment: Assessment) -> QuerySet[LedgerEntry]:
    """Every decision booked for the period, whatever the edition."""
    # What was typed stands and falls with the entry that left the amount open.
    return booked(assessment).filter(reverses=None, typed_as=None)


def _standing(assessment: Assessment) -> list[LedgerEntry]:
    """What nobody has reversed; it is held, so that nobody does so meanwhile."""
    return list(_booked(assessment).filter(reversed_by=None).order_by("pk"))


def _taken_back(assessment: Assessment, at: datetime) -> list[LedgerEntry]:
    """What the committee took back by hand: a correction that says the same does not revive it.

    Whatever a correction itself reversed was reversed at the moment of its approval.
    """
    approvals = set(
        type(assessment)
        .objects.filter(
            pack_id=assessment.pack_id, scheme=assessment.scheme, period=assessment.period
        )
        .values_list("approved_at", flat=True)
    )
    latest: dict[tuple[int, str], LedgerEntry] = {}
    for entry in _booked(assessment).select_related("reversed_by").order_by("pk"):
        latest[entry.unit_id, entry.rule] = entry
    return [
        entry
        for entry in latest.values()
        if (reversal := getattr(entry, "reversed_by", None)) is not None
        and reversal.booked_at not in approvals | {at}
    ]


def _says(entry: LedgerEntry, result: assessments.Result, proposal: dict[str, Any]) -> bool:
    """Tell whether a decision could be handed over again word for word."""
    booked = (entry.kind, entry.amount, entry.title, entry.text, entry.cites)
    proposed = (
        proposal["kind"],
        Decimal(proposal["yuan"]),
        proposal["title"],
        proposal.get("text", ""),
        proposal["cites"],
    )
    if booked != proposed or (entry.score, entry.grade) != (result.score, result.grade):
        return False
    return booking.has_term_of(entry, proposal) and amounts.is_left_alike(entry, proposal)


@transaction.atomic
def reverse(*, actor: User, entry_id: int, reason: str) -> LedgerEntry:
    """Take an entry back by one of the opposite amount; the committee alone may, with a reason."""
    if not accounts.may(actor, "assessments.approve"):
        raise OutcomeRefused("outcomes.may_not")
    if not reason.strip():
        raise OutcomeRefused("outcomes.reason_needed")
    # Held, so that of two people who take it back one is told that the other was first.
    hold_entry(entry_id)
    entry = LedgerEntry.objects.get(pk=entry_id)
    if entry.is_reversal or LedgerEntry.objects.filter(reverses=entry).exists():
        raise OutcomeRefused("outcomes.already_reversed", code=entry.code)
    at = clock.now()
    remedies.lift(entry, actor, at, reason.strip())
    return _reverse(entry, actor, at, reason.strip())


def _reverse(entry: LedgerEntry, actor: User, at: datetime, reason: str) -> LedgerEntry:
    reversal = booking.take_back(entry, actor, at, reason)
    amounts.follow(entry, actor, at, reason)
    return reversal
