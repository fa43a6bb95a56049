"""How much time has counted between two moments, and when so much will have counted.

Inside, a moment is an instant: microseconds on the dial of its zone, or in UTC where hours that
pass are meant. A scale says how much of the time counts at all, a meter leaves out gaps as well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate
from typing import Final, Protocol

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.hours import Span

MICRO: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1) // MICRO
MINUTE: Final = timedelta(minutes=1) // MICRO
_FIRST: Final = datetime(1, 1, 1)  # noqa: DTZ001 - the zero of every dial
_ALL_DAY: Final = (Span(0, 24 * 60),)

Gap = tuple[int, int]
"""From an instant on, up to another one that no longer belongs to it."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Where instants come from: the clock on the wall of ``zone``, or UTC for ``even`` hours."""

    zone: tzinfo | None
    even: bool = False

    def instant(self, moment: datetime) -> int:
        """Return the instant of a moment of the zone."""
        if self.even and self.zone is not None:
            moment = moment.astimezone(UTC)
        return (moment.replace(tzinfo=None) - _FIRST) // MICRO

    def moment(self, instant: int) -> datetime:
        """Return the moment of an instant, in the zone."""
        dial = _FIRST + instant * MICRO
        if self.even and self.zone is not None:
            return dial.replace(tzinfo=UTC).astimezone(self.zone)
        return dial.replace(tzinfo=self.zone)

    def midnight(self, day: date) -> int:
        """Return the instant at which a day begins."""
        return self.instant(datetime.combine(day, time(), self.zone))


class Scale(Protocol):
    """Which part of time counts."""

    def mark(self, instant: int) -> int:
        """Return how much has counted up to an instant."""

    def instant(self, mark: int) -> int:
        """Return the first instant at which so much has counted."""


@dataclass(frozen=True, slots=True)
class EveryMoment:
    """Day and night count."""

    def mark(self, instant: int) -> int:
        """Return the instant itself."""
        return instant

    def instant(self, mark: int) -> int:
        """Return the mark itself."""
        return mark


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Only the spans of working days count; without spans working days count from end to end."""

    calendar: WorkingCalendar
    spans: tuple[Span, ...] = _ALL_DAY
    _sums: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        sums = tuple(accumulate(each.minutes * MINUTE for each in self.spans))
        object.__setattr__(self, "_sums", sums)

    def mark(self, instant: int) -> int:
        """Return how much working time there was up to an instant."""
        ordinal, rest = divmod(instant, DAY)
        day = date.fromordinal(ordinal + 1)
        number = self.calendar.number(day)
        if not self.calendar.is_working(day):
            return number * self._sums[-1]
        passed = sum(
            min(max(rest - each.opens * MINUTE, 0), each.minutes * MINUTE) for each in self.spans
        )
        return (number - 1) * self._sums[-1] + passed

    def instant(self, mark: int) -> int:
        """Return the first instant at which so much working time has passed: a closing time."""
        number, rest = divmod(mark - 1, self._sums[-1])
        return self._within(number + 1, bisect_right(self._sums, rest), rest + 1)

    def last_instant(self, mark: int) -> int:
        """Return the last instant at which no more working time has passed: an opening time."""
        number, rest = divmod(mark, self._sums[-1])
        return self._within(number + 1, bisect_right(self._sums, rest), rest)

    def _within(self, number: int, span: int, passed: int) -> int:
        """Return the instant in a span at which so much of the day's working time has passed."""
        begins = (self.calendar.numbered(number).toordinal() - 1) * DAY
        closes = self.spans[span].closes * MINUTE
        return begins + closes - (self._sums[span] - passed)


@dataclass(frozen=True, slots=True)
class Meter:
    """A scale without the ``gaps``, which are in order and do not touch."""

    scale: Scale
    gaps: tuple[Gap, ...] = ()

    def between(self, begin: int, end: int) -> int:
        """Return how much counts from ``begin`` to ``end``; nothing if that is not later."""
        if end <= begin:
            return 0
        mark = self.scale.mark
        lost = sum(
            mark(min(until, end)) - mark(max(since, begin))
            for since, until in self.gaps
            if since < end and until > begin
        )
        return mark(end) - mark(begin) - lost

    def reach(self, begin: int, amount: int) -> int:
        """Return the first instant at which ``amount`` has counted since ``begin``."""
        mark = self.scale.mark
        wanted = mark(begin) + amount
        for since, until in self.gaps:
            from_here = max(since, begin)
            if mark(from_here) >= wanted:
                break
            wanted += max(mark(until) - mark(from_here), 0)
        return self.scale.instant(wanted)


def merged(spans: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return spans in order, those that meet or overlap made one, and empty ones left out."""
    found: list[Gap] = []
    for since, until in sorted(spans):
        if since >= until:
            continue
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple(found)
