"""Which steps lead on from where a case stands, for whom, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhijian.domain.casework.conditions import Circumstances, context_of
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.timing import clocks, in_force
from zhijian.domain.casework.who import Person, Selector, in_words
from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.legs import shown
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.problems import Problem
from zhijian.domain.scoring.condition import Condition
from zhijian.domain.words import Words, listed

_OUTSIDE = frozenset({"platform", "public"})
"""Roles of those who act without being one of the people of the house."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that leads on from the present state; open where nothing stands against it."""

    step: CaseStep
    problems: tuple[Problem, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether the person may take it, once what it needs is entered."""
        return not self.problems


def open_steps(
    course: Course, who: Person, at: datetime, around: Circumstances
) -> tuple[OpenStep, ...]:
    """Return every step from the present state with what stands against it for this person."""
    steps = course.kind.steps_from(course.state)
    return tuple(OpenStep(each, hindrances(course, each, who, at, around)) for each in steps)


def hindrances(
    course: Course, step: CaseStep, who: Person, at: datetime, around: Circumstances
) -> tuple[Problem, ...]:
    """Return why a person may not take a step from the present state; nothing where they may."""
    return (
        *_people(course, step, who),
        *_order(course, step, around),
        *_time(course, step, at, around),
    )


def matches(selector: Selector, course: Course, who: Person) -> bool:
    """Tell whether a person is entitled in one way; somebody without a name only as a body."""
    match selector.word:
        case "anyone":
            return not who.roles & _OUTSIDE
        case "body":
            return selector.name in who.roles
        case "case" | "platform" | "public":
            return selector.word in who.roles
    return bool(who.id) and who.id == named(selector, course)


def named(selector: Selector, course: Course) -> str:
    """Return the one person whom a selector names: opener, owner, or by a step or a fact."""
    match selector.word:
        case "opener":
            return course.opener
        case "owner":
            return course.owner
        case "step":
            return next(reversed(course.who_did(selector.name)), "")
    return course.person(selector.name)


def _people(course: Course, step: CaseStep, who: Person) -> Iterator[Problem]:
    nameless = not who.id and not who.roles & _OUTSIDE and step.anonymous == "never"
    if nameless or not any(matches(each, course, who) for each in step.by):
        roles = in_words(step.by)
        yield Problem.at(step.id, "casework.not_entitled", step=step.title, roles=roles)
    for other in () if step.alone else step.verifies:
        if who.id and who.id in course.who_did(other):
            done = course.kind.steps[other].title
            yield Problem.at(step.id, "casework.four_eyes", step=step.title, other=done)
    for each in step.not_by:
        if _is_barred(each, course, who):
            yield Problem.at(step.id, "casework.barred", step=step.title, role=each.title)


def _is_barred(selector: Selector, course: Course, who: Person) -> bool:
    if selector.word == "step":
        return bool(who.id) and who.id in course.who_did(selector.name)
    return matches(selector, course, who)


def _order(course: Course, step: CaseStep, around: Circumstances) -> Iterator[Problem]:
    if step.once and course.who_did(step.id):
        yield Problem.at(step.id, "casework.taken_once", step=step.title)
    if step.when and not holds(step.when, course, course.facts, course.level, around):
        facts = looked_at(step.when, course, around)
        yield Problem.at(step.id, "casework.not_now", step=step.title, facts=facts)
    for kind in step.waits_for:
        count = around.open_cases.get(kind, 0)
        if count:
            yield Problem.at(step.id, "casework.case_open", step=step.title, count=count)


def holds(
    condition: Condition,
    course: Course,
    facts: Mapping[str, FactValue],
    level: str,
    around: Circumstances,
) -> bool:
    """Tell whether a condition holds with certain facts and a level."""
    return condition.holds(context_of(course.kind.facts, facts, level, around))


def looked_at(condition: Condition, course: Course, around: Circumstances) -> Words:
    """Name what a condition looks at."""
    context = context_of(course.kind.facts, course.facts, course.level, around)
    found = (each for each in condition.steps(context) if each.op != "constant")
    return listed(dict.fromkeys(each.title or Words(each.id) for each in found))


def _time(course: Course, step: CaseStep, at: datetime, around: Circumstances) -> Iterator[Problem]:
    if course.happened and at < course.happened[-1].at:
        last = shown(course.happened[-1].at)
        yield Problem.at(step.id, "casework.before_last", step=step.title, last=last)
    if step.within and course.since:
        limit = in_force(around.limits[step.within], around)
        if isinstance(limit, NotInForce):
            yield Problem.at(step.id, "casework.no_limit", limit=step.within)
        elif (until := due(limit, course.since, around.calendar)).is_late(at):
            yield Problem.at(
                step.id, "casework.window_closed", step=step.title, until=shown(until.at)
            )
    if step.overdue and not _over(course, step.overdue, at, around):
        titles = listed(course.kind.clocks[each].title for each in step.overdue)
        yield Problem.at(step.id, "casework.not_overdue", step=step.title, clocks=titles)
    if over := _over(course, step.in_time, at, around):
        titles = listed(course.kind.clocks[each].title for each in over)
        yield Problem.at(step.id, "casework.overdue_already", step=step.title, clocks=titles)


def _over(
    course: Course, names: tuple[str, ...], at: datetime, around: Circumstances
) -> tuple[str, ...]:
    """Return which of some clocks are overdue."""
    found = clocks(course, around, at) if names else {}
    read = ((name, found.get(name)) for name in names)
    return tuple(name for name, each in read if isinstance(each, Clock) and each.state == "overdue")
