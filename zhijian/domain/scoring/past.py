"""Steps that look back at earlier periods, and what “directly before” means.

Periods are consecutive when they are adjacent in the calendar: the first quarter follows the
fourth, whether or not anything was assessed then. A period without result therefore ends a streak,
takes a place among the last few, and has no value to look back at; a pack that wants such periods
passed over says so (``gap: skip``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from zhijian.domain.dates.period import Period
from zhijian.domain.explain.step import Step, shown
from zhijian.domain.policy.raw import Fields, Raw, as_text, refuse, refuse_twice
from zhijian.domain.scoring.context import Context, Past
from zhijian.domain.scoring.op import Found, Op, Plain, Reader
from zhijian.domain.scoring.operand import Scope

GAPS = ("counts", "skip")
_DAY = timedelta(days=1)
_FARTHEST = 100
"""How many periods one may look back, which is a century of years."""


def without_gaps(period: Period, results: Iterable[Past]) -> tuple[Past, ...]:
    """Return what lies before ``period``, the latest first, back to the oldest of ``results``.

    Only periods of the same kind count. Every period without result stands as an entry with
    neither grade nor lines. Between freely chosen periods the days that none of them covers are
    one such entry; of two that overlap, the later one counts. ``ValueError`` where the name of a
    result's period is none.
    """
    pairs = [(Period.parse(each.period), each) for each in results]
    before = [pair for pair in pairs if pair[0].kind == period.kind]
    before.sort(key=lambda pair: pair[0].last, reverse=True)
    return tuple(_stepping_back(period, before))


def _stepping_back(later: Period, before: list[tuple[Period, Past]]) -> Iterator[Past]:
    for own, past in before:
        if own.last < later.first:
            yield from (Past(each.id, "") for each in _between(own, later))
            yield past
            later = own


def _between(own: Period, later: Period) -> Iterator[Period]:
    """Yield the periods without result between two, the latest first."""
    if own.kind == "custom":
        if own.last + _DAY < later.first:
            yield Period.between(own.last + _DAY, later.first - _DAY)
        return
    each = later.previous()
    while each != own:
        yield each
        each = each.previous()


@dataclass(frozen=True, slots=True)
class Previous(Plain):
    """``previous``: the value that a line had so many periods ago.

    ``skips`` passes over periods in which the line had no value.
    """

    line: str
    periods: int
    skips: bool = False

    def work(self, context: Context) -> Found:
        """Look back; where nothing is known of that period, there is no value."""
        held = [each for each in context.past if not self.skips or self.line in each.lines]
        if len(held) < self.periods:
            return Found(None, status="not_assessed", reason="no_earlier_period")
        past = held[self.periods - 1]
        value, looked_at = past.lines.get(self.line), (("period", past.period),)
        if value is None:
            return Found(None, (), looked_at, status="not_assessed", reason="no_earlier_period")
        return Found(value, given=looked_at)


@dataclass(frozen=True, slots=True)
class Streak(Plain):
    """``streak``: how many periods in a row, up to now, ended with one of these grades.

    ``times`` counts them among the last ``within`` periods instead. The current period takes part
    once its grade is known, which is when outcomes are worked out. ``skips`` passes over periods
    without grade.
    """

    grades: tuple[str, ...]
    within: int = 0
    skips: bool = False

    def work(self, context: Context) -> Found:
        """Count backwards from the current period, and tell every period that was looked at."""
        current = context.steps.get("grade")
        held = [each for each in context.past if each.grade or not self.skips]
        because: tuple[Step, ...] = () if current is None else (current,)
        grades = [shown(each.value) for each in because] + [each.grade for each in held]
        seen = self._seen(grades)
        earlier = held[: len(seen) - len(because)]
        given = tuple((f"grade.{each.period}", each.grade or "—") for each in earlier)
        count = sum(grade in self.grades for grade in seen)
        return Found(Fraction(count), because, given or (("earlier", "—"),))

    def _seen(self, grades: list[str]) -> list[str]:
        """The grades that are looked at: the last few, or all up to the one that ends the row."""
        if self.within:
            return grades[: self.within]
        ends = next((n for n, grade in enumerate(grades, 1) if grade not in self.grades), None)
        return grades[:ends]


def read_previous(scope: Scope, raw: Raw, name: str, line: Fields) -> Previous:
    """Read ``previous: {of: total, periods: 1}``; the line may be any line of the scheme."""
    fields = scope.reading.fields(raw)
    periods = fields.whole("periods", 1, least=1, most=_FARTHEST)
    previous = Previous(as_text(fields.need("of")), periods, _skips(fields))
    fields.close()
    return previous


def read_streak(scope: Scope, raw: Raw, name: str, line: Fields) -> Streak:
    """Read ``streak: {grades: [不合格]}`` or ``times: {grades: [不合格], within: 4}``."""
    fields = scope.reading.fields(raw)
    grades = fields.texts("grades")
    refuse_twice((raw, each) for each in grades)
    within = fields.whole("within", least=1, most=_FARTHEST) if name == "times" else 0
    streak = Streak(grades, within, _skips(fields))
    fields.close()
    if not grades:
        raise refuse(raw, "policy.key_missing", key="grades")
    return streak


def check_grades(scope: Scope, ops: Iterable[tuple[str, Op]]) -> None:
    """Note every grade that would never be counted, once the grades of the scheme are known."""
    for name, op in ops:
        for grade in op.grades if isinstance(op, Streak) else ():
            if grade not in scope.grades:
                known = "、".join(scope.grades) or "—"
                scope.reading.add(
                    scope.places[name], "scoring.unknown_grade", found=grade, known=known
                )


def _skips(fields: Fields) -> bool:
    """Read whether periods without result are passed over; unless the pack says so, they count."""
    return fields.word("gap", GAPS, "counts") == "skip"


READERS: dict[str, Reader] = {
    "previous": read_previous,
    "streak": read_streak,
    "times": read_streak,
}
