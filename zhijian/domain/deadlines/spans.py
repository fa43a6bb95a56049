"""The account of a limit in minutes or hours: span by span, within each day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhijian.domain.deadlines.counting import UNITS, Counting
from zhijian.domain.deadlines.halts import gaps_of
from zhijian.domain.deadlines.line import Role, StripLine
from zhijian.domain.deadlines.meter import MICRO, MINUTE, Gap
from zhijian.domain.words import Words, listed

_DAY = timedelta(days=1)


def elapsed(counting: Counting) -> Iterator[StripLine]:
    """Yield each day of hours that run day and night, in parts where pauses cut it."""
    begin, end = (counting.dial.instant(each) for each in (counting.moment, counting.runs_out()))
    parts = [
        part
        for day in _days(counting)
        for part in _cut(counting, _within(counting, day, begin, end))
    ]
    yield from _lines(counting, parts if counting.sign > 0 else parts[::-1])


def working_time(counting: Counting) -> Iterator[StripLine]:
    """Yield each span of working hours, and each day that has none."""
    begin, end = (counting.dial.instant(each) for each in (counting.moment, counting.runs_out()))
    lines = _Running(counting)
    for day in _days(counting):
        midnight = counting.dial.midnight(day)
        hours = counting.limit.hours if counting.calendar.is_working(day) else ()
        spans = (
            (max(midnight + each.opens * MINUTE, begin), min(midnight + each.closes * MINUTE, end))
            for each in hours
        )
        parts = [part for span in spans for part in _cut(counting, span)]
        if not parts:
            role: Role = "start" if hours else "count"
            why = counting.calendar.why(day)
            yield StripLine(day, role, counted=False, number=None, why=why)
        yield from (lines.next(part) for part in parts)


def _days(counting: Counting) -> Iterator[date]:
    """Yield the days from the earlier to the later end of the limit."""
    first, last = sorted((counting.day, counting.runs_out().date()))
    for step in range((last - first).days + 1):
        yield first + step * _DAY


def _within(counting: Counting, day: date, begin: int, end: int) -> Gap:
    """Return the part of a day between the ends of the limit, in whichever order they come."""
    first, last = sorted((begin, end))
    return (
        max(counting.dial.midnight(day), first),
        min(counting.dial.midnight(day + _DAY), last),
    )


def _cut(counting: Counting, span: Gap) -> Iterator[tuple[int, int, bool]]:
    """Yield a span in parts: from, until, and whether the clock stood."""
    here, end = span
    for since, until in gaps_of(counting.halts, counting.dial):
        if here < min(since, end):
            yield here, min(since, end), False
            here = min(since, end)
        if here < min(until, end):
            yield here, min(until, end), True
            here = min(until, end)
    if here < end:
        yield here, end, False


def _lines(counting: Counting, parts: list[tuple[int, int, bool]]) -> Iterator[StripLine]:
    lines = _Running(counting)
    yield from (lines.next(part) for part in parts)


class _Running:
    """Turns parts into lines and adds up what has counted."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._run = 0
        self._unit = UNITS[counting.limit.unit] // MICRO

    def next(self, part: tuple[int, int, bool]) -> StripLine:
        """Return the line of the next part."""
        since, until, stands = part
        dial = self._counting.dial
        begins = dial.moment(since)
        self._run += 0 if stands else until - since
        return StripLine(
            day=begins.date(),
            role="pause" if stands else "count",
            counted=not stands,
            number=None if stands else self._run // self._unit,
            why=self._counting.calendar.why(begins.date()),
            since=begins,
            until=dial.moment(until),
            run=self._run * MICRO,
            note=self._note(since, until) if stands else None,
        )

    def _note(self, since: int, until: int) -> Words:
        dial = self._counting.dial
        found = [
            each.title
            for each in self._counting.halts
            if dial.instant(each.since) < until and dial.instant(each.until) > since
        ]
        return listed(dict.fromkeys(filter(None, found)))
