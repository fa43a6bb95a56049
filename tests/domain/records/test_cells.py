"""Cells as people and spreadsheets write them."""
# ruff: noqa: DTZ001 -- the cells of a spreadsheet know no zone

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from zhijian.domain.records.cells import (
    NotReadable,
    as_calendar_day,
    as_exact_number,
    as_flag,
    as_month,
    cell_text,
)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("96", "96"),
        ("96.50", "96.5"),
        (" 96 ", "96"),
        ("９６．５", "96.5"),
        ("－3", "-3"),
        ("+3", "3"),
        (96, "96"),
        (96.5, "96.5"),
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (1e-05, "0.00001"),
        (1e20, "100000000000000000000"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_a_number_is_read_as_it_is_shown(cell: Any, number: str) -> None:
    assert as_exact_number(cell) == Fraction(number)


@pytest.mark.parametrize(
    "cell",
    ["", None, "九十", "96分", "96%", "1,000", "1e3", "1/3", "--3", "+-3", ".5", "5.", True, False,
     date(2024, 1, 1), float("nan"), float("inf"), "9" * 41],
)  # fmt: skip
def test_what_has_no_one_meaning_is_no_number(cell: Any) -> None:
    with pytest.raises(NotReadable):
        as_exact_number(cell)


@pytest.mark.parametrize(
    "cell",
    ["2024-01-05", "2024-1-5", "2024/1/5", "2024.1.5", "2024年1月5日", "２０２４－０１－０５",
     "2024-01-05 00:00:00", "2024-01-05T00:00", 45296, 45296.0, "45296", date(2024, 1, 5),
     datetime(2024, 1, 5), datetime(2024, 1, 5, 9, 30)],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: Any) -> None:
    assert as_calendar_day(cell) == date(2024, 1, 5)


@pytest.mark.parametrize(
    "cell",
    ["", None, "2024-02-30", "2024-13-01", "24-01-05", "5/1/2024", "2024-01-05 09:30", "明天",
     36525, 73051, "9" * 5000, "፩", True, 45296.5, "2024-01"],
)  # fmt: skip
def test_what_is_no_one_day_is_refused(cell: Any) -> None:
    with pytest.raises(NotReadable):
        as_calendar_day(cell)


def test_serials_begin_with_the_year_2000() -> None:
    assert as_calendar_day(36526) == date(2000, 1, 1)
    assert as_calendar_day(73050) == date(2099, 12, 31)


@pytest.mark.parametrize(
    "cell",
    ["2024-01", "2024-1", "2024/01", "2024.01", "2024年1月", "２０２４年１月", "2024-01-31", 45296,
     date(2024, 1, 31), datetime(2024, 1, 31)],
)  # fmt: skip
def test_a_month_is_its_first_day(cell: Any) -> None:
    assert as_month(cell) == date(2024, 1, 1)


# 2024.10 in a number cell is the float 2024.1: January or October?
@pytest.mark.parametrize("cell", ["", "2024-13", "一月", "2024", 2024.1, 202401, "2024-00"])
def test_what_is_no_one_month_is_refused(cell: Any) -> None:
    with pytest.raises(NotReadable):
        as_month(cell)


@pytest.mark.parametrize(("cell", "flag"), [
    ("是", True), ("有", True), ("YES", True), (1, True), (1.0, True), (True, True), ("√", True),
    ("否", False), ("无", False), ("no", False), (0, False), (False, False), ("×", False),
])  # fmt: skip
def test_a_flag(cell: Any, flag: bool) -> None:
    assert as_flag(cell) is flag


@pytest.mark.parametrize("cell", ["", None, "也许", 2, "2"])
def test_what_is_neither_is_refused(cell: Any) -> None:
    with pytest.raises(NotReadable):
        as_flag(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  甲 ", "甲"),
        ("ＡＢ１", "AB1"),
        (3.0, "3"),
        (3.5, "3.5"),
        (datetime(2024, 1, 5), "2024-01-05"),
        (datetime(2024, 1, 5, 9, 30), "2024-01-05 09:30:00"),
        (date(2024, 1, 5), "2024-01-05"),
    ],
)
def test_a_cell_as_text(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


READERS: list[Callable[[Any], object]] = [as_calendar_day, as_exact_number, as_flag, as_month]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("cell", ["²", "٣", "０", "\u0000", "\ud800", "1e400", "-", "+", "年月日"])
def test_strange_signs_are_read_or_refused_but_never_break_the_reading(
    read: Callable[[Any], object], cell: str
) -> None:
    with suppress(NotReadable):
        read(cell)
