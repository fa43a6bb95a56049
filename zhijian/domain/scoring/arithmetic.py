"""Steps that calculate with lines: sums, differences, products, weighted means, deductions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add, mul, sub, truediv

from zhijian.domain.exact import plain, sum_of
from zhijian.domain.explain.step import Step
from zhijian.domain.policy.raw import Fields, Raw, as_list, as_text, entries, refuse, refuse_twice
from zhijian.domain.policy.values import HUNDRED, Weights, read_weights
from zhijian.domain.scoring.context import Context
from zhijian.domain.scoring.op import (
    MISSING,
    Found,
    Plain,
    Reader,
    lacking,
    number_found,
    wrong_kind,
)
from zhijian.domain.scoring.operand import Operand, Scope


@dataclass(frozen=True, slots=True)
class Calculation(Plain):
    """``add``, ``subtract``, ``multiply``, ``divide``: the operands from left to right."""

    name: str
    operands: tuple[Operand, ...]

    def work(self, context: Context) -> Found:
        """Calculate; dividing by zero has no answer and says so."""
        because = tuple(context.resolve(each) for each in self.operands)
        missing = lacking(because)
        if missing:
            return missing
        numbers = [step.number for step in because]
        if self.name == "divide" and 0 in numbers[1:]:
            return Found(None, because, status="not_assessed", reason="division_by_zero")
        return number_found(reduce(_CALCULATIONS[self.name], numbers), because)


_CALCULATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "add": add,
    "subtract": sub,
    "multiply": mul,
    "divide": truediv,
}


@dataclass(frozen=True, slots=True)
class Absolute(Plain):
    """``absolute``: the size of a number, whatever its sign."""

    operand: Operand

    def work(self, context: Context) -> Found:
        """Drop the sign."""
        because = (context.resolve(self.operand),)
        return lacking(because) or number_found(abs(because[0].number), because)


@dataclass(frozen=True, slots=True)
class Value(Plain):
    """``value``: an operand under a name of its own, so that it can be rounded or capped."""

    operand: Operand

    def work(self, context: Context) -> Found:
        """Hand the operand on."""
        because = (context.resolve(self.operand),)
        return lacking(because) or Found(because[0].value, because)


@dataclass(frozen=True, slots=True)
class Weighted(Plain):
    """``weighted_mean`` and ``weighted_sum`` of lines.

    ``missing: spread`` leaves out a part without value and lets the others carry its weight;
    ``at_least`` is the least number of parts that must have a value then. The weights stand in
    the line, in a parameter, or are lines themselves, such as the cases behind each part.
    """

    parts: tuple[str, ...]
    weights: Weights | str | tuple[Operand, ...]
    missing: str = "not_assessed"
    at_least: int = 1
    divides: bool = True

    def work(self, context: Context) -> Found:
        """Weigh the parts; each part's weight is told beside its value."""
        weights, leaf = self._weights(context)
        because = (*(context.steps[part] for part in self.parts), *leaf)
        if weights is None:
            return lacking(leaf) or lacking(because) or wrong_kind(because)
        used = self._used(context)
        if self.missing != "spread" or any(s.status == "blocked" for s in because):
            missing = lacking(because)
            if missing and self.missing == "block":
                return missing._replace(status="blocked")
            if missing:
                return missing
        shares = dict(weights.parts)
        own = {part: shares.get(part, Fraction(0)) for part in used}
        weight = sum_of(own.values())
        if len(used) < self.at_least or weight <= 0:
            few = (("parts", str(len(used))), ("at_least", str(self.at_least)))
            return Found(None, because, few, status="not_assessed", reason="too_few_parts")
        total = sum_of(context.steps[part].number * share for part, share in own.items())
        divisor = weight if self.divides else weight / self._whole(weights)
        given = tuple((f"weight.{part}", plain(share)) for part, share in own.items())
        left_out = tuple((f"left_out.{part}", "1") for part in self.parts if part not in used)
        return Found(total / divisor, because, (*given, *left_out, ("divided_by", plain(divisor))))

    def _whole(self, weights: Weights) -> Fraction:
        shares = dict(weights.parts)
        return sum_of(shares.get(part, Fraction(0)) for part in self.parts)

    def _used(self, context: Context) -> list[str]:
        return [part for part in self.parts if context.steps[part].status == "assessed"]

    def _weights(self, context: Context) -> tuple[Weights | None, tuple[Step, ...]]:
        if isinstance(self.weights, Weights):
            return self.weights, ()
        if isinstance(self.weights, tuple):
            return self._counted(context, self.weights)
        step, value = context.parameter(self.weights)
        return (value if isinstance(value, Weights) else None), (step,)

    def _counted(
        self, context: Context, operands: tuple[Operand, ...]
    ) -> tuple[Weights | None, tuple[Step, ...]]:
        """Weights that are lines; a part without value needs none."""
        used = self._used(context)
        steps = {
            part: context.resolve(each)
            for part, each in zip(self.parts, operands, strict=True)
            if part in used
        }
        leaf = tuple(steps.values())
        if lacking(leaf):
            return None, leaf
        return Weights(tuple((part, step.number) for part, step in steps.items())), leaf


@dataclass(frozen=True, slots=True)
class Tally(Plain):
    """``deduct`` and ``bonus``: start from a mark, then so many points for each that was counted.

    ``counted`` pairs a counting line with the points for each; ``also`` are lines of points.
    """

    start: Operand
    counted: tuple[tuple[Operand, Operand], ...]
    also: tuple[Operand, ...]
    sign: int

    def work(self, context: Context) -> Found:
        """Add or take off all points."""
        start = context.resolve(self.start)
        pairs = [(context.resolve(count), context.resolve(per)) for count, per in self.counted]
        also = [context.resolve(each) for each in self.also]
        because = (start, *(step for pair in pairs for step in pair), *also)
        missing = lacking(because)
        if missing:
            return missing
        points = sum_of(count.number * per.number for count, per in pairs)
        points += sum_of(step.number for step in also)
        given = tuple(
            (f"points.{count.id}", f"{plain(count.number)} × {plain(per.number)}")
            for count, per in pairs
        )
        return number_found(start.number + self.sign * points, because, given)


def read_calculation(scope: Scope, raw: Raw, name: str, line: Fields) -> Calculation:
    """Read ``subtract: [a, b]``."""
    operands = scope.operands(raw)
    if len(operands) < 2:
        raise refuse(raw, "scoring.two_operands", found=len(operands))
    if name == "divide" and any(each.constant == 0 for each in operands[1:]):
        raise refuse(raw, "scoring.divided_by_zero")
    return Calculation(name, operands)


def read_weighted(scope: Scope, raw: Raw, name: str, line: Fields) -> Weighted:
    """Read ``weighted_mean: {of: [a, b], weights: parameter.w}`` or ``{of: {a: "6", b: "4"}}``."""
    fields = scope.reading.fields(raw)
    of = fields.need("of")
    weights: Weights | str | tuple[Operand, ...]
    if isinstance(of.value, tuple):
        parts = tuple(scope.line(each) for each in as_list(of))
        weights = _weights_of(scope, fields, parts)
    else:
        weights = read_weights(of, fields.number("total", HUNDRED))
        parts = tuple(part for part, _ in weights.parts)
        for part, each in entries(of):
            scope.line(Raw(part, each.file, each.line))
    refuse_twice((of, part) for part in parts)
    if isinstance(weights, Weights) and not any(weight for _, weight in weights.parts):
        raise refuse(of, "scoring.divided_by_zero")
    weighted = Weighted(
        parts=parts,
        weights=weights,
        missing=fields.word("missing", MISSING, "not_assessed"),
        at_least=fields.whole("at_least", 1, least=1, most=len(parts)),
        divides=name == "weighted_mean",
    )
    fields.close()
    return weighted


def _weights_of(
    scope: Scope, fields: Fields, parts: tuple[str, ...]
) -> Weights | str | tuple[Operand, ...]:
    if "weights" not in fields:
        return Weights(tuple((part, Fraction(1)) for part in parts))
    raw = fields.need("weights")
    if isinstance(raw.value, tuple):
        operands = scope.operands(raw)
        if len(operands) != len(parts):
            found, wanted = ", ".join(each.name for each in operands), ", ".join(parts)
            raise refuse(raw, "scoring.weights_other_parts", found=found, wanted=wanted)
        if all(each.constant == 0 for each in operands):
            raise refuse(raw, "scoring.divided_by_zero")
        return operands
    name = as_text(raw).removeprefix("parameter.")
    parameter = scope.known_parameter(raw, name, "weights")
    for entry in parameter.entries:
        everyone = (entry.value, *dict(entry.for_units).values(), *dict(entry.for_groups).values())
        for value in everyone:
            held = {part for part, _ in value.parts} if isinstance(value, Weights) else set(parts)
            if held != set(parts):
                found, wanted = ", ".join(sorted(held)), ", ".join(parts)
                raise refuse(raw, "scoring.weights_other_parts", found=found, wanted=wanted)
    return name


def read_tally(scope: Scope, raw: Raw, name: str, line: Fields) -> Tally:
    """Read ``deduct: {start: "100", per: {valid_complaints: "10"}, also: [line]}``."""
    fields = scope.reading.fields(raw)
    start = scope.operand(fields.need("start" if name == "deduct" else "to"))
    per = fields.maybe("per")
    counted = tuple(
        (scope.operand(Raw(count, each.file, each.line)), scope.operand(each))
        for count, each in (entries(per) if per else ())
    )
    also = tuple(scope.operand(each) for each in fields.items("also"))
    fields.close()
    if not counted and not also:
        raise refuse(raw, "policy.key_missing", key="per")
    return Tally(start, counted, also, -1 if name == "deduct" else 1)


READERS: dict[str, Reader] = {
    **dict.fromkeys(_CALCULATIONS, read_calculation),
    "absolute": lambda scope, raw, name, line: Absolute(scope.operand(raw)),
    "value": lambda scope, raw, name, line: Value(scope.operand(raw)),
    "weighted_mean": read_weighted,
    "weighted_sum": read_weighted,
    "deduct": read_tally,
    "bonus": read_tally,
}
