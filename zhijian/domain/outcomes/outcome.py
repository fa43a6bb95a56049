"""What follows from a result: money in either direction, measures to take, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.exact import rounded
from zhijian.domain.explain.step import Step
from zhijian.domain.outcomes.typed import APPROVERS, Limits, Typed, limits_of, read_typed, told
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.raw import Fields, Raw, check_range, refuse
from zhijian.domain.records.measure import Measure
from zhijian.domain.scoring.amount import as_amount
from zhijian.domain.scoring.condition import Condition, read_condition
from zhijian.domain.scoring.context import Context, worst
from zhijian.domain.scoring.line import Line, read_lines, work_lines
from zhijian.domain.scoring.operand import Operand, Scope
from zhijian.domain.scoring.past import check_grades
from zhijian.domain.words import NOTHING, Words

KINDS = ("reward", "penalty", "measure", "none")
_FEN = 2
_LONGEST_WAY = Fraction(1000)
_LARGEST = Fraction(10**10)
_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Rule:
    """One consequence: when it applies, of what kind, how much, and who approves it.

    ``typed`` leaves the amount to the approver instead of working it out.
    """

    id: str
    title: Words
    cites: str
    kind: str
    when: Condition | None
    yuan: Operand | None
    text: Words
    days: Operand | None
    approver: str
    typed: Typed | None = None

    def amount(self, context: Context) -> tuple[Step, ...]:
        """What the amount rests on: the amount itself, or the limits within which it is typed."""
        if self.typed is not None:
            return self.typed.steps(context)
        nothing = Step("amount", "constant", Fraction(0))
        return (context.resolve(self.yuan) if self.yuan else nothing,)


@dataclass(frozen=True, slots=True)
class Monotone:
    """A promise of the pack that is checked: as ``of`` rises, the amount never falls (or rises)."""

    of: str
    rises: bool
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class OutcomePlan:
    """The consequences of one scheme; its lines may name those of the scheme and ``grade``."""

    id: str
    title: Words
    scheme: str
    cites: str
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    monotone: Monotone | None = None

    def measures(self, law: Law) -> tuple[Measure, ...]:
        """Every measure of the lines, each once."""
        return tuple(dict.fromkeys(each for line in self.lines for each in line.op.measures(law)))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed consequence.

    ``yuan`` is negative for a penalty, zero where no money moves or a person types the amount.
    """

    rule: str
    title: Words
    kind: str
    cites: str
    yuan: Fraction
    text: Words
    days: int | None
    approver: str
    working: Step

    @property
    def is_open(self) -> bool:
        """Whether the amount waits for data; until they come, ``yuan`` is zero and says nothing."""
        return self.working.status != "assessed"

    @property
    def limits(self) -> Limits | None:
        """Within which limits a person types the amount; nothing where it is worked out."""
        return limits_of(self.working)


def propose(plan: OutcomePlan, context: Context) -> tuple[Proposal, ...]:
    """Return what follows for a unit that was scored and graded in ``context``.

    A rule whose condition waits for data is proposed as open: whether it applies is not known, and
    a consequence must not lapse because nobody has entered anything. Only a rule of kind ``none``
    is left out then, as nothing follows from it.
    """
    work_lines(plan.lines, context)
    found = []
    for rule in plan.rules:
        waiting = rule.when.undecided(context) if rule.when else ()
        if waiting and rule.kind == "none":
            continue
        if waiting or rule.when is None or rule.when.holds(context):
            found.append(_proposed(rule, context, waiting))
    return tuple(found)


def total_yuan(proposals: tuple[Proposal, ...]) -> Fraction | None:
    """The money of all proposals together; none while one of them waits for data.

    An amount that is still to be typed does not count, and nothing waits for it.
    """
    if any(each.is_open for each in proposals):
        return None
    return sum((each.yuan for each in proposals), Fraction(0))


def _proposed(rule: Rule, context: Context, waiting: tuple[Step, ...]) -> Proposal:
    amount = tuple(as_amount(each) for each in rule.amount(context))
    size = _size(rule, amount)
    signed = -size if rule.kind == "penalty" else size
    days = context.resolve(rule.days) if rule.days else None
    looked_at = (*(rule.when.steps(context) if rule.when else ()), *([days] if days else ()))
    lacking = next((each for each in amount if each.status != "assessed"), None)
    is_open = bool(waiting) or lacking is not None
    yuan = Fraction(0) if is_open else rounded(signed, _FEN)
    known = {each.id for each in amount}
    working = Step(
        id=f"outcome.{rule.id}",
        op=rule.kind,
        value=None if is_open or rule.typed else yuan,
        title=rule.title,
        cites=rule.cites,
        because=(*amount, *(each for each in looked_at if each.id not in known)),
        given=told(amount) if rule.typed and not is_open else (("round", f"{_FEN} half_up"),),
        status=worst((*amount, *waiting)),
        reason="input_missing" if waiting else lacking.reason if lacking else "",
        unconfirmed=any(each.unconfirmed for each in (*amount, *looked_at)),
    )
    return Proposal(
        rule=rule.id,
        title=rule.title,
        kind=rule.kind,
        cites=rule.cites,
        yuan=yuan,
        text=rule.text,
        days=int(days.number) if days and isinstance(days.value, Fraction) else None,
        approver=rule.approver,
        working=working,
    )


def _size(rule: Rule, amount: tuple[Step, ...]) -> Fraction:
    value = None if rule.typed else amount[0].value
    return value if isinstance(value, Fraction) else Fraction(0)


def read_plan(scope: Scope, raw: Raw, scheme: str) -> OutcomePlan:
    """Read one file of ``outcomes/``; ``scope`` already knows the lines of its scheme."""
    fields = scope.reading.fields(raw)
    plan_id, title = fields.name(), fields.title()
    cites = scope.cites(fields.maybe("cites"))
    scored = tuple(scope.lines)
    lines = read_lines(scope, fields.items("lines"))
    check_grades(scope, ((each.id, each.op) for each in lines))
    rules = tuple(
        rule
        for each in fields.items("rules")
        if (rule := scope.reading.attempt(lambda each=each: _read_rule(scope, each)))  # type: ignore[misc]
    )
    monotone = fields.maybe("monotone")
    plan = OutcomePlan(
        id=plan_id,
        title=title,
        scheme=scheme,
        cites=cites,
        lines=lines,
        rules=rules,
        monotone=_read_monotone(scope, monotone, scored) if monotone else None,
    )
    fields.maybe("scheme")
    fields.close()
    if not fields.items("rules"):
        raise refuse(raw, "policy.key_missing", key="rules")
    _check_ids(scope, fields, rules)
    return plan


def _check_ids(scope: Scope, fields: Fields, rules: tuple[Rule, ...]) -> None:
    """The ledger names its entries by rule."""
    names = [rule.id for rule in rules]
    for name in dict.fromkeys(each for each in names if names.count(each) > 1):
        scope.reading.add(fields.need("rules"), "policy.id_twice", id=name)


def _read_rule(scope: Scope, raw: Raw) -> Rule:
    fields = scope.reading.fields(raw)
    kind = fields.word("kind", KINDS)
    when, yuan, days = fields.maybe("when"), fields.maybe("yuan"), fields.maybe("days")
    typed = fields.maybe("typed")
    rule = Rule(
        id=fields.name(),
        title=fields.title(),
        cites=scope.cites(fields.maybe("cites")),
        kind=kind,
        when=read_condition(scope, when) if when else None,
        yuan=scope.operand(yuan) if yuan else None,
        text=fields.words("text", NOTHING),
        days=scope.operand(days) if days else None,
        approver=fields.word("approver", APPROVERS) if typed else fields.text("approver", ""),
        typed=read_typed(scope, typed) if typed else None,
    )
    fields.close()
    _check_rule(raw, fields, rule)
    return rule


def _check_rule(raw: Raw, fields: Fields, rule: Rule) -> None:
    if rule.kind == "measure" and not rule.text:
        raise refuse(raw, "policy.key_missing", key="text")
    if rule.kind == "penalty" and not (rule.yuan or rule.text or rule.typed):
        raise refuse(raw, "policy.key_missing", key="yuan")
    if rule.typed and (rule.yuan or rule.kind not in ("reward", "penalty")):
        raise refuse(raw, "outcomes.typed_beside_amount")
    if rule.kind == "none" and rule.yuan:
        raise refuse(raw, "outcomes.none_with_money")
    if rule.yuan and rule.yuan.constant is not None:
        check_range(fields.need("yuan"), rule.yuan.constant, Fraction(0), _LARGEST)
    if rule.days and rule.days.constant is not None:
        fields.whole("days", least=1, most=_DAYS)


def _read_monotone(scope: Scope, raw: Raw, scored: tuple[str, ...]) -> Monotone:
    """Read the promise; it is about a line of the scheme, which is moved while all else stands."""
    fields = scope.reading.fields(raw)
    line = fields.text("of")
    if line not in scored or line == "grade":
        known = ", ".join(each for each in scored if each != "grade")
        raise refuse(fields.need("of"), "scoring.unknown_line", name=line, known=known)
    monotone = Monotone(
        of=line,
        rises=fields.word("direction", ("rises", "falls"), "rises") == "rises",
        low=fields.number("from", Fraction(0)),
        high=fields.number("to", Fraction(100)),
    )
    # Every hundredth is tried, so that a longer way would keep the check busy for hours.
    check_range(raw, monotone.high, monotone.low, monotone.low + _LONGEST_WAY)
    fields.close()
    return monotone
