"""A line on which nothing rests is told with its place, and by no other way can it hide."""

from __future__ import annotations

import pytest

from tests.domain.tiny import pack, scheme
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.regulation.checks import check_pack

CALENDAR = WorkingCalendar(published_years=frozenset({2024}))
GRADE = "grade: {of: x, bands: [{below: '60', is: 差}, {at_least: '60', is: 好}]%s}"
PLAN = """
id: main
title: 后果
lines: [{id: due, title: 款, multiply: [y, "2"]}]
rules: [{id: r, title: 奖, kind: reward, %s}]
"""


def unreached(lines: str, rest: str = "", **files: str) -> list[tuple[str, str]]:
    body = f"- {{id: y, title: 旁, mean: check.points}}\n{lines}"
    found, _ = check_pack(pack({**scheme(body, rest), **files}), CALENDAR)
    return [(each.fact("line"), each.where) for each in found if each.code == "scoring.line_unused"]


@pytest.mark.parametrize(
    "line",
    [
        "value: y",
        "add: [y, '1']",
        "{value: '1', floor: y}",
        "{value: '1', cap: y}",
        "weighted_mean: {of: [y]}",
        "weighted_mean: {of: {y: '100'}}",
        "deduct: {start: '100', per: {y: '1'}}",
        "deduct: {start: '100', also: [y]}",
        "interpolate: {of: y, points: [['1', '1'], ['2', '2']]}",
        "lookup: {table: {a: '1'}, row: y}",
        "judge: {of: '1', at_least: y, pass: '1', fail: '0'}",
        "if: {when: {any: [{y: {above: '1'}}]}, then: '1', else: '0'}",
        "if: {when: {unit.size: {above: y}}, then: '1', else: '0'}",
        "switch: {on: unit.kind, cases: {快递: y}}",
        "mean: {of: check.points, where: {sort: {line: y}}}",
    ],
)
def test_whatever_names_a_line_rests_on_it(line: str) -> None:
    step = line[1:-1] if line.startswith("{") else line

    assert unreached(f"- {{id: x, title: 得, {step}}}") == []


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("value: '1'", ""),
        ("previous: {of: y}", ""),
        # A line that is only shown has no working-out that leads to it.
        ("value: '1'", "components: [y, x]"),
    ],
)
def test_being_shown_or_looked_back_at_is_no_use(line: str, rest: str) -> None:
    found = unreached(f"- {{id: x, title: 得, {line}}}", rest)

    assert found == [("y", "scoring/main.yaml:6")]


def test_what_only_an_unused_line_rests_on_is_unused_as_well() -> None:
    lines = "- {id: z, title: 又, value: y}\n- {id: x, title: 得, value: '1'}"

    assert [name for name, _ in unreached(lines)] == ["y", "z"]


def test_a_veto_rests_on_its_lines() -> None:
    veto = ", vetoes: [{id: v, title: 否, when: {y: {above: '1'}}, at_most: 差}]"

    assert unreached("- {id: x, title: 得, value: '1'}", GRADE % veto) == []


@pytest.mark.parametrize("rule", ["yuan: due", "when: {due: {above: '1'}}, yuan: '1'"])
def test_what_follows_rests_on_lines_of_the_score(rule: str) -> None:
    line = "- {id: x, title: 得, value: '1'}"

    assert unreached(line, **{"outcomes/main.yaml": PLAN % rule}) == []


def test_a_line_of_the_outcomes_must_be_used_too() -> None:
    plan = {"outcomes/main.yaml": PLAN % "yuan: y"}

    assert unreached("- {id: x, title: 得, value: '1'}", **plan) == [
        ("due", "outcomes/main.yaml:4")
    ]


def test_lines_that_are_written_out_point_at_their_pattern() -> None:
    lines = """- for_each: [{i: a}, {i: b}]
  lines: [{id: "{i}", title: 项, value: y}]
- {id: x, title: 得, value: a}"""

    assert unreached(lines) == [("b", "scoring/main.yaml:8")]


def test_a_pack_in_use_goes_on_all_the_same() -> None:
    files = scheme("- {id: y, title: 旁, value: '1'}\n- {id: x, title: 得, value: '1'}")

    assert "scoring.line_unused" in [each.code for each in pack(files).idle]
