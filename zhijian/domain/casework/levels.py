"""Which level the rules propose for a case, with its working-out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from zhijian.domain.casework.conditions import Circumstances, context_of
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.level import Level, Repetition
from zhijian.domain.explain.step import Step
from zhijian.domain.scoring.condition import Condition
from zhijian.domain.scoring.context import Context


@dataclass(frozen=True, slots=True)
class Proposal:
    """The level that the rules propose, none where a person has to choose, and why.

    ``waiting`` are graver levels that cannot be told from it before more is known.
    """

    level: str
    working: Step
    waiting: tuple[str, ...] = ()


def level_of(
    kind: CaseKind, values: Mapping[str, FactValue], around: Circumstances
) -> Proposal | None:
    """Propose the gravest level whose condition holds; nothing where the kind has no levels."""
    if not kind.levels:
        return None
    context = context_of(kind.facts, values, "", around)
    tried = [(level.id, _tried(level, when, context)) for level, when in _conditions(kind)]
    repeated = [(rule, _repeated(rule, context, around)) for rule in kind.repeats]
    holding = [name for name, step in tried if step.value is True]
    proposed = holding[-1] if holding else _otherwise(kind)
    for rule, step in repeated:
        if step.value is True and (not rule.levels or proposed in rule.levels):
            proposed = graver(kind, proposed, rule.raises)
    waiting = tuple(
        name
        for name, step in tried
        if step.status != "assessed" and graver(kind, name, proposed) != proposed
    )
    because = (*(step for _, step in tried), *(step for _, step in repeated))
    return Proposal(proposed, _working(proposed, context, because), waiting)


def graver(kind: CaseKind, one: str, other: str) -> str:
    """Return the graver of two levels; having none is milder than any."""
    return max(one, other, key=["", *kind.levels].index)


def looks_back(rule: Repetition, opened: date, around: Circumstances) -> date:
    """Return the first day on which an earlier case still counts for a repetition."""
    within = context_of({}, {}, "", around).resolve(rule.within)
    return opened - timedelta(days=int(within.number))


def _conditions(kind: CaseKind) -> Iterator[tuple[Level, Condition]]:
    return ((each, each.when) for each in kind.levels.values() if each.when is not None)


def _otherwise(kind: CaseKind) -> str:
    """Return the one level that needs no condition; where several do, a person chooses."""
    plain = [each.id for each in kind.levels.values() if each.when is None]
    return plain[0] if len(plain) == 1 else ""


def _tried(level: Level, when: Condition, context: Context) -> Step:
    because = when.steps(context)
    holds = when.holds(context)
    waits = not holds and bool(when.undecided(context))
    return Step(
        f"level.{level.id}", "condition", None if waits else holds, level.title, level.cites,
        because, status="not_assessed" if waits else "assessed",
        unconfirmed=any(each.unconfirmed for each in because),
    )  # fmt: skip


def _repeated(rule: Repetition, context: Context, around: Circumstances) -> Step:
    count, within = context.resolve(rule.count), context.resolve(rule.within)
    found = Fraction(around.earlier.get(rule.id, 0) + 1)
    counted = Step(f"repeats.{rule.id}.found", "count", found, rule.title)
    return Step(
        f"repeats.{rule.id}", "condition", found >= count.number, rule.title, rule.cites,
        (counted, count, within), unconfirmed=count.unconfirmed or within.unconfirmed,
    )  # fmt: skip


def _working(proposed: str, context: Context, because: tuple[Step, ...]) -> Step:
    return Step(
        "level", "level", proposed or None, context.steps["level"].title, because=because,
        status="assessed" if proposed else "not_assessed",
        unconfirmed=any(each.unconfirmed for each in because),
    )  # fmt: skip
