"""Strict reading of the key ``compensation`` of a kind of case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from zhijian.domain.casework.compensation import Compensation, Never, PayRule, Period
from zhijian.domain.casework.parts import FACT, STEP, Parts, chosen, each_chosen
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.policy.raw import Raw, refuse
from zhijian.domain.scoring import measuring, past
from zhijian.domain.scoring.line import Line, read_lines
from zhijian.domain.words import Words

_RULE: Final = Words("赔偿规则", "rule of compensation")
_NO_CASE: Final = frozenset((*measuring.READERS, *past.READERS))
"""Words of the vocabulary that look at records or earlier periods, which a case has none of."""


def read_compensation(parts: Parts, steps: Mapping[str, CaseStep], raw: Raw) -> Compensation:
    """Read how a loss is compensated; ``steps`` are those of the kind."""
    fields, scope = parts.reading.fields(raw), parts.own.scope
    before, scope.uses = scope.uses, {}
    lines = _read_lines(parts, fields.items("lines"))
    names = [*parts.facts, *(each.id for each in lines)]
    rules = parts.keyed(_RULE, fields.items("rules"), partial(_read_rule, parts, names))
    period = fields.maybe("period")
    claimed, payee = fields.maybe("claimed"), fields.maybe("payee")
    found = Compensation(
        cites=parts.cites(fields),
        decided=each_chosen(fields.items("decided"), parts.steps, STEP),
        paid=each_chosen(fields.items("paid"), parts.steps, STEP),
        unpaid=each_chosen(fields.items("unpaid"), parts.steps, STEP),
        rules=tuple(rules.values()),
        lines=lines,
        period=_read_period(parts, period) if period else None,
        never=tuple(_read_never(parts, each) for each in fields.items("never")),
        claimed=parts.fact(claimed, "decimal") if claimed else "",
        payee=parts.fact(payee, "choice") if payee else "",
    )
    fields.close()
    named = {name for names in scope.uses.values() for name in names}
    scope.uses = before
    for key, told in (("decided", found.decided), ("rules", fields.items("rules"))):
        if not told:
            raise refuse(raw, "policy.key_missing", key=key)
    _check_steps(steps, found, raw)
    return replace(found, facts=tuple(_facts(parts, found, named)))


def _facts(parts: Parts, found: Compensation, named: set[str]) -> Iterator[str]:
    """Yield the facts that the amount rests on, in the order of the kind."""
    named = named | {found.claimed, *(each.fact for each in found.never)}
    named |= {found.period.counted_from, found.period.made} if found.period else set()
    return (name for name in parts.facts if name in named)


def _read_lines(parts: Parts, items: tuple[Raw, ...]) -> tuple[Line, ...]:
    scope = parts.own.scope
    scope.lines = [*parts.facts]
    lines = read_lines(scope, items)
    for line in lines:
        if line.name in _NO_CASE:
            place = scope.places[line.id]
            raise refuse(place, "casework.compensation_records", line=line.title, word=line.name)
    return lines


def _read_rule(parts: Parts, names: list[str], raw: Raw) -> PayRule:
    fields = parts.reading.fields(raw)
    when, yuan = parts.known.read(fields.maybe("when")), fields.maybe("yuan")
    # A condition may name facts only, an amount also what was worked out from them.
    parts.own.scope.lines = names
    rule = PayRule(
        fields.name(),
        fields.title(),
        parts.cites(fields),
        when,
        parts.own.scope.operand(yuan) if yuan else None,
    )
    fields.close()
    if rule.yuan and rule.yuan.source == "line" and rule.yuan.name in parts.facts:
        parts.fact(yuan or raw, "decimal", "integer")
    return rule


def _read_period(parts: Parts, raw: Raw) -> Period:
    fields = parts.reading.fields(raw)
    named = fields.need("limit")
    late = parts.reading.fields(fields.need("late"))
    period = Period(
        fields.title(),
        parts.fact(fields.need("from"), "date", "moment"),
        parts.fact(fields.need("made"), "date", "moment"),
        parts.limit(named),
        PayRule(late.name(), late.title(), parts.cites(late)),
    )
    late.close()
    fields.close()
    if parts.own.limits[period.limit].limit.is_timed:
        raise refuse(named, "casework.compensation_limit", limit=period.limit)
    return period


def _read_never(parts: Parts, raw: Raw) -> Never:
    fields = parts.reading.fields(raw)
    named = fields.need("fact")
    fact = parts.fact(named, "decimal")
    never = Never(chosen(named, parts.facts, FACT), parts.facts[fact].title, parts.cites(fields))
    fields.close()
    return never


def _check_steps(steps: Mapping[str, CaseStep], found: Compensation, raw: Raw) -> None:
    """Money is decided by somebody else than whoever asked for it, and paid after that."""
    for name in found.decided:
        step = steps.get(name)
        if step and (step.alone or not step.verifies):
            raise refuse(raw, "casework.compensation_alone", step=step.title)
    named = (*found.decided, *found.paid, *found.unpaid)
    twice = next((each for each in named if named.count(each) > 1), "")
    if twice:
        raise refuse(raw, "policy.id_twice", id=twice)
