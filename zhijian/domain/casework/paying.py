"""Deciding and paying a compensation: what stands against it, and what was decided.

The amount is worked out, so deciding needs every fact that it rests on. Paying needs figures that
somebody with authority has confirmed, and facts that have not changed since it was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course, Happened
from zhijian.domain.casework.entering import Entered, read_entered
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.owing import Owed, owed
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.exact import plain
from zhijian.domain.problems import Problem
from zhijian.domain.words import listed


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided to be owed, and by which step."""

    step: Happened
    owed: Owed


def owed_in(
    course: Course, around: Circumstances, facts: Mapping[str, FactValue] | None = None
) -> Owed | None:
    """Return what is owed in a case, or would be with other facts; nothing where no loss counts."""
    rules = course.kind.compensation
    if rules is None:
        return None
    return owed(rules, course.kind.facts, course.facts if facts is None else facts, around)


def trial_of(kind: CaseKind) -> CaseStep:
    """Return what to ask for, to work out what would be owed without a case."""
    rules = kind.compensation
    return CaseStep("owed", kind.title, (), "", (), may=rules.facts if rules else ())


def supposed(
    kind: CaseKind, entered: Mapping[str, Entered], at: datetime, around: Circumstances
) -> Owed | tuple[Problem, ...] | None:
    """Return what would be owed by what is entered, or what is wrong with it."""
    course = Course(kind)
    values, problems = read_entered(course, trial_of(kind), entered, at)
    return tuple(problems) or owed_in(course, around, values)


def decision_of(course: Course, around: Circumstances) -> Decision | None:
    """Return the last decision with the amount of that day: by the facts that were known then."""
    rules, known, found = course.kind.compensation, dict[str, FactValue](), None
    for each in course.happened if rules else ():
        known |= {name: value for name, value in each.facts.items() if value is not None}
        if rules and each.step in rules.decided:
            found = each, dict(known)
    if rules is None or found is None:
        return None
    return Decision(found[0], owed(rules, course.kind.facts, found[1], around))


def against_paying(
    course: Course, step: CaseStep, facts: Mapping[str, FactValue], around: Circumstances
) -> Iterator[Problem]:
    """Yield what keeps a step from deciding or paying; ``facts`` hold what is entered in it."""
    rules, found = course.kind.compensation, owed_in(course, around, facts)
    if rules is None or found is None:
        return
    if step.id in rules.decided:
        yield from _against_deciding(course, step, found)
    if step.id not in (*rules.paid, *rules.unpaid):
        return
    decided = decision_of(course, around)
    if decided is None or decided.owed.yuan is None:
        yield Problem.at(step.id, "casework.compensation_undecided", step=step.title)
    elif step.id in rules.paid:
        yield from _against_paying(step, decided.owed.yuan, found)
    elif decided.owed.yuan:
        told = plain(decided.owed.yuan, 2)
        yield Problem.at(step.id, "casework.compensation_unpaid", step=step.title, decided=told)


def _against_deciding(course: Course, step: CaseStep, found: Owed) -> Iterator[Problem]:
    if found.missing:
        titles = listed(course.kind.facts[each].title for each in found.missing)
        yield Problem.at(step.id, "casework.compensation_open", step=step.title, facts=titles)
    elif found.yuan is None:
        yield Problem.at(step.id, "casework.compensation_no_rule", step=step.title)


def _against_paying(step: CaseStep, decided: Fraction, found: Owed) -> Iterator[Problem]:
    if found.yuan != decided:
        now = "—" if found.yuan is None else plain(found.yuan, 2)
        yield Problem.at(
            step.id, "casework.compensation_moved", step=step.title, decided=plain(decided, 2),
            found=now,
        )  # fmt: skip
    elif not decided:
        yield Problem.at(step.id, "casework.compensation_nothing", step=step.title)
    elif found.unconfirmed:
        figures = listed(found.unconfirmed)
        yield Problem.at(
            step.id, "casework.compensation_unconfirmed", step=step.title, figures=figures
        )
