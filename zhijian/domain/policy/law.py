"""The parameters of a pack as they apply on one day, with what people have confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from zhijian.domain.explain.step import Step
from zhijian.domain.policy.parameter import InForce, NotInForce, Parameter
from zhijian.domain.policy.values import ParameterValue


@dataclass(frozen=True, slots=True)
class Law:
    """Which value applies to whom on ``day``.

    ``confirmed`` names the proposed values that a person with authority has confirmed;
    ``replaced`` holds values that were put in their place, or are being tried out.
    """

    day: date
    parameters: Mapping[str, Parameter]
    confirmed: frozenset[str] = frozenset()
    replaced: Mapping[str, ParameterValue] = field(default_factory=dict)
    # A thousand units ask the same questions of a law that never changes: what is for everybody is
    # kept by name alone, the rest by name, unit and group; others keep here what they settle by it.
    _rulings: dict[str | tuple[str, str, str], tuple[InForce | NotInForce, Step]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def find(self, name: str, unit: str = "", group: str = "") -> InForce | NotInForce:
        """Return the value of a parameter for a unit on the day."""
        return self.told(name, unit, group)[0]

    def told(self, name: str, unit: str = "", group: str = "") -> tuple[InForce | NotInForce, Step]:
        """Return the value, and the parameter as a leaf of a working-out."""
        told = self._rulings.get(name) or self._rulings.get((name, unit, group))
        if told is None:
            found = self._find(name, unit, group)
            told = found, self._leaf(name, found)
            everybody = self.parameters[name].is_for_everybody
            self._rulings[name if everybody else (name, unit, group)] = told
        return told

    def _leaf(self, name: str, found: InForce | NotInForce) -> Step:
        parameter, leaf = self.parameters[name], f"parameter.{name}"
        if isinstance(found, NotInForce):
            reason = f"parameter_{found.reason}"
            return Step(leaf, "parameter", None, parameter.title, status="blocked", reason=reason)
        value = found.value if isinstance(found.value, Fraction | str) else None
        given = [("since", found.since.isoformat())]
        if found.review_overdue:
            given.append(("review_overdue", parameter.verified_until.isoformat()))
        return Step(
            leaf, "parameter", value, parameter.title, found.cites.clause, (), tuple(given),
            unconfirmed=found.proposed,
        )  # fmt: skip

    def _find(self, name: str, unit: str, group: str) -> InForce | NotInForce:
        found = self.parameters[name].on(self.day, unit, group)
        if isinstance(found, NotInForce):
            return found
        if name in self.replaced:
            value = self.replaced[name]
            return InForce(value, found.since, found.cites, False, found.review_overdue)
        proposed = found.proposed and name not in self.confirmed
        return InForce(found.value, found.since, found.cites, proposed, found.review_overdue)

    def unconfirmed(self) -> tuple[str, ...]:
        """The parameters whose value on the day is still only proposed."""
        return tuple(
            name
            for name in self.parameters
            if isinstance(found := self.find(name), InForce) and found.proposed
        )
