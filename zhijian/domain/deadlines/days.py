"""On which day a limit in days ends: counted, fixed, and rolled off a day that is not worked.

``paused`` are days that a pause has taken out, as ordinals from one on up to another; only a limit
that runs forward without a fixed day has any.
"""

from __future__ import annotations

from datetime import date, timedelta

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.dates.months import shift_months
from zhijian.domain.dates.period import Period
from zhijian.domain.deadlines.halts import is_paused
from zhijian.domain.deadlines.limit import FixedDay, Limit
from zhijian.domain.deadlines.meter import Gap

_DAY = timedelta(days=1)
_WEEK = 7


def last_day(
    limit: Limit, start: date, calendar: WorkingCalendar, paused: tuple[Gap, ...] = ()
) -> date:
    """Return the last day of a limit in days, before any roll."""
    if limit.fixed is not None:
        return _fixed(limit.fixed, start)
    if limit.direction == "before":
        return counted_back(limit, start, calendar, limit.count)
    first = first_counted(limit, start)
    if limit.kind == "working_day":
        return _working(first, limit.count, calendar, paused)
    return _natural(first, _length(limit, start, first), paused)


def first_counted(limit: Limit, start: date) -> date:
    """Return the first day that may count: the day of the start, or the one after it."""
    return start if limit.first_day_counted or limit.kind == "same_day" else start + _DAY


def rolled(limit: Limit, last: date, calendar: WorkingCalendar, paused: tuple[Gap, ...]) -> date:
    """Return the day to which the last day moves: one that is worked and on which time runs."""
    if limit.roll == "none" or calendar.is_working(last):
        return last
    step = _DAY if limit.roll == "forward" else -_DAY
    day = last + step
    while not calendar.is_working(day) or is_paused(day.toordinal(), paused):
        day += step
    return day


def counted_back(limit: Limit, start: date, calendar: WorkingCalendar, count: int) -> date:
    """Return the day that lies ``count`` units of the limit before a planned day."""
    if limit.kind == "working_day":
        return calendar.before(start, count)
    if limit.kind == "month":
        return shift_months(start, -count)
    return start - timedelta(days=count * (_WEEK if limit.kind == "week" else 1))


def full_month(limit: Limit, start: date, number: int) -> date:
    """Return the day on which the ``number``-th month after ``start`` is full."""
    day = shift_months(start, number)
    # A month that lacks the day number is full on its last day, however one counts.
    return day - _DAY if limit.first_day_counted and day.day == start.day else day


def _length(limit: Limit, start: date, first: date) -> int:
    """Return how many natural days the limit has, from ``first`` on."""
    if limit.kind == "same_day":
        return 1
    if limit.kind == "month":
        return (full_month(limit, start, limit.count) - first).days + 1
    return limit.count * (_WEEK if limit.kind == "week" else 1)


def _natural(first: date, count: int, paused: tuple[Gap, ...]) -> date:
    begin = first.toordinal()
    end = begin + count
    for since, until in paused:
        if since >= end:
            break
        end += max(until - max(since, begin), 0)
    return date.fromordinal(end - 1)


def _working(first: date, count: int, calendar: WorkingCalendar, paused: tuple[Gap, ...]) -> date:
    before = first - _DAY
    wanted = calendar.number(before) + count
    for since, until in paused:
        begin = max(date.fromordinal(since), first)
        if begin > calendar.numbered(wanted):
            break
        wanted += calendar.count(begin, date.fromordinal(until) - _DAY)
    return calendar.numbered(wanted)


def _fixed(fixed: FixedDay, start: date) -> date:
    if fixed.period == "week":
        monday = start - timedelta(days=start.weekday())
        weeks = 1 if fixed.which == "following" else 0
        return monday + timedelta(days=fixed.day - 1 + weeks * _WEEK)
    period = Period.containing(start, fixed.period)
    if fixed.which == "following":
        period = period.next()
    month = shift_months(period.first, fixed.month - 1)
    # Reached over January, which has every day number, so that short months are clipped.
    return shift_months(date(month.year, 1, fixed.day), month.month - 1)
