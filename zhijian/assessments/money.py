"""What results come to in money: proposed before the approval, booked after it.

A proposal is not a booking: the committee types amounts that the regulation leaves open, and takes
entries back. So what stands is told from the ledger, and what was corrected or is not yet decided
from the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhijian.assessments.awaited import Awaited, as_document, read
from zhijian.assessments.booked import NOTHING, Asked, Booked, Typed, booked
from zhijian.assessments.models import FINAL, Assessment, ScoreSheet

__all__ = [
    "Awaited",
    "Money",
    "Totals",
    "as_document",
    "is_booked",
    "of_earlier",
    "of_sheets",
    "totals",
]


@dataclass(frozen=True, slots=True)
class Money:
    """The money of one result.

    ``settled`` leaves out what somebody still has to type; nothing where no amount was found.
    ``is_booked`` tells whether it stands in the ledger.
    """

    settled: Decimal | None
    rewards: Decimal = NOTHING
    penalties: Decimal = NOTHING
    awaited: tuple[Awaited, ...] = ()
    typed: tuple[Typed, ...] = ()
    is_booked: bool = False

    @property
    def amount(self) -> Decimal | None:
        """The amount when all of it is known."""
        return None if self.awaited else self.settled


@dataclass(frozen=True, slots=True)
class Totals:
    """Rewards and penalties of many results, and how many amounts are still to be typed."""

    rewards: Decimal = NOTHING
    penalties: Decimal = NOTHING
    awaited: int = 0
    is_booked: bool = False


def is_booked(assessment: Assessment) -> bool:
    """Tell whether the ledger speaks for an assessment: it is decided, and it stands."""
    return assessment.state in FINAL and assessment.is_current


def of_sheets(assessment: Assessment, sheets: Sequence[ScoreSheet]) -> dict[int, Money]:
    """Return the money of sheets of one assessment, by the id of the sheet."""
    if not is_booked(assessment):
        return {sheet.pk: _proposed(sheet) for sheet in sheets}
    found = booked(_asked(assessment, [assessment.period], [each.unit_id for each in sheets]))
    return {
        sheet.pk: _stands(sheet, found.get((assessment.period, sheet.unit_id)))
        if sheet.is_current
        else _proposed(sheet)
        for sheet in sheets
    }


def of_earlier(assessment: Assessment, sheets: Sequence[ScoreSheet]) -> dict[int, Money]:
    """Return the money of decided sheets of earlier periods of the same scheme."""
    periods = {each.assessment.period for each in sheets}
    found = booked(_asked(assessment, periods, {each.unit_id for each in sheets}))
    return {
        each.pk: _stands(each, found.get((each.assessment.period, each.unit_id)))
        if is_booked(each.assessment)
        else _proposed(each)
        for each in sheets
    }


def totals(moneys: Iterable[Money]) -> Totals:
    """Add up the money of results."""
    told = list(moneys)
    return Totals(
        rewards=sum((each.rewards for each in told), NOTHING),
        penalties=sum((each.penalties for each in told), NOTHING),
        awaited=sum(len(each.awaited) for each in told),
        is_booked=any(each.is_booked for each in told),
    )


def _asked(assessment: Assessment, periods: Iterable[str], unit_ids: Iterable[int]) -> Asked:
    return Asked(assessment.pack_id, assessment.scheme, set(periods), set(unit_ids))


def _proposed(sheet: ScoreSheet) -> Money:
    yuan = sheet.yuan or NOTHING
    return Money(
        settled=sheet.yuan,
        rewards=max(yuan, NOTHING),
        penalties=min(yuan, NOTHING),
        awaited=tuple(map(read, sheet.awaited)),
    )


def _stands(sheet: ScoreSheet, told: Booked | None) -> Money:
    if sheet.yuan is None:
        return Money(None, is_booked=True)
    told = told or Booked()
    return Money(told.yuan, told.rewards, told.penalties, told.awaited, told.typed, is_booked=True)
