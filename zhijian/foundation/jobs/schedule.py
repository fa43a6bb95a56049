"""Times of periodic jobs, written the way of cron: minute, hour, day, month, weekday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhijian.foundation.refusal import Refusal

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_FURTHEST_DAYS = 366 * 8


class ScheduleRefused(Refusal):
    """A schedule that cannot be read, or that never comes."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The minutes at which something happens, in the time zone of the moments asked about."""

    text: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool

    def after(self, moment: datetime) -> datetime:
        """Return the first matching minute strictly after ``moment``, in its own time zone."""
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        for _ in range(_FURTHEST_DAYS):
            if self._is_day(day):
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        found = day.replace(hour=hour, minute=minute)
                        if found > moment:
                            return found
            day += timedelta(days=1)
        raise ScheduleRefused("jobs.bad_schedule", schedule=self.text)

    def _is_day(self, day: datetime) -> bool:
        if day.month not in self.months:
            return False
        by_day = day.day in self.days
        by_weekday = day.isoweekday() % 7 in self.weekdays
        return by_day or by_weekday if self.either_day else by_day and by_weekday


def parse(text: str) -> Schedule:
    """Read ``*``, ``5``, ``1-5``, ``*/10`` and lists of them in five parts."""
    parts = text.split()
    if len(parts) != len(_RANGES):
        raise ScheduleRefused("jobs.bad_schedule", schedule=text)
    try:
        minutes, hours, days, months, weekdays = (
            _members(part, low, high) for part, (low, high) in zip(parts, _RANGES, strict=True)
        )
    except ValueError as error:
        raise ScheduleRefused("jobs.bad_schedule", schedule=text) from error
    # As in cron: when both are restricted, either of them is enough.
    either = parts[2] != "*" and parts[4] != "*"
    sunday_is_zero = frozenset(day % 7 for day in weekdays)
    return Schedule(text, minutes, hours, days, months, sunday_is_zero, either)


def _members(part: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for piece in part.split(","):
        span, _, step = piece.partition("/")
        first, last = (low, high) if span == "*" else _ends(span)
        if not low <= first <= last <= high:
            raise ValueError(piece)
        found.update(range(first, last + 1, int(step) if step else 1))
    return frozenset(found)


def _ends(span: str) -> tuple[int, int]:
    first, _, last = span.partition("-")
    return int(first), int(last or first)
