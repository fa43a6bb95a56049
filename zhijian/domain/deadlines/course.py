"""From events to runs: when a clock began, stood, was changed, ended, and began anew.

An event that the limit does not provide for, or that comes at the wrong time, changes nothing; a
remark says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final

from zhijian.domain.deadlines.events import (
    Agreed,
    Change,
    Completed,
    Decided,
    Ending,
    Event,
    Paused,
    Reopened,
    Requested,
    Resumed,
    Started,
    Stopped,
    Withdrawn,
)
from zhijian.domain.deadlines.halts import Halt
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.terms import Reason
from zhijian.domain.problems import Problem
from zhijian.domain.words import NOTHING

COURSE_CODES: Final = (
    "clock.started_twice",
    "clock.not_started",
    "clock.not_running",
    "clock.still_running",
    "clock.no_pause",
    "clock.pause_not_provided",
    "clock.pause_without_consent",
    "clock.pause_does_not_stop",
    "clock.pause_before_reopening",
)
"""Every code with which an event can be told to have changed nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the clock, from its start to its end; most clocks have only one, ``number`` 0."""

    began: datetime
    counted_from: date | datetime
    number: int = 0
    changes: tuple[Change, ...] = ()
    ended: Ending | None = None
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class _Pause:
    """A pause that counts, and the run in which it was told; before the start that is the first."""

    event: Paused
    reason: Reason
    run: int


@dataclass(slots=True)
class Course:
    """What the events of a duty come to at a moment."""

    limit: Limit
    moment: datetime
    runs: list[Run] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    _pauses: list[_Pause] = field(default_factory=list)
    _between: list[Halt] = field(default_factory=list)

    @classmethod
    def of(cls, events: Iterable[Event], limit: Limit, moment: datetime) -> Course:
        """Follow the events up to the moment, in the order in which they took effect."""
        if moment.tzinfo is UTC:
            raise ValueError(f"{limit.id}: hand the moment over in local time, not in UTC")
        course = cls(limit, moment)
        local = (_in_zone(each, moment.tzinfo) for each in events)
        known = (each for each in local if each.at <= moment)
        for event in sorted(known, key=lambda each: each.at):
            _TAKEN[type(event)](course, event)
        return course

    def halts_of(self, run: Run) -> tuple[Halt, ...]:
        """When the clock stood in a run; an open pause lasts up to the moment.

        A run that began anew has nothing of what the clock stood before: a pause that is told late
        counts from the reopening on.
        """
        told = (self._halt(each, run) for each in self._pauses if each.run == run.number)
        return (*(each for each in told if each.since < each.until or each.is_open), *self._between)

    def _halt(self, pause: _Pause, run: Run) -> Halt:
        paused, reason = pause.event, pause.reason
        since = max(paused.begins, run.began) if run.number else paused.begins
        cites = reason.cites or (self.limit.pauses.cites if self.limit.pauses else "")
        return Halt(
            since,
            paused.until or max(self.moment, since),
            reason.title,
            cites or self.limit.cites,
            is_open=paused.until is None,
        )

    def start(self, event: Started) -> None:
        """The first start begins the first run."""
        if self.runs:
            self.remark("started_twice", event)
        else:
            self.runs.append(Run(event.at, event.counted_from or event.at))

    def pause(self, event: Paused) -> None:
        """A pause counts for a reason that the limit has, with the consent that it asks for."""
        reason = self.limit.pauses.reason(event.reason) if self.limit.pauses else None
        if self.runs and self.runs[-1].ended:
            self.remark("not_running", event)
        elif reason is None:
            self.remark("pause_not_provided", event, reason=event.reason)
        elif not reason.stops:
            self.remark("pause_does_not_stop", event, **_named(reason))
        elif reason.consent and not event.consent:
            self.remark("pause_without_consent", event, **_named(reason))
        elif event.until and self._was_over(event.until):
            self.remark("pause_before_reopening", event, **_named(reason))
        else:
            self._pauses.append(_Pause(event, reason, max(len(self.runs) - 1, 0)))

    def _was_over(self, until: datetime) -> bool:
        """Tell whether the current run began anew only after a pause had ended."""
        return bool(self.runs and self.runs[-1].number) and until <= self.runs[-1].began

    def resume(self, event: Resumed) -> None:
        """The pauses that have not ended by then end now."""
        if not self._end_pauses(event.at, event.reason):
            self.remark("no_pause", event)

    def change(self, event: Change) -> None:
        """A change is kept with the run it belongs to; whether it is good is seen there."""
        run = self._running(event)
        if run:
            self.runs[-1] = replace(run, changes=(*run.changes, event))

    def end(self, event: Ending) -> None:
        """The run ends, and with it every pause."""
        run = self._running(event)
        if run:
            self._end_pauses(event.at, "")
            self.runs[-1] = replace(run, ended=event)

    def reopen(self, event: Reopened) -> None:
        """The run goes on, or another one begins, as the limit says."""
        if not self.runs or not self.runs[-1].ended:
            self.remark("still_running" if self.runs else "not_started", event)
            return
        run = self.runs[-1]
        if self.limit.reopening == "restart":
            number = len(self.runs)
            self.runs.append(Run(event.at, event.at, number, reopened=run.reopened + 1))
            return
        if self.limit.reopening == "continue" and run.ended:
            self._between.append(Halt(run.ended.at, event.at, NOTHING, self.limit.cites))
        self.runs[-1] = replace(run, ended=None, reopened=run.reopened + 1)

    def remark(self, what: str, event: Event, **facts: object) -> None:
        """Say that an event changed nothing."""
        at = f"{event.at:%Y-%m-%d %H:%M}"
        self.remarks.append(Problem.at(self.limit.id, f"clock.{what}", at=at, **facts))

    def _running(self, event: Change | Ending) -> Run | None:
        if not self.runs:
            self.remark("not_started", event)
            return None
        if self.runs[-1].ended:
            self.remark("not_running", event)
            return None
        return self.runs[-1]

    def _end_pauses(self, at: datetime, reason: str) -> bool:
        """End the pauses that are open at a moment; tell whether there was one."""
        found = False
        for place, pause in enumerate(self._pauses):
            paused = pause.event
            if reason in ("", paused.reason) and (paused.until is None or paused.until > at):
                self._pauses[place] = replace(pause, event=replace(paused, until=at))
                found = True
        return found


def _named(reason: Reason) -> dict[str, str]:
    return {"reason": reason.title.zh, "reason_en": reason.title.to("en")}


def _in_zone(event: Event, zone: tzinfo | None) -> Event:
    """Return the event with all its moments in one zone."""
    moments = {
        name: _moved(value, zone)
        for name in ("at", "counted_from", "since", "until")
        if isinstance(value := getattr(event, name, None), datetime)
    }
    any_event: Any = event
    moved: Event = replace(any_event, **moments)
    return moved


def _moved(moment: datetime, zone: tzinfo | None) -> datetime:
    if (moment.tzinfo is None) != (zone is None):
        raise ValueError("either every moment has a zone, or none has")
    return moment if zone is None else moment.astimezone(zone)


_TAKEN: Final[Mapping[type, Callable[[Course, Any], None]]] = {
    Started: Course.start,
    Paused: Course.pause,
    Resumed: Course.resume,
    Agreed: Course.change,
    Requested: Course.change,
    Decided: Course.change,
    Completed: Course.end,
    Withdrawn: Course.end,
    Stopped: Course.end,
    Reopened: Course.reopen,
}
