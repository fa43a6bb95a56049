"""Conditions over the facts and the level of a case, and what they look at.

A test that could never hold is a rule that silently does not apply: every test is compared with
the type of its fact when the pack is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from zhijian.domain.casework.fact import Fact, FactValue
from zhijian.domain.casework.vocabulary import LEVEL
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.rule import LimitRule
from zhijian.domain.explain.step import Step, Value
from zhijian.domain.policy.comparison import ORDER
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.raw import Raw, as_list, as_text, entries, number_of, refuse
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.scoring.condition import Clause, Condition, read_condition
from zhijian.domain.scoring.context import Context, Unit
from zhijian.domain.scoring.operand import Scope
from zhijian.domain.words import Words

_HOLDS: Final[Mapping[str, type]] = {
    "decimal": Fraction,
    "integer": Fraction,
    "flag": bool,
    "text": str,
    "choice": str,
}
"""Facts with a value to compare; of all others only whether they are empty may be asked."""

_LEVEL_TITLE: Final = Words("等级", "Level")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a case is judged by, besides what happened in it.

    ``law`` is the law of the day on which it was opened. ``earlier`` counts, for each repetition
    of the kind, the other cases that repeat; ``open_cases`` counts, by kind, the linked cases that
    have not ended.
    """

    law: Law
    limits: Mapping[str, LimitRule]
    calendar: WorkingCalendar
    unit: Unit
    earlier: Mapping[str, int] = field(default_factory=dict)
    open_cases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """The facts and levels that a condition may name."""

    scope: Scope
    facts: Mapping[str, Fact]
    levels: Collection[str]

    def read(self, raw: Raw | None) -> Condition | None:
        """Read a condition, if there is one."""
        return None if raw is None else self.needed(raw)

    def needed(self, raw: Raw) -> Condition:
        """Read a condition that must be there."""
        for name in _names(raw):
            self._check_name(name)
        self.scope.lines = [*self.facts, LEVEL]
        condition = read_condition(self.scope, raw)
        for clause in _clauses(condition):
            self._check(clause, raw)
        return condition

    def _check_name(self, raw: Raw) -> None:
        name = as_text(raw)
        is_other = number_of(name) is not None or name.partition(".")[0] in ("parameter", "unit")
        if not is_other and name not in self.facts and name != LEVEL:
            known = ", ".join((*self.facts, LEVEL))
            raise refuse(raw, "casework.unknown_fact", name=name, known=known)

    def _check(self, clause: Clause, raw: Raw) -> None:
        if clause.operand.source != "line":
            return
        name = clause.operand.name
        holds, options = self._values(name)
        strangers = [
            str(operand)
            for test in clause.comparisons
            for operand in test.operands
            if test.word != "empty"
            and (not isinstance(operand, holds) or _is_strange(operand, options))
        ]
        ordered = [each.word for each in clause.comparisons if each.word in ORDER]
        words = [*ordered, *(word for word, _ in clause.against)]
        if strangers or (words and holds is not Fraction):
            found = "、".join(strangers or words)
            known = "、".join(options) or "—"
            raise refuse(raw, "casework.condition_kind", name=name, found=found, options=known)

    def _values(self, name: str) -> tuple[type, tuple[str, ...]]:
        if name == LEVEL:
            return str, tuple(self.levels)
        fact = self.facts[name]
        options = tuple(fact.field.options) if fact.type == "choice" else ()
        return _HOLDS.get(fact.type, Context), options


def _is_strange(operand: object, options: tuple[str, ...]) -> bool:
    return bool(options) and operand not in options


def _names(raw: Raw) -> Iterator[Raw]:
    """Yield every name of a condition with its place: what is looked at, and limits with names."""
    for name, each in entries(raw):
        if name == "any":
            for choice in as_list(each):
                yield from _names(choice)
            continue
        yield Raw(name, each.file, each.line)
        if isinstance(each.value, Mapping):
            tests = entries(each)
            yield from (limit for word, limit in tests if word in ORDER and limit.value)


def _clauses(condition: Condition) -> Iterator[Clause]:
    yield from condition.clauses
    for choice in condition.choices:
        yield from _clauses(choice)


def looks_at_case(condition: Condition | None) -> bool:
    """Tell whether a condition looks at a fact or the level of the case."""
    return condition is not None and any(
        each.source == "line"
        for clause in _clauses(condition)
        for each in (clause.operand, *dict(clause.against).values())
    )


def context_of(
    facts: Mapping[str, Fact], values: Mapping[str, FactValue], level: str, around: Circumstances
) -> Context:
    """Return what conditions look at: every fact as a step, known or not."""
    context = Context(around.unit, MemoryFacts((), around.law.day), around.law, {})
    context.steps = {each.id: _step(each, values.get(each.id)) for each in facts.values()}
    known = Step(LEVEL, "level", level, _LEVEL_TITLE)
    unknown = Step(LEVEL, "level", None, _LEVEL_TITLE, status="not_assessed")
    context.steps[LEVEL] = known if level else unknown
    return context


def _step(fact: Fact, value: FactValue) -> Step:
    if value is None:
        return Step(fact.id, "fact", None, fact.title, status="not_assessed")
    return Step(fact.id, "fact", comparable(value), fact.title)


def comparable(value: FactValue) -> Value:
    """Return a fact as conditions compare it; what has no order is a text that is not empty."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value) if isinstance(value, tuple) else value
