"""The ledger: what fell due by day, month or unit, and what became of it (SPT-10, CMP-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from zhijian.callbacks.models import CallBack, CallState
from zhijian.callbacks.queries.rows import Wanted, rows
from zhijian.domain.callbacks.ledger import STATES, Balance, total
from zhijian.domain.dates.months import end_of_month

DAY, MONTH, UNIT = "day", "month", "unit"
BY: Final = (DAY, MONTH, UNIT)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a day, a month (by its first day) or a unit, and its balance.

    ``first`` and ``last`` are the days that the line covers, ``unit_id`` its unit.
    """

    label: str
    balance: Balance
    first: date | None = None
    last: date | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines of a span, and all of them together."""

    lines: tuple[Line, ...]
    whole: Balance


def ledger(user: Any, wanted: Wanted, by: str) -> Ledger:
    """Return the ledger of a span by day, month or unit; each line balances, or says it does not.

    What fell due is counted apart from what became of it, in one question.
    """
    found = rows(user, wanted).order_by()
    lines = tuple(_LINES[by](found))
    return Ledger(lines, total(each.balance for each in lines))


def _by_day(found: QuerySet[CallBack]) -> list[Line]:
    told = found.values("due_on").annotate(**_COUNTS).order_by("-due_on")
    return [
        Line(f"{each['due_on']:%Y-%m-%d}", _balance(each), each["due_on"], each["due_on"])
        for each in told
    ]


def _by_month(found: QuerySet[CallBack]) -> list[Line]:
    told = found.annotate(month=TruncMonth("due_on")).values("month").annotate(**_COUNTS)
    return [
        Line(f"{each['month']:%Y-%m}", _balance(each), each["month"], end_of_month(each["month"]))
        for each in told.order_by("-month")
    ]


def _by_unit(found: QuerySet[CallBack]) -> list[Line]:
    told = found.values("unit_id", "unit__name").annotate(**_COUNTS)
    return [
        Line(each["unit__name"], _balance(each), unit_id=each["unit_id"])
        for each in told.order_by("unit__name", "unit_id")
    ]


_LINES: Final = {DAY: _by_day, MONTH: _by_month, UNIT: _by_unit}
_COUNTS: Final = {
    "closed": Count("pk"),
    "satisfied_count": Count("pk", filter=Q(satisfied=True)),
    **{f"{each}_count": Count("pk", filter=Q(state=each)) for each in STATES},
}


def _balance(told: dict[str, Any]) -> Balance:
    counts = {each: told[f"{each}_count"] for each in STATES}
    return Balance(closed=told["closed"], satisfied=told["satisfied_count"], **counts)


def pending_count(user: Any) -> int:
    """Return how many call-backs wait that a person may see."""
    return rows(user, Wanted(shown=CallState.PENDING)).count()
