"""When a duty falls due under a limit, how that day was found, and what to know about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.counting import Counting
from zhijian.domain.deadlines.halts import Halt
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.line import StripLine
from zhijian.domain.deadlines.strip import strip_of
from zhijian.domain.problems import Problem

WARNING_CODES: Final = (
    "deadline.provisional",
    "deadline.year_not_in_calendar",
    "deadline.rest_days_unknown",
    "deadline.notice_may_reach_back",
    "deadline.on_rest_day",
    "deadline.before_start",
)
"""Every code a deadline may carry as a warning."""

# The notice of a year has, more than once, moved a working day in the week before it.
_REACH_OF_A_NOTICE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. Everything but the moment is worked out when it is asked for.

    ``at`` is the last second in time, in the zone of the start.
    """

    counting: Counting
    at: datetime

    @property
    def limit(self) -> Limit:
        """The limit that was counted."""
        return self.counting.limit

    @property
    def start(self) -> date | datetime:
        """The day or moment it was counted from."""
        return self.counting.start

    @property
    def on(self) -> date:
        """The last day."""
        return self.at.date()

    @property
    def opens(self) -> datetime | None:
        """From when on a duty that is counted back may be done, if the limit says so."""
        return self.counting.opens()

    @property
    def unpublished(self) -> int | None:
        """The year nearest the start whose holidays are not published, if the count needs it."""
        counting = self.counting
        if not counting.limit.needs_calendar:
            return None
        step = -1 if self.on < counting.day else 1
        years = range(counting.day.year, self.on.year + step, step)
        return next((each for each in years if each not in _published(counting)), None)

    @property
    def provisional(self) -> bool:
        """Tell whether the count runs into a year whose holidays are not yet published."""
        return self.unpublished is not None

    @property
    def strip(self) -> tuple[StripLine, ...]:
        """The day-by-day account."""
        return strip_of(self.counting)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a reader should know about the date."""
        return tuple(self._warnings())

    def is_late(self, done: datetime) -> bool:
        """Tell whether something done at ``done`` came too late; the last second is in time."""
        return done.replace(microsecond=0) > self.at

    def _warnings(self) -> Iterator[Problem]:
        limit, on = self.limit, self.on
        if limit.needs_calendar:
            yield from self._doubts_of_the_count()
        elif limit.may_end_on_rest_day:
            yield from self._doubts_of_the_last_day()
        if limit.direction == "after" and on < self.counting.day:
            start = self.counting.day
            yield Problem.at(limit.id, "deadline.before_start", day=on, start=start)

    def _doubts_of_the_count(self) -> Iterator[Problem]:
        limit, calendar, on = self.limit, self.counting.calendar, self.on
        year = self.unpublished
        if year is not None:
            lacks = calendar.lacks(year)
            code = "deadline.year_not_in_calendar" if lacks else "deadline.provisional"
            yield Problem.at(limit.id, code, year=year)
        elif not calendar.is_settled(on, on + _REACH_OF_A_NOTICE):
            yield Problem.at(limit.id, "deadline.notice_may_reach_back", year=on.year + 1)

    def _doubts_of_the_last_day(self) -> Iterator[Problem]:
        limit, on = self.limit, self.on
        why = self.counting.calendar.why(on)
        if not why.is_working:
            facts = {"day": on, "kind": why.kind, "name": why.name}
            yield Problem.at(limit.id, "deadline.on_rest_day", **facts)
        elif not why.published:
            lacks = why.is_lacking
            code = "deadline.year_not_in_calendar" if lacks else "deadline.rest_days_unknown"
            yield Problem.at(limit.id, code, year=on.year)


def due(
    limit: Limit,
    start: date | datetime,
    calendar: WorkingCalendar,
    halts: tuple[Halt, ...] = (),
) -> Due:
    """Return when a duty that began at ``start`` falls due; time does not count in ``halts``.

    A moment is taken with its own day: the caller hands it over in the zone where the days are
    counted. A moment in UTC is refused, because its day is the wrong one for eight hours daily.
    """
    counting = Counting(limit, start, calendar, halts)
    return Due(counting, counting.runs_out())


def _published(counting: Counting) -> frozenset[int]:
    return counting.calendar.published_years
