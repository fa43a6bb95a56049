"""Rewards and penalties of persons: what for, which ones, and what each may cost (DIS-01…11).

A regulation names the grounds and, in rising order, the measures. Whoever proposes one measure for
one person on one ground is told here what stands against it; people decide, never a program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.exact import plain
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.policy.raw import Fields, Raw, as_text, refuse, refuse_twice
from zhijian.domain.problems import Problem
from zhijian.domain.scoring.operand import Scope
from zhijian.domain.words import Words

KINDS = ("penalty", "training", "reward")
MONEY = ("none", "may", "must", "fault")
"""Whether an amount goes with a measure: never, if wanted, always, or the one of the fault."""
OFFENDERS = ("none", "named", "same")
"""Whether a ground rests on what another person did, and whether it is treated the same."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that may be done to a person, with or without an amount in yuan."""

    id: str
    title: Words
    kind: str
    money: str
    cites: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a measure is taken for.

    ``measures`` are the ids of those that fit. ``offender`` tells whether it rests on the decision
    about another person: ``named`` for joint liability, ``same`` where both are treated alike.
    """

    id: str
    title: Words
    measures: tuple[str, ...]
    offender: str
    cites: str


@dataclass(frozen=True, slots=True)
class PersonalPlan:
    """The rewards and penalties of persons under a regulation.

    ``objection_days`` is the parameter with the days a person has to object; without one there is
    no last day.
    """

    id: str
    title: Words
    cites: str
    measures: Mapping[str, Measure]
    grounds: Mapping[str, Ground]
    objection_days: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about another person: the measure, and yuan or nothing."""

    measure: str
    yuan: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A measure proposed for one person; amounts in yuan.

    ``fine`` is what the fault in the case costs under the regulation, ``offender`` what was decided
    about whom the ground rests on.
    """

    ground: str
    measure: str
    yuan: Fraction | None = None
    fine: Fraction | None = None
    offender: Decided | None = None


def objections(plan: PersonalPlan, proposed: Proposed) -> tuple[Problem, ...]:
    """Return everything that stands against a proposal; nothing stands against a sound one."""
    ground, measure = plan.grounds.get(proposed.ground), plan.measures.get(proposed.measure)
    if ground is None:
        return (_unknown("ground", proposed.ground, plan.grounds),)
    if measure is None:
        return (_unknown("measure", proposed.measure, plan.measures),)
    return (*_against_measure(plan, ground, measure, proposed), *_against_money(measure, proposed))


def _unknown(where: str, name: str, known: Mapping[str, object]) -> Problem:
    return Problem.at(where, "policy.unknown_word", found=name, allowed=", ".join(known))


def _against_measure(
    plan: PersonalPlan, ground: Ground, measure: Measure, proposed: Proposed
) -> Iterator[Problem]:
    if measure.id not in ground.measures:
        yield Problem.at(
            "measure",
            "outcomes.measure_not_for_ground",
            measure=measure.title.zh,
            ground=ground.title.zh,
            allowed="、".join(plan.measures[each].title.zh for each in ground.measures),
        )
    if ground.offender == "none":
        if proposed.offender is not None:
            yield Problem.at("offender", "outcomes.offender_not_asked", ground=ground.title.zh)
    elif proposed.offender is None:
        yield Problem.at("offender", "outcomes.offender_needed", ground=ground.title.zh)
    elif ground.offender == "same" and proposed.offender != Decided(measure.id, proposed.yuan):
        yield Problem.at(
            "measure",
            "outcomes.not_as_offender",
            ground=ground.title.zh,
            measure=_title_of(plan, proposed.offender.measure),
            yuan=_told(proposed.offender.yuan),
        )


def _against_money(measure: Measure, proposed: Proposed) -> Iterator[Problem]:
    yuan, title = proposed.yuan, measure.title.zh
    if yuan is None:
        if measure.money in ("must", "fault"):
            yield Problem.at("yuan", "outcomes.amount_needed", measure=title)
    elif measure.money == "none":
        yield Problem.at("yuan", "outcomes.amount_not_asked", measure=title, found=plain(yuan))
    elif yuan <= 0 or (yuan * 100).denominator != 1:
        yield Problem.at("yuan", "outcomes.amount_not_positive", found=plain(yuan))
    elif measure.money == "fault" and yuan != proposed.fine:
        fine = _told(proposed.fine)
        yield Problem.at(
            "yuan", "outcomes.not_the_fine", measure=title, fine=fine, found=plain(yuan)
        )


def _title_of(plan: PersonalPlan, measure: str) -> str:
    found = plan.measures.get(measure)
    return found.title.zh if found else measure


def _told(yuan: Fraction | None) -> str:
    return "—" if yuan is None else plain(yuan, 2)


def read_personal(scope: Scope, raw: Raw) -> PersonalPlan:
    """Read one file of ``personal/``."""
    fields = scope.reading.fields(raw)
    id_, title, cites = fields.name(), fields.title(), scope.cites(fields.maybe("cites"))
    read = [(each, _measure(scope, each)) for each in fields.items("measures")]
    refuse_twice((each, measure.id) for each, measure in read)
    if not read:
        raise refuse(raw, "policy.key_missing", key="measures")
    measures = {measure.id: measure for _, measure in read}
    asked = [(each, _ground(scope, each, measures)) for each in fields.items("grounds")]
    refuse_twice((each, ground.id) for each, ground in asked)
    if not asked:
        raise refuse(raw, "policy.key_missing", key="grounds")
    plan = PersonalPlan(
        id=id_,
        title=title,
        cites=cites,
        measures=measures,
        grounds={ground.id: ground for _, ground in asked},
        objection_days=_days(scope, fields),
    )
    fields.close()
    return plan


def _measure(scope: Scope, raw: Raw) -> Measure:
    fields = scope.reading.fields(raw)
    measure = Measure(
        id=fields.name(),
        title=fields.title(),
        kind=fields.word("kind", KINDS),
        money=fields.word("yuan", MONEY, "none"),
        cites=scope.cites(fields.maybe("cites")),
    )
    fields.close()
    return measure


def _ground(scope: Scope, raw: Raw, measures: Mapping[str, Measure]) -> Ground:
    fields = scope.reading.fields(raw)
    named = fields.items("measures")
    for each in named:
        if as_text(each) not in measures:
            known = ", ".join(measures)
            raise refuse(each, "policy.unknown_word", found=as_text(each), allowed=known)
    ground = Ground(
        id=fields.name(),
        title=fields.title(),
        measures=tuple(as_text(each) for each in named) or tuple(measures),
        offender=fields.word("offender", OFFENDERS, "none"),
        cites=scope.cites(fields.maybe("cites")),
    )
    fields.close()
    return ground


def _days(scope: Scope, fields: Fields) -> str:
    raw = fields.maybe("objection_days")
    if raw is None:
        return ""
    parameter: Parameter = scope.known_parameter(
        raw, as_text(raw).removeprefix("parameter."), "number"
    )
    return parameter.id
