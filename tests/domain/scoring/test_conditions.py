"""A condition whose data are missing stays open: no data is not the same as nothing happened."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.tiny import record, work
from zhijian.domain.policy.comparison import Comparison
from zhijian.domain.scoring.context import Unit

LINES = """
- {id: a, title: 甲, value: "90"}
- {id: late, title: 迟, sum: check.points}
- {id: earlier, title: 上期, previous: {of: x}}
- {id: gone, title: 再上期, add: [earlier, "1"]}
- {id: x, title: 得, limit: {of: a, when: %s, at_most: "60"}}
"""


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{a: 90}", 60),
        ("{a: 91}", 90),
        ("{late: {above: '0'}}", None),
        # What is known decides where it can.
        ("{a: {below: '50'}, late: {above: '0'}}", 90),
        ("{any: [{a: '90'}, {late: {above: '0'}}]}", 60),
        ("{any: [{a: '91'}, {late: {above: '0'}}]}", None),
        ("{late: {empty: true}}", 60),
        ("{late: {empty: false}}", 90),
        ("{late: {not: '1'}}", None),
        # There is nothing to wait for.
        ("{earlier: {below: '50'}}", 90),
        ("{gone: {below: '50'}}", 90),
        ("{unit.kind: 快递}", 90),
    ],
)
def test_a_cap_does_not_lapse_for_want_of_data(when: str, expected: int | None) -> None:
    step = work(LINES % when)

    assert step.value == expected
    assert step.reason == ("" if expected else "input_missing")


def test_the_cap_applies_once_the_data_are_there() -> None:
    assert work(LINES % "{late: {above: '0'}}", record("check", points=Fraction(1))).value == 60
    assert work(LINES % "{late: {above: '0'}}", record("check", points=Fraction(0))).value == 90


@pytest.mark.parametrize("step", ["if: {when: {late: '0'}, then: '1', else: '2'}",
                                  "require: {of: a, when: {late: '0'}}"])  # fmt: skip
def test_every_choice_waits_for_its_data(step: str) -> None:
    lines = LINES.partition("- {id: x")[0]

    assert work(f"{lines}- {{id: x, title: 得, {step}}}").reason == "input_missing"


def test_a_clause_may_compare_with_an_attribute() -> None:
    line = "- {id: x, title: 得, if: {when: {unit.size: {above: '5', below: parameter.limit}}, %s}}"

    def value(size: str) -> object:
        return work(
            line % "then: '1', else: '2'", unit=Unit("甲", "", {"size": Fraction(size)})
        ).value

    assert [value(each) for each in ("5", "5.01", "79.99", "80")] == [2, 1, 1, 2]


@pytest.mark.parametrize(
    "word", ["at_least", "above", "at_most", "below", "before", "after", "between"]
)
def test_values_of_different_kinds_have_no_order_and_pass_no_test(word: str) -> None:
    operands = (Fraction(1),) * (2 if word == "between" else 1)

    assert not Comparison(word, operands).holds("甲")
    assert not Comparison(word, operands).holds(None)


def test_a_missing_value_passes_only_what_speaks_of_absence() -> None:
    assert Comparison("empty", (True,)).holds(None)
    assert Comparison("empty", (True,)).holds("")
    assert not Comparison("empty", (False,)).holds(None)
    assert Comparison("not", (Fraction(1),)).holds(None)
    assert Comparison("none_of", ("甲",)).holds(None)
    assert not Comparison("equals", ("甲",)).holds(None)
