"""What stands on the paper of one case: who signed, what was said, to whom it goes, until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course, Happened
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.paper import PaperRule
from zhijian.domain.casework.permitting import named
from zhijian.domain.casework.timing import clocks
from zhijian.domain.deadlines.clock import Clock


def issued_by(kind: CaseKind, step: str) -> tuple[str, ...]:
    """Return the forms that become papers when a step is taken."""
    return tuple(
        each.id for each in kind.forms.values() if each.paper and step in each.paper.issued
    )


def last_of(course: Course, steps: Iterable[str]) -> Happened | None:
    """Return the latest of some steps that was taken: whoever took it has signed for them all."""
    wanted = frozenset(steps)
    return next((each for each in reversed(course.happened) if each.step in wanted), None)


def receivers(rule: PaperRule, course: Course) -> tuple[str, ...]:
    """Return the people to whom a paper goes, each once; bodies are resolved by who holds them."""
    found = (named(each, course) for each in rule.to if each.word != "body")
    return tuple(dict.fromkeys(each for each in found if each))


def bodies(rule: PaperRule) -> tuple[str, ...]:
    """Return the bodies to which a paper goes."""
    return tuple(each.name for each in rule.to if each.word == "body")


def due_of(course: Course, clock: str, around: Circumstances, at: datetime) -> datetime | None:
    """Return when a clock falls due, or fell; nothing where it never ran or has no due moment."""
    found = clocks(course, around, at).get(clock)
    return found.due if isinstance(found, Clock) else None


def reply_by(
    rule: PaperRule, course: Course, around: Circumstances, at: datetime
) -> date | datetime | None:
    """Return until when a paper is to be answered: a moment of a clock, or what a fact holds."""
    if rule.reply_clock:
        return due_of(course, rule.reply_clock, around, at)
    told = course.facts.get(rule.reply_fact)
    return told if isinstance(told, date) else None
