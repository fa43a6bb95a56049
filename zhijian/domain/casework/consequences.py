"""Faults that follow by themselves: nobody answered in time, or nothing effective was done.

Each has a key by which it is written once, however often it is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from zhijian.domain.casework.conditions import Circumstances, context_of
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.kind import Charged, Consequence
from zhijian.domain.casework.permitting import named
from zhijian.domain.casework.timing import clocks
from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.explain.step import Step
from zhijian.domain.policy.values import cell_of

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class FaultDue:
    """A fault charged to a person since a moment. ``key`` is unique within the case.

    ``fine`` is what it costs at the rank of the person, with its working-out; none where the
    regulation names no table, or the rank is not known. Nobody is named where the case does not
    say who it was.
    """

    key: str
    rule: Consequence
    charged: Charged
    person: str
    fault: str
    since: datetime
    fine: Step | None = None


def consequences_due(
    course: Course, around: Circumstances, moment: datetime
) -> tuple[FaultDue, ...]:
    """Return every fault that has come about by ``moment``, each once in a case.

    Whoever would be charged twice by one rule, as person and as superior, is charged once.
    """
    found: dict[tuple[str, str], FaultDue] = {}
    for rule in course.kind.consequences:
        since = min(_since(course, rule, around, moment), default=None)
        if since is None:
            continue
        for charged in rule.charged:
            due = _due(course, rule, charged, since, around)
            found.setdefault((rule.id, due.person or due.key), due)
    return tuple(found.values())


def _since(
    course: Course, rule: Consequence, around: Circumstances, moment: datetime
) -> Iterator[datetime]:
    yield from (
        each.at for each in course.happened if each.step in rule.steps and each.at <= moment
    )
    read = clocks(course, around, moment)
    for name in rule.overdue:
        clock = read.get(name)
        if isinstance(clock, Clock):
            for run in (*clock.earlier, clock):
                if run.state == "overdue" and run.due:
                    yield run.due + _SECOND


def _due(
    course: Course,
    rule: Consequence,
    charged: Charged,
    since: datetime,
    around: Circumstances,
) -> FaultDue:
    fault = course.person(rule.fault_fact) if rule.fault_fact else rule.fault.zh
    rank = course.person(charged.rank)
    return FaultDue(
        f"{rule.id}/{charged.who.id}",
        rule,
        charged,
        named(charged.who, course),
        fault,
        since,
        _fine(rule, (rank, fault), around) if rule.fine and rank and fault else None,
    )


def _fine(rule: Consequence, cell: tuple[str, str], around: Circumstances) -> Step:
    context = context_of({}, {}, "", around)
    leaf, table = context.parameter(rule.fine)
    value = cell_of(table, cell)
    return Step(
        f"fault.{rule.id}", "lookup", value if isinstance(value, Fraction) else None, rule.title,
        rule.cites, (leaf,), tuple(zip(("rank", "fault"), cell, strict=True)),
        status=leaf.status, reason=leaf.reason, unconfirmed=leaf.unconfirmed,
    )  # fmt: skip
