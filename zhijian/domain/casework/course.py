"""What happened in a case, and where it stands: a course is the replay of its steps.

Nothing is kept between two readings. The same kind and the same events always give the same course.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.vocabulary import ACTOR


@dataclass(frozen=True, slots=True)
class Happened:
    """A step that was taken. ``seq`` counts from 1; nobody is named where it was anonymous.

    ``level`` is the level that the step decided, if it decided one.
    """

    seq: int
    step: str
    actor: str
    roles: frozenset[str]
    at: datetime
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    reason: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Where a case stands. Before its opening step it has no state.

    ``since`` is when it came into its state; ``owner`` and ``unit`` are whom and where it was
    given to.
    """

    kind: CaseKind
    happened: tuple[Happened, ...] = ()
    state: str = ""
    since: datetime | None = None
    level: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    owner: str = ""
    unit: str = ""

    @property
    def opener(self) -> str:
        """Whoever opened it, if that is known."""
        return self.happened[0].actor if self.happened else ""

    @property
    def opened_on(self) -> date | None:
        """The day on which it was opened: the law of that day governs it."""
        return self.happened[0].at.date() if self.happened else None

    @property
    def ends(self) -> str:
        """How it ended, or nothing while it is open."""
        return self.kind.ends(self.state)

    def leads_to(self, step: CaseStep) -> bool:
        """Tell whether a step leads on from here."""
        return self.state in step.sources if self.state else step.is_opening

    def who_did(self, step: str) -> tuple[str, ...]:
        """Everybody who ever took a step, the last one last."""
        return tuple(each.actor for each in self.happened if each.step == step)

    def person(self, fact: str) -> str:
        """The person whom a fact names, or nobody."""
        found = self.facts.get(fact)
        return found if isinstance(found, str) else ""


class BrokenCourse(ValueError):
    """Events that cannot have happened in this order in a case of this kind."""


def replay(kind: CaseKind, happened: Iterable[Happened]) -> Course:
    """Return where the events lead; events that do not follow from each other are refused."""
    course = Course(kind)
    for each in happened:
        course = after(course, each)
    return course


def after(course: Course, event: Happened) -> Course:
    """Return the course with one more step; whether it may be taken is not asked here."""
    step = course.kind.steps.get(event.step)
    if step is None or event.seq != len(course.happened) + 1 or not _fits(course, step, event):
        raise BrokenCourse(f"{course.kind.id}: event {event.seq} ({event.step}) does not follow")
    known = {name: value for name, value in event.facts.items() if value is not None}
    moved = replace(
        course,
        happened=(*course.happened, event),
        level=event.level or course.level,
        facts={**course.facts, **known},
    )
    if step.target and step.target != course.state:
        moved = replace(moved, state=step.target, since=event.at)
    return _assigned(moved, step, event.actor)


def handed_over(course: Course, owner: str) -> Course:
    """Return the course in other hands; nothing else of it changes."""
    return replace(course, owner=owner)


def _fits(course: Course, step: CaseStep, event: Happened) -> bool:
    return course.leads_to(step) and (not course.happened or event.at >= course.happened[-1].at)


def _assigned(course: Course, step: CaseStep, actor: str) -> Course:
    owner = actor if step.owner == ACTOR else course.person(step.owner)
    return replace(
        course, owner=owner or course.owner, unit=course.person(step.unit) or course.unit
    )
