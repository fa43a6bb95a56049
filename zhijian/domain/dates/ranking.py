"""Working days by number, so that counting thousands of them takes no longer than counting three.

Days are ordinals (day 1 is Monday, 1 January of the year 1). Between two exceptions every week has
five working days; what an exception adds or takes away is found by halving.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

_WEEK, _WORKED = 7, 5


@dataclass(frozen=True, slots=True)
class Ranking:
    """The exceptions, oldest first, and how many working days there are up to each of them."""

    days: tuple[int, ...]
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, off: Iterable[date], on: Iterable[date]) -> Self:
        """Build it from the days ``off`` and ``on``; those that change nothing are left out."""
        changes = {day.toordinal(): -1 for day in off if day.weekday() < _WORKED}
        changes |= {day.toordinal(): 1 for day in on if day.weekday() >= _WORKED}
        days = tuple(sorted(changes))
        numbers, moved = [], 0
        for day in days:
            moved += changes[day]
            numbers.append(_weekdays(day) + moved)
        return cls(days, tuple(numbers))

    def number(self, day: int) -> int:
        """Return how many working days there are up to ``day``, itself included."""
        before = bisect_right(self.days, day) - 1
        if before < 0:
            return _weekdays(day)
        return self.numbers[before] + _weekdays(day) - _weekdays(self.days[before])

    def day(self, number: int) -> int:
        """Return the working day with that number; the inverse of ``number``."""
        after = bisect_left(self.numbers, number)
        moved = self.numbers[after - 1] - _weekdays(self.days[after - 1]) if after else 0
        weeks, rest = divmod(number - moved - 1, _WORKED)
        day = weeks * _WEEK + rest + 1
        # A make-up day that is itself the one wanted comes before the weekday that would be.
        return min(day, self.days[after]) if after < len(self.days) else day


def _weekdays(day: int) -> int:
    weeks, rest = divmod(day, _WEEK)
    return weeks * _WORKED + min(rest, _WORKED)
