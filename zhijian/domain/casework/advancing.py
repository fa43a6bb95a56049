"""Taking a step: the course after it, or everything that stands against it.

Nothing is written here. What is refused is refused as a whole, so that no half of a step remains.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course, Happened, after
from zhijian.domain.casework.entering import Entered, Values, read_entered
from zhijian.domain.casework.levels import graver, level_of
from zhijian.domain.casework.paying import against_paying
from zhijian.domain.casework.permitting import hindrances, holds, looked_at
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.timing import clock_events, clocks
from zhijian.domain.casework.vocabulary import PROPOSED
from zhijian.domain.casework.who import Person
from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.problems import Problem

_NOTICE: Final = "clock.too_early"
"""What to know about a clock without anything having gone wrong."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for. ``level`` is the level they choose, where the step decides it;
    ``anonymous`` whether they want to leave no name."""

    step: str
    who: Person
    facts: Mapping[str, Entered] = field(default_factory=dict)
    reason: str = ""
    level: str = ""
    anonymous: bool = False


def advance(
    course: Course, asked: Asked, at: datetime, around: Circumstances
) -> Course | tuple[Problem, ...]:
    """Return the course after a step, or everything that stands against taking it now."""
    step = course.kind.steps.get(asked.step)
    if step is None:
        known = ", ".join(course.kind.steps)
        return (Problem.at(asked.step, "casework.unknown_step", step=asked.step, known=known),)
    if not course.leads_to(step):
        return (_elsewhere(course, step),)
    return _Advancing(course, step, asked, at, around).result()


def _elsewhere(course: Course, step: CaseStep) -> Problem:
    if not course.state:
        return Problem.at(step.id, "casework.not_opened", step=step.title)
    state = course.kind.states[course.state].title
    return Problem.at(step.id, "casework.wrong_state", step=step.title, state=state)


class _Advancing:
    def __init__(
        self, course: Course, step: CaseStep, asked: Asked, at: datetime, around: Circumstances
    ) -> None:
        self.course = course
        self.step = step
        self.asked = asked
        self.at = at
        self.around = around
        self.values, entered = read_entered(course, step, asked.facts, at)
        self.level = self._level()
        self.problems = [
            *hindrances(course, step, asked.who, at, around),
            *entered,
            *self._reason(),
            *self._levels(),
            *self._anonymity(),
        ]
        if not entered:
            self.problems += self._must()
            self.problems += against_paying(course, step, self.facts, around)

    def result(self) -> Course | tuple[Problem, ...]:
        """Return the course after the step, unless something stands against it."""
        if self.problems:
            return tuple(self.problems)
        moved = after(self.course, self._happened())
        return (*self._lacking(moved), *self._timing(moved)) or moved

    @property
    def is_anonymous(self) -> bool:
        """Tell whether the step leaves no name."""
        return self.step.anonymous == "always" or self.asked.anonymous

    def _happened(self) -> Happened:
        who = Person("") if self.is_anonymous else self.asked.who
        return Happened(
            len(self.course.happened) + 1,
            self.step.id,
            who.id,
            who.roles,
            self.at,
            self.values,
            self.asked.reason.strip(),
            self.level,
        )

    @property
    def facts(self) -> Values:
        """What is known with what is entered now."""
        return {**self.course.facts, **self.values}

    def _level(self) -> str:
        """Return the level that the step decides: chosen, proposed, or raised to at least one."""
        if not self.step.level:
            return ""
        if self.step.level != PROPOSED:
            return graver(self.course.kind, self.course.level, self.step.level)
        return self.asked.level or self._proposed()

    def _proposed(self) -> str:
        proposal = level_of(self.course.kind, self.facts, self.around)
        return proposal.level if proposal else ""

    def _reason(self) -> Iterator[Problem]:
        if self.step.reason and not self.asked.reason.strip():
            yield Problem.at(self.step.id, "casework.reason_missing", step=self.step.title)

    def _levels(self) -> Iterator[Problem]:
        chosen, kind = self.asked.level, self.course.kind
        if chosen and chosen not in kind.levels:
            known = ", ".join(kind.levels) or "—"
            yield Problem.at(self.step.id, "casework.unknown_level", level=chosen, known=known)
        elif chosen and self.step.level != PROPOSED:
            yield Problem.at(self.step.id, "casework.level_not_asked", step=self.step.title)
        elif self.step.level and not self.level:
            yield Problem.at(self.step.id, "casework.level_missing", step=self.step.title)
        elif chosen and chosen != (proposed := self._proposed()) and not self.asked.reason.strip():
            level = kind.levels[chosen].title
            found = kind.levels[proposed].title if proposed else "—"
            yield Problem.at(
                self.step.id, "casework.level_unexplained", level=level, proposed=found
            )

    def _anonymity(self) -> Iterator[Problem]:
        if self.asked.anonymous and self.step.anonymous == "never":
            yield Problem.at(self.step.id, "casework.not_anonymous", step=self.step.title)
        for name in self.values if self.is_anonymous else ():
            fact = self.course.kind.facts[name]
            if fact.names_reporter:
                yield Problem.at(name, "casework.gives_away", field=fact.title)

    def _must(self) -> Iterator[Problem]:
        must = self.step.must
        level = self.level or self.course.level
        if must and not holds(must, self.course, self.facts, level, self.around):
            facts = looked_at(must, self.course, self.around)
            yield Problem.at(self.step.id, "casework.must_hold", step=self.step.title, facts=facts)

    def _lacking(self, moved: Course) -> Iterator[Problem]:
        """What the level of a case asks for is known before the case is closed."""
        if moved.ends != "closed" or not moved.level:
            return
        level = moved.kind.levels[moved.level]
        for name in level.needs:
            if moved.facts.get(name) is None:
                field = moved.kind.facts[name].title
                yield Problem.at(name, "casework.level_needs", field=field, level=level.title)

    def _timing(self, moved: Course) -> Iterator[Problem]:
        """What a step does to a clock must have its effect; a remark says that it had none."""
        before = clocks(self.course, self.around, self.at)
        now = clocks(moved, self.around, self.at)
        for name, clock in now.items():
            if isinstance(clock, Clock):
                known = before.get(name)
                old = known.remarks if isinstance(known, Clock) else ()
                told = (each for each in clock.remarks if each.code != _NOTICE)
                yield from (each for each in told if each not in old)
        yield from self._idle()

    def _idle(self) -> Iterator[Problem]:
        running = {name for name, timed in clock_events(self.course).items() if timed.runs}
        words = {each.word for each in self.step.acts} - {"start", "stop"}
        for word in sorted(words):
            own = [each.clock for each in self.step.acts if each.word == word]
            if not running.intersection(own):
                clock = self.course.kind.clocks[own[0]].title
                yield Problem.at(
                    self.step.id, "casework.clock_not_running", step=self.step.title, clock=clock
                )
