"""The legs of a run: the limit itself, then what extensions add and agreed times replace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.counting import LAST_SECOND
from zhijian.domain.deadlines.course import Course, Run
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.events import Agreed, Decided, Requested
from zhijian.domain.deadlines.halts import Halt
from zhijian.domain.deadlines.leg import (
    Leg,
    extending,
    leg_of_agreement,
    leg_of_extension,
    leg_of_limit,
)
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.terms import Extension

LEG_CODES: Final = (
    "clock.agreed_not_provided",
    "clock.agreed_without_consent",
    "clock.agreed_too_late",
    "clock.agreed_in_past",
    "clock.extension_not_provided",
    "clock.extension_too_late",
    "clock.extension_too_long",
    "clock.extension_too_many",
    "clock.request_open",
    "clock.no_request",
)
"""Every code with which a change can be told to have changed nothing."""


@dataclass(slots=True)
class Legs:
    """Follows the changes of one run, in order; what changes nothing is told to the course."""

    course: Course
    run: Run
    calendar: WorkingCalendar
    halts: tuple[Halt, ...]
    found: list[Leg] = field(default_factory=list)
    request: Requested | None = None
    granted: int = 0

    @classmethod
    def of(cls, course: Course, run: Run, calendar: WorkingCalendar) -> Legs:
        """Return the legs of a run."""
        halts = course.halts_of(run)
        legs = cls(course, run, calendar, halts)
        start = _start(course.limit, run)
        legs.found.append(leg_of_limit(due(course.limit, start, calendar, halts), run.began))
        for event in run.changes:
            _TAKEN[type(event)](legs, event)
        return legs

    @property
    def last(self) -> Leg:
        """The leg that applies."""
        return self.found[-1]

    def agree(self, event: Agreed) -> None:
        """An agreed time takes the place of the due moment, whatever was counted before."""
        limit, term = self.course.limit, self.course.limit.agreed
        until = _last_second(event.until, event.at)
        if term is None:
            self.course.remark("agreed_not_provided", event)
        elif term.consent and not event.consent:
            self.course.remark("agreed_without_consent", event)
        elif not term.after_due and self.last.is_late(event.at):
            self.course.remark("agreed_too_late", event, due=shown(self.last.at))
        elif until < event.at:
            self.course.remark("agreed_in_past", event, until=shown(until))
        else:
            cites = term.cites or limit.cites
            self.found.append(leg_of_agreement(until, cites, event, self.run.began))

    def ask(self, event: Requested) -> None:
        """A request is kept until it is decided, if the limit provides for it."""
        term = self.course.limit.extension
        if term is None:
            self.course.remark("extension_not_provided", event)
        elif self.request:
            self.course.remark("request_open", event)
        elif not term.after_due and self.last.is_late(event.at):
            self.course.remark("extension_too_late", event, due=shown(self.last.at))
        elif self.granted >= term.times:
            self.course.remark("extension_too_many", event, times=term.times)
        elif self._fits(event, event.count, term):
            self.request = event

    def decide(self, event: Decided) -> None:
        """An approval adds a leg from the old due moment; a refusal changes nothing."""
        term, request = self.course.limit.extension, self.request
        if term is None or request is None:
            self.course.remark("no_request", event)
        elif not event.approved:
            self.request = None
        elif self._fits(event, count := event.count or request.count, term):
            self.request = None
            self.granted += 1
            longer = extending(self.course.limit, term, count)
            found = due(longer, self.last.at, self.calendar, self.halts)
            self.found.append(leg_of_extension(found, longer.cites, event))

    def _fits(self, event: Requested | Decided, count: int, term: Extension) -> bool:
        most = term.most.count
        fits = 1 <= count <= most
        if not fits:
            self.course.remark("extension_too_long", event, found=count, most=most)
        return fits


def shown(moment: datetime) -> str:
    """Write a moment as people read it."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _start(limit: Limit, run: Run) -> date | datetime:
    """Return what the limit is counted from; a day gets the zone of the clock."""
    start = run.counted_from
    if isinstance(start, datetime) or limit.is_timed:
        return start
    return datetime.combine(start, time(), run.began.tzinfo)


def _last_second(until: date | datetime, at: datetime) -> datetime:
    if isinstance(until, datetime):
        return until
    return datetime.combine(until, LAST_SECOND, at.tzinfo)


_TAKEN: Final[Mapping[type, Callable[[Legs, Any], None]]] = {
    Agreed: Legs.agree,
    Requested: Legs.ask,
    Decided: Legs.decide,
}
