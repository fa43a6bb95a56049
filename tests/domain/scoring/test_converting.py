"""Records that are converted one by one, and filters that name a parameter."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.tiny import (
    pack,
    parameter,
    problems,
    record,
    scheme,
    work,
)
from zhijian.domain.records.record import Record


def checks(*points: str, month: int = 1, **more: Any) -> tuple[Record, ...]:
    return tuple(
        record("check", f"2024-{month:02}-{day:02}", points=Fraction(each), **more)
        for day, each in enumerate(points, 1)
    )


@pytest.mark.parametrize(
    ("kind", "value", "each", "expected"),
    [
        ("bands", "[{below: '5', is: '1'}, {at_least: '5', is: '2'}]", "bands", 3),
        ("points", "[['0', '0'], ['10', '1']]", "points", "0.9"),
    ],
)
def test_each_record_is_converted_by_a_parameter(
    kind: str, value: str, each: str, expected: Any
) -> None:
    line = f"- {{id: x, title: 得, sum: {{of: check.points, each: {{{each}: parameter.t}}}}}}"

    step = work(line, *checks("4", "5"), files=parameter("t", value, kind))

    assert step.value == Fraction(expected)
    assert [leaf.id for leaf in step.because] == ["parameter.t"]


def test_a_filter_may_name_a_parameter_beside_plain_limits() -> None:
    where = "{points: {above: parameter.limit, below: '90'}, note: {not: b}}"
    line = f"- {{id: x, title: 得, count: {{of: check, where: {where}}}}}"

    assert work(line, *checks("80", "85", "90")).value == 1


def test_a_replacement_may_name_a_parameter() -> None:
    each = "{replace: {at_least: parameter.limit, below: '90', with: '100'}}"
    line = f"- {{id: x, title: 得, mean: {{of: check.points, each: {each}}}}}"

    step = work(line, *checks("79", "80", "90"))

    # 79 and 90 stay, 80 becomes 100: 269 ÷ 3
    assert step.value == Fraction(269, 3)
    assert [leaf.id for leaf in step.because] == ["parameter.limit"]
    assert work(line, *checks("79"), replaced={"limit": Fraction(79)}).value == 100


def test_a_replacement_is_the_same_for_everybody() -> None:
    files = parameter("own", "5").copy()
    files["parameters/own.yaml"] = files["parameters/own.yaml"].replace(
        "cites: 第一条}", "cites: 第一条, for_units: {乙: 6}}"
    )
    each = "{replace: {at_least: parameter.own, with: '1'}}"
    line = f"- {{id: x, title: 得, mean: {{of: check.points, each: {each}}}}}"

    found = problems({**scheme(line), **files})

    assert [code for code, _ in found] == ["scoring.parameter_per_unit"]


@pytest.mark.parametrize("kind", ["points", "bands", "table"])
def test_a_replaced_table_of_another_kind_is_a_fault_of_the_program(kind: str) -> None:
    table = {
        "points": "[['0', '0'], ['9', '1']]",
        "bands": "[{below: '9', is: 1}, {at_least: '9', is: 2}]",
        "table": "{甲: 1}",
    }[kind]
    line = "- {id: x, title: 得, sum: {of: check.points, each: {bands: parameter.t}}}"
    files = parameter("t", "[{below: '5', is: '1'}, {at_least: '5', is: '2'}]", "bands")
    other = pack(parameter("o", table, kind)).parameters["o"].values()[0]

    step = work(line, *checks("4"), files=files, replaced={"t": other})

    assert step.evidence.count == (0 if kind == "table" else 1)
    with pytest.raises(TypeError):
        work(line, *checks("4"), files=files, replaced={"t": Fraction(5)})


def test_each_record_is_looked_up_in_a_table() -> None:
    table = '{甲类: "3", 乙类: "5", "1": "7"}'
    line = f"- {{id: x, title: 得, sum: {{of: deed, each: {{table: {table}, row: sort}}}}}}"
    options = "options: [甲类, 乙类, '1'], required: true"
    kind = f"id: deed\ntitle: 行\nfields: [{{id: sort, title: 类, type: choice, {options}}}]"

    step = work(
        line,
        record("deed", key="1", sort="甲类"),
        record("deed", key="2", sort="乙类"),
        record("deed", key="3", sort="1"),
        files={"records/deed.yaml": kind},
    )

    assert step.value == 15


@pytest.mark.parametrize("reason", ["not_yet", "repealed"])
def test_a_filter_by_a_parameter_that_is_not_in_force_blocks(reason: str) -> None:
    starts = "2025-01-01" if reason == "not_yet" else "2020-01-01"
    entries = f"  - {{starts: {starts}, value: 5, cites: 第一条}}\n"
    if reason == "repealed":
        entries += "  - {starts: 2023-01-01, repealed: true, cites: 第一条}\n"
    text = f"id: t\ntitle: t\nentries:\n{entries}verified_until: 2030-12-31\n"
    line = "- {id: x, title: 得, count: {of: check, where: {points: {above: parameter.t}}}}"

    step = work(line, *checks("9"), files={"parameters/t.yaml": text})

    assert (step.status, step.reason) == ("blocked", "input_missing")
