"""Rows against the rules of their kind: each problem has its code and its place."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.tiny import QUARTER, pack
from zhijian.domain.records.checking import Row, Surroundings, check_row, check_rows
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import Record

FILES = {
    "records/sheet.yaml": """
        id: sheet
        title: 表
        dated: day
        unique: [unit, number]
        fields:
          - {id: number, title: 编号, type: text, required: true, max_length: 5}
          - {id: mark, title: 得分, type: decimal, at_least: "0.5", at_most: "10", step: "0.5"}
          - {id: low, title: 下限, type: decimal, at_least: "0"}
          - {id: high, title: 上限, type: decimal, at_most: "9"}
          - {id: whole, title: 次数, type: integer}
          - {id: level, title: 档次, type: integer, options: ["1", "3"]}
          - {id: sort, title: 类别, type: choice, options: [甲类, 乙类（乙）]}
          - {id: good, title: 合格, type: flag}
          - {id: due, title: 期限, type: date}
          - {id: who, title: 客户, type: reference, to: customer.name}
        """,
    "records/customer.yaml": """
        id: customer
        title: 客户
        register: true
        dated: period
        unique: [name]
        fields: [{id: name, title: 名称, type: text, required: true}]
        """,
    "records/monthly.yaml": """
        id: monthly
        title: 月报
        dated: month
        unique: [unit, month]
        total: score
        fields:
          - {id: score, title: 总分, type: decimal, required: true, at_most: "20"}
          - {id: a, title: 甲项, type: decimal, at_most: "10", part_of_total: true}
          - {id: b, title: 乙项, type: decimal, at_most: "10", part_of_total: true}
        """,
}
KINDS = pack(FILES).kinds


def around(**taken: str) -> Surroundings:
    return Surroundings(
        QUARTER, frozenset({"甲", "乙"}), {"customer.name": frozenset({"某公司(京)"})}
    )


def row(values: dict[str, Any], key: str = "r1") -> Row:
    return Row(key, values, lambda name: f"{key}!{name}")


def checked(kind: str, values: dict[str, Any]) -> Any:
    base = {"unit": "甲", "on": "2024-01-05", "number": "T1"}
    if kind == "monthly":
        base = {"unit": "甲", "month": "2024-01"}
    return check_row(KINDS[kind], row({**base, **values}), around())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"unit": ""}, ("records.required", "unit")),
        ({"unit": "丙"}, ("records.unknown_unit", "unit")),
        ({"on": None}, ("records.required", "on")),
        ({"on": "五月"}, ("records.not_a_date", "on")),
        ({"on": "2023-12-31"}, ("records.outside_period", "on")),
        ({"on": "2024-04-01"}, ("records.outside_period", "on")),
        ({"number": " "}, ("records.required", "number")),
        ({"number": "123456"}, ("records.too_long", "number")),
        ({"mark": "0.4"}, ("records.out_of_range", "mark")),
        ({"mark": "10.5"}, ("records.out_of_range", "mark")),
        ({"mark": "1.1"}, ("records.not_on_step", "mark")),
        ({"mark": "1.005"}, ("records.too_many_places", "mark")),
        ({"mark": "很好"}, ("records.not_a_number", "mark")),
        ({"low": "-0.01"}, ("records.out_of_range", "low")),
        ({"high": "9.01"}, ("records.out_of_range", "high")),
        ({"whole": "1.5"}, ("records.too_many_places", "whole")),
        ({"level": "2"}, ("records.unknown_option", "level")),
        ({"sort": "丙类"}, ("records.unknown_option", "sort")),
        ({"good": "也许"}, ("records.not_a_flag", "good")),
        ({"due": "明天"}, ("records.not_a_date", "due")),
        ({"who": "别家"}, ("records.not_in_register", "who")),
        ({"colour": "红"}, ("records.unknown_field", "colour")),
    ],
)
def test_each_problem_names_its_cell(values: dict[str, Any], expected: tuple[str, str]) -> None:
    found = checked("sheet", values)

    assert [(each.code, each.where) for each in found] == [(expected[0], f"r1!{expected[1]}")]
    assert found[0].fact("field")


@pytest.mark.parametrize(
    ("values", "field", "value"),
    [
        ({"mark": "0.5"}, "mark", Fraction(1, 2)),
        ({"mark": "10"}, "mark", Fraction(10)),
        ({"mark": 0.1 + 0.4}, "mark", Fraction(1, 2)),
        ({"whole": "3.0"}, "whole", Fraction(3)),
        ({"level": "３"}, "level", Fraction(3)),
        ({"sort": "乙类(乙)"}, "sort", "乙类（乙）"),
        ({"good": "是"}, "good", True),
        ({"due": 45296}, "due", date(2024, 1, 5)),
        ({"who": "某公司（京）"}, "who", "某公司(京)"),
        ({"number": "12345"}, "number", "12345"),
        ({"number": 12345.0}, "number", "12345"),
        ({"number": " Ａ1 "}, "number", "Ａ1"),
        ({}, "who", None),
        ({"on": "2024-03-31"}, "on", date(2024, 3, 31)),
    ],
)
def test_a_good_row_becomes_a_record(values: dict[str, Any], field: str, value: Any) -> None:
    found = checked("sheet", values)

    assert isinstance(found, Record)
    assert found.value(field) == value
    assert (found.unit, found.kind, found.month) == ("甲", "sheet", f"{found.on:%Y-%m}")


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    found = checked("sheet", {"unit": "", "mark": "x", "good": "?"})

    assert [each.code for each in found] == [
        "records.required",
        "records.not_a_number",
        "records.not_a_flag",
    ]


@pytest.mark.parametrize(
    ("month", "code"),
    [
        ("13月", "records.not_a_month"),
        ("", "records.required"),
        ("2024-04", "records.outside_period"),
    ],
)
def test_a_month_of_the_period(month: str, code: str) -> None:
    found = checked("monthly", {"month": month, "score": "5"})

    assert [each.code for each in found] == [code]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"score": "15"}, []),
        ({"score": "15", "a": "8", "b": "7"}, []),
        ({"a": "8", "b": "7"}, []),
        ({"a": "8", "b": "0"}, []),
        ({"a": "0", "b": "0"}, []),
        ({"score": "15", "a": "8", "b": "7.5"}, ["records.total_wrong"]),
        ({"score": "15", "a": "8"}, ["records.checklist_incomplete"]),
        ({"a": "8"}, ["records.checklist_incomplete"]),
        ({"score": "15", "a": "x", "b": "7"}, ["records.not_a_number"]),
        ({"score": "x", "a": "8", "b": "7"}, ["records.not_a_number"]),
        ({}, ["records.required"]),
    ],
)
def test_a_checklist_adds_up_to_its_total(values: dict[str, Any], codes: list[str]) -> None:
    found = checked("monthly", values)

    if codes:
        assert [each.code for each in found] == codes
    else:
        expected = values.get("score") or Fraction(values["a"]) + Fraction(values["b"])
        assert found.value("score") == Fraction(expected)


def test_the_same_record_twice_is_refused_and_the_first_is_named() -> None:
    rows = [
        row({"unit": unit, "month": "2024-01", "score": "5"}, key)
        for key, unit in (("r1", "甲"), ("r2", "乙"), ("r3", "甲"))
    ]

    records, problems = check_rows(KINDS["monthly"], rows, around())

    assert [each.key for each in records] == ["r1", "r2"]
    assert [(each.code, each.where, each.fact("other")) for each in problems] == [
        ("records.duplicate", "r3!month", "r1!month")
    ]


def test_what_is_already_stored_is_taken() -> None:
    own = around()
    own.taken["customer", "某公司"] = "#7"

    found = check_row(KINDS["customer"], row({"name": "某公司"}), own)

    assert [each.fact("other") for each in found] == ["#7"]  # type: ignore[union-attr]


def test_a_register_belongs_to_no_unit_and_to_the_whole_period() -> None:
    found = check_row(KINDS["customer"], row({"name": "某公司"}), around())

    assert isinstance(found, Record)
    assert (found.unit, found.on) == ("", QUARTER.last)


def test_a_kind_without_unique_key_takes_the_same_twice() -> None:
    kind: RecordKind = pack().kinds["check"]
    rows = [row({"unit": "甲", "on": "2024-01-05"}, key) for key in ("r1", "r2")]

    assert len(check_rows(kind, rows, around())[0]) == 2


@pytest.mark.parametrize(
    ("kind", "values", "today", "expected"),
    [
        ("sheet", {"on": "2024-02-10"}, date(2024, 2, 9), [("on", "records.in_future")]),
        ("sheet", {"on": "2024-02-10"}, date(2024, 2, 10), []),
        (
            "monthly",
            {"month": "2024-03"},
            date(2024, 2, 29),
            [("month", "records.month_not_begun")],
        ),
        ("monthly", {"month": "2024-03"}, date(2024, 3, 1), []),
        ("sheet", {"on": "2024-04-01"}, date(2024, 2, 9), [("on", "records.outside_period")]),
    ],
)
def test_nothing_is_recorded_before_it_has_happened(
    kind: str, values: dict[str, Any], today: date, expected: list[tuple[str, str]]
) -> None:
    base = {"unit": "甲", "number": "T1"} if kind == "sheet" else {"unit": "甲", "score": "9"}
    here = around()
    here.today = today
    found = check_row(KINDS[kind], row({**base, **values}), here)
    problems = [] if isinstance(found, Record) else list(found)
    assert [(each.where.partition("!")[2], each.code) for each in problems] == expected


def test_a_row_that_is_wrong_elsewhere_is_still_known_to_be_there_twice() -> None:
    here = around()
    first = {"unit": "甲", "month": "2024-01", "score": "30"}
    wrong = check_row(KINDS["monthly"], row(first, "r1"), here)
    again = check_row(KINDS["monthly"], row({**first, "score": "9"}, "r2"), here)
    assert [each.code for each in wrong] == ["records.out_of_range"]  # type: ignore[union-attr]
    assert [(each.code, each.fact("other")) for each in again] == [  # type: ignore[union-attr]
        ("records.duplicate", "r1!month")
    ]


def test_a_key_that_cannot_be_read_is_compared_with_none() -> None:
    here = around()
    nobody = {"unit": "丙", "month": "2024-01", "score": "9"}
    for key in ("r1", "r2"):
        found = check_row(KINDS["monthly"], row(nobody, key), here)
        assert [each.code for each in found] == ["records.unknown_unit"]  # type: ignore[union-attr]
