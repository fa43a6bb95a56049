"""Lists as files: numbers stay numbers, texts stay texts, and nothing is calculated."""

from __future__ import annotations

import csv
import io

import pytest
from django.http import Http404
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from zhijian.foundation.lists import PLAIN, TWO_PLACES, Column, List, as_file

COLUMNS = (Column("单位"), Column("条款"), Column("得分", PLAIN), Column("金额", TWO_PLACES))
ROW = ("市场经营部", "1.10", "-5", "2000.00")


def listed(*lines: tuple[str, ...], title: str = "名单") -> List:
    return List(title, COLUMNS, lines)


def written(*lines: tuple[str, ...]) -> list[list[str]]:
    content = as_file(listed(*lines), "名单", "csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def sheet(*lines: tuple[str, ...], title: str = "名单") -> Worksheet:
    content = as_file(listed(*lines, title=title), "名单", "xlsx").content
    return load_workbook(io.BytesIO(content)).active


def test_a_text_that_looks_like_a_number_stays_a_text() -> None:
    row = next(sheet(ROW).iter_rows(min_row=2))

    assert [cell.value for cell in row] == ["市场经营部", "1.10", -5, 2000]
    assert [cell.data_type for cell in row] == ["s", "s", "n", "n"]
    assert [cell.number_format for cell in row][2:] == ["General", "#,##0.00"]
    assert written(ROW) == [["单位", "条款", "得分", "金额"], list(ROW)]


@pytest.mark.parametrize("text", ["=1+1", "+8613800001234", "-1+1", "@SUM(A1)", "\uff1d1"])
def test_no_text_is_calculated(text: str) -> None:
    cell = sheet((text, "", "", ""))["A2"]

    assert written((text, "", text, ""))[1][0] == f"'{text}"
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_what_is_no_number_stays_as_it_is_written() -> None:
    long = "12345678901234567890"
    row = next(sheet(("", "", long, "=1")).iter_rows(min_row=2))

    assert [cell.value for cell in row] == [None, None, long, "=1"]
    assert {cell.data_type for cell in row[2:]} == {"s"}
    assert written(("", "", long, "=1"))[1] == ["", "", long, "'=1"]


def test_a_worksheet_has_a_name_that_spreadsheets_take() -> None:
    assert sheet(ROW, title="回访/投诉[一]" + "长" * 40).title == ("回访 投诉 一 " + "长" * 40)[:31]


def test_a_file_has_the_name_it_is_saved_under() -> None:
    answer = as_file(listed(ROW), "名单", "csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    with pytest.raises(Http404):
        as_file(listed(ROW), "名单", "exe")
