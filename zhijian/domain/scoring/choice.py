"""Steps that choose: highest, lowest, by a word or condition, with a cap."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.explain.step import Status, shown
from zhijian.domain.policy.raw import Fields, Raw, entries, number_of, refuse
from zhijian.domain.scoring.condition import Condition, read_condition, words_of
from zhijian.domain.scoring.context import Context
from zhijian.domain.scoring.op import Found, Plain, Reader, lacking
from zhijian.domain.scoring.operand import Operand, Scope, check_ends


@dataclass(frozen=True, slots=True)
class Extreme(Plain):
    """``highest`` and ``lowest`` of several; ``missing: skip`` passes over those without value."""

    name: str
    operands: tuple[Operand, ...]
    skips: bool

    def work(self, context: Context) -> Found:
        """Choose by size."""
        because = tuple(context.resolve(each) for each in self.operands)
        blocked = any(step.status == "blocked" for step in because)
        used = (
            because
            if not self.skips or blocked
            else tuple(s for s in because if s.value is not None)
        )
        missing = lacking(used)
        if missing:
            return missing
        if not used:
            return Found(None, because, status="not_assessed", reason="too_few_parts")
        choose = max if self.name == "highest" else min
        chosen = choose(used, key=lambda step: step.number)
        return Found(chosen.value, because, (("chosen", chosen.id),))


@dataclass(frozen=True, slots=True)
class Switch(Plain):
    """``switch``: the case that the word names."""

    on: Operand
    cases: tuple[tuple[str, Operand], ...]
    otherwise: Operand | None

    def work(self, context: Context) -> Found:
        """Take the case; a word without case is not assessed unless there is ``otherwise``."""
        word = context.resolve(self.on)
        missing = lacking((word,))
        if missing:
            return missing
        operand = dict(self.cases).get(shown(word.value), self.otherwise)
        if operand is None:
            return Found(None, (word,), status="not_assessed", reason="no_case")
        because = (context.resolve(operand), word)
        return lacking(because) or Found(because[0].value, because, (("case", shown(word.value)),))


@dataclass(frozen=True, slots=True)
class If(Plain):
    """``if``: one operand when the condition holds, the other when it does not."""

    when: Condition
    then: Operand
    otherwise: Operand

    def work(self, context: Context) -> Found:
        """Decide, then take the operand."""
        holds = self.when.holds(context)
        chosen = context.resolve(self.then if holds else self.otherwise)
        because = (chosen, *self.when.steps(context))
        missing = lacking((*self.when.undecided(context), chosen))
        if missing:
            return missing
        return Found(chosen.value, because, (("condition", "holds" if holds else "fails"),))


@dataclass(frozen=True, slots=True)
class Cap(Plain):
    """``limit``: the number, but at most (or at least) so much where the condition holds."""

    of: Operand
    when: Condition
    at_most: Operand | None
    at_least: Operand | None

    def work(self, context: Context) -> Found:
        """Limit the number where the condition holds."""
        own = context.resolve(self.of)
        limits = tuple(context.resolve(each) for each in (self.at_most, self.at_least) if each)
        because = (own, *limits, *self.when.steps(context))
        missing = lacking((own, *limits, *self.when.undecided(context)))
        if missing:
            return missing
        if not self.when.holds(context):
            return Found(own.value, because, (("condition", "fails"),))
        return Found(self._limited(context, own.number), because, (("condition", "holds"),))

    def _limited(self, context: Context, number: Fraction) -> Fraction:
        if self.at_most:
            number = min(number, context.resolve(self.at_most).number)
        if self.at_least:
            number = max(number, context.resolve(self.at_least).number)
        return number


@dataclass(frozen=True, slots=True)
class Requirement(Plain):
    """``require``: the operand, but only while the condition holds; else the unit is held up."""

    of: Operand
    when: Condition
    none: Status

    def work(self, context: Context) -> Found:
        """Hand the operand on, or say that the condition fails."""
        own, looked_at = context.resolve(self.of), self.when.steps(context)
        because = (own, *looked_at)
        missing = lacking(because)
        if missing:
            return missing
        if self.when.holds(context):
            return Found(own.value, because, (("condition", "holds"),))
        given = (("condition", "fails"),)
        return Found(None, because, given, None, self.none, "requirement_not_met")


def read_extreme(scope: Scope, raw: Raw, name: str, line: Fields) -> Extreme:
    """Read ``lowest: [a, b]`` or ``lowest: {of: [a, b], missing: skip}``."""
    if isinstance(raw.value, tuple):
        return Extreme(name, scope.operands(raw), skips=False)
    fields = scope.reading.fields(raw)
    operands = scope.operands(fields.need("of"))
    skips = fields.word("missing", ("skip", "not_assessed"), "not_assessed") == "skip"
    fields.close()
    return Extreme(name, operands, skips)


def read_switch(scope: Scope, raw: Raw, name: str, line: Fields) -> Switch:
    """Read ``switch: {on: parameter.mode, cases: {mean: a, per_form: b}}``."""
    fields = scope.reading.fields(raw)
    on = scope.operand(fields.need("on"))
    cases_raw = fields.need("cases")
    cases = tuple((word, scope.operand(each)) for word, each in entries(cases_raw))
    otherwise = fields.maybe("otherwise")
    fields.close()
    if not cases:
        raise refuse(cases_raw, "policy.empty_list")
    wrong = [word for word, _ in cases if number_of(word) is None]
    if wrong and scope.is_number(on):
        raise refuse(cases_raw, "scoring.never_a_word", name=on.name, found="、".join(wrong))
    _check_cases(cases_raw, words_of(scope, on), tuple(dict(cases)), otherwise is not None)
    return Switch(on, cases, scope.operand(otherwise) if otherwise else None)


def _check_cases(raw: Raw, words: tuple[str, ...], cases: tuple[str, ...], is_total: bool) -> None:
    """Where the words are known, every case must be one, and every one must have a case."""
    strangers = [word for word in cases if word not in words]
    missing = [word for word in words if word not in cases]
    if words and strangers:
        raise refuse(raw, "policy.unknown_word", found=strangers[0], allowed=", ".join(words))
    if missing and not is_total:
        raise refuse(raw, "scoring.case_missing", found="、".join(missing))


def read_if(scope: Scope, raw: Raw, name: str, line: Fields) -> If:
    """Read ``if: {when: {line: {above: "0"}}, then: a, else: b}``."""
    fields = scope.reading.fields(raw)
    condition = read_condition(scope, fields.need("when"))
    then, otherwise = (scope.operand(fields.need(key)) for key in ("then", "else"))
    fields.close()
    return If(condition, then, otherwise)


def read_limit(scope: Scope, raw: Raw, name: str, line: Fields) -> Cap:
    """Read ``limit: {of: total, when: {accidents: {above: "0"}}, at_most: "69.99"}``."""
    fields = scope.reading.fields(raw)
    of, condition = scope.operand(fields.need("of")), read_condition(scope, fields.need("when"))
    at_most, at_least = fields.maybe("at_most"), fields.maybe("at_least")
    fields.close()
    if at_most is None and at_least is None:
        raise refuse(raw, "policy.key_missing", key="at_most")
    cap = Cap(
        of,
        condition,
        scope.operand(at_most) if at_most else None,
        scope.operand(at_least) if at_least else None,
    )
    check_ends(raw, cap.at_least, cap.at_most)
    return cap


def read_require(scope: Scope, raw: Raw, name: str, line: Fields) -> Requirement:
    """Read ``require: {of: a, when: {undecided: {at_most: "0"}}, none: block}``."""
    fields = scope.reading.fields(raw)
    of, condition = scope.operand(fields.need("of")), read_condition(scope, fields.need("when"))
    blocks = fields.word("none", ("block", "not_assessed"), "not_assessed") == "block"
    fields.close()
    return Requirement(of, condition, "blocked" if blocks else "not_assessed")


READERS: dict[str, Reader] = {
    "highest": read_extreme,
    "lowest": read_extreme,
    "switch": read_switch,
    "if": read_if,
    "limit": read_limit,
    "require": read_require,
}
