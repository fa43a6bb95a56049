"""``zhijian intake check``: problems by cell, and the marked workbook."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.workbooks import CUSTOMERS, SELF, filled
from zhijian.config.cli import main

PACK = "quarterly-service-quality"


def asked(*arguments: object) -> int:
    return main(["intake", "check", *map(str, arguments)])


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    def spoil(book: Workbook) -> None:
        book[SELF]["C5"] = "九十"
        book[SELF]["B6"] = "2024-07"

    path = tmp_path / "facts.xlsx"
    path.write_bytes(filled(spoil))
    return path


def test_a_sound_workbook_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(filled())
    assert asked(PACK, path) == 0
    assert "0 处问题；52 条记录" in capsys.readouterr().out


def test_problems_are_told_by_cell_and_marked(
    bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = tmp_path / "marked.xlsx"
    assert asked(PACK, bad, "-o", marked, "--json") == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(each["code"], each["where"]) for each in problems] == [
        ("records.not_a_number", "月度自查!C5"),
        ("records.outside_period", "月度自查!B6"),
    ]
    book = openpyxl.load_workbook(marked)
    assert "九十" in book[SELF]["C5"].comment.text
    assert book["问题清单"].max_row == 3


def test_one_kind_is_checked_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def only_customers(book: Workbook) -> None:
        for name in book.sheetnames:
            if name not in (CUSTOMERS, "单位"):
                del book[name]

    path = tmp_path / "customers.xlsx"
    path.write_bytes(filled(only_customers))
    assert asked(f"{PACK}/key_customer", path, "--json") == 0
    assert json.loads(capsys.readouterr().out)["records"] == {"key_customer": 2}


def test_an_unknown_kind_is_misuse(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(f"{PACK}/nothing", bad) == 2
    assert "workbook.unknown_kind" in capsys.readouterr().err


def test_a_file_that_is_no_workbook_is_told_and_not_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_text("text")
    assert asked(PACK, path, "-o", tmp_path / "marked.xlsx") == 1
    assert "workbook.not_a_workbook" in capsys.readouterr().err
    assert not (tmp_path / "marked.xlsx").exists()
