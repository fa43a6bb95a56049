"""Who may call back, when the next attempt may be made, and when somebody counts as unreachable.

All numbers come from the regulation; a moment is in local time, hours are whole hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from zhijian.domain.casework.call_back import CallBack
from zhijian.domain.casework.conditions import Circumstances, context_of
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.permitting import holds, matches
from zhijian.domain.casework.who import Person, in_words
from zhijian.domain.deadlines.hours import Span
from zhijian.domain.problems import Problem
from zhijian.domain.scoring.operand import Operand

REACHED: Final = "reached"
REFUSED: Final = "refused"
LATER: Final = "later"
MISSED: Final = ("no_answer", "busy", "wrong_number")
OUTCOMES: Final = (REACHED, *MISSED, LATER, REFUSED)
"""How an attempt ends: somebody answered the questions; nobody was reached; they asked to be called
at another time; they want no call-back."""

_MINUTES: Final = 60


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, and how it ended."""

    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class Pace:
    """The rules of attempts in numbers: how many, on how many days, how many hours apart."""

    count: int
    days: int
    hours: int
    span: Span | None = None


def pace_of(rule: CallBack, around: Circumstances) -> Pace:
    """Return the rules of attempts under the law of the case."""
    return Pace(
        _whole(rule.attempts.count, around),
        _whole(rule.attempts.days, around),
        _whole(rule.attempts.hours, around),
        rule.hours,
    )


def _whole(operand: Operand, around: Circumstances) -> int:
    return int(context_of({}, {}, "", around).resolve(operand).number)


def against_caller(rule: CallBack, course: Course, who: Person) -> tuple[Problem, ...]:
    """Return why a person may not call: not entitled, or has acted in the case (SPT-02, CMP-01)."""
    found: list[Problem] = []
    if not any(matches(each, course, who) for each in rule.by):
        found.append(Problem.at("", "callbacks.not_entitled", roles=in_words(rule.by)))
    harmless = {*rule.passing, *rule.closing}
    steps = [each.step for each in course.happened if each.actor == who.id]
    acted = [each for each in steps if each not in harmless]
    if acted:
        step = course.kind.steps[acted[-1]].title
        found.append(Problem.at("", "callbacks.own_case", step=step))
    elif course.owner == who.id and not steps and course.ends != "merged":
        # Who owns it since they passed it on has not handled it; anybody else was to handle it.
        found.append(Problem.at("", "callbacks.own_case_owner"))
    return tuple(found)


def against_moment(pace: Pace, attempts: Sequence[Attempt], at: datetime) -> tuple[Problem, ...]:
    """Return why no attempt can be made at a moment: before the last, too soon, out of hours.

    Where they asked for another time, any later one is theirs to choose.
    """
    last = attempts[-1] if attempts else None
    if last and at < last.at:
        return (Problem.at("at", "callbacks.before_last", last=_told(last.at)),)
    if last and last.outcome == LATER:
        return ()
    return tuple(_against(pace, last, at))


def _against(pace: Pace, last: Attempt | None, at: datetime) -> Iterator[Problem]:
    minute = at.hour * _MINUTES + at.minute
    if pace.span and not pace.span.opens <= minute < pace.span.closes:
        yield Problem.at("at", "callbacks.out_of_hours", hours=str(pace.span), found=_told(at))
    if last and at < (next_at := last.at + timedelta(hours=pace.hours)):
        yield Problem.at("at", "callbacks.too_soon", hours=pace.hours, next=_told(next_at))


def missed(attempts: Sequence[Attempt]) -> tuple[int, int]:
    """Return how many attempts reached nobody, and on how many days."""
    vain = [each for each in attempts if each.outcome in MISSED]
    return len(vain), len({each.at.date() for each in vain})


def is_unreachable(pace: Pace, attempts: Sequence[Attempt]) -> bool:
    """Tell whether enough attempts on enough days have reached nobody."""
    count, days = missed(attempts)
    return count >= pace.count and days >= pace.days


def is_satisfied(
    rule: CallBack, course: Course, answers: dict[str, FactValue], around: Circumstances
) -> bool:
    """Tell whether the answers mean that somebody is satisfied."""
    return holds(rule.satisfied, course, {**course.facts, **answers}, course.level, around)


def step_after(course: Course, steps: Sequence[str]) -> str:
    """Return the first of some steps that leads on from where a case stands, or nothing."""
    leading = (each for each in steps if course.leads_to(course.kind.steps[each]))
    return next(leading, "")


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
