"""Everything that the lines of a scheme may look at while one unit is scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from zhijian.domain.explain.step import Status, Step, Value
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.policy.values import ParameterValue, cell_of
from zhijian.domain.records.measure import Facts
from zhijian.domain.scoring.operand import Operand


@dataclass(frozen=True, slots=True)
class Unit:
    """Who is scored: the name, the group it belongs to, and attributes that a pack may ask for."""

    id: str
    group: str = ""
    attributes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """What a unit came to in an earlier period.

    Without grade it was not graded then; ``lines`` are those that its workings-out reached. An
    entry with neither stands for a period without result.
    """

    period: str
    grade: str
    lines: Mapping[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class Context:
    """One unit in one period. ``past`` runs backwards without a gap, as ``past.without_gaps``
    makes it: the period directly before comes first; ``months`` are those of the period, as
    ``YYYY-MM``.

    ``fixed`` gives lines a value instead of working them out (examples, what-if questions);
    ``kept`` takes over lines as they were worked out before (an objection re-judges only what it
    touches); ``ranked`` is the grade that a ranking of all units gives, and the rule's title;
    ``confirmed`` the grade that a person decided on, and why.
    """

    unit: Unit
    facts: Facts
    law: Law
    absence: Mapping[str, str]
    months: tuple[str, ...] = ()
    past: tuple[Past, ...] = ()
    fixed: Mapping[str, Value] = field(default_factory=dict)
    kept: Mapping[str, Step] = field(default_factory=dict)
    ranked: tuple[str, str] | None = None
    confirmed: tuple[str, str] | None = None
    steps: dict[str, Step] = field(default_factory=dict)

    def resolve(self, operand: Operand) -> Step:
        """Return the step that an operand stands for."""
        match operand.source:
            case "line":
                return self.steps[operand.name]
            case "parameter":
                return self._cell(operand) if operand.cell else self.parameter(operand.name)[0]
            case "unit":
                return self._attribute(operand.name)
        return operand.leaf or Step(operand.name, "constant", operand.constant)

    def _cell(self, operand: Operand) -> Step:
        """One cell of a parameter that holds a table or weights."""
        step, whole = self.parameter(operand.name)
        value = cell_of(whole, operand.cell)
        name = ".".join((step.id, *operand.cell))
        if value is None and step.status == "assessed":
            return step._replace(id=name, status="not_assessed", reason="not_in_table")
        return step._replace(id=name, value=value)

    def parameter(self, name: str) -> tuple[Step, ParameterValue | None]:
        """Return a parameter as a leaf of the working-out, and its whole value."""
        found, leaf = self.law.told(name, self.unit.id, self.unit.group)
        return leaf, None if isinstance(found, NotInForce) else found.value

    def _attribute(self, name: str) -> Step:
        value = self.unit.attributes.get(name)
        status: Status = "not_assessed" if value is None else "assessed"
        reason = "attribute_missing" if value is None else ""
        return Step(f"unit.{name}", "attribute", value, status=status, reason=reason)


_STATUS = attrgetter("status")


def worst(steps: tuple[Step, ...]) -> Status:
    """Blocked outranks not assessed, which outranks assessed."""
    statuses = set(map(_STATUS, steps))
    if "blocked" in statuses:
        return "blocked"
    return "not_assessed" if "not_assessed" in statuses else "assessed"
