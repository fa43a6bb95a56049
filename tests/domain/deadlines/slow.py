"""A second way to find when a limit runs out: slow, obvious, sharing nothing with the first.

It looks at one day after the other, or one tick of the clock after the other, and asks of each what
a clerk with a wall calendar would ask.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.halts import Halt
from zhijian.domain.deadlines.limit import FixedDay, Limit

PERIOD_STARTS = {
    "month": set(range(1, 13)),
    "quarter": {1, 4, 7, 10},
    "half_year": {1, 7},
    "year": {1},
}
LAST_SECOND = time(23, 59, 59)
Halts = tuple[Halt, ...]


def runs_out(
    limit: Limit,
    start: datetime,
    calendar: WorkingCalendar,
    halts: Halts = (),
    tick: timedelta = timedelta(minutes=1),
) -> datetime:
    """The last second in time; ``tick`` divides every moment of a limit in minutes or hours."""
    if limit.kind == "at_once":
        return start
    if limit.kind in ("elapsed", "working_time"):
        return last_moment(limit, start, calendar, halts, tick)
    day = last_day(limit, start, calendar, halts)
    at = start.time() if limit.ends == "to_the_minute" else LAST_SECOND
    return datetime.combine(day, at, start.tzinfo)


def last_moment(
    limit: Limit, start: datetime, calendar: WorkingCalendar, halts: Halts, tick: timedelta
) -> datetime:
    wanted = timedelta(minutes=limit.count * (60 if limit.unit == "hour" else 1))
    if limit.direction == "before":
        return start - wanted
    now = start
    while True:
        if runs(limit, now, calendar) and not any(each.since <= now < each.until for each in halts):
            wanted -= tick
        now += tick
        if not wanted:
            return now


def runs(limit: Limit, now: datetime, calendar: WorkingCalendar) -> bool:
    if limit.kind == "elapsed":
        return True
    minute = now.hour * 60 + now.minute
    open_now = any(each.opens <= minute < each.closes for each in limit.hours)
    return open_now and is_working(now.date(), calendar)


def last_day(limit: Limit, start: datetime, calendar: WorkingCalendar, halts: Halts = ()) -> date:
    day = _unrolled(limit, start.date(), calendar, halts)
    if limit.roll == "none" or is_working(day, calendar):
        return day
    while not is_working(day, calendar) or stands(limit, day, halts):
        day = neighbor(day, limit.roll == "forward")
    return day


def is_working(day: date, calendar: WorkingCalendar) -> bool:
    if day in calendar.make_up_days:
        return True
    if day in calendar.holidays:
        return False
    return day.isoweekday() not in (6, 7)


def stands(limit: Limit, day: date, halts: Halts) -> bool:
    """Tell whether a pause takes the day out: looked at quarter by quarter of the day."""
    if not limit.pauses or limit.direction == "before" or limit.fixed is not None:
        return False
    held: Callable[[datetime], bool] = lambda now: any(  # noqa: E731
        each.since < now + timedelta(hours=6) and now < each.until
        if limit.pauses.days == "touched"
        else each.since <= now and now + timedelta(hours=6) <= each.until
        for each in halts
        if each.since < each.until
    )
    zone = halts[0].since.tzinfo if halts else None
    quarters = [held(datetime.combine(day, time(hour), zone)) for hour in (0, 6, 12, 18)]
    return any(quarters) if limit.pauses.days == "touched" else all(quarters)


def neighbor(day: date, forward: bool) -> date:
    return date.fromordinal(day.toordinal() + (1 if forward else -1))


def _unrolled(limit: Limit, start: date, calendar: WorkingCalendar, halts: Halts) -> date:
    if limit.fixed is not None:
        return _fixed(limit.fixed, start)
    if limit.kind == "month" and limit.direction == "before":
        return _months(limit, start)
    first = start if limit.first_day_counted else neighbor(start, limit.direction == "after")
    if limit.kind == "same_day":
        first = start
    wanted = limit.count * (7 if limit.kind == "week" else 1) or 1
    if limit.kind == "month":
        wanted = _months(limit, start).toordinal() - first.toordinal() + 1
    day = first
    while True:
        counts = limit.kind != "working_day" or is_working(day, calendar)
        if counts and not stands(limit, day, halts):
            wanted -= 1
        if wanted == 0:
            return day
        day = neighbor(day, limit.direction == "after")


def _months(limit: Limit, start: date) -> date:
    year, month = start.year, start.month
    for _ in range(limit.count):
        month += 1 if limit.direction == "after" else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    for number in range(start.day, 0, -1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        full = number < start.day
        return day if full or not limit.first_day_counted else neighbor(day, forward=False)
    raise AssertionError("every month has a first day")


def _fixed(fixed: FixedDay, start: date) -> date:
    """Walk to the first day of the period, then through its months, then through the days."""
    if fixed.period == "week":
        return _weekday(fixed, start)
    day = start
    if fixed.which == "following":
        day = neighbor(day, forward=True)
        while not (day.day == 1 and day.month in PERIOD_STARTS[fixed.period]):
            day = neighbor(day, forward=True)
    while not (day.day == 1 and day.month in PERIOD_STARTS[fixed.period]):
        day = neighbor(day, forward=False)
    month = 1
    while month < fixed.month:
        day = neighbor(day, forward=True)
        month += day.day == 1
    while day.day < fixed.day and neighbor(day, forward=True).month == day.month:
        day = neighbor(day, forward=True)
    return day


def _weekday(fixed: FixedDay, start: date) -> date:
    day = start
    while day.strftime("%A") != "Monday":
        day = neighbor(day, forward=False)
    if fixed.which == "following":
        for _ in range(7):
            day = neighbor(day, forward=True)
    while day.isoweekday() != fixed.day:
        day = neighbor(day, forward=True)
    return day
