"""A parameter that nothing names, and a value for a unit that there is not, are told."""

from __future__ import annotations

import pytest

from tests.domain.tiny import pack, parameter, scheme
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.regulation.checks import check_pack

CALENDAR = WorkingCalendar(published_years=frozenset({2024}))
OWN = """
id: limit
title: 上限
entries:
  - starts: 2020-01-01
    value: 80
    cites: 第一条
    for_units:
      甲: 70
      丙: 60
verified_until: 2030-12-31
"""


def told(code: str, files: dict[str, str]) -> list[tuple[str, str]]:
    found, _ = check_pack(pack(files), CALENDAR)
    facts = ((each.facts[0][1], each.where) for each in found if each.code == code)
    return list(facts)


@pytest.mark.parametrize(
    ("line", "unused"),
    [
        ("value: '80'", [("limit", "parameters/limit.yaml:2")]),
        ("value: parameter.limit", []),
    ],
)
def test_a_parameter_that_nothing_names_is_told(line: str, unused: list[tuple[str, str]]) -> None:
    assert told("policy.parameter_unused", scheme(f"- {{id: x, title: 得, {line}}}")) == unused


def test_lines_that_are_written_out_name_their_parameters() -> None:
    lines = """
        - for_each: [{i: a}]
          lines: [{id: "{i}", title: 项, value: "parameter.{i}_target"}]
        - {id: x, title: 得, add: [a, parameter.limit]}
        """
    files = {**scheme(lines), **parameter("a_target", "1"), **parameter("target", "1")}

    assert told("policy.parameter_unused", files) == [("target", "parameters/target.yaml:1")]


def test_a_value_for_a_unit_that_there_is_not_is_told() -> None:
    line = scheme("- {id: x, title: 得, value: parameter.limit}")

    found = told("policy.unknown_unit", {"parameters/limit.yaml": OWN, **line})

    assert found == [("丙", "parameters/limit.yaml:10")]
