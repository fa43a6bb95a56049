"""A clock: how far the time of a duty is used up, as a function of what happened and of the law.

Nothing is kept between two readings. The same events, limit, calendar and moment always give the
same clock, so that any verdict can be worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, Literal

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.course import Course, Run
from zhijian.domain.deadlines.events import Completed, Event, Requested
from zhijian.domain.deadlines.halts import Halt
from zhijian.domain.deadlines.leg import Leg
from zhijian.domain.deadlines.legs import Legs, shown
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.meter import MICRO
from zhijian.domain.problems import Problem

State = Literal["not_started", "running", "paused", "met", "overdue", "stopped"]

STATES: Final[tuple[State, ...]] = (
    "not_started", "running", "paused", "met", "overdue", "stopped",
)  # fmt: skip
"""What a clock can be. ``overdue`` is also what was done too late; ``stopped`` is what was ended
without being done, or taken back by whoever had asked for it."""

_SECOND: Final = timedelta(seconds=1) // MICRO

CLOCK_CODES: Final = ("clock.pause_after_due", "clock.pause_under_agreed", "clock.too_early")
"""Every code with which a clock itself says what to know about it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as it stood at ``moment``.

    ``halts`` are the pauses that the limit provides for, ``request`` an extension asked for and
    not decided, ``earlier`` the runs before a reopening that began anew.
    """

    limit: Limit
    calendar: WorkingCalendar
    moment: datetime
    state: State
    run: Run | None = None
    legs: tuple[Leg, ...] = ()
    halts: tuple[Halt, ...] = ()
    request: Requested | None = None
    remarks: tuple[Problem, ...] = ()
    earlier: tuple[Clock, ...] = ()

    @property
    def due(self) -> datetime | None:
        """The last second in time, or nothing before the start.

        While a pause is open it is the moment that would hold if the clock ran again at once.
        """
        return self.legs[-1].at if self.legs else None

    @property
    def open_pause(self) -> Halt | None:
        """The pause in which the clock stands, with no end yet."""
        if self.state != "paused":
            return None
        return next((each for each in self.halts if each.is_open), None)

    @property
    def asked(self) -> datetime:
        """The moment that is judged: when the duty ended, else the moment of the reading."""
        return self.run.ended.at if self.run and self.run.ended else self.moment

    @property
    def counting(self) -> tuple[Leg, ...]:
        """The legs that make up the time: an agreed time replaces all before it."""
        agreed = [number for number, leg in enumerate(self.legs) if leg.kind == "agreed"]
        return self.legs[agreed[-1] if agreed else 0 :]

    @property
    def allowed(self) -> timedelta:
        """All the time that counts; a day that counts is 24 hours."""
        return MICRO * sum(leg.allowed for leg in self.counting)

    @property
    def used(self) -> timedelta:
        """The part of it that has passed."""
        return MICRO * sum(leg.used(self.asked) for leg in self.counting)

    @property
    def remaining(self) -> timedelta:
        """The part of it that is left."""
        return self.allowed - self.used

    @property
    def share(self) -> Fraction:
        """The share that is used, from 0 to 1; of no time at all everything is used."""
        allowed = self.allowed // MICRO
        if not self.legs or not allowed:
            return Fraction(len(self.legs) > 0)
        return Fraction(self.used // MICRO, allowed)

    @property
    def overdue_by(self) -> timedelta:
        """How long after the last second the duty was done, or is still open; zero in time."""
        if self.due is None or not self.legs[-1].is_late(self.asked):
            return timedelta()
        return self.asked - self.due

    @property
    def overdue_days(self) -> int:
        """How many days after the last day that is; the day after it is day 1."""
        if self.due is None or not self.overdue_by:
            return 0
        return (self.asked.date() - self.due.date()).days

    @property
    def unpublished(self) -> tuple[int, ...]:
        """The years whose holidays are not published yet and that the clock runs into."""
        years = (leg.due.unpublished for leg in self.legs if leg.due)
        return tuple(sorted({year for year in years if year is not None}))

    @property
    def provisional(self) -> bool:
        """Tell whether the due moment may still change with a notice of holidays."""
        return bool(self.unpublished)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What to know about the due moment, each once."""
        due = self.legs[-1].due if self.legs else None
        return due.warnings if due else ()

    def reach(self, share: Fraction) -> datetime:
        """Return the moment at which a share of the time is used, up to the next whole second."""
        allowed = self.allowed // MICRO
        wanted = min(-(-allowed * share // _SECOND) * _SECOND, allowed)
        *before, last = self.counting
        for leg in before:
            if wanted <= leg.allowed:
                return leg.reach(wanted)
            wanted -= leg.allowed
        return last.reach(wanted)


def clock_at(
    events: Iterable[Event], limit: Limit, calendar: WorkingCalendar, moment: datetime
) -> Clock:
    """Read the clock of a duty at a moment.

    ``moment`` stands in the zone whose days are counted, never in UTC. Of the events only those
    count that have taken effect by then.
    """
    course = Course.of(events, limit, moment)
    if not course.runs:
        return Clock(limit, calendar, moment, "not_started", remarks=tuple(course.remarks))
    *earlier, last = (_read(course, run, calendar) for run in course.runs)
    remarks = (*course.remarks, *_idle(last), *_too_early(last))
    return Clock(
        limit,
        calendar,
        moment,
        last.state,
        last.run,
        last.legs,
        last.halts,
        last.request,
        remarks,
        tuple(earlier),
    )


def stricter_first(clocks: Sequence[Clock]) -> list[Clock]:
    """Order the clocks of one duty under several regulations: all run, the stricter stands first.

    Clocks that have not started come last.
    """
    started = [(clock.due, number, clock) for number, clock in enumerate(clocks) if clock.due]
    waiting = [clock for clock in clocks if clock.due is None]
    return [*(clock for _, _, clock in sorted(started, key=lambda each: each[:2])), *waiting]


def _read(course: Course, run: Run, calendar: WorkingCalendar) -> Clock:
    legs = Legs.of(course, run, calendar)
    return Clock(
        course.limit,
        calendar,
        course.moment,
        _state(course, run, legs),
        run,
        tuple(legs.found),
        legs.halts,
        legs.request,
    )


def _state(course: Course, run: Run, legs: Legs) -> State:
    if run.ended:
        if not isinstance(run.ended, Completed):
            return "stopped"
        return "overdue" if legs.last.is_late(run.ended.at) else "met"
    last = legs.last
    if last.is_late(course.moment):
        return "overdue"
    standing = (each for each in legs.halts if each.covers(course.moment))
    if last.kind != "agreed" and not all(last.is_over(each.since) for each in standing):
        return "paused"
    return "running"


def _idle(clock: Clock) -> Iterator[Problem]:
    """Yield the pauses that moved nothing, because the time was over or agreed."""
    last = clock.legs[-1]
    for halt in filter(lambda each: each.title, clock.halts):
        facts = {"at": f"{halt.since:%Y-%m-%d %H:%M}", "due": shown(last.at)}
        facts |= {"reason": halt.title.zh, "reason_en": halt.title.to("en")}
        if last.is_over(halt.since):
            yield Problem.at(clock.limit.id, "clock.pause_after_due", **facts)
        elif last.kind == "agreed" and last.event and halt.since >= last.event.at:
            yield Problem.at(clock.limit.id, "clock.pause_under_agreed", **facts)


def _too_early(clock: Clock) -> Iterator[Problem]:
    """A duty that is counted back may have a first day; before it there is only a notice."""
    due, ended = clock.legs[0].due, clock.run.ended if clock.run else None
    opens = due.opens if due else None
    if opens and isinstance(ended, Completed) and ended.at < opens:
        facts = {"at": shown(ended.at), "opens": shown(opens)}
        yield Problem.at(clock.limit.id, "clock.too_early", **facts)
