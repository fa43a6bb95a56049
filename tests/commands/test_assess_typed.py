"""``zhijian assess`` where the regulation leaves an amount to the approver."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from tests.apps.outcomes.open_results import EXAMPLE, PLAN, SCHEME
from tests.apps.packs import tiny
from tests.workbooks import put
from zhijian.config.cli import main

OPEN = {
    "rule": "honour", "title": "荣誉", "title_en": "Honour", "kind": "reward",
    "approver": "committee", "least": "100", "most": "5000",
}  # fmt: skip


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    folder, facts = tmp_path / "tiny", tmp_path / "facts.xlsx"
    contents = tiny.contents(
        scoring__desk=SCHEME,
        outcomes__desk=PLAN,
        parameters__weights="",
        parameters__points_per_complaint="",
        examples__desk=EXAMPLE.format(expects="honour", left_open="honour"),
    )
    for path, text in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    main(["pack", "template", str(folder), "--period", "2024Q1", "-o", str(facts)])
    book = openpyxl.load_workbook(facts)
    put(book, "检查", [{"单位": "大厅", "日期": "2024-02-01", "得分": 90}])
    book.save(facts)
    return ["assess", str(folder), str(facts), "--period", "2024Q1"]


def test_programs_are_told_null_and_what_is_open(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([*asked, "--json"]) == 0

    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["status"], result["amount"], result["settled_amount"]) == (
        "assessed", None, "0.00",
    )  # fmt: skip
    assert result["open_amounts"] == [OPEN]
    assert [(each["rule"], each["yuan"]) for each in result["outcomes"]] == [("honour", None)]


def test_people_read_that_it_is_to_be_typed(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    main(asked)

    (line,) = [each for each in capsys.readouterr().out.splitlines() if "大厅" in each]
    assert "待填写" in line
    assert "0.00" not in line.replace("90.00", "")


def test_workbook_and_paper_say_it_with_its_limits(asked: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main([*asked, "-o", str(out)]) == 0

    book = openpyxl.load_workbook(out / "results.xlsx")
    assert rows(book, "结果")[0]["金额(元)"] == "待填写"
    assert rows(book, "奖惩")[0]["金额(元)"] == "荣誉，由审定人填写，100 至 5000 元"
    pages = pypdf.PdfReader(io.BytesIO((out / "report.pdf").read_bytes())).pages
    said = "".join(page.extract_text() for page in pages).replace(" ", "").replace("\n", "")
    assert "另有1项待填写" in said
    assert "大厅：荣誉，由审定人填写，100至5000元" in said


def rows(book: openpyxl.Workbook, sheet: str) -> list[dict[str, Any]]:
    head, *lines = book[sheet].values
    return [dict(zip(head, line, strict=True)) for line in lines]
