"""The clocks of a case: what its steps did to them, and how they stand at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction

from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course, Happened
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.step import Act
from zhijian.domain.deadlines.clock import Clock, clock_at
from zhijian.domain.deadlines.events import (
    Agreed,
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
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.rule import LimitRule
from zhijian.domain.policy.parameter import NotInForce

_ENDINGS: Mapping[str, type[Ending]] = {"closed": Completed, "withdrawn": Withdrawn}
"""What an end does to clocks that still run; every other end stops them."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What happened to one clock. ``level`` is the level of the case that its limit follows: the
    one at which it ended, or the present one while it runs."""

    events: tuple[Event, ...] = ()
    level: str = ""

    @property
    def runs(self) -> bool:
        """Tell whether it has started and not ended."""
        return bool(self.events) and not isinstance(self.events[-1], Ending)


def clock_events(course: Course) -> dict[str, Timed]:
    """Return what happened to each clock that was ever started."""
    tape = _Tape(course.kind)
    for event in course.happened:
        tape.take(event)
    return tape.clocks


def clocks(
    course: Course, around: Circumstances, moment: datetime
) -> dict[str, Clock | NotInForce]:
    """Return how each started clock stands at ``moment``.

    A clock whose limit follows the level waits until there is one. A limit whose parameter had no
    value on the day the case was opened says so instead.
    """
    found: dict[str, Clock | NotInForce] = {}
    for name, timed in clock_events(course).items():
        limit = limit_of(course.kind, name, timed.level, around)
        if isinstance(limit, NotInForce):
            found[name] = limit
        elif limit is not None:
            found[name] = clock_at(timed.events, limit, around.calendar, moment)
    return found


def limit_of(
    kind: CaseKind, clock: str, level: str, around: Circumstances
) -> Limit | NotInForce | None:
    """Return the limit of a clock at a level, under the law of the case; none before a level."""
    own = kind.levels[level].limits.get(clock, "") if level else ""
    name = own or kind.clocks[clock].limit
    return in_force(around.limits[name], around) if name else None


def in_force(rule: LimitRule, around: Circumstances) -> Limit | NotInForce:
    """Return a limit with the count that the law of the case gives it."""
    if rule.parameter is None:
        return rule.limit
    found = around.law.find(rule.parameter.id, around.unit.id, around.unit.group)
    if isinstance(found, NotInForce):
        return found
    count = found.value if isinstance(found.value, Fraction) else Fraction(0)
    return replace(rule.limit, count=int(count))


@dataclass(slots=True)
class _Tape:
    """Follows the steps and notes what each does to the clocks."""

    kind: CaseKind
    clocks: dict[str, Timed] = field(default_factory=dict)
    facts: dict[str, FactValue] = field(default_factory=dict)
    level: str = ""

    def take(self, event: Happened) -> None:
        step = self.kind.steps[event.step]
        self.facts |= {name: each for name, each in event.facts.items() if each is not None}
        self.level = event.level or self.level
        for act in step.acts:
            self._note(act.clock, self._event(act, event.at))
        end = self.kind.ends(step.target)
        if end:
            for name in self.clocks:
                self._note(name, _ENDINGS.get(end, Stopped)(event.at))
        for name, timed in self.clocks.items():
            if timed.runs:
                self.clocks[name] = replace(timed, level=self.level)

    def _note(self, clock: str, event: Event | None) -> None:
        timed = self.clocks.get(clock, Timed())
        starts = isinstance(event, Started | Reopened)
        if event is not None and timed.runs is not starts:
            self.clocks[clock] = Timed((*timed.events, event), self.level)

    def _event(self, act: Act, at: datetime) -> Event | None:
        """Return what a step does to a clock; starting one that has ended begins it again."""
        value, consent = self.facts.get(act.fact), self.facts.get(act.consent) is True
        day = value if isinstance(value, date) else None
        moment = value if isinstance(value, datetime) else None
        count = int(value) if isinstance(value, Fraction) else 0
        match act.word:
            case "start":
                return Reopened(at) if act.clock in self.clocks else Started(at, day)
            case "stop":
                return Completed(at)
            case "pause":
                return Paused(at, act.reason, until=moment, consent=consent)
            case "resume":
                return Resumed(at)
            case "agree":
                return Agreed(at, day, consent) if day else None
            case "request":
                return Requested(at, count)
            case "grant":
                return Decided(at, approved=True, count=count or None)
        return Decided(at, approved=False)
