"""The day-by-day account of a deadline: which days counted, which did not, and why.

Days stand in the order in which they were counted; the last line is the last day of the limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from zhijian.domain.deadlines.counting import Counting
from zhijian.domain.deadlines.days import first_counted, full_month
from zhijian.domain.deadlines.halts import Halt, is_paused
from zhijian.domain.deadlines.line import Role, StripLine
from zhijian.domain.deadlines.spans import elapsed, working_time
from zhijian.domain.words import Words, listed

_DAY = timedelta(days=1)


def strip_of(counting: Counting) -> tuple[StripLine, ...]:
    """Return the account of a limit from its start to its last day."""
    lines = tuple(_WAYS[counting.limit.kind](counting))
    if not counting.limit.is_in_days:
        return lines
    return (*lines, *_rolled(counting, lines[-1].day))


def mark(
    counting: Counting, day: date, role: Role, counted: bool, number: int | None = None
) -> StripLine:
    """Return the line of a day."""
    why = counting.calendar.why(day)
    return StripLine(day, role, counted, number, why, note=_note(counting.halts, day))


def _note(halts: tuple[Halt, ...], day: date) -> Words | None:
    """Return why the clock stood on a day, or nothing if it did not."""
    found = [each.title for each in halts if each.touches(day)]
    return listed(dict.fromkeys(filter(None, found))) if found else None


def _rolled(counting: Counting, last: date) -> Iterator[StripLine]:
    target = counting.runs_out().date()
    step = _DAY if counting.limit.roll == "forward" else -_DAY
    while last != target:
        last += step
        yield mark(counting, last, "roll", last == target)


def _one_moment(counting: Counting) -> Iterator[StripLine]:
    yield mark(counting, counting.day, "start", True)


def _days(counting: Counting) -> Iterator[StripLine]:
    """Count natural days, or with ``working_day`` only the days that are worked."""
    limit, paused = counting.limit, counting.paused
    working = limit.kind == "working_day"
    day, number, last = counting.day, 0, counting.last
    if not limit.first_day_counted and limit.kind != "same_day":
        yield mark(counting, day, "start", False)
        day += counting.sign * _DAY
    while True:
        stands = is_paused(day.toordinal(), paused)
        counted = not stands and (not working or counting.calendar.is_working(day))
        number += counted
        role: Role = "pause" if stands else "count"
        yield mark(counting, day, role, counted, number if counted else None)
        if day == last:
            return
        day += counting.sign * _DAY


def _weeks(counting: Counting) -> Iterator[StripLine]:
    earlier = _DAY if counting.limit.first_day_counted else timedelta()
    full = (
        counting.day + counting.sign * timedelta(weeks=number) - earlier
        for number in range(1, counting.limit.count + 1)
    )
    yield from _full(counting, full)


def _months(counting: Counting) -> Iterator[StripLine]:
    full = (
        full_month(counting.limit, counting.day, counting.sign * number)
        for number in range(1, counting.limit.count + 1)
    )
    yield from _full(counting, full)


def _full(counting: Counting, days: Iterator[date]) -> Iterator[StripLine]:
    """List the days on which each week or month is full, then what pauses add to the last."""
    yield mark(counting, counting.day, "start", counting.limit.first_day_counted)
    for number, day in enumerate(days, start=1):
        yield mark(counting, day, "count", True, number)
    last = counting.last
    first = first_counted(counting.limit, counting.day).toordinal()
    added = 0
    for since, until in counting.paused:
        for ordinal in range(max(since, first), min(until, last.toordinal())):
            yield mark(counting, date.fromordinal(ordinal), "pause", False)
            added += 1
    if added:
        yield mark(counting, last, "shift", True, added)


def _fixed(counting: Counting) -> Iterator[StripLine]:
    yield mark(counting, counting.day, "start", False)
    yield mark(counting, counting.last, "fixed", True)


_WAYS: Final[dict[str, Callable[[Counting], Iterator[StripLine]]]] = {
    "elapsed": elapsed,
    "working_time": working_time,
    "at_once": _one_moment,
    "same_day": _days,
    "natural_day": _days,
    "working_day": _days,
    "week": _weeks,
    "month": _months,
    "day_of_month": _fixed,
    "day_of_week": _fixed,
}
