"""When a clock reminds, and when it climbs: moments that a sweep only has to compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.deadlines.counting import UNITS
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.meter import MICRO, Dial, WorkingHours
from zhijian.domain.deadlines.terms import Reminder, Rung, Stretch

_SECOND: Final = timedelta(seconds=1)
# A pause without an end is taken to last so long; no limit with a reader is longer.
_NEVER: Final = timedelta(days=120 * 366)


@dataclass(frozen=True, slots=True)
class ReminderAt:
    """A reminder and its moment."""

    rule: Reminder
    at: datetime


@dataclass(frozen=True, slots=True)
class RungAt:
    """A level of the escalation, from 1, and the moment from which on it applies."""

    level: int
    rule: Rung
    at: datetime


def falls_due(clock: Clock) -> datetime | None:
    """Return the due moment that a sweep may store and compare with; none while nothing can lapse.

    Nothing lapses before the start, after the end, and while a pause without an end holds the due
    moment off. A pause that takes out whole days only may not hold off the day it began on.
    """
    if clock.run is None or clock.run.ended:
        return None
    if clock.open_pause is None:
        return clock.due
    never = clock.moment + _NEVER
    halts = tuple(replace(each, until=never) if each.is_open else each for each in clock.halts)
    at: datetime | None = None
    for leg in clock.legs:
        counted = leg.due
        if counted is None:
            at = leg.at
        else:
            at = due(counted.limit, at or counted.start, clock.calendar, halts).at
    return at if at and at < never else None


def reminders(clock: Clock) -> tuple[ReminderAt, ...]:
    """Return the reminders of an open clock, earliest first.

    One that would not come after the start is left out: it would only repeat that the duty arose.
    While an open pause holds the due moment off, nothing after the reading is known yet.
    """
    found = (ReminderAt(rule, at) for rule in clock.limit.reminders for at in _reminds(clock, rule))
    return tuple(sorted((each for each in found if _is_known(clock, each.at)), key=_moment))


def ladder(clock: Clock) -> tuple[RungAt, ...]:
    """Return the levels of the escalation of an open clock, lowest first."""
    found = (
        RungAt(level, rung, at)
        for level, rung in enumerate(clock.limit.escalation, start=1)
        for at in _climbs(clock, rung)
    )
    return tuple(each for each in found if _is_known(clock, each.at))


def is_soon(clock: Clock) -> bool:
    """Tell whether the due moment is near: the clock runs, and a reminder has come."""
    return clock.state == "running" and any(each.at <= clock.moment for each in reminders(clock))


def _moment(each: ReminderAt) -> datetime:
    return each.at


def _is_known(clock: Clock, at: datetime) -> bool:
    return at <= clock.moment or falls_due(clock) is not None


def _reminds(clock: Clock, rule: Reminder) -> Iterator[datetime]:
    if clock.run is None or clock.run.ended or clock.due is None:
        return
    if rule.share is not None:
        at = min(clock.reach(rule.share), clock.due)
    else:
        at = _moved(clock, rule.before, -1, rule.at)
    if clock.run.began < at <= clock.due:
        yield at


def _climbs(clock: Clock, rung: Rung) -> Iterator[datetime]:
    if clock.run and not clock.run.ended:
        yield _moved(clock, rung.after, 1, rung.at)


def _moved(clock: Clock, stretch: Stretch | None, sign: int, at: time | None) -> datetime:
    """Return the moment a stretch before or after the due moment; without one, as it passes."""
    end = clock.legs[-1].at
    if stretch is None:
        return end + _SECOND
    if stretch.unit:
        return _by_hours(clock, stretch, sign, end)
    day = end.date() + sign * timedelta(days=stretch.count)
    if stretch.kind == "working_day":
        count = clock.calendar.after if sign > 0 else clock.calendar.before
        day = count(end.date(), stretch.count)
    # A limit that ends with the day speaks of days: the whole day that is counted to.
    usual = time() if clock.legs[-1].ends_with_day else end.time()
    return datetime.combine(day, at or usual, end.tzinfo)


def _by_hours(clock: Clock, stretch: Stretch, sign: int, end: datetime) -> datetime:
    amount = stretch.count * UNITS[stretch.unit]
    if stretch.kind == "elapsed":
        dial = Dial(end.tzinfo, even=True)
        return dial.moment(dial.instant(end) + sign * (amount // MICRO))
    dial, hours = Dial(end.tzinfo), WorkingHours(clock.calendar, clock.limit.hours)
    mark = hours.mark(dial.instant(end)) + sign * (amount // MICRO)
    return dial.moment(hours.instant(mark) if sign > 0 else hours.last_instant(mark))
