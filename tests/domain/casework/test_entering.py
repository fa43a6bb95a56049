"""What is entered in a step is read as people write it, and refused with its place."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.casework.complaints import OFFICE, around, at, pack, take
from zhijian.domain.casework.course import Course

ALL = """
id: all
title: 各种事项
number: {prefix: GZ}
facts:
  - {id: amount, title: 金额, type: decimal, at_least: "0", places: 2}
  - {id: count, title: 件数, type: integer}
  - {id: note, title: 说明, type: text, max_length: 5}
  - {id: sort, title: 类别, type: choice, options: [甲, 乙]}
  - {id: good, title: 合格, type: flag}
  - {id: day, title: 日期, type: date, time: past}
  - {id: due, title: 期限, type: date, time: future}
  - {id: moment, title: 时刻, type: moment, time: past}
  - {id: later, title: 约定, type: moment, time: future}
  - {id: proof, title: 证据, type: file}
  - {id: who, title: 人员, type: person}
  - {id: where, title: 单位, type: unit}
states: [{id: done, title: 办结, ends: closed}]
steps:
  - id: enter
    title: 登记
    to: done
    by: [office]
    may: [amount, count, note, sort, good, day, due, moment, later, proof, who, where]
"""
PACK = pack(cases__all=ALL)
GIVEN = around(PACK)
NOW = "2024-06-21T10:00"


def entered(**facts: Any) -> Any:
    course = take(Course(PACK.cases["all"]), OFFICE, "enter", NOW, GIVEN, facts=facts)
    return course.facts if isinstance(course, Course) else course


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("amount", "12.50", Fraction("12.5")),
        ("amount", 12.5, Fraction("12.5")),
        ("count", "３", Fraction(3)),
        ("note", " 好 ", "好"),
        ("sort", "乙", "乙"),
        ("good", "否", False),
        ("day", "2024-06-21", date(2024, 6, 21)),
        ("day", date(2024, 6, 20), date(2024, 6, 20)),
        ("due", "2024-06-21", date(2024, 6, 21)),
        ("moment", "2024-06-21T10:00", at("2024-06-21T10:00")),
        ("moment", "2024-06-21 09:59:59", at("2024-06-21T09:59:59")),
        ("later", at("2024-06-21T10:00"), at("2024-06-21T10:00")),
        ("proof", ("a", "b", "a"), ("a", "b")),
        ("proof", "a", ("a",)),
        ("who", "li", "li"),
        ("where", "东门店", "东门店"),
    ],
)
def test_a_fact_is_read_as_people_write_it(name: str, value: Any, read: Any) -> None:
    assert entered(**{name: value}) == {name: read}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("amount", "-1", "records.out_of_range"),
        ("amount", "1.234", "records.too_many_places"),
        ("amount", "一", "records.not_a_number"),
        ("count", "1.5", "records.too_many_places"),
        ("note", "六个字的说明", "records.too_long"),
        ("sort", "丙", "records.unknown_option"),
        ("day", "2024-06-22", "casework.not_past"),
        ("day", "昨天", "records.not_a_date"),
        ("due", "2024-06-20", "casework.not_future"),
        ("moment", "2024-06-21T10:01", "casework.not_past"),
        ("moment", "2024-06-21", "casework.not_a_moment"),
        ("moment", "2024-02-30T10:00", "casework.not_a_moment"),
        ("moment", ("2024-06-21T10:00",), "casework.several_values"),
        ("note", ("a", "b"), "casework.several_values"),
        ("later", "2024-06-21T09:59", "casework.not_future"),
        ("who", ("li", "wang"), "casework.several_values"),
        ("who", "x" * 201, "casework.not_a_name"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(name: str, value: Any, code: str) -> None:
    assert entered(**{name: value}) == [code]


@pytest.mark.parametrize("blank", [None, "", "  ", ()])
def test_a_blank_is_not_entered(blank: Any) -> None:
    assert entered(amount=blank, proof=blank) == {}


def test_problems_stand_at_their_facts() -> None:
    answer = entered(amount="x", who=("a", "b"))

    assert answer == ["records.not_a_number", "casework.several_values"]
