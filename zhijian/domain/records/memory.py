"""Facts held in memory: the plain definition of every statistic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from zhijian.domain.exact import sum_of
from zhijian.domain.explain.step import Evidence
from zhijian.domain.records.measure import Each, FieldTest, Measure, Measured
from zhijian.domain.records.record import FieldValue, Record, word_of

KEYS_SHOWN = 1000


class MemoryFacts:
    """The records of one period, by unit and kind; those of no unit serve every unit alike.

    ``as_of`` is the day on which what is not yet done is looked at: the last day of the period.
    """

    def __init__(self, records: Iterable[Record], as_of: date) -> None:
        self.as_of = as_of
        self._records: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in records:
            self._records[record.unit, record.kind].append(record)

    def without(self, key: str) -> MemoryFacts:
        """The same facts without one record."""
        left = (each for group in self._records.values() for each in group if each.key != key)
        return MemoryFacts(left, self.as_of)

    def of_unit(self, unit: str) -> tuple[Record, ...]:
        """Every record of one unit, the most recent first."""
        own = (
            each for (owner, _), group in self._records.items() if owner == unit for each in group
        )
        return tuple(sorted(own, key=lambda record: (record.on, record.key), reverse=True))

    def present(self, unit: str, kind: str) -> int:
        """Return how many records of ``kind`` the unit has."""
        return len(self._serving(unit, kind))

    def measure(self, unit: str, measure: Measure, key: str = "") -> Measured:
        """Measure the records of ``unit``."""
        chosen = self._serving(unit, measure.kind)
        if measure.where:
            chosen = [each for each in chosen if all(passes(each, test) for test in measure.where)]
        if measure.keyed_by:
            chosen = [each for each in chosen if word_of(each.value(measure.keyed_by)) == key]
        return measured(measure, chosen, self.as_of)

    def _serving(self, unit: str, kind: str) -> Sequence[Record]:
        """The records of a unit, or of a kind that belongs to no unit: no kind has both."""
        own: Sequence[Record] = self._records.get((unit, kind), ())
        return own or self._records.get(("", kind), ())


def passes(record: Record, test: FieldTest) -> bool:
    """Tell whether the record's field passes all comparisons."""
    return all(each.holds(record.value(test.field)) for each in test.comparisons)


def measured(measure: Measure, records: Sequence[Record], as_of: date) -> Measured:
    """Take the statistic over records that are already chosen."""
    if measure.statistic == "latest":
        return _latest(measure, records)
    pairs = [(record, _number(measure, record, as_of)) for record in records]
    counted = [(record, number) for record, number in pairs if number is not None]
    keys = tuple(record.key for record, _ in counted[:KEYS_SHOWN])
    if not measure.per_month:
        value = _statistic(measure, [number for _, number in counted])
        return Measured(value, Evidence(measure.kind, len(counted), keys))
    months = _by_month(measure, counted)
    mean = sum_of(value for _, value in months) / len(months) if months else None
    return Measured(mean, Evidence(measure.kind, len(counted), keys, months))


def _by_month(
    measure: Measure, counted: Sequence[tuple[Record, Fraction]]
) -> tuple[tuple[str, Fraction], ...]:
    groups: defaultdict[str, list[Fraction]] = defaultdict(list)
    for record, number in counted:
        groups[record.month].append(number)
    taken = ((month, _statistic(measure, numbers)) for month, numbers in sorted(groups.items()))
    return tuple((month, value) for month, value in taken if value is not None)


def _latest(measure: Measure, records: Sequence[Record]) -> Measured:
    """The value of the record with the last day; of several on one day, the one entered last."""
    held = [record for record in records if record.value(measure.field) is not None]
    if not held:
        return Measured(None, Evidence(measure.kind, 0))
    last = max(enumerate(held), key=lambda pair: (pair[1].on, pair[0]))[1]
    value = converted(measure.each, last, last.value(measure.field))
    text = value if isinstance(value, Fraction | str | None) else word_of(value)
    return Measured(text, Evidence(measure.kind, 1, (last.key,)))


def _number(measure: Measure, record: Record, as_of: date) -> Fraction | None:
    if measure.statistic == "days_overdue":
        return _days_overdue(measure, record, as_of)
    if measure.statistic == "count" and not measure.field:
        return Fraction(1)
    value = converted(measure.each, record, record.value(measure.field) if measure.field else None)
    if measure.statistic == "count":
        return None if value is None else Fraction(1)
    return value if isinstance(value, Fraction) else None


def _days_overdue(measure: Measure, record: Record, as_of: date) -> Fraction | None:
    due, done = record.value(measure.due), record.value(measure.done)
    if not isinstance(due, date):
        return None
    ended = done if isinstance(done, date) else as_of
    return Fraction(max(0, (ended - due).days))


def converted(each: Each | None, record: Record, value: FieldValue) -> FieldValue:
    """Apply what the pack makes of every single record."""
    if each is None:
        return value
    if each.table is not None:
        row = word_of(record.value(each.row))
        column = word_of(record.value(each.column)) if each.column else ""
        value = each.table.find(row, column)
    if not isinstance(value, Fraction):
        return value
    return _converted_number(each, value)


def _converted_number(each: Each, number: Fraction) -> FieldValue:
    if each.replace and each.gives is not None and all(test.holds(number) for test in each.replace):
        number = each.gives
    if each.points is not None:
        number = each.points.at(number)
    if each.times is not None:
        number = number * each.times
    if each.bands is not None:
        band = each.bands.find(number)
        return None if band is None else band.gives
    return number


def _statistic(measure: Measure, numbers: list[Fraction]) -> Fraction | None:
    if measure.statistic in ("count", "sum", "days_overdue"):
        return sum_of(numbers) if numbers else None
    if measure.drop:
        numbers = sorted(numbers)[measure.drop : len(numbers) - measure.drop]
    return _OF_SOME[measure.statistic](numbers) if numbers else None


def _mean(numbers: list[Fraction]) -> Fraction:
    return sum_of(numbers) / len(numbers)


def _median(numbers: list[Fraction]) -> Fraction:
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


_OF_SOME: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "mean": _mean,
    "trimmed_mean": _mean,
    "median": _median,
    "min": min,
    "max": max,
}
