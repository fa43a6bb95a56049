"""A measure → conditional aggregates over the columns of records, exact on every engine.

Only what whole numbers can say is translated; ``plan_of`` answers nothing for the rest, which is
then measured record by record. The definition of every statistic stays with ``MemoryFacts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from zhijian.domain.policy.comparison import Comparison
from zhijian.domain.policy.interval import Interval
from zhijian.domain.records.measure import Each, FieldTest, Measure
from zhijian.intake.slots import SCALE, Slot

#: The last entry of the last day is found as the largest ``day × 2^40 + id``.
LATER = 2**40
_NEVER = Q(day__lt=0)
_ALWAYS = Q()
_MONTH = Slot("month", "month")
_ON = Slot("on", "day")
_COUNTED = ("count", "sum", "mean", "days_overdue")


class _Untranslatable(Exception):
    """Whole numbers cannot say it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one measure is taken: aggregates per unit and month, to be put together afterwards.

    ``count`` counts the records, ``value`` is the sum, the least, the greatest or the last one.
    ``unit`` is what the whole number 1 in ``value`` stands for.
    """

    measure: Measure
    count: Any
    value: Any
    unit: Fraction
    group: Slot | None = None


def plan_of(measure: Measure, slots: Mapping[str, Slot], as_of: date) -> Plan | None:
    """Return the aggregates of a measure, or nothing when it must be taken record by record."""
    try:
        return _plan(measure, _Columns(slots), as_of)
    except _Untranslatable:
        return None


@dataclass(frozen=True, slots=True)
class _Columns:
    slots: Mapping[str, Slot]

    def of(self, field: str) -> Slot:
        """Return the column of a field; ``month`` and ``on`` are columns of every record."""
        slot = {"month": _MONTH, "on": _ON}.get(field) or self.slots.get(field)
        if slot is None:
            raise _Untranslatable
        return slot


def _plan(measure: Measure, columns: _Columns, as_of: date) -> Plan:
    passing = _ALWAYS
    for test in measure.where:
        passing &= condition(test, columns.of(test.field))
    group = columns.of(measure.keyed_by) if measure.keyed_by else None
    if measure.drop or measure.statistic not in (*_COUNTED, "min", "max", "latest"):
        raise _Untranslatable
    if measure.statistic == "latest":
        return _latest(measure, passing, columns, group)
    taken = _value(measure, columns, as_of)
    # Without a filter where none is needed: an engine then counts and adds twice as fast.
    only = (passing & taken.held) or None
    count = Count(taken.counted or ("pk" if only else "*"), filter=only)
    aggregate = {"min": Min, "max": Max}.get(measure.statistic, Sum)
    value = None if measure.statistic == "count" else aggregate(taken.value, filter=only)
    return Plan(measure, count, value, taken.unit, group)


def _latest(measure: Measure, passing: Q, columns: _Columns, group: Slot | None) -> Plan:
    if measure.field not in ("month", "on"):
        passing &= Q(**{f"{columns.of(measure.field).column}__isnull": False})
    rank = ExpressionWrapper(F("day") * Value(LATER) + F("pk"), output_field=BigIntegerField())
    last = Max(rank, filter=passing)
    return Plan(measure, Count("pk", filter=passing), last, Fraction(1), group)


@dataclass(frozen=True, slots=True)
class _Taken:
    """The whole number of each record, what 1 stands for, and which records have one.

    ``counted`` is the column that every such record has; none when ``held`` alone tells.
    """

    value: Any = None
    unit: Fraction = Fraction(1)
    counted: str = ""
    held: Q = _ALWAYS


def _value(measure: Measure, columns: _Columns, as_of: date) -> _Taken:
    if measure.statistic == "days_overdue":
        return _overdue(columns.of(measure.due), columns.of(measure.done), as_of)
    if measure.statistic == "count" and not measure.field:
        return _Taken()
    slot = columns.of(measure.field)
    if measure.statistic == "count" and measure.each is None:
        return _Taken(counted=slot.column)
    if slot.holds != "number":
        raise _Untranslatable
    taken = _number(measure.each or Each(), slot)
    if taken.unit < 0 and measure.statistic in ("min", "max"):
        raise _Untranslatable
    return taken


def _overdue(due: Slot, done: Slot, as_of: date) -> _Taken:
    if due.holds != "date" or done.holds != "date":
        raise _Untranslatable
    end = Coalesce(F(done.column), Value(as_of.toordinal()), output_field=BigIntegerField())
    late = end - F(due.column)
    ended = Q(**{f"{done.column}__gt": F(due.column)})
    waits = Q(**{f"{done.column}__isnull": True, f"{due.column}__lt": as_of.toordinal()})
    value = Case(When(ended | waits, then=late), default=Value(0), output_field=BigIntegerField())
    return _Taken(value, held=_told(due))


def _number(each: Each, slot: Slot) -> _Taken:
    unit, value = Fraction(1, SCALE), F(slot.column)
    if each.table is not None or each.points is not None:
        raise _Untranslatable
    if each.bands is not None:
        if each.replace or each.times is not None:
            raise _Untranslatable
        return _banded(each, slot)
    if each.replace and each.gives is not None:
        passing = _ALWAYS
        for comparison in each.replace:
            passing &= _one(comparison, slot)
        given = Value(_whole(each.gives))
        value = Case(When(passing, then=given), default=value, output_field=BigIntegerField())
    return _Taken(value, unit * (1 if each.times is None else each.times), slot.column)


def _banded(each: Each, slot: Slot) -> _Taken:
    whens, held = [], _NEVER
    for band in each.bands.bands if each.bands else ():
        inside = _inside(band.interval, slot.column)
        # A band that gives a word gives no number; the record is counted only by ``count``.
        if not isinstance(band.gives, Fraction):
            raise _Untranslatable
        whens.append(When(inside, then=Value(_whole(band.gives))))
        held |= inside
    value = Case(*whens, output_field=BigIntegerField())
    return _Taken(value, Fraction(1, SCALE), held=_told(slot) & held)


def _inside(interval: Interval, column: str) -> Q:
    inside = Q(**{f"{column}__isnull": False})
    if interval.low is not None:
        low = interval.low * SCALE
        least = ceil(low) if interval.low_closed else floor(low) + 1
        inside &= Q(**{f"{column}__gte": least})
    if interval.high is not None:
        high = interval.high * SCALE
        most = floor(high) if interval.high_closed else ceil(high) - 1
        inside &= Q(**{f"{column}__lte": most})
    return inside


def _told(slot: Slot) -> Q:
    return Q(**{f"{slot.column}__isnull": False})


def _whole(number: Fraction) -> int:
    scaled = number * SCALE
    if scaled.denominator != 1:
        raise _Untranslatable
    return int(scaled)


def condition(test: FieldTest, slot: Slot) -> Q:
    """Return which records pass a test of one field."""
    passing = _ALWAYS
    for comparison in test.comparisons:
        passing &= _one(comparison, slot)
    return passing


def _one(comparison: Comparison, slot: Slot) -> Q:
    word, operands = comparison.word, comparison.operands
    if word == "empty":
        if slot.holds in ("month", "day"):
            return _NEVER if operands[0] else _ALWAYS
        return Q(**{f"{slot.column}__isnull": bool(operands[0])})
    if word in ("equals", "one_of", "not", "none_of"):
        known = [_encoded(each, slot) for each in operands]
        among = Q(**{f"{slot.column}__in": [each for each in known if each is not None]})
        if word in ("equals", "one_of"):
            return among if any(each is not None for each in known) else _NEVER
        return ~among | Q(**{f"{slot.column}__isnull": True})
    if word == "between":
        low, high = operands
        return _ordered("at_least", low, slot) & _ordered("at_most", high, slot)
    return _ordered(word, operands[0], slot)


def _encoded(operand: object, slot: Slot) -> object | None:
    """Return an operand as it would lie in the column; nothing when no record can equal it."""
    match slot.holds:
        case "number" | "flag" if isinstance(operand, bool | Fraction):
            scaled = Fraction(operand) * (SCALE if slot.holds == "number" else 1)
            return int(scaled) if scaled.denominator == 1 else None
        case "date" if isinstance(operand, date):
            return operand.toordinal()
        case "day" if isinstance(operand, date):
            return operand
        case "text" if isinstance(operand, str):
            return operand
        case "month" if isinstance(operand, str):
            year, _, month = operand.partition("-")
            is_month = len(operand) == 7 and year.isdigit() and month.isdigit()
            return int(year + month) if is_month else None
    return None


def _ordered(word: str, operand: object, slot: Slot) -> Q:
    """Compare numbers with numbers and days with days; what has no order is left to the domain."""
    column = slot.column
    if slot.holds == "number" and isinstance(operand, Fraction):
        scaled = operand * SCALE
        ends = {
            "at_least": ("gte", ceil(scaled)),
            "above": ("gt", floor(scaled)),
            "after": ("gt", floor(scaled)),
            "at_most": ("lte", floor(scaled)),
            "below": ("lt", ceil(scaled)),
            "before": ("lt", ceil(scaled)),
        }
        look, end = ends[word]
        return Q(**{f"{column}__{look}": end})
    if slot.holds in ("date", "day") and isinstance(operand, date):
        looks = {"after": "gt", "above": "gt", "before": "lt", "below": "lt"}
        looks |= {"at_least": "gte", "at_most": "lte"}
        day = operand.toordinal() if slot.holds == "date" else operand
        return Q(**{f"{column}__{looks[word]}": day})
    raise _Untranslatable
