"""What would change the grade: how far it is to the next one, which part decides, which record.

Every answer is found by assessing again with one thing changed and all else equal, by the same
code that made the result; nothing is estimated. Ranking shares and decisions of a person are not
part of it, because they depend on other units and on people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from zhijian.domain.explain.step import Status
from zhijian.domain.policy.interval import Interval
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.records.record import Record
from zhijian.domain.regulation.assess import Assessor, Result
from zhijian.domain.regulation.rejudge import untouched
from zhijian.domain.scoring.context import Context
from zhijian.domain.scoring.direction import LOWER
from zhijian.domain.scoring.grade import Grading

RECORDS_TRIED = 200
_HUNDREDTHS = 100
_FULL = Fraction(100)


@dataclass(frozen=True, slots=True)
class Neighbor:
    """The nearest score with another grade: the grade, the score, and how far away it is."""

    grade: str
    score: Fraction
    distance: Fraction


@dataclass(frozen=True, slots=True)
class PartImpact:
    """The nearest value of one part at which, all else equal, the grade becomes better.

    ``needed`` is nothing where no value of the part alone is enough.
    """

    part: str
    score: Fraction
    needed: Fraction | None


@dataclass(frozen=True, slots=True)
class RecordImpact:
    """What the result would be if one record were taken out, as after an objection.

    ``status`` is not ``assessed`` where the unit could not be assessed without the record.
    """

    key: str
    kind: str
    status: Status
    score: Fraction | None
    grade: str | None
    yuan: Fraction | None


@dataclass(frozen=True, slots=True)
class Impact:
    """The answers for one unit; ``better`` and ``worse`` are nothing at the ends of the scale."""

    score: Fraction
    grade: str
    yuan: Fraction | None
    better: Neighbor | None
    worse: Neighbor | None
    parts: tuple[PartImpact, ...]
    records: tuple[RecordImpact, ...]


def impact(assessor: Assessor, context: Context, most: int = RECORDS_TRIED) -> Impact | None:
    """Say what would change the grade of a unit; nothing for one without score and grade.

    ``context`` is one that the assessor may start from (it is not changed). Records are tried one
    by one, the most recent ``most`` of them, and only where the facts are held in memory.
    """
    trying = _Trying(assessor, context)
    grading = assessor.scheme.grading
    own = trying.result.sheet
    if grading is None or own.score is None or own.grade is None:
        return None
    neighbors = tuple(_neighbors(trying, grading, own.score))
    rank = grading.order.index(own.grade)
    return Impact(
        score=own.score,
        grade=own.grade,
        yuan=trying.result.yuan,
        better=_nearest(each for each in neighbors if grading.order.index(each.grade) < rank),
        worse=_nearest(each for each in neighbors if grading.order.index(each.grade) > rank),
        parts=tuple(_part(trying, grading, part) for part in _parts(trying)),
        records=tuple(_records(trying, most)),
    )


class _Trying:
    """Assesses one unit again and again with something changed."""

    def __init__(self, assessor: Assessor, context: Context) -> None:
        self.assessor = assessor
        self.context = replace(context, steps={})
        self.result = assessor.assess(self.context)

    def with_line(self, line: str) -> Callable[[Fraction], Result]:
        """Return a function from a value of ``line`` to the result; other lines stay."""
        steps = tuple(self.context.steps.values())
        kept = {**untouched(steps, line), **self.context.kept}
        kept.pop(line, None)

        def at(value: Fraction) -> Result:
            fixed = {**self.context.fixed, line: value}
            return self.assessor.assess(replace(self.context, fixed=fixed, kept=kept, steps={}))

        return at

    def without(self, facts: MemoryFacts, record: Record) -> Result:
        """Return the result without one record."""
        left = replace(self.context, facts=facts.without(record.key), steps={})
        return self.assessor.assess(left)


def _neighbors(trying: _Trying, grading: Grading, score: Fraction) -> Iterator[Neighbor]:
    """The nearest hundredth of every band, with the grade that the unit would have there."""
    bands, _ = grading.bands_for(trying.context)
    if bands is None or grading.of.source != "line":
        return
    at = trying.with_line(grading.of.name)
    for band in bands.bands:
        nearest = _nearest_in(band.interval, score)
        grade = at(nearest).sheet.grade if nearest is not None else None
        if nearest is not None and grade is not None:
            yield Neighbor(grade, nearest, abs(nearest - score))


def _nearest_in(interval: Interval, score: Fraction) -> Fraction | None:
    """The hundredth in the interval that is nearest to the score; nothing when it holds none."""
    if score in interval:
        return score
    if interval.low is not None and score <= interval.low:
        number = Fraction(ceil(interval.low * _HUNDREDTHS), _HUNDREDTHS)
        step = Fraction(1, _HUNDREDTHS)
    else:
        number = Fraction(floor((interval.high or Fraction(0)) * _HUNDREDTHS), _HUNDREDTHS)
        step = Fraction(-1, _HUNDREDTHS)
    if number not in interval:
        number += step
    return number if number in interval else None


def _nearest(neighbors: Iterator[Neighbor]) -> Neighbor | None:
    return min(neighbors, key=lambda each: each.distance, default=None)


def _parts(trying: _Trying) -> Iterator[tuple[str, Fraction]]:
    """The parts of the score that were worked out; the score itself is no part of itself."""
    scheme = trying.assessor.scheme
    for each in trying.result.sheet.components:
        if each.score is not None and each.id != scheme.score:
            yield each.id, each.score


def _part(trying: _Trying, grading: Grading, part: tuple[str, Fraction]) -> PartImpact:
    """Search the hundredths on the better side of the part's own value.

    A better value never gives a worse grade.
    """
    name, score = part
    sign = -1 if trying.assessor.scheme.better_of(name) == LOWER else 1
    at = trying.with_line(name)
    rank = grading.order.index(trying.result.sheet.grade or "")

    def is_better(hundredths: int) -> bool:
        grade = at(Fraction(sign * hundredths, _HUNDREDTHS)).sheet.grade
        return grade is not None and grading.order.index(grade) < rank

    end = max(score, _FULL) if sign > 0 else max(-score, Fraction(0))
    low, high = floor(sign * score * _HUNDREDTHS), ceil(end * _HUNDREDTHS)
    if not is_better(high):
        return PartImpact(name, score, None)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_better(middle) else (middle, high)
    return PartImpact(name, score, Fraction(sign * high, _HUNDREDTHS))


def _records(trying: _Trying, most: int) -> Iterator[RecordImpact]:
    """Yield the records without which grade or money would be another."""
    facts = trying.context.facts
    if not isinstance(facts, MemoryFacts):
        return
    own = trying.result
    for record in facts.of_unit(trying.context.unit.id)[:most]:
        other = trying.without(facts, record)
        if (other.sheet.grade, other.yuan) != (own.sheet.grade, own.yuan):
            sheet = other.sheet
            yield RecordImpact(
                record.key, record.kind, sheet.status, sheet.score, sheet.grade, other.yuan
            )
