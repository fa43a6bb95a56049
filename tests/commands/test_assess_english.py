"""``zhijian assess --lang en`` speaks English throughout, and knows which scores are better."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from tests.reading import book_texts, paper_texts
from tests.workbooks import filled, pack, put
from zhijian.config.cli import main

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
#: Where a record stands in the workbook of facts, which is in Chinese.
PLACE = re.compile(r"\S+!\d+")
WRITTEN = {"甲公司", "乙公司", "迟到", "王"}
RESTAURANTS = Path(__file__).parents[1] / "golden" / "foreign" / "restaurant-letter-grades"


def written(folder: Path, *arguments: object) -> Path:
    out = folder / "out"
    assert main(["assess", *map(str, arguments), "-o", str(out), "--lang", "en"]) == 0
    return out


def remnants(texts: list[str]) -> list[str]:
    known = {*pack().header.units, *WRITTEN}
    found = []
    for text in texts:
        rest = PLACE.sub("", text)
        for each in known:
            rest = rest.replace(each, "")
        found += [text] if CHINESE.search(rest) else []
    return found


def test_the_files_hold_no_chinese_but_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.xlsx"
    facts.write_bytes(filled())

    out = written(tmp_path, "quarterly-service-quality", facts, "--period", "2024Q1")

    told = capsys.readouterr()
    assert remnants([*told.out.splitlines(), *told.err.splitlines()]) == []
    assert remnants(list(book_texts((out / "results.xlsx").read_bytes()))) == []
    assert remnants(list(paper_texts((out / "report.pdf").read_bytes()))) == []


def test_the_paper_names_the_parts_and_tells_what_they_rest_on(tmp_path: Path) -> None:
    facts = tmp_path / "facts.xlsx"
    facts.write_bytes(filled())

    out = written(tmp_path, "quarterly-service-quality", facts, "--period", "2024Q1")

    paper = " ".join(paper_texts((out / "report.pdf").read_bytes()))
    assert "Scores of the parts" in paper
    assert "The data behind the parts" in paper
    parts = pack().schemes["department"]
    for name in parts.components:
        assert parts.line(name).title.en.split()[0] in paper
        # An id such as ``complaints`` is an English word as well.
        assert "_" not in name or name not in paper


def test_where_points_are_given_for_faults_the_fewest_come_first(tmp_path: Path) -> None:
    template = tmp_path / "template.xlsx"
    assert main(["pack", "template", str(RESTAURANTS), "--period", "2024-03", "-o",
                 str(template)]) == 0  # fmt: skip
    book = openpyxl.load_workbook(template)
    houses = {"Corner Cafe": "IV", "Harbour Grill": "I", "Noodle Bar": "V"}
    on, code = "2024-03-05", "10F surfaces not proper"
    put(book, "单位", [{"单位": each} for each in houses])
    put(book, "检查", [{"单位": each, "日期": on, "检查员": "Lee"} for each in houses])
    put(book, "违规", [
        {"单位": each, "日期": on, "条款": code, "程度": level} for each, level in houses.items()
    ])  # fmt: skip
    content = io.BytesIO()
    book.save(content)
    facts = tmp_path / "facts.xlsx"
    facts.write_bytes(content.getvalue())

    out = written(tmp_path, RESTAURANTS, facts, "--period", "2024-03")

    found = json.loads((out / "results.json").read_text("utf-8"))
    assert {each["unit"]: each["grade"] for each in found["results"]} == {
        "Corner Cafe": "A", "Harbour Grill": "A", "Noodle Bar": "C",
    }  # fmt: skip
    assert found["shape"]["better"] == "lower"
    paper = " ".join(paper_texts((out / "report.pdf").read_bytes()))
    table = paper[paper.index("Scores and grades") :]
    places = [table.index(each) for each in ("Harbour Grill", "Corner Cafe", "Noodle Bar")]
    assert places == sorted(places)
