"""Columns and single rows say the same: same records, same problems, same figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from zhijian.domain.dates.period import Period
from zhijian.domain.policy.comparison import Comparison
from zhijian.domain.policy.interval import Interval
from zhijian.domain.policy.values import Band, Bands, Points
from zhijian.domain.policy.values import Table as LookUp
from zhijian.domain.records.checking import Row, Surroundings, check_rows
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.records.measure import STATISTICS, Each, FieldTest, Measure
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.words import Words
from zhijian.intake.workbooks.checking import Cells, check_cells
from zhijian.intake.workbooks.facts import ColumnFacts
from zhijian.intake.workbooks.table import Table

QUARTER = Period.parse("2024Q1")
UNITS = ("甲", "乙", "B部")


def words(*stored: str) -> dict[str, Words]:
    return {each: Words(each) for each in stored}


def field(name: str, type_: str, **rules: object) -> Field:
    return Field(name, Words(name), type_, **rules)  # type: ignore[arg-type]


FIELDS = (
    field("points", "decimal", required=True, at_least=Fraction(-5), at_most=Fraction(100)),
    field("grid", "decimal", at_least=Fraction(1, 2), at_most=Fraction(1), step=Fraction(1, 10),
          places=1),
    field("whole", "integer", places=0),
    field("free", "decimal", places=3),
    field("word", "choice", options=words("优", "良", "ABC")),
    field("level", "integer", options=words("1", "2", "3"), places=0),
    field("yes", "flag"),
    field("due", "date"),
    field("done", "date"),
    field("customer", "reference", to="customer.name"),
    field("text", "text", max_length=6),
)  # fmt: skip
PARTS = (
    field("total", "decimal", at_most=Fraction(30)),
    field("first", "decimal", part_of_total=True, at_most=Fraction(10)),
    field("second", "decimal", part_of_total=True, at_most=Fraction(20), places=1),
)
KIND = RecordKind("check", Words("检查"), "", "day", FIELDS, unique=("unit", "text"))
MONTHLY = RecordKind(
    "month", Words("月表"), "", "month", PARTS, unique=("unit", "month"), total="total"
)
NUMBERS = (
    "0", "1", "1.5", "95", "95.00", "100", "100.01", "-5", "-5.1", "0.5", "0.55", "1e3", "９５",
    " 7 ", "七", "95%", "", "007", "1.", ".5", "1234567890123", "0.125", "+3", "-0", "2.500",
)  # fmt: skip
DAYS = ("2024-01-01", "2024-03-31", "2024-04-01", "2023-12-31", "2024-02-30", "2024/2/3", "45371",
        "2024年1月5日", "2024-01-05 09:30:00", "一月", "", "2024-01")  # fmt: skip
WORDS = (
    "优",
    "良",
    "ABC",
    "ＡＢＣ",
    " 优",
    "中",
    "",
    "是",
    "否",
    "true",
    "有",
    "甲公司",
    "丙公司",
    "长" * 7,
)


def some(values: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return st.sampled_from((*values, None)).map(lambda each: each or None)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "unit": some((*UNITS, "丁", "Ｂ部")),
            "on": some(DAYS),
            "points": some(NUMBERS),
            "grid": some(NUMBERS),
            "whole": some(NUMBERS),
            "free": some(NUMBERS),
            "word": some(WORDS),
            "level": some(NUMBERS),
            "yes": some(WORDS),
            "due": some(DAYS),
            "done": some(DAYS),
            "customer": some(WORDS),
            "text": some(WORDS),
        }
    ),
    max_size=12,
)
MONTH_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "unit": some(UNITS),
            "month": some(("2024-01", "2024-02", "2024年3月", "2024-04", "2024-01-15")),
            "total": some(("15", "10", "30", "5.5", "")),
            "first": some(("5", "10", "0", "")),
            "second": some(("10", "5.5", "0", "20", "")),
        }
    ),
    max_size=12,
)


def around() -> Surroundings:
    known = {"customer.name": frozenset({"甲公司", "ABC"})}
    return Surroundings(QUARTER, frozenset(UNITS), known)


def by_rows(kind: RecordKind, rows: list[dict[str, str | None]]) -> tuple[list, list]:
    entered = [
        Row(f"S!{number}", {k: v for k, v in row.items() if v is not None},
            lambda name, number=number: f"S!{name}{number}")
        for number, row in enumerate(rows, start=2)
        if any(v is not None for v in row.values())  # a blank row is no row
    ]  # fmt: skip
    return check_rows(kind, entered, around())


def by_columns(kind: RecordKind, rows: list[dict[str, str | None]]) -> tuple[Table, list]:
    placing = "month" if kind.dated == "month" else "on"
    names = ("unit", placing, *(each.id for each in kind.fields))
    frame = pl.DataFrame(
        {"row": range(2, len(rows) + 2), **{name: [row[name] for row in rows] for name in names}},
        schema={"row": pl.UInt32, **dict.fromkeys(names, pl.String)},
    )
    cells = Cells(kind, frame, "S!", lambda name, row: f"S!{name}{row}")
    return check_cells(cells, around())


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_the_same_rows_give_the_same_problems(rows: list[dict[str, str | None]]) -> None:
    _, expected = by_rows(KIND, rows)
    _, found = by_columns(KIND, rows)
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


@settings(max_examples=100, deadline=None)
@given(MONTH_ROWS)
def test_checklists_and_months_are_checked_alike(rows: list[dict[str, str | None]]) -> None:
    records, expected = by_rows(MONTHLY, rows)
    table, found = by_columns(MONTHLY, rows)
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
    if not expected:
        assert list(table.records()) == records


SOUND = st.lists(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from(UNITS),
            "on": st.sampled_from(("2024-01-01", "2024-01-31", "2024-02-10", "2024-03-31")),
            "points": st.sampled_from(("0", "95", "33.33", "-4.5", "99.99", "９")),
            "grid": some(("0.5", "0.7", "1")),
            "whole": some(("3", "0", "99999999999", "12345678901234")),
            "free": some(("0.125", "2.5", "0.001")),
            "word": some(("优", "良", "ABC")),
            "level": some(("1", "2", "3")),
            "yes": some(("是", "否")),
            "due": some(("2024-01-10", "2024-03-01")),
            "done": some(("2024-01-20", "2024-02-01")),
            "customer": some(("甲公司", "ABC")),
        }
    ),
    max_size=25,
).map(lambda rows: [{**row, "text": f"t{place}"} for place, row in enumerate(rows)])

BANDS = Bands(
    (
        Band(Interval(None, False, Fraction(50), False), Fraction(1, 3)),
        Band(Interval(Fraction(50), True, None, False), "高"),
    )
)
EACHES = (
    None,
    Each(replace=(Comparison("at_least", (Fraction(95),)),), gives=Fraction(100)),
    Each(times=Fraction(1, 7)),
    Each(bands=BANDS),
    Each(points=Points(((Fraction(0), Fraction(0)), (Fraction(90), Fraction(10))))),
    Each(table=LookUp((("优", (("1", Fraction(5)), ("2", Fraction(3)))), ("良", (("1", "无"),)))),
         row="word", column="level"),
)  # fmt: skip
WHERES = (
    (),
    (FieldTest("word", (Comparison("equals", ("优",)),)),),
    (FieldTest("word", (Comparison("not", ("优",)),)),),
    (FieldTest("grid", (Comparison("empty", (True,)),)),),
    (FieldTest("yes", (Comparison("equals", (True,)),)),),
    (FieldTest("month", (Comparison("equals", ("2024-01",)),)),),
    (FieldTest("on", (Comparison("after", (date(2024, 1, 15),)),)),),
    (FieldTest("points", (Comparison("between", (Fraction(0), Fraction(95))),)),),
)


def measures() -> list[Measure]:
    numeric = [name for name in STATISTICS if name != "days_overdue"]
    found = [
        Measure(name, "check", "points", where, each, per_month, drop)
        for name, where, each, per_month, drop in product(
            numeric, WHERES[:3], EACHES[:3], (False, True), (0, 2)
        )
    ]
    found += [Measure("mean", "check", "points", where) for where in WHERES]
    found += [Measure("sum", "check", name) for name in ("grid", "whole", "free")]
    found += [Measure("count", "check", name) for name in ("", "word", "due", "month")]
    found += [
        Measure("latest", "check", name) for name in ("word", "points", "on", "month", "yes", "due")
    ]
    found += [Measure("sum", "check", "points", (), each) for each in EACHES]
    found += [Measure("days_overdue", "check", "", due="due", done="done")]
    found += [
        Measure("mean", "check", "points", keyed_by=name)
        for name in ("month", "on", "word", "yes", "grid")
    ]
    return found


@settings(max_examples=25, deadline=None)
@given(SOUND)
def test_every_measure_agrees_to_the_last_digit(rows: list[dict[str, str | None]]) -> None:
    records, problems = by_rows(KIND, rows)
    table, found = by_columns(KIND, rows)
    assert problems == found == []
    plain = MemoryFacts(records, QUARTER.last)
    columns = ColumnFacts({"check": table}, QUARTER.last)
    keys = ("", "2024-01", "2024-01-31", "优", "true", "0.5")
    for measure in measures():
        for unit in UNITS:
            for key in keys if measure.keyed_by else ("",):
                assert columns.measure(unit, measure, key) == plain.measure(unit, measure, key), (
                    measure
                )
    assert [columns.present(unit, "check") for unit in UNITS] == [
        plain.present(unit, "check") for unit in UNITS
    ]


@settings(max_examples=10, deadline=None)
@given(SOUND)
def test_a_register_answers_for_every_unit(rows: list[dict[str, str | None]]) -> None:
    kind = replace(KIND, is_register=True, unique=("text",))
    table, problems = by_columns(kind, [{**row, "unit": None} for row in rows])
    assert problems == []
    plain = MemoryFacts(table.records(), QUARTER.last)
    columns = ColumnFacts({"check": table}, QUARTER.last)
    for measure in measures()[-12:]:
        for unit in UNITS:
            assert columns.measure(unit, measure) == plain.measure(unit, measure)
    assert {columns.present(unit, "check") for unit in UNITS} == {len(rows)}


def test_a_kind_without_records_measures_nothing() -> None:
    facts = ColumnFacts({}, QUARTER.last)
    assert facts.measure("甲", Measure("mean", "none", "points")).value is None
    assert facts.present("甲", "none") == 0
