"""Which regulation prevails where a newer one of the same issuer says the contrary (POL-09)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.rule import LimitOn, LimitRule
from zhijian.domain.policy.parameter import InForce, Parameter
from zhijian.domain.policy.telling import told
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import NOTHING, Words


@dataclass(frozen=True, slots=True)
class Contrary:
    """One rule that both regulations have under one name, and say differently.

    ``kind`` is ``parameter`` or ``limit``; the values of a parameter are told in short, those of
    a limit are left to whoever knows how limits are worded.
    """

    kind: str
    id: str
    title: Words
    older: str = ""
    newer: str = ""


def overrides(newer: Pack, older: Pack) -> bool:
    """Tell whether ``newer`` prevails over ``older`` wherever both rule on the same thing.

    It does when it says so, is another regulation of the same issuer, and took effect later.
    """
    one, other = newer.header, older.header
    return (
        bool(one.overrides)
        and one.id != other.id
        and bool(one.issuer)
        and one.issuer.zh == other.issuer.zh
        and one.effective > other.effective
    )


def contraries(newer: Pack, older: Pack, day: date) -> tuple[Contrary, ...]:
    """Return the rules of ``older`` that ``newer`` contradicts on ``day``.

    Rules are the same rule when they have the same name; what only one regulation has is no
    contradiction and stays in force.
    """
    return (*_parameters(newer, older, day), *_limits(newer, older, day))


def _parameters(newer: Pack, older: Pack, day: date) -> Iterator[Contrary]:
    for name, parameter in newer.parameters.items():
        former = older.parameters.get(name)
        if former is None:
            continue
        one, other = _value(parameter, day), _value(former, day)
        if one is not None and other is not None and one != other:
            yield Contrary("parameter", name, parameter.title, other, one)


def _limits(newer: Pack, older: Pack, day: date) -> Iterator[Contrary]:
    for name, rule in newer.limits.items():
        former = older.limits.get(name)
        if former is None:
            continue
        one, other = _counted(rule, day), _counted(former, day)
        if one is not None and other is not None and one != other:
            yield Contrary("limit", name, rule.limit.title)


def _value(parameter: Parameter, day: date) -> str | None:
    """The value for everybody; nothing where none applies, so that nothing is contradicted."""
    found = parameter.on(day)
    return told(found.value) if isinstance(found, InForce) else None


def _counted(rule: LimitRule, day: date) -> Limit | None:
    """How the time is counted, whatever the limit is called and cites."""
    found = rule.on(day)
    return replace(found.limit, title=NOTHING, cites="") if isinstance(found, LimitOn) else None
