"""Aggregates per unit and month → the answer to a measure, as the domain defines it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from zhijian.domain.exact import sum_of
from zhijian.domain.explain.step import Evidence
from zhijian.domain.records.measure import Measure, Measured
from zhijian.domain.records.memory import measured
from zhijian.domain.records.record import Record
from zhijian.intake.aggregates import LATER

_ADDED = ("count", "sum", "days_overdue")


class Part(NamedTuple):
    """What an engine found in one month: how many records, and their sum, least, greatest, last."""

    month: str
    count: int
    value: int | None


def combined(measure: Measure, parts: Sequence[Part], unit: Fraction) -> Measured:
    """Put the months of a unit together; no record, no value."""
    count = sum(part.count for part in parts)
    if not measure.per_month:
        value = _taken(measure, parts, unit) if parts else None
        return Measured(value, Evidence(measure.kind, count))
    months = tuple(
        (part.month, _taken(measure, [part], unit))
        for part in sorted(parts, key=lambda part: part.month)
    )
    mean = sum_of(value for _, value in months) / len(months) if months else None
    return Measured(mean, Evidence(measure.kind, count, (), months))


def _taken(measure: Measure, parts: Sequence[Part], unit: Fraction) -> Fraction:
    count = sum(part.count for part in parts)
    if measure.statistic == "count":
        return Fraction(count)
    values = [int(part.value) for part in parts if part.value is not None]
    if measure.statistic in ("min", "max"):
        return unit * (min(values) if measure.statistic == "min" else max(values))
    shared_by = 1 if measure.statistic in _ADDED else count
    return Fraction(unit.numerator * sum(values), unit.denominator * shared_by)


def latest_of(measure: Measure, parts: Sequence[Part], held: Mapping[int, Record]) -> Measured:
    """Return the value of the last record; what is made of it is the domain's business."""
    if not parts:
        return Measured(None, Evidence(measure.kind, 0))
    last = held[max(part.value or 0 for part in parts) % LATER]
    return measured(measure, [last], last.on)


def latest_ids(
    found: Mapping[Measure, Mapping[tuple[int, str], Sequence[Part]]],
) -> set[int]:
    """Return the ids of the records that are the last of their unit."""
    return {
        max(part.value or 0 for part in parts) % LATER
        for measure, groups in found.items()
        if measure.statistic == "latest"
        for parts in groups.values()
    }
