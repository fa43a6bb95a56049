"""A budget book: spending above its limit is refused."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.dates.period import Period
from zhijian.domain.exact import plain
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.policy.raw import Raw
from zhijian.domain.problems import Problem
from zhijian.domain.scoring.operand import Scope
from zhijian.domain.words import NOTHING, Words

PER = ("month", "quarter", "half_year", "year")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a body may spend in each period, and for what."""

    id: str
    title: Words
    cites: str
    limit: str
    per: str
    holder: str
    covers: Words


@dataclass(frozen=True, slots=True)
class Balance:
    """The state of a book after a new item was accepted; amounts in yuan."""

    limit: Fraction
    spent: Fraction
    left: Fraction
    unconfirmed: bool


def spend(
    budget: Budget, law: Law, period: Period, spent: Fraction, amount: Fraction
) -> Balance | Problem:
    """Accept an item of ``amount`` in addition to what was ``spent``, or say why not."""
    found = law.find(budget.limit)
    if isinstance(found, NotInForce):
        return Problem.at(budget.id, f"parameter.{found.reason}", name=budget.limit, day=law.day)
    if not isinstance(found.value, Fraction):
        raise TypeError(f"{budget.limit} holds no number")
    if amount <= 0 or (amount * 100).denominator != 1:
        return Problem.at(budget.id, "outcomes.amount_not_positive", found=plain(amount))
    after = spent + amount
    if after > found.value:
        return Problem.at(
            budget.id,
            "outcomes.over_budget",
            title=budget.title.zh,
            period=period.id,
            limit=plain(found.value, 2),
            spent=plain(spent, 2),
            amount=plain(amount, 2),
            over=plain(after - found.value, 2),
        )
    return Balance(found.value, after, found.value - after, found.proposed)


def read_budget(scope: Scope, raw: Raw) -> Budget:
    """Read one file of ``budgets/``."""
    fields = scope.reading.fields(raw)
    limit = fields.need("limit")
    name = fields.text("limit").removeprefix("parameter.")
    scope.known_parameter(limit, name, "number")
    budget = Budget(
        id=fields.name(),
        title=fields.title(),
        cites=scope.cites(fields.maybe("cites")),
        limit=name,
        per=fields.word("per", PER),
        holder=fields.text("holder", ""),
        covers=fields.words("covers", NOTHING),
    )
    fields.close()
    return budget
