"""Trial run: past periods judged under two versions of the rules; who moves, and what it costs.

Nothing is stored. Each case is assessed under both terms by the code that makes real results.
Which change decides is found one at a time: the old rules with only that change applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from zhijian.domain.dates.period import Period
from zhijian.domain.explain.step import Status
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import InForce
from zhijian.domain.policy.values import ParameterValue, Weights
from zhijian.domain.records.measure import Facts
from zhijian.domain.regulation.assess import Assessor, Result
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Context, Past, Unit

_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Case:
    """One unit in one past period. ``facts`` must answer whatever either version asks of it."""

    unit: Unit
    period: Period
    facts: Facts
    past: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of one side: a pack, its scheme, and values put in the place of its own."""

    pack: Pack
    scheme: str = ""
    confirmed: frozenset[str] = frozenset()
    replaced: Mapping[str, ParameterValue] = field(default_factory=dict)

    def law(self, period: Period) -> Law:
        """The parameters as they govern ``period``."""
        return self.pack.law(self.pack.law_day(period), self.confirmed, self.replaced)

    def judge(self, case: Case, changed: Mapping[str, ParameterValue] | None = None) -> Result:
        """Assess a case, with some values changed for it alone."""
        law = self.law(case.period)
        if changed:
            law = replace(law, replaced={**law.replaced, **changed})
        return Assessor.of(self.pack, self.scheme).assess(
            Context(
                unit=case.unit,
                facts=case.facts,
                law=law,
                absence=self.pack.absence(),
                months=case.period.months(),
                past=case.past,
            )
        )


@dataclass(frozen=True, slots=True)
class Ending:
    """What one side came to for a case.

    ``uncounted`` says how many amounts ``yuan`` leaves out: they wait for data or for a person.
    """

    status: Status
    score: Fraction | None
    grade: str | None
    yuan: Fraction | None
    uncounted: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A case under both terms."""

    unit: str
    period: str
    before: Ending
    after: Ending

    @property
    def moves_grade(self) -> bool:
        """Tell whether the grade is another."""
        return self.before.grade != self.after.grade

    @property
    def yuan(self) -> Fraction:
        """What the change costs the payer (negative: saves); no result moves no money."""
        return (self.after.yuan or _NOTHING) - (self.before.yuan or _NOTHING)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What happens when only this is changed.

    ``parameter`` names the value; ``part`` one weight among several, whose change the others make
    room for in proportion. An empty ``parameter`` stands for everything that is no parameter.
    """

    parameter: str
    part: str
    moves: tuple[Move, ...]

    @property
    def moved(self) -> tuple[Move, ...]:
        """The cases whose grade this alone changes."""
        return tuple(each for each in self.moves if each.moves_grade)

    @property
    def yuan(self) -> Fraction:
        """The money that this alone moves."""
        return sum((each.yuan for each in self.moves), _NOTHING)


@dataclass(frozen=True, slots=True)
class Trial:
    """All cases under both terms, and each change on its own, the most decisive first."""

    moves: tuple[Move, ...]
    sensitivities: tuple[Sensitivity, ...]

    @property
    def moved(self) -> tuple[Move, ...]:
        """The cases whose grade changes."""
        return tuple(each for each in self.moves if each.moves_grade)

    @property
    def uncounted(self) -> tuple[int, int]:
        """How many amounts are left out under the old terms and under the new."""
        return (
            sum(each.before.uncounted for each in self.moves),
            sum(each.after.uncounted for each in self.moves),
        )

    @property
    def yuan_before(self) -> Fraction:
        """All money under the old terms."""
        return sum((each.before.yuan or _NOTHING for each in self.moves), _NOTHING)

    @property
    def yuan_after(self) -> Fraction:
        """All money under the new terms."""
        return sum((each.after.yuan or _NOTHING for each in self.moves), _NOTHING)


def trial(cases: tuple[Case, ...], before: Terms, after: Terms) -> Trial:
    """Judge every case under both terms, and under each change on its own."""
    base = tuple(_ending(before.judge(case)) for case in cases)
    both = tuple(zip(cases, base, strict=True))
    moves = tuple(_move(case, own, after.judge(case)) for case, own in both)
    alone = [
        Sensitivity(
            name, part, tuple(_alone(before, after, case, own, (name, part)) for case, own in both)
        )
        for name, part in _changes(cases, before, after)
    ]
    if _rules_differ(before, after):
        alone.append(Sensitivity("", "", tuple(_rules(before, after, *each) for each in both)))
    alone.sort(key=lambda each: (-len(each.moved), -abs(each.yuan), each.parameter, each.part))
    return Trial(moves, tuple(alone))


def _ending(result: Result) -> Ending:
    sheet = result.sheet
    uncounted = sum(each.is_open or each.limits is not None for each in result.proposals)
    return Ending(sheet.status, sheet.score, sheet.grade, result.yuan, uncounted)


def _move(case: Case, before: Ending, result: Result) -> Move:
    return Move(case.unit.id, case.period.id, before, _ending(result))


def _changes(cases: tuple[Case, ...], before: Terms, after: Terms) -> Iterator[tuple[str, str]]:
    """Yield every parameter that differs for some case, and the weights within it."""
    for name, parameter in before.pack.parameters.items():
        other = after.pack.parameters.get(name)
        if other is None or other.kind != parameter.kind:
            continue
        pairs = [_values(before, after, case, name) for case in cases]
        if all(old == new for old, new in pairs):
            continue
        yield name, ""
        parts = {
            part: None
            for old, new in pairs
            if isinstance(old, Weights) and isinstance(new, Weights)
            for part, weight in old.parts
            if new.of(part) not in (None, weight)
        }
        yield from ((name, part) for part in parts)


def _values(
    before: Terms, after: Terms, case: Case, name: str
) -> tuple[ParameterValue | None, ParameterValue | None]:
    """The value for the case's unit under both terms; nothing where it is not in force."""
    found = (
        terms.law(case.period).find(name, case.unit.id, case.unit.group)
        for terms in (before, after)
    )
    old, new = (each.value if isinstance(each, InForce) else None for each in found)
    return old, new


def _alone(before: Terms, after: Terms, case: Case, own: Ending, change: tuple[str, str]) -> Move:
    """The case under the old terms with one change."""
    name, part = change
    old, new = _values(before, after, case, name)
    if part and isinstance(old, Weights) and isinstance(new, Weights):
        new = _one_weight(old, part, new.of(part) or _NOTHING)
    if old is None or new is None or old == new:
        return Move(case.unit.id, case.period.id, own, own)
    return _move(case, own, before.judge(case, {name: new}))


def _one_weight(weights: Weights, part: str, weight: Fraction) -> Weights:
    """The weights with one of them set; the others share the rest as they did before."""
    total = sum((each for _, each in weights.parts), _NOTHING)
    others = total - (weights.of(part) or _NOTHING)
    count = len(weights.parts) - 1

    def share(each: Fraction) -> Fraction:
        return each / others if others else Fraction(1, count)

    return Weights(
        tuple(
            (name, weight if name == part else share(each) * (total - weight))
            for name, each in weights.parts
        )
    )


def _rules_differ(before: Terms, after: Terms) -> bool:
    """Tell whether anything but parameters differs: lines, grades, outcomes."""
    old, new = (Assessor.of(each.pack, each.scheme) for each in (before, after))
    return (old.scheme, old.plan) != (new.scheme, new.plan)


def _rules(before: Terms, after: Terms, case: Case, own: Ending) -> Move:
    """The case under the new rules with the old values of every parameter they share."""
    kept = {}
    for name in before.pack.parameters.keys() & after.pack.parameters.keys():
        old, new = _values(before, after, case, name)
        if old is not None and new is not None and type(old) is type(new):
            kept[name] = old
    return _move(case, own, after.judge(case, kept))
