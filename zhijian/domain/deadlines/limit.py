"""What a regulation allows for a duty: thirty minutes, three working days, the 10th of a month.

A limit says how time is counted; ``due`` says where that leads from a given start, and ``clock_at``
how far the time is used up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zhijian.domain.dates.period import MONTHS_IN
from zhijian.domain.deadlines.hours import Span, check_hours
from zhijian.domain.deadlines.terms import (
    Agreement,
    Extension,
    Pauses,
    Reminder,
    Rung,
    Stretch,
    check_ladder,
)
from zhijian.domain.deadlines.vocabulary import (
    COUNTED,
    COUNTED_BACK,
    DIRECTIONS,
    ENDS,
    FIRST_DAY,
    FIXED,
    KINDS,
    MEASURED,
    MOST,
    PERIODS,
    REOPENINGS,
    ROLLING,
    ROLLS,
    TIMED,
    UNITS,
    WHICH,
    BadLimit,
    between,
    one_of,
)
from zhijian.domain.words import NOTHING, Words

_LONGEST_MONTH = 31
_WEEK = 7
_MINUTES: Final = {"minute": 1, "hour": 60}


@dataclass(frozen=True, slots=True)
class FixedDay:
    """The day ``day`` in the ``month``-th month of the following or the current period.

    A day that the month does not have is the last day of that month. In a ``week`` the day is
    its number from Monday, 1.
    """

    day: int
    month: int = 1
    period: str = "month"
    which: str = "following"

    def __post_init__(self) -> None:
        one_of("period", self.period, (*PERIODS, "week"))
        one_of("which", self.which, WHICH)
        between("day", self.day, _WEEK if self.period == "week" else _LONGEST_MONTH)
        between("month", self.month, MONTHS_IN.get(self.period, 1))


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a duty may take, how that time is counted, and what may happen to it meanwhile.

    The day of the start is not counted unless ``first_day_counted``; nothing is rolled off a
    holiday unless ``roll`` says so. A duty that is counted back may have an ``earliest`` day too,
    so many units before the planned day.
    """

    id: str
    kind: str
    count: int = 0
    unit: str = ""
    direction: str = "after"
    first_day_counted: bool = False
    roll: str = "none"
    ends: str = "end_of_day"
    fixed: FixedDay | None = None
    title: Words = NOTHING
    cites: str = ""
    hours: tuple[Span, ...] = ()
    earliest: int = 0
    pauses: Pauses | None = None
    agreed: Agreement | None = None
    extension: Extension | None = None
    reopening: str = "keep"
    reminders: tuple[Reminder, ...] = ()
    escalation: tuple[Rung, ...] = ()

    def __post_init__(self) -> None:
        one_of("kind", self.kind, KINDS)
        one_of("direction", self.direction, DIRECTIONS)
        one_of("roll", self.roll, ROLLS)
        one_of("ends", self.ends, ENDS)
        one_of("reopening", self.reopening, REOPENINGS)
        self._check_hours()
        self._check_count()
        self._check_flags()
        self._check_pauses()
        self._check_alarms()

    @property
    def most(self) -> int:
        """The largest count this kind of limit takes, or 0 when it takes none."""
        return self._most(self.kind, self.unit)

    @property
    def minutes_a_day(self) -> int:
        """How many minutes of a working day lie within the working hours."""
        return sum(each.minutes for each in self.hours)

    @property
    def fixed_day(self) -> FixedDay:
        """The day that a ``day_of_month`` or ``day_of_week`` limit names; no other has one."""
        if self.fixed is None:
            raise BadLimit("limit.fixed_day_and_kind", kind=self.kind)
        return self.fixed

    @property
    def is_timed(self) -> bool:
        """Tell whether the limit runs out at a time of day, so that it needs a moment to start."""
        return self.ends == "to_the_minute"

    @property
    def is_in_days(self) -> bool:
        """Tell whether pauses take out whole days and not minutes."""
        return self.kind not in TIMED

    @property
    def needs_calendar(self) -> bool:
        """Tell whether holidays can move the last day."""
        return self.kind in ("working_day", "working_time") or self.roll != "none"

    @property
    def may_end_on_rest_day(self) -> bool:
        """Tell whether the last day is found without asking whether it is worked."""
        return self.kind in ROLLING and self.roll == "none"

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that the limit and its terms rest on."""
        terms = (self.pauses, self.agreed, self.extension)
        reasons = self.pauses.reasons if self.pauses else ()
        cited = (each.cites for each in (*terms, *reasons) if each and each.cites)
        return (self.cites, *cited)

    @property
    def can_pause(self) -> bool:
        """Tell whether a pause can move the due moment; nothing moves a day that is named."""
        return self.direction == "after" and self.kind not in FIXED and self.kind != "at_once"

    def _most(self, kind: str, unit: str) -> int:
        most = MOST.get(unit or kind, 0)
        if kind == "working_time":
            # No longer than so many working days, or the count would leave the calendar.
            return min(most, MOST["working_day"] * self.minutes_a_day // _MINUTES[unit])
        return most

    def _stretches(self) -> Iterator[Stretch]:
        """Yield every stretch of time that is counted besides the limit itself."""
        yield from (each.before for each in self.reminders if each.before)
        yield from (each.after for each in self.escalation if each.after)
        if self.extension:
            yield self.extension.most

    def _check_hours(self) -> None:
        kinds = {self.kind, *(each.kind for each in self._stretches())}
        if bool(self.hours) != ("working_time" in kinds):
            raise BadLimit("limit.hours_and_kind", kind=self.kind)
        check_hours(self.hours)
        for each in self._stretches():
            between("count", each.count, self._most(each.kind, each.unit))

    def _check_count(self) -> None:
        if self.kind in MEASURED:
            one_of("unit", self.unit, UNITS)
        elif self.unit:
            raise BadLimit("limit.unit_not_elapsed", kind=self.kind)
        if self.kind in COUNTED:
            between("count", self.count, self.most)
        elif self.count:
            raise BadLimit("limit.count_not_wanted", kind=self.kind)
        period = self.fixed.period if self.fixed else ""
        wanted = {"day_of_month": PERIODS, "day_of_week": ("week",)}.get(self.kind, ("",))
        if period not in wanted:
            raise BadLimit("limit.fixed_day_and_kind", kind=self.kind)

    def _check_flags(self) -> None:
        if self.kind in TIMED and not self.is_timed:
            raise BadLimit("limit.elapsed_is_timed", kind=self.kind)
        if self.kind in ("same_day", *FIXED) and self.is_timed:
            raise BadLimit("limit.ends_with_day", kind=self.kind)
        if self.direction == "before" and self.kind not in COUNTED_BACK:
            raise BadLimit("limit.not_before", kind=self.kind)
        if self.roll != "none" and self.kind not in ROLLING:
            raise BadLimit("limit.not_rolled", kind=self.kind)
        if self.first_day_counted and (self.kind not in FIRST_DAY or self.direction == "before"):
            raise BadLimit("limit.no_first_day", kind=self.kind, direction=self.direction)
        if self.earliest and (self.direction == "after" or self.earliest <= self.count):
            raise BadLimit("limit.earliest", found=self.earliest, count=self.count)

    def _check_pauses(self) -> None:
        if self.pauses and not self.can_pause:
            raise BadLimit("limit.no_pauses", kind=self.kind, direction=self.direction)
        in_days = self.is_in_days or (self.extension and self.extension.most.kind not in TIMED)
        if self.pauses and bool(self.pauses.days) != bool(in_days):
            raise BadLimit("limit.paused_days", kind=self.kind)
        if self.reopening not in self._reopenings():
            raise BadLimit("limit.reopening", found=self.reopening, kind=self.kind)

    def _reopenings(self) -> tuple[str, ...]:
        if self.direction == "before" or self.kind in FIXED:
            return ("keep",)
        if self.kind == "at_once":
            return ("keep", "restart")
        # What the time in between means for days is said with the pauses, and nowhere else.
        return ("keep", "restart") if self.is_in_days and not self.pauses else REOPENINGS

    def _check_alarms(self) -> None:
        check_ladder(self.escalation)
        if self.kind == "at_once" and any(each.share is not None for each in self.reminders):
            raise BadLimit("limit.no_share")
