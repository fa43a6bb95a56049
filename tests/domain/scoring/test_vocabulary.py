"""Every step of the vocabulary, with pairs on both sides of each boundary."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.tiny import pack, parameter, problems, scheme, work
from zhijian.domain.scoring.context import Unit
from zhijian.domain.scoring.line import VOCABULARY

A = '- {id: a, title: 甲, value: "%s"}\n'
BANDS = '[{below: "60", is: "0"}, {at_least: "60", at_most: "80", is: "5"}, {above: "80", is: 好}]'
POINTS = '[["60", "0"], ["80", "10"]]'
TABLE = '{甲类: {轻: "1", 重: "3"}, 乙类: {轻: "2", 重: 停业}}'

# line, what a is, what x comes to
CASES: list[tuple[str, str, Any]] = [
    ("add: [a, '2']", "1", 3),
    ("subtract: [a, '2', '3']", "1", -4),
    ("multiply: [a, '0.1']", "0.2", "0.02"),
    ("divide: [a, '3']", "1", "1/3"),
    ("absolute: a", "-2", 2),
    ("value: a", "7", 7),
    ("highest: [a, '5']", "4.99", 5),
    ("highest: [a, '5']", "5.01", "5.01"),
    ("lowest: [a, '5']", "4.99", "4.99"),
    ("lowest: [a, '5']", "5.01", 5),
    (f"band: {{of: a, by: {BANDS}}}", "59.99", 0),
    (f"band: {{of: a, by: {BANDS}}}", "60", 5),
    (f"band: {{of: a, by: {BANDS}}}", "80", 5),
    (f"band: {{of: a, by: {BANDS}}}", "80.01", "好"),
    (f"interpolate: {{of: a, points: {POINTS}}}", "59.99", 0),
    (f"interpolate: {{of: a, points: {POINTS}}}", "60", 0),
    (f"interpolate: {{of: a, points: {POINTS}}}", "70", 5),
    (f"interpolate: {{of: a, points: {POINTS}}}", "80", 10),
    (f"interpolate: {{of: a, points: {POINTS}}}", "80.01", 10),
    (f"interpolate: {{of: a, points: {POINTS}, below: '-1', above: '12'}}", "59.99", -1),
    (f"interpolate: {{of: a, points: {POINTS}, below: '-1', above: '12'}}", "60", 0),
    (f"interpolate: {{of: a, points: {POINTS}, below: '-1', above: '12'}}", "79.99", "9.995"),
    (f"interpolate: {{of: a, points: {POINTS}, below: '-1', above: '12'}}", "80", 12),
    ("interpolate: {of: a, points: [['8', '0'], ['2', '10']], falls: true}", "9", 0),
    ("interpolate: {of: a, points: [['8', '0'], ['2', '10']], falls: true}", "5", 5),
    ("interpolate: {of: a, points: [['8', '0'], ['2', '10']], falls: true}", "1", 10),
    ("judge: {of: a, at_least: '80', pass: '100', fail: '0'}", "79.99", 0),
    ("judge: {of: a, at_least: '80', pass: '100', fail: '0'}", "80", 100),
    ("judge: {of: a, above: '80', pass: '100', fail: '0'}", "80", 0),
    ("judge: {of: a, above: '80', pass: '100', fail: '0'}", "80.01", 100),
    ("judge: {of: a, at_most: '80', pass: '100', fail: '0'}", "80", 100),
    ("judge: {of: a, at_most: '80', pass: '100', fail: '0'}", "80.01", 0),
    ("judge: {of: a, below: '80', pass: '100', fail: '0'}", "79.99", 100),
    ("judge: {of: a, below: '80', pass: '100', fail: '0'}", "80", 0),
    ("judge: {of: a, exactly: '80', pass: '100', fail: '0'}", "80", 100),
    ("judge: {of: a, exactly: '80', pass: '100', fail: '0'}", "80.01", 0),
    ("replace: {of: a, at_least: '95', with: '100'}", "94.99", "94.99"),
    ("replace: {of: a, at_least: '95', with: '100'}", "95", 100),
    ("if: {when: {a: {above: '3'}}, then: '1', else: '2'}", "3", 2),
    ("if: {when: {a: {above: '3'}}, then: '1', else: '2'}", "3.01", 1),
    ("if: {when: {a: {between: ['3', '4']}}, then: '1', else: '2'}", "2.99", 2),
    ("if: {when: {a: {between: ['3', '4']}}, then: '1', else: '2'}", "3", 1),
    ("if: {when: {a: {between: ['3', '4']}}, then: '1', else: '2'}", "4", 1),
    ("if: {when: {a: {between: ['3', '4']}}, then: '1', else: '2'}", "4.01", 2),
    ("if: {when: {a: {below: parameter.limit}}, then: '1', else: '2'}", "79.99", 1),
    ("if: {when: {a: {below: parameter.limit}}, then: '1', else: '2'}", "80", 2),
    ("if: {when: {a: {one_of: ['3', '4']}}, then: '1', else: '2'}", "4", 1),
    ("if: {when: {a: {none_of: ['3', '4']}}, then: '1', else: '2'}", "4", 2),
    ("if: {when: {a: {not: '3'}}, then: '1', else: '2'}", "3", 2),
    ("if: {when: {any: [{a: '3'}, {a: '4'}]}, then: '1', else: '2'}", "4", 1),
    ("if: {when: {any: [{a: '3'}, {a: '4'}]}, then: '1', else: '2'}", "5", 2),
    ("if: {when: {a: {above: '3'}, any: [{a: '3'}, {a: '4'}]}, then: '1', else: '2'}", "3", 2),
    ("limit: {of: a, when: {a: {above: '70'}}, at_most: '69.99'}", "70", 70),
    ("limit: {of: a, when: {a: {above: '70'}}, at_most: '69.99'}", "70.01", "69.99"),
    ("limit: {of: a, when: {a: {below: '10'}}, at_least: '10'}", "9", 10),
    ("require: {of: a, when: {a: {at_most: '3'}}}", "3", 3),
    ("deduct: {start: '100', per: {a: '10'}}", "3", 70),
    ("deduct: {start: '100', per: {a: '10'}, also: ['0.5']}", "1", "89.5"),
    ("bonus: {to: '100', per: {a: '2'}}", "3", 106),
    ("bonus: {to: '100', also: [a]}", "3", 103),
    ("weighted_mean: {of: {a: '100'}}", "3", 3),
    ("weighted_sum: {of: {a: '2'}, total: '2'}", "3", 6),
    ("value: parameter.limit", "0", 80),
]


@pytest.mark.parametrize(("line", "a", "expected"), CASES)
def test_a_step_of_the_vocabulary(line: str, a: str, expected: Any) -> None:
    step = work(f"{A % a}- {{id: x, title: 得, {line}}}")

    assert step.value == (expected if expected == "好" else Fraction(expected))
    assert step.status == "assessed"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("divide: ['7', parameter.none]", "division_by_zero"),
        ("band: {of: a, by: [{at_least: '2', is: '1'}]}", "outside_bands"),
        ("interpolate: {of: a, points: [[a, '0'], [a, '1']]}", "points_not_in_order"),
        ("require: {of: a, when: {a: {at_most: '0'}}}", "requirement_not_met"),
        ("switch: {on: unit.kind, cases: {甲: '1'}}", "no_case"),
        ("lookup: {table: {甲: '1'}, row: unit.kind}", "not_in_table"),
        ("add: [a, unit.size]", "input_missing"),
        ("value: parameter.t.甲", "input_missing"),
        ("add: [a, parameter.t.甲]", "input_missing"),
        ("absolute: unit.size", "input_missing"),
        ("value: unit.size", "input_missing"),
        ("highest: [a, unit.size]", "input_missing"),
        ("switch: {on: unit.size, cases: {'5': '1'}}", "input_missing"),
        ("if: {when: {a: '1'}, then: unit.size, else: '2'}", "input_missing"),
        ("limit: {of: unit.size, when: {a: '1'}, at_most: '2'}", "input_missing"),
        ("require: {of: unit.size, when: {a: '1'}}", "input_missing"),
        ("band: {of: unit.size, by: [{at_least: '2', is: '1'}]}", "input_missing"),
        ("interpolate: {of: unit.size, points: [['0', '0'], ['1', '1']]}", "input_missing"),
        ("lookup: {table: {甲: '1'}, row: unit.size}", "input_missing"),
        ("judge: {of: unit.size, above: '0', pass: '1', fail: '0'}", "input_missing"),
        ("judge: {of: a, above: '0', pass: unit.size, fail: '0'}", "input_missing"),
        ("replace: {of: unit.size, above: '0', with: '1'}", "input_missing"),
        ("deduct: {start: '100', per: {unit.size: '1'}}", "input_missing"),
        ("previous: {of: a}", "no_earlier_period"),
        ("highest: {of: [unit.size], missing: skip}", "too_few_parts"),
    ],
)
def test_what_has_no_answer_says_so(line: str, reason: str) -> None:
    # Only an older value of the table has the row that is read.
    other = pack(parameter("t", '{乙: "1"}', "table")).parameters["t"].values()[0]

    step = work(
        f"{A % 1}- {{id: x, title: 得, {line}}}",
        files={**parameter("t", '{甲: "1"}', "table"), **parameter("none", '"0"')},
        unit=Unit("甲", "", {"kind": "乙"}),
        replaced={"t": other},
    )

    assert (step.value, step.status, step.reason) == (None, "not_assessed", reason)


def test_every_step_of_the_vocabulary_is_tried_here_or_with_records() -> None:
    with_records = {
        "count", "sum", "mean", "trimmed_mean", "median", "min", "max", "latest", "days_overdue",
        "percent", "share", "previous", "streak", "times", "switch", "lookup",
    }  # fmt: skip
    tried = {line.partition(":")[0] for line, _, _ in CASES}

    assert tried | with_records == set(VOCABULARY)


def test_a_word_where_a_number_is_needed_holds_the_unit_up() -> None:
    step = work("- {id: a, title: 甲, value: unit.kind}\n- {id: x, title: 得, add: [a, '1']}",
                unit=Unit("甲", "", {"kind": "乙"}))  # fmt: skip

    assert (step.value, step.status, step.reason) == (None, "blocked", "wrong_kind")
    assert "'乙' is not a number" in dict(step.given)["found"]


@pytest.mark.parametrize(("kind", "expected"), [("快递", 1), ("物流", 2), ("其他", 9)])
def test_a_switch_takes_the_case_of_the_word(kind: str, expected: int) -> None:
    cases = "{快递: '1', 物流: '2'}"
    line = f"- {{id: x, title: 得, switch: {{on: unit.kind, cases: {cases}, otherwise: '9'}}}}"

    assert work(line, unit=Unit("甲", "", {"kind": kind})).value == expected


def test_a_switch_over_a_parameter_knows_its_options() -> None:
    files = parameter("mode", "mean", "choice", "options: [mean, each]\n")
    line = "- {id: x, title: 得, switch: {on: parameter.mode, cases: {%s: '1'}, otherwise: '2'}}"

    assert work(line % "mean", files=files).value == 1
    assert problems({**files, **scheme(line % "meen")})[0][0] == "policy.unknown_word"


@pytest.mark.parametrize(
    ("row", "column", "expected"), [("甲类", "轻", 1), ("甲类", "重", 3), ("乙类", "重", "停业")]
)
def test_a_table_is_read_by_row_and_column(row: str, column: str, expected: Any) -> None:
    line = f"- {{id: x, title: 得, lookup: {{table: {TABLE}, row: unit.kind, column: unit.rank}}}}"
    files = {
        "pack.yaml": """
            id: tiny
            title: 小办法
            version: "1.0"
            effective: 2020-01-01
            attributes: [{id: kind, title: 类, type: text}, {id: rank, title: 级, type: text}]
            """
    }

    step = work(line, files=files, unit=Unit("甲", "", {"kind": row, "rank": column}))

    assert step.value == expected


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("bands", BANDS, "band: {of: a, by: parameter.t}"),
        ("points", POINTS, "interpolate: {of: a, points: parameter.t}"),
        ("table", '{"70": "5"}', "lookup: {table: parameter.t, row: a}"),
        ("weights", '{a: "100"}', "weighted_mean: {of: [a], weights: parameter.t}"),
    ],
)
def test_a_parameter_may_hold_the_whole_table_and_is_a_leaf(
    kind: str, value: str, line: str
) -> None:
    step = work(f"{A % 70}- {{id: x, title: 得, {line}}}", files=parameter("t", value, kind))

    assert step.value == (70 if kind == "weights" else 5)
    assert "parameter.t" in [each.id for each in step.because]


@pytest.mark.parametrize("reason", ["not_yet", "repealed"])
@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("bands", BANDS, "band: {of: a, by: parameter.t}"),
        ("points", POINTS, "interpolate: {of: a, points: parameter.t}"),
        ("table", '{"70": "5"}', "lookup: {table: parameter.t, row: a}"),
        ("weights", '{a: "100"}', "weighted_mean: {of: [a], weights: parameter.t}"),
        ("number", "5", "value: parameter.t"),
    ],
)
def test_a_parameter_that_is_not_in_force_blocks(
    kind: str, value: str, line: str, reason: str
) -> None:
    starts = "2025-01-01" if reason == "not_yet" else "2020-01-01"
    entries = f"  - {{starts: {starts}, value: {value}, cites: 第一条}}\n"
    if reason == "repealed":
        entries += "  - {starts: 2023-01-01, repealed: true, cites: 第一条}\n"
    text = f"id: t\ntitle: t\nkind: {kind}\nentries:\n{entries}verified_until: 2030-12-31\n"

    step = work(f"{A % 70}- {{id: x, title: 得, {line}}}", files={"parameters/t.yaml": text})

    assert (step.value, step.status, step.reason) == (None, "blocked", "input_missing")
    leaf = next(each for each in step.because if each.id == "parameter.t")
    assert leaf.reason == f"parameter_{reason}"


@pytest.mark.parametrize(
    ("kind", "value", "line", "reason"),
    [
        ("points", POINTS, "interpolate: {of: a, points: parameter.t}", "no_points"),
        ("bands", BANDS, "band: {of: a, by: parameter.t}", "wrong_kind"),
        ("table", '{"70": "5"}', "lookup: {table: parameter.t, row: a}", "wrong_kind"),
        ("weights", '{a: "100"}', "weighted_mean: {of: [a], weights: parameter.t}", "wrong_kind"),
    ],
)
def test_a_replaced_value_of_another_kind_gives_no_number(
    kind: str, value: str, line: str, reason: str
) -> None:
    step = work(
        f"{A % 70}- {{id: x, title: 得, {line}}}",
        files=parameter("t", value, kind),
        replaced={"t": Fraction(5)},
    )

    assert (step.value, step.reason) == (None, reason)


def test_a_cell_of_weights_or_a_table_is_an_operand() -> None:
    files = {
        **parameter("w", '{a: "60", b: "40"}', "weights"),
        **parameter("t", TABLE, "table"),
    }

    step = work("- {id: x, title: 得, add: [parameter.w.a, parameter.t.甲类.重]}", files=files)

    assert step.value == 63
    assert [each.id for each in step.because] == ["parameter.w.a", "parameter.t.甲类.重"]


PARTS = """
- {id: a, title: 甲, value: "90"}
- {id: b, title: 乙, mean: check.points}
- {id: c, title: 丙, value: "60"}
"""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", ("not_assessed", None)),
        (", missing: not_assessed", ("not_assessed", None)),
        (", missing: block", ("blocked", None)),
        (", missing: spread", ("assessed", Fraction(80))),
        (", missing: spread, at_least: 2", ("assessed", Fraction(80))),
        (", missing: spread, at_least: 3", ("not_assessed", None)),
    ],
)
def test_a_missing_part_is_never_a_full_mark(options: str, expected: Any) -> None:
    weights = 'of: {a: "40", b: "40", c: "20"}'

    step = work(f"{PARTS}- {{id: x, title: 得, weighted_mean: {{{weights}{options}}}}}")

    # (90 × 40 + 60 × 20) ÷ 60 = 80
    assert (step.status, step.value) == expected


def test_a_weighted_sum_spreads_as_well() -> None:
    line = 'weighted_sum: {of: {a: "0.4", b: "0.4", c: "0.2"}, total: "1", missing: spread}'

    step = work(f"{PARTS}- {{id: x, title: 得, {line}}}")

    assert step.value == 80
    assert dict(step.given)["left_out.b"] == "1"


def test_nothing_is_spread_over_a_part_that_is_blocked() -> None:
    parts = PARTS.replace("mean: check.points", "mean: check.points, none: block")
    line = 'weighted_mean: {of: {a: "40", b: "40", c: "20"}, missing: spread}'

    assert work(f"{parts}- {{id: x, title: 得, {line}}}").status == "blocked"


def test_parts_without_weights_weigh_the_same() -> None:
    lines = PARTS.replace("mean: check.points", 'value: "30"')

    assert work(f"{lines}- {{id: x, title: 得, weighted_mean: {{of: [a, b, c]}}}}").value == 60


@pytest.mark.parametrize(("name", "expected"), [("highest", 90), ("lowest", 60)])
def test_the_best_of_those_that_have_a_value(name: str, expected: int) -> None:
    line = f"{name}: {{of: [a, b, c], missing: skip}}"

    assert work(f"{PARTS}- {{id: x, title: 得, {line}}}").value == expected


def test_a_blocked_part_is_not_skipped() -> None:
    parts = PARTS.replace("mean: check.points", "mean: check.points, none: block")

    step = work(f"{parts}- {{id: x, title: 得, highest: {{of: [a, b], missing: skip}}}}")

    assert step.status == "blocked"
