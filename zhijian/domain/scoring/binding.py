"""Tests of single records that name a parameter: ``hours: {at_most: parameter.reply_hours}``.

Such a test, in a filter or in ``each: {replace: …}``, holds for everybody alike, because records of
all units are measured in one go; a parameter with values of its own for some units is refused here
when the pack is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from zhijian.domain.policy.comparison import ORDER, Comparison, read_comparisons
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import InForce
from zhijian.domain.policy.raw import Raw, as_text, entries, refuse
from zhijian.domain.records.measure import FieldTest, Measure
from zhijian.domain.scoring.operand import Scope

_MARK = "parameter."


def read_tests(scope: Scope, raw: Raw, texts: bool = False) -> tuple[Comparison, ...]:
    """Read the tests of one field; the limit of an order may be a parameter.

    ``texts`` says that the field holds words, so that what looks like a number is one.
    """
    if not isinstance(raw.value, Mapping):
        return read_comparisons(scope.reading, raw, texts)
    named = {word: each for word, each in entries(raw) if _names_parameter(word, each)}
    plain = {word: each for word, each in entries(raw) if word not in named}
    own = Raw(plain, raw.file, raw.line)
    tests = read_comparisons(scope.reading, own, texts) if plain or not named else ()
    return (*tests, *(_read_named(scope, word, each) for word, each in named.items()))


def _names_parameter(word: str, raw: Raw) -> bool:
    return word in ORDER and isinstance(raw.value, str) and raw.value.startswith(_MARK)


def _read_named(scope: Scope, word: str, raw: Raw) -> Comparison:
    """Read one test against a parameter; it is bound to the value when the law is known."""
    name = as_text(raw).removeprefix(_MARK)
    parameter = scope.known_parameter(raw, name, "number")
    if not parameter.is_for_everybody:
        raise refuse(raw, "scoring.parameter_per_unit", name=name)
    return Comparison(word, (f"{_MARK}{name}",))


@lru_cache(maxsize=4096)
def named_in(measure: Measure) -> tuple[str, ...]:
    """The parameters that the tests of a measure name, each once."""
    tests = [each for test in measure.where for each in test.comparisons]
    tests += measure.each.replace if measure.each else ()
    found = (
        str(operand).removeprefix(_MARK)
        for each in tests
        for operand in each.operands
        if _is_named(each.word, operand)
    )
    return tuple(dict.fromkeys(found))


def bound(measure: Measure, law: Law) -> Measure | None:
    """The measure with the values of the day filled in; nothing when one is not in force."""
    if not named_in(measure):
        return measure
    if measure not in law.memo:
        law.memo[measure] = _bound(measure, law)
    own: Measure | None = law.memo[measure]
    return own


def _bound(measure: Measure, law: Law) -> Measure | None:
    names = named_in(measure)
    rulings = {name: law.find(name) for name in names}
    values = {name: each.value for name, each in rulings.items() if isinstance(each, InForce)}
    if len(values) < len(names):
        return None
    where = tuple(
        FieldTest(test.field, tuple(_filled(each, values) for each in test.comparisons))
        for test in measure.where
    )
    each = measure.each
    if each is not None:
        each = replace(each, replace=tuple(_filled(test, values) for test in each.replace))
    return replace(measure, where=where, each=each)


def _filled(comparison: Comparison, values: Mapping[str, object]) -> Comparison:
    operand = comparison.operands[0]
    if not _is_named(comparison.word, operand):
        return comparison
    return Comparison(comparison.word, (values[str(operand).removeprefix(_MARK)],))  # type: ignore[arg-type]  # reading has checked that it is a number


def _is_named(word: str, operand: object) -> bool:
    return word in ORDER and isinstance(operand, str) and operand.startswith(_MARK)
