"""What the register of nonconformities reads of a kind: meanings of facts, counts, action (NCS-01).

A kind with a ``listing`` stands in the register. Its ``controls`` count cases against a limit; past
it, corrective action is proposed. A kind with an ``action`` is corrective or preventive action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from zhijian.domain.casework.conditions import Circumstances, context_of
from zhijian.domain.casework.fact import Fact, FactValue
from zhijian.domain.explain.step import Step
from zhijian.domain.scoring.condition import Condition
from zhijian.domain.scoring.operand import Operand
from zhijian.domain.words import Words

SPANS: Final = ("week", "month", "quarter", "year")
"""What a control counts over; weeks begin on Monday."""

SORTS: Final = ("corrective", "preventive")

DO_NOT_COUNT: Final = ("rejected", "withdrawn", "merged")
"""Ends in which nothing did not conform, or in which it is counted elsewhere."""

ASPECTS: Final = ("item", "area", "clause", "source", "domain")
"""What the register may be looked at by."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The facts of a nonconformity by what they mean; those that its kind does not have are empty.

    ``definition`` is shown to whoever records one. ``found`` is the day or moment at which it was
    found; without it, it counts from the day on which the case was opened. ``quick`` is the
    opening step of the quick form.
    """

    definition: Words
    description: str
    found: str = ""
    quick: str = ""
    aspects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposed:
    """The case that is proposed past a limit: its kind and opening step, the facts that hold how
    many there were and what is to be said, and what it takes over of the cases that count."""

    kind: str
    step: str
    count: str
    text: str
    carries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Control:
    """A count of cases of one unit in one span, alike in ``each``; more than ``above`` are too
    many (CAP-01, CAP-02). Without ``counts`` every case counts."""

    id: str
    title: Words
    span: str
    above: Operand
    opens: Proposed
    cites: str = ""
    counts: Condition | None = None
    each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionRule:
    """Corrective or preventive action: the step that plans it with the facts for cause and
    measures, the steps by which it is carried out, and those that find it effective."""

    sort: str
    plan: str
    cause: str
    measures: str
    carried_out: tuple[str, ...]
    verified: tuple[str, ...]


def found_on(listing: Listing, facts: Mapping[str, FactValue], opened: date) -> date:
    """Return the day on which a nonconformity was found."""
    told = facts.get(listing.found)
    if isinstance(told, datetime):
        return told.date()
    return told if isinstance(told, date) else opened


def span_of(span: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the span that a day lies in."""
    if span == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[span]
    begin = (day.month - 1) // months * months + 1
    ends = begin + months
    after = date(day.year + 1, 1, 1) if ends > 12 else date(day.year, ends, 1)
    return date(day.year, begin, 1), after - timedelta(days=1)


def is_counted(
    control: Control,
    facts: Mapping[str, Fact],
    values: Mapping[str, FactValue],
    level: str,
    around: Circumstances,
) -> bool:
    """Tell whether a case counts in a control: all it must be alike in is known, and it is so."""
    if any(values.get(name) in (None, "") for name in control.each):
        return False
    if control.counts is None:
        return True
    return control.counts.holds(context_of(facts, values, level, around))


def judged(control: Control, found: int, around: Circumstances) -> Step:
    """Return whether a count exceeds its limit, with the working-out; as many are in order."""
    limit = context_of({}, {}, "", around).resolve(control.above)
    counted = Step(f"controls.{control.id}.found", "count", Fraction(found), control.title)
    exceeds = isinstance(limit.value, Fraction) and found > limit.value
    return Step(
        f"controls.{control.id}", "condition", exceeds, control.title, control.cites,
        (counted, limit), unconfirmed=limit.unconfirmed,
    )  # fmt: skip
