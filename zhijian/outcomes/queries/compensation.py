"""The book of compensation as somebody may see it, and what would be owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.cases.library import Library
from zhijian.cases.queries import KindRef
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.entering import Entered
from zhijian.domain.casework.owing import Owed
from zhijian.domain.casework.paying import supposed
from zhijian.domain.problems import Problem
from zhijian.domain.scoring.context import Unit
from zhijian.foundation import clock
from zhijian.outcomes.models import CompensationEntry, CompensationWord

VIEW_COMPENSATION = "outcomes.view_compensation"


@dataclass(frozen=True, slots=True)
class SoughtCompensation:
    """Which entries somebody looks for; empty fields do not restrict."""

    word: str = ""
    unit: int | None = None
    first: date | None = None
    last: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CompensationTotals:
    """What some entries come to in yuan; ``open`` is what was decided and not paid yet."""

    owed: Decimal
    paid: Decimal

    @property
    def open(self) -> Decimal:
        """Return what is still to be paid."""
        return self.owed - self.paid


def compensation_seen(
    user: Any, sought: SoughtCompensation | None = None
) -> QuerySet[CompensationEntry]:
    """Return the entries of the units a person may look at, the latest first."""
    allowed = accounts.units_allowed(user, VIEW_COMPENSATION)
    rows = CompensationEntry.objects.select_related("case", "by", "takes_back", "taken_back_by")
    rows = rows.defer("working", "taken_back_by__working", "takes_back__working")
    if allowed is not accounts.ALL:
        rows = rows.filter(unit_id__in=allowed)
    if sought is not None:
        wanted = {
            "word": sought.word, "unit_id": sought.unit, "on__gte": sought.first,
            "on__lte": sought.last,
        }  # fmt: skip
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        if sought.text:
            named = Q(case__number__icontains=sought.text) | Q(unit_name__icontains=sought.text)
            rows = rows.filter(named | Q(title__icontains=sought.text))
    return rows.order_by("-on", "-pk")


def compensation_totals(rows: QuerySet[CompensationEntry]) -> CompensationTotals:
    """Add the entries up."""
    paid = Q(word=CompensationWord.PAID)
    found = rows.order_by().aggregate(
        owed=Sum("amount", filter=~paid), paid=Sum("amount", filter=paid)
    )
    return CompensationTotals(found["owed"] or Decimal(0), found["paid"] or Decimal(0))


def compensation_for(user: Any, entry_id: int) -> CompensationEntry | None:
    """Return one entry with its working-out, or nothing for who may not see its unit."""
    found = CompensationEntry.objects.select_related("case", "by").filter(pk=entry_id).first()
    may = found is not None and accounts.may(user, VIEW_COMPENSATION, found.unit_id)
    return found if may else None


def compensation_of(case_id: int) -> list[CompensationEntry]:
    """Return what was booked for a case, the latest first."""
    rows = CompensationEntry.objects.filter(case_id=case_id).select_related("by", "taken_back_by")
    return list(rows.order_by("-pk"))


def compensating_kinds() -> tuple[KindRef, ...]:
    """Return the kinds of case in force that say what is paid for a loss."""
    return tuple(ref for ref in cases.kinds_in_force() if ref.kind.compensation)


def compensating_kind(pack_id: str, kind: str) -> KindRef | None:
    """Return one of them, by its regulation and name."""
    named = (
        each for each in compensating_kinds() if (each.pack_id, each.kind.id) == (pack_id, kind)
    )
    return next(named, None)


def would_be_owed(ref: KindRef, entered: Mapping[str, Entered]) -> Owed | Iterable[Problem] | None:
    """Return what would be owed today by what is entered, or what is wrong with that."""
    library, today = Library(), clock.today()
    around = Circumstances(
        library.law(ref.version_id, today),
        library.pack(ref.version_id).limits,
        library.calendar(),
        Unit(""),
    )
    return supposed(ref.kind, entered, timezone.localtime(clock.now()), around)
