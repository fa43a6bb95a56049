"""A limit, where it starts, the calendar it is counted with, and the halts in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.days import counted_back, first_counted, last_day, rolled
from zhijian.domain.deadlines.halts import Halt, as_gaps, gaps_of, paused_days
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.meter import (
    MICRO,
    Dial,
    EveryMoment,
    Gap,
    Meter,
    Scale,
    WorkingHours,
    merged,
)

UNITS: Final = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
LAST_SECOND: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Counting:
    """All that decides when a limit runs out.

    The start is a day, or a moment in the zone whose days are counted.
    """

    limit: Limit
    start: date | datetime
    calendar: WorkingCalendar
    halts: tuple[Halt, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.start, datetime):
            if self.limit.is_timed:
                raise ValueError(f"{self.limit.id}: a limit to the minute needs a moment, no day")
        elif self.start.tzinfo is UTC:
            # Its day is the wrong one for eight hours daily.
            raise ValueError(f"{self.limit.id}: hand the moment over in local time, not in UTC")

    @property
    def day(self) -> date:
        """The day of the start."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def moment(self) -> datetime:
        """The moment of the start; a day starts at midnight."""
        if isinstance(self.start, datetime):
            return self.start
        return datetime.combine(self.start, time())

    @property
    def sign(self) -> int:
        """1 when time runs forward, -1 when it is counted back."""
        return -1 if self.limit.direction == "before" else 1

    @property
    def dial(self) -> Dial:
        """The clock by which the limit is read: hours that pass, or the clock on the wall."""
        return Dial(self.moment.tzinfo, even=self.limit.kind == "elapsed")

    @property
    def amount(self) -> timedelta:
        """How long a limit in minutes or hours is."""
        return self.limit.count * UNITS[self.limit.unit]

    @property
    def paused(self) -> tuple[Gap, ...]:
        """The days that halts take out, as ordinals; none of a limit in minutes or hours."""
        if not self.halts or not self.limit.can_pause or self.limit.pauses is None:
            return ()
        return paused_days(self.halts, self.dial, self.limit.pauses.days)

    @property
    def last(self) -> date:
        """The last day of a limit in days, before any roll."""
        return last_day(self.limit, self.day, self.calendar, self.paused)

    def runs_out(self) -> datetime:
        """Return the last second in time, in the zone of the start."""
        if self.limit.kind == "at_once":
            return self.moment
        if self.limit.is_in_days:
            paused = self.paused
            last = last_day(self.limit, self.day, self.calendar, paused)
            return self.closing(rolled(self.limit, last, self.calendar, paused))
        dial = self.dial
        begin, amount = dial.instant(self.moment), self.sign * (self.amount // MICRO)
        if self.sign < 0:
            return dial.moment(begin + amount)
        return dial.moment(self.meter.reach(begin, amount))

    def closing(self, day: date) -> datetime:
        """Return the last second in time when ``day`` is the last day."""
        at = self.moment.time() if self.limit.is_timed else LAST_SECOND
        return datetime.combine(day, at, self.moment.tzinfo)

    def opens(self) -> datetime | None:
        """Return from when on a duty that is counted back may be done, if that is set."""
        if not self.limit.earliest:
            return None
        if not self.limit.is_in_days:
            back = self.dial.instant(self.moment) - self.limit.earliest * (
                UNITS[self.limit.unit] // MICRO
            )
            return self.dial.moment(back)
        day = counted_back(self.limit, self.day, self.calendar, self.limit.earliest)
        at = self.moment.time() if self.limit.is_timed else time()
        return datetime.combine(day, at, self.moment.tzinfo)

    @property
    def meter(self) -> Meter:
        """What of the time from the start on counts."""
        if not self.limit.is_in_days:
            return Meter(self._scale, gaps_of(self.halts, self.dial))
        days = self.paused
        if self.limit.roll == "forward":
            # The rest days are passed over, and the day behind them takes the place of the first.
            target = rolled(self.limit, self.last, self.calendar, days)
            days = merged((*days, (self.last.toordinal(), target.toordinal())))
        return Meter(self._scale, as_gaps(days))

    @property
    def begins(self) -> int:
        """The instant from which on time may count: the start, or the midnight after its day."""
        if not self.limit.is_in_days or self.limit.is_timed:
            return self.dial.instant(self.moment)
        return max(
            self.dial.midnight(first_counted(self.limit, self.day)),
            self.dial.instant(self.moment),
        )

    @property
    def _scale(self) -> Scale:
        if self.limit.kind == "working_time":
            return WorkingHours(self.calendar, self.limit.hours)
        if self.limit.kind == "working_day":
            return WorkingHours(self.calendar)
        return EveryMoment()
