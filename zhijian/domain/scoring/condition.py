"""Conditions over lines, attributes and parameters: all must hold, or one of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhijian.domain.explain.step import Step
from zhijian.domain.policy.comparison import ORDER, Comparison, read_comparisons, told
from zhijian.domain.policy.raw import Raw, as_list, entries, number_of, refuse
from zhijian.domain.scoring.context import Context
from zhijian.domain.scoring.operand import Operand, Scope


@dataclass(frozen=True, slots=True)
class Clause:
    """One operand and the tests it must pass.

    ``against`` are tests whose limit is itself a line, a parameter or an attribute.
    """

    operand: Operand
    comparisons: tuple[Comparison, ...]
    against: tuple[tuple[str, Operand], ...] = ()

    def steps(self, context: Context) -> tuple[Step, ...]:
        """The steps that the clause looks at."""
        return tuple(context.resolve(each) for each in (self.operand, *dict(self.against).values()))

    def waits(self, context: Context) -> tuple[Step, ...]:
        """The lines without value that the clause would need; ``empty`` needs none."""
        if any(each.word == "empty" for each in self.comparisons):
            return ()
        return tuple(step for step in self.steps(context) if _lacks_data(step))

    def holds(self, context: Context) -> bool:
        """Tell whether the operand passes every test."""
        value = context.resolve(self.operand).value
        return all(each.holds(value) for each in self.comparisons) and all(
            isinstance(limit := context.resolve(operand).value, Fraction)
            and Comparison(word, (limit,)).holds(value)
            for word, operand in self.against
        )


_NOTHING_TO_WAIT_FOR = frozenset({"no_earlier_period", "attribute_missing"})


def _lacks_data(step: Step) -> bool:
    """Tell whether data are missing that somebody could still enter."""
    return step.status != "assessed" and any(
        each.status != "assessed"
        and each.reason != "input_missing"
        and each.reason not in _NOTHING_TO_WAIT_FOR
        for each in step.walk()
    )


@dataclass(frozen=True, slots=True)
class Condition:
    """All ``clauses`` hold and, where there are ``choices``, at least one of these as well."""

    clauses: tuple[Clause, ...] = ()
    choices: tuple[Condition, ...] = ()

    def steps(self, context: Context) -> tuple[Step, ...]:
        """The steps that the condition looks at."""
        own = tuple(step for clause in self.clauses for step in clause.steps(context))
        return own + tuple(step for each in self.choices for step in each.steps(context))

    def undecided(self, context: Context) -> tuple[Step, ...]:
        """Return the lines whose missing data leave open whether it holds; none when it is clear.

        No data is not the same as nothing happened: a cap or a veto must not lapse because nobody
        has entered anything. Where there is no earlier period, or an attribute was never given to
        the unit, there is nothing to wait for, and the test simply fails.
        """
        if any(not each.holds(context) and not each.waits(context) for each in self.clauses):
            return ()
        if any(each.holds(context) for each in self.choices):
            choices: tuple[Condition, ...] = ()
        else:
            choices = self.choices
        own = tuple(step for clause in self.clauses for step in clause.waits(context))
        return own + tuple(step for each in choices for step in each.undecided(context))

    def holds(self, context: Context) -> bool:
        """Tell whether it holds; a line without value passes no test but ``empty``."""
        own = all(clause.holds(context) for clause in self.clauses)
        return own and (not self.choices or any(each.holds(context) for each in self.choices))


def read_condition(scope: Scope, raw: Raw) -> Condition:
    """Read ``{line: {above: "0"}, unit.kind: 快递}``; ``any: […]`` holds when one does."""
    clauses: list[Clause] = []
    choices: tuple[Condition, ...] = ()
    if not raw.value:
        raise refuse(raw, "policy.empty_list")
    for name, each in entries(raw):
        if name == "any":
            choices = tuple(read_condition(scope, choice) for choice in as_list(each))
            if not choices:
                raise refuse(each, "policy.empty_list")
            continue
        operand = scope.operand(Raw(name, each.file, each.line))
        clauses.append(_read_clause(scope, operand, each))
    return Condition(tuple(clauses), choices)


def _read_clause(scope: Scope, operand: Operand, raw: Raw) -> Clause:
    """Read the tests; the limit of an order may be a name: ``{below: parameter.pass_mark}``."""
    # A grade called "90" is a word: as a number it would never be met.
    texts = bool(words_of(scope, operand)) or _is_text(scope, operand)
    if not isinstance(raw.value, Mapping):
        tests = read_comparisons(scope.reading, raw, texts)
        _check_words(scope, operand, tests, raw)
        return Clause(operand, tests)
    named = {word: each for word, each in entries(raw) if word in ORDER and _is_name(each)}
    plain = {word: each for word, each in entries(raw) if word not in named}
    if "line" in plain:
        raise refuse(plain["line"], "policy.unknown_word", found="line", allowed=", ".join(ORDER))
    against = tuple((word, scope.operand(each)) for word, each in named.items())
    own = Raw(plain, raw.file, raw.line)
    tests = read_comparisons(scope.reading, own, texts) if plain or not named else ()
    _check_words(scope, operand, tests, raw)
    return Clause(operand, tests, against)


def _check_words(scope: Scope, operand: Operand, tests: tuple[Comparison, ...], raw: Raw) -> None:
    """Refuse what could never hold: days, and words that the operand can never be."""
    words = words_of(scope, operand)
    for test in tests:
        if test.word in ("before", "after") or any(isinstance(e, date) for e in test.operands):
            raise refuse(raw, "scoring.no_days_here", name=operand.name)
        if test.word == "empty":
            continue
        wrong = [told(e) for e in test.operands if isinstance(e, str | bool)]
        if wrong and scope.is_number(operand):
            raise refuse(raw, "scoring.never_a_word", name=operand.name, found="、".join(wrong))
        strangers = [each for each in test.operands if each not in words]
        if words and strangers:
            found = "、".join(told(each) for each in strangers)
            raise refuse(raw, "policy.unknown_word", found=found, allowed=", ".join(words))


def words_of(scope: Scope, operand: Operand) -> tuple[str, ...]:
    """The only words that an operand may be; none where it may be anything."""
    if operand.source == "line" and operand.name == "grade":
        return scope.grades
    if operand.source == "parameter" and not operand.cell:
        return tuple(scope.parameters[operand.name].options)
    if operand.source == "unit":
        return tuple(scope.attributes[operand.name].options)
    return ()


def _is_text(scope: Scope, operand: Operand) -> bool:
    return operand.source == "unit" and scope.attributes[operand.name].type == "text"


def _is_name(raw: Raw) -> bool:
    return isinstance(raw.value, str) and number_of(raw.value) is None
