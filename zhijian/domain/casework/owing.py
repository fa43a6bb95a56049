"""What is owed to somebody whose loss a case is about (CMP-27…31), with its working-out.

A kind of case says which of its facts decide: rules are tried from top to bottom, and the first one
that applies says what is paid, or that nothing is. Nobody types the amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final, NamedTuple

from zhijian.domain.casework.compensation import Compensation, Never, PayRule, Period
from zhijian.domain.casework.conditions import Circumstances, context_of
from zhijian.domain.casework.fact import Fact, FactValue
from zhijian.domain.casework.timing import in_force
from zhijian.domain.deadlines.due import due
from zhijian.domain.exact import rounded
from zhijian.domain.explain.step import Status, Step, walk_all
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.scoring.amount import as_amount
from zhijian.domain.scoring.context import Context, worst
from zhijian.domain.scoring.line import work_lines
from zhijian.domain.words import Words

_FEN: Final = 2
_NOTHING: Final = Step("0", "constant", Fraction(0))
_PERSONAL: Final = "＊＊＊"
_TITLE: Final = Words("应赔金额", "Amount owed")


class NotPaid(NamedTuple):
    """Something that was asked for and is never paid: what, and how many yuan were asked for."""

    what: Never
    yuan: Fraction


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in yuan under one rule; without a rule, ``missing`` names the facts to enter.

    ``last_day`` is the last day on which it could be claimed, where that is known.
    """

    rule: PayRule | None
    yuan: Fraction | None
    working: Step
    missing: tuple[str, ...] = ()
    not_paid: tuple[NotPaid, ...] = ()
    last_day: date | None = None

    @property
    def unconfirmed(self) -> tuple[Words, ...]:
        """The figures it rests on that nobody with authority has confirmed yet."""
        found = (each for each in self.working.walk() if each.op == "parameter")
        return tuple(dict.fromkeys(each.title for each in found if each.unconfirmed))


def owed(
    rules: Compensation,
    facts: Mapping[str, Fact],
    values: Mapping[str, FactValue],
    around: Circumstances,
) -> Owed:
    """Return what is owed by what is known; what waits for a fact says for which one.

    Personal texts count as there or not; what they say never stands in the working-out.
    """
    values = {name: _kept_back(facts[name], value) for name, value in values.items()}
    return _Working(rules, context_of(facts, values, "", around), values, around).result()


class _Working:
    def __init__(
        self,
        rules: Compensation,
        context: Context,
        values: Mapping[str, FactValue],
        around: Circumstances,
    ) -> None:
        self.rules, self.context, self.values, self.around = rules, context, values, around
        self.last_day: date | None = None

    def result(self) -> Owed:
        work_lines(self.rules.lines, self.context)
        tried: list[Step] = []
        period = self.rules.period
        if period is not None:
            step = self._period(period)
            if step.value is not True:
                return (
                    self._open((step,)) if step.value is None else self._paid(period.late, [step])
                )
            tried.append(step)
        for rule in self.rules.rules:
            looked_at = rule.when.steps(self.context) if rule.when else ()
            waiting = rule.when.undecided(self.context) if rule.when else ()
            if waiting:
                return self._open((*tried, *looked_at), waiting)
            tried += looked_at
            if rule.when is None or rule.when.holds(self.context):
                return self._paid(rule, tried)
        return self._held(tried, "not_assessed", "no_rule")

    def _period(self, period: Period) -> Step:
        """Tell whether it was claimed in time; the count comes with its parameter."""
        began, made = (self.context.steps[each] for each in (period.counted_from, period.made))
        rule, because = self.around.limits[period.limit], [began, made]
        if rule.parameter is not None:
            because.append(self.context.parameter(rule.parameter.id)[0])
        limit = in_force(rule, self.around)
        start = _day(self.values.get(period.counted_from))
        value: bool | None = None
        given: tuple[tuple[str, str], ...] = ()
        if start is not None and not isinstance(limit, NotInForce):
            self.last_day = due(limit, start, self.around.calendar).on
            given = (("last_day", self.last_day.isoformat()),)
            claimed = _day(self.values.get(period.made))
            value = None if claimed is None else claimed <= self.last_day
        return Step(
            "period", "condition", value, period.title, period.late.cites, tuple(because), given,
            status="assessed" if value is not None else worst(tuple(because)),
            unconfirmed=any(each.unconfirmed for each in because),
        )  # fmt: skip

    def _paid(self, rule: PayRule, tried: Iterable[Step]) -> Owed:
        found = as_amount(self.context.resolve(rule.yuan)) if rule.yuan else _NOTHING
        if found.status != "assessed":
            return self._open((found, *tried), (found,))
        yuan = rounded(found.number, _FEN)
        working = _working((found, *tried))._replace(
            value=yuan, title=rule.title, cites=rule.cites, given=(("round", f"{_FEN} half_up"),)
        )
        return Owed(rule, yuan, working, (), tuple(self._not_paid()), self.last_day)

    def _open(self, tried: Iterable[Step], waiting: Iterable[Step] = ()) -> Owed:
        """Say what it waits for: facts that nobody entered, or a figure that is not in force."""
        because = tuple(tried)
        blocked = (each.reason for each in walk_all(because) if each.status == "blocked")
        reason = next(filter(None, blocked), "")
        missing = tuple(dict.fromkeys(_unknown(tuple(waiting) or because)))
        status: Status = "blocked" if reason else "not_assessed"
        return self._held(because, status, reason or "input_missing", missing)

    def _held(
        self, because: Iterable[Step], status: Status, reason: str, missing: tuple[str, ...] = ()
    ) -> Owed:
        working = _working(because)._replace(
            title=_TITLE, cites=self.rules.cites, status=status, reason=reason
        )
        return Owed(None, None, working, missing, tuple(self._not_paid()), self.last_day)

    def _not_paid(self) -> Iterator[NotPaid]:
        for each in self.rules.never:
            asked = self.values.get(each.fact)
            if isinstance(asked, Fraction) and asked:
                yield NotPaid(each, asked)


def _working(because: Iterable[Step]) -> Step:
    steps = tuple(dict.fromkeys(because))
    unconfirmed = any(each.unconfirmed for each in steps)
    return Step("compensation", "compensation", None, because=steps, unconfirmed=unconfirmed)


def _unknown(waiting: tuple[Step, ...]) -> Iterator[str]:
    return (each.id for each in walk_all(waiting) if each.op == "fact" and each.value is None)


def _kept_back(fact: Fact, value: FactValue) -> FactValue:
    return _PERSONAL if fact.field.personal and isinstance(value, str) else value


def _day(value: FactValue) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
