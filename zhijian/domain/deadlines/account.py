"""The day-by-day account of a clock: its limit, then what was added and what was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.deadlines.leg import Leg
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.line import StripLine


def account(clock: Clock) -> tuple[tuple[StripLine, Limit], ...]:
    """Return the lines of the account, each with the limit in whose units it counts."""
    return tuple(_lines(clock))


def _lines(clock: Clock) -> Iterator[tuple[StripLine, Limit]]:
    for before, leg in zip((None, *clock.legs), clock.legs, strict=False):
        if leg.due is None:
            yield _agreed(clock, leg), clock.limit
            continue
        strip, limit = leg.due.strip, leg.due.limit
        if before is None:
            yield from ((line, limit) for line in strip)
            continue
        yield _extended(clock, before), limit
        # Counting begins the day after; in hours it goes on within the day.
        first = 1 if limit.is_in_days else 0
        yield from ((replace(line, extends=True), limit) for line in strip[first:])


def _agreed(clock: Clock, leg: Leg) -> StripLine:
    day = leg.at.date()
    moment = None if leg.ends_with_day else leg.at
    return StripLine(day, "agreed", True, None, clock.calendar.why(day), until=moment)


def _extended(clock: Clock, before: Leg) -> StripLine:
    day = before.at.date()
    return StripLine(day, "extension", True, None, clock.calendar.why(day))
