"""Amounts that a rule leaves to whoever approves: within which limits, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.exact import plain
from zhijian.domain.explain.step import Step
from zhijian.domain.policy.raw import Raw, check_range
from zhijian.domain.problems import Problem
from zhijian.domain.scoring.context import Context
from zhijian.domain.scoring.operand import Operand, Scope

APPROVERS = ("committee", "leader")
"""The roles that may be left an amount: those that decide over money."""
_LARGEST = Fraction(10**10)
_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Typed:
    """The limits that a pack sets; without ``at_most`` its source names no upper one."""

    at_least: Operand
    at_most: Operand | None

    def steps(self, context: Context) -> tuple[Step, ...]:
        """The limits as they hold for the unit, the lower one first."""
        ends = (self.at_least, self.at_most)
        return tuple(context.resolve(each) for each in ends if each is not None)


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which amounts in yuan somebody may choose, both ends included."""

    least: Fraction
    most: Fraction | None

    def refusal(self, amount: Fraction) -> Problem | None:
        """Return why ``amount`` cannot be typed, or nothing when it can."""
        is_within = amount >= self.least and (self.most is None or amount <= self.most)
        if is_within and (amount * _HUNDREDTHS).denominator == 1 and amount <= _LARGEST:
            return None
        most = _LARGEST if self.most is None else self.most
        return Problem.at(
            "amount",
            "outcomes.typed_out_of_range",
            found=plain(amount),
            least=plain(self.least, 2),
            most=plain(most, 2),
        )


def told(steps: tuple[Step, ...]) -> tuple[tuple[str, str], ...]:
    """Return the limits as the circumstances of a working-out; ``limits_of`` reads them back."""
    names = ("at_least", "at_most")
    ends = tuple((name, plain(step.number)) for name, step in zip(names, steps, strict=False))
    return (("typed", "approver"), *ends)


def limits_of(working: Step) -> Limits | None:
    """Return within which limits a person types the amount; nothing where none is left open."""
    given = dict(working.given)
    if "typed" not in given or working.status != "assessed":
        return None
    most = given.get("at_most")
    return Limits(Fraction(given["at_least"]), None if most is None else Fraction(most))


def read_typed(scope: Scope, raw: Raw) -> Typed:
    """Read ``typed: {at_least: "100", at_most: parameter.most}``; by default from zero on."""
    fields = scope.reading.fields(raw)
    least, most = fields.maybe("at_least"), fields.maybe("at_most")
    typed = Typed(
        scope.operand(least or Raw("0", raw.file, raw.line)), scope.operand(most) if most else None
    )
    fields.close()
    floor = typed.at_least.constant
    if floor is not None:
        check_range(least or raw, floor, Fraction(0), _LARGEST)
    if most is not None and typed.at_most and typed.at_most.constant is not None:
        check_range(most, typed.at_most.constant, floor or Fraction(0), _LARGEST)
    return typed
