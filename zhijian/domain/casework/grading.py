"""How a case is graded by its facts, for people who want to follow it: each measure with its value
and the bound of every level, and how the level has changed in the course of the case (INC-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhijian.domain.casework.conditions import Circumstances, context_of
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.levels import graver
from zhijian.domain.policy.comparison import Comparable
from zhijian.domain.scoring.condition import Clause, Condition
from zhijian.domain.scoring.context import Context


@dataclass(frozen=True, slots=True)
class Bound:
    """What a fact must be for a level: ``word`` is a test (``at_least``, ``is`` …), ``limits`` what
    it is compared with. ``unconfirmed`` marks a limit that somebody still has to confirm."""

    level: str
    word: str
    limits: tuple[Comparable, ...]
    holds: bool
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A fact by which cases of a kind are graded, its value as far as it is known, its bounds."""

    fact: str
    value: FactValue
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """A step that gave the case another level than it had; ``former`` is empty for the first."""

    seq: int
    step: str
    at: datetime
    level: str
    former: str
    is_raised: bool


def measures(
    kind: CaseKind, values: Mapping[str, FactValue], around: Circumstances
) -> tuple[Measured, ...]:
    """Return every fact that the levels look at, in the order of the facts of the kind."""
    context = context_of(kind.facts, values, "", around)
    found: dict[str, list[Bound]] = {}
    for level in kind.levels.values():
        for clause in _clauses(level.when) if level.when else ():
            if clause.operand.name in kind.facts:
                bounds = found.setdefault(clause.operand.name, [])
                bounds += _bounds(level.id, clause, context)
    return tuple(
        Measured(name, values.get(name), tuple(found[name])) for name in kind.facts if name in found
    )


def gradings(course: Course) -> tuple[Graded, ...]:
    """Return every step that changed the level of a case, oldest first."""
    found: list[Graded] = []
    former = ""
    for each in course.happened:
        if each.level and each.level != former:
            raised = bool(former) and graver(course.kind, former, each.level) == each.level
            found.append(Graded(each.seq, each.step, each.at, each.level, former, raised))
            former = each.level
    return tuple(found)


def _clauses(condition: Condition) -> Iterator[Clause]:
    yield from condition.clauses
    for choice in condition.choices:
        yield from _clauses(choice)


def _bounds(level: str, clause: Clause, context: Context) -> Iterator[Bound]:
    value = context.resolve(clause.operand).value
    for test in clause.comparisons:
        yield Bound(level, test.word, test.operands, test.holds(value))
    for word, named in clause.against:
        limit = context.resolve(named)
        single = Clause(clause.operand, (), ((word, named),))
        yield Bound(level, word, (limit.value,), single.holds(context), limit.unconfirmed)
