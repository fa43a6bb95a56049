"""What lines do around their step: ends, rounding, earlier periods, lists, and refusals."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.tiny import problems, record, scheme, work
from zhijian.domain.scoring.context import Unit

A = '- {id: a, title: 甲, value: "%s"}\n'

# --- floor, cap and rounding -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "rest", "expected", "told"),
    [
        ("-0.01", "floor: '0'", "0", {"before_floor": "-0.01", "floor": "0"}),
        ("0", "floor: '0'", "0", {}),
        ("100.01", "cap: '100'", "100", {"before_cap": "100.01", "cap": "100"}),
        ("100", "cap: '100'", "100", {}),
        ("80.004", "cap: parameter.limit", "80", {"before_cap": "80.004", "cap": "80"}),
        ("2.345", "round: {places: 2}", "2.35", {"before_rounding": "2.345"}),
        ("2.345", "round: {places: 2, mode: half_even}", "2.34", {"before_rounding": "2.345"}),
        ("2.34", "round: {places: 2}", "2.34", {}),
        # Held first, then rounded: 79.996 is below the cap, and rounds to it.
        ("79.996", "cap: '79.999', round: {places: 2}", "80", {"before_rounding": "79.996"}),
        ("80.1", "cap: '79.994', round: {places: 2}", "79.99", {"before_cap": "80.1"}),
    ],
)
def test_a_number_is_held_first_and_then_rounded(
    a: str, rest: str, expected: str, told: dict[str, str]
) -> None:
    step = work(f"{A % a}- {{id: x, title: 得, value: a, {rest}}}")

    assert step.value == Fraction(expected)
    assert told.items() <= dict(step.given).items()
    assert ("round" in dict(step.given)) == ("round" in rest)


def test_a_cap_without_value_leaves_no_value() -> None:
    step = work(f"{A % 5}- {{id: x, title: 得, value: a, cap: unit.size}}")

    assert (step.value, step.reason) == (None, "input_missing")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("limit: {of: a, when: {a: '1'}}", "policy.key_missing"),
        ("limit: {of: a, when: {}, at_most: '1'}", "policy.empty_list"),
        ("if: {when: {any: []}, then: '1', else: '2'}", "policy.empty_list"),
        ("if: {when: {a: {}}, then: '1', else: '2'}", "policy.empty_list"),
        ("if: {when: {a: {line: a}}, then: '1', else: '2'}", "policy.unknown_word"),
        ("if: {when: a, then: '1', else: '2'}", "policy.not_a_mapping"),
        ("deduct: {start: '100'}", "policy.key_missing"),
        ("highest: []", "policy.empty_list"),
        ("interpolate: {of: a, points: [['1', '2', '3'], ['2', '3']]}", "policy.too_few_points"),
        ("weighted_mean: {of: [a], weights: parameter.limit}", "scoring.parameter_kind"),
        ("value: a, round: {places: 11}", "policy.out_of_range"),
        ("value: a, round: {places: -1}", "policy.out_of_range"),
    ],
)
def test_a_step_that_means_nothing_is_refused(line: str, code: str) -> None:
    assert [each for each, _ in problems(scheme(f"{A % 1}- {{id: x, title: 得, {line}}}"))] == [
        code
    ]


def test_one_table_for_some_units_outranks_that_of_the_group() -> None:
    text = """
        id: own
        title: own
        entries:
          - starts: 2020-01-01
            value: 1
            cites: 第一条
            for_groups: {后勤: 2}
            for_units: {乙: 3}
        verified_until: 2030-12-31
        """
    line = "- {id: x, title: 得, value: parameter.own}"

    found = [
        work(line, files={"parameters/own.yaml": text}, unit=Unit(name, group)).value
        for name, group in (("甲", ""), ("甲", "后勤"), ("乙", "后勤"), ("乙", ""))
    ]

    assert found == [1, 2, 3, 3]


def test_the_same_lines_for_each_of_a_list() -> None:
    lines = """
        - for_each: [{m: a, v: "1"}, {m: b, v: "2"}]
          lines: [{id: "{m}_points", title: 分, value: "{v}"}]
        - for_each: [{m: a}]
          lines: [{id: "{m}_twice", title: 倍, round: {places: 1}, add: ["{m}_points", 1]}]
        - {id: x, title: 得, add: [a_points, b_points, a_twice]}
        """

    assert work(lines).value == 5


@pytest.mark.parametrize(
    "text",
    ["for_each: []\n  lines: [{id: a, title: 甲, value: '1'}]", "for_each: [{m: a}]\n  lines: []"],
)
def test_a_list_of_nothing_is_refused(text: str) -> None:
    found = problems(scheme(f"- {{id: x, title: 得, value: '1'}}\n- {text}"))

    assert [code for code, _ in found] == ["policy.empty_list"]


def test_more_lines_than_anybody_reads_are_refused() -> None:
    def found(*lists: tuple[int, int]) -> list[tuple[str, str]]:
        lines = "- {id: x, title: 得, value: '1'}\n"
        for at, (rows, written) in enumerate(lists):
            names = ", ".join(f"{{m: a{at}_{row}}}" for row in range(rows))
            each = ", ".join(
                f"{{id: '{{m}}_{line}', title: 项, value: '1'}}" for line in range(written)
            )
            lines += f"- for_each: [{names}]\n  lines: [{each}]\n"
        return problems(scheme(lines))

    assert found((333, 3)) == []
    # One list that is too long by itself, and two that are so together.
    assert found((501, 2)) == [("scoring.too_many_lines", "scoring/main.yaml:7")]
    assert found((499, 2), (2, 1)) == [("scoring.too_many_lines", "scoring/main.yaml:10")]


def test_records_have_words_for_their_keys() -> None:
    lines = """
        - {id: note, title: 注, latest: check.note}
        - {id: x, title: 得, sum: {of: check.points, where: {note: {line: note}}}}
        """

    step = work(
        lines,
        record("check", "2024-01-01", points=Fraction(1), note="a"),
        record("check", "2024-02-01", points=Fraction(2), note="b"),
        record("check", "2024-03-01", points=Fraction(4), note="b"),
    )

    assert step.value == 6
    assert dict(step.given) == {"where.note": "equals b"}
