"""Entries of the ledger are made in one place: from a result, from a typed amount, in reverse."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from zhijian.assessments import queries as assessments
from zhijian.domain.explain.document import from_document, to_document
from zhijian.domain.money import capitals
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.numbering.services import next_number
from zhijian.outcomes.models import Kind, LedgerEntry

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.assessments.models import Assessment

NUMBERS = "outcomes.decision"
AMOUNT = ".amount"
"""Ends the rule of an entry that books a typed amount; the rules of packs hold no full stop."""


def book(
    assessment: Assessment,
    result: assessments.Result,
    proposal: dict[str, Any],
    actor: User,
    at: datetime,
) -> LedgerEntry:
    """Book what one result proposes under one rule; a limit that it keeps stands in ``due_on``."""
    day = clock.day_of(at)
    amount = Decimal(proposal["yuan"])
    return LedgerEntry.objects.create(
        year=day.year,
        number=next_number(kind=NUMBERS, year=day.year),
        assessment=assessment,
        sheet_id=result.sheet_id,
        unit_id=result.unit_id,
        unit_name=result.unit,
        pack_id=assessment.pack_id,
        period=assessment.period,
        rule=proposal["rule"],
        kind=proposal["kind"],
        title=proposal["title"],
        title_en=proposal.get("title_en", ""),
        text=proposal.get("text", ""),
        grade=result.grade,
        score=result.score,
        amount=amount,
        capitals=capitals(amount) if amount else "",
        cites=proposal["cites"],
        working=proposal["working"],
        due_on=proposal.get("due_on") or _due(day, proposal.get("days")),
        effective_on=day,
        proposed_by_id=assessment.submitted_by_id,
        approved_by=actor,
        booked_at=at,
        is_sample=assessment.is_sample,
    )


def keeping_limit(proposal: dict[str, Any], former: LedgerEntry | None) -> dict[str, Any]:
    """Let an order that a correction repeats word for word keep the limit it was given first."""
    if former is None or former.due_on is None or former.text != proposal.get("text", ""):
        return proposal
    return {**proposal, "due_on": former.due_on} if has_term_of(former, proposal) else proposal


def has_term_of(entry: LedgerEntry, proposal: dict[str, Any]) -> bool:
    """Tell whether an entry gave as many days as a proposal would; most give none."""
    days = proposal.get("days")
    if entry.due_on is None or days is None:
        return entry.due_on is None and days is None
    return any(
        each["rule"] == entry.rule and each.get("days") == days for each in entry.sheet.proposals
    )


def _due(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)


def book_typed(base: LedgerEntry, size: Decimal, actor: User, at: datetime) -> LedgerEntry:
    """Book the amount that somebody typed for an entry that left it open."""
    amount = -size if base.kind == Kind.PENALTY else size
    rule = f"{base.rule}{AMOUNT}"
    earlier = LedgerEntry.objects.filter(sheet_id=base.sheet_id, rule=rule, reverses=None)
    working = from_document(base.working)._replace(value=Fraction(amount))
    return _like(
        base,
        actor,
        at,
        rule=rule,
        revision=earlier.count() + 1,
        text="",
        amount=amount,
        capitals=capitals(amount) if amount else "",
        working=to_document(working),
    )


def take_back(entry: LedgerEntry, actor: User, at: datetime, reason: str) -> LedgerEntry:
    """Book the opposite of an entry."""
    amount = -entry.amount
    reversal = _like(
        entry,
        actor,
        at,
        amount=amount,
        capitals=capitals(amount) if amount else "",
        reverses_id=entry.pk,
        reason=reason,
    )
    record(
        actor=actor,
        action="outcomes.reverse",
        subject=Subject("outcomes.entry", str(entry.pk), entry.code),
        after={"reversal": reversal.code, "amount": reversal.amount, "reason": reason},
    )
    return reversal


def _like(entry: LedgerEntry, actor: User, at: datetime, **other: Any) -> LedgerEntry:
    """Book an entry about the same result under a number of its own."""
    day = clock.day_of(at)
    copied = {
        field.attname: getattr(entry, field.attname)
        for field in LedgerEntry._meta.concrete_fields
        if field.name not in ("id", "reverses", "reason", "due_on")
    }
    copied |= {
        "year": day.year,
        "number": next_number(kind=NUMBERS, year=day.year),
        "effective_on": day,
        "booked_at": at,
        "approved_by_id": actor.pk,
    }
    return LedgerEntry.objects.create(**{**copied, **other})
