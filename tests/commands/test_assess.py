"""``zhijian assess``: from a filled template to results, or to problems and no results."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pypdf
import pytest
from openpyxl.workbook import Workbook

from tests.workbooks import CHECKED, SELF, filled
from zhijian.config.assessing import scheme_of
from zhijian.config.cli import main
from zhijian.domain.dates.period import Period
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.scheme import Scheme
from zhijian.packs.files import load_pack

PACK = "quarterly-service-quality"
PACKS = Path(__file__).parents[2] / "packs"


def property_pack() -> Pack:
    found = load_pack(PACKS / "property-assessment-a")
    assert isinstance(found, Pack)
    return found


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(filled())
    return path


def asked(*arguments: object) -> int:
    return main(["assess", *map(str, arguments)])


@pytest.mark.req("ASM-02")
def test_the_worked_example_comes_out(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(PACK, facts, "--period", "2024Q1", "--json") == 0

    document = json.loads(capsys.readouterr().out)
    first = document["results"][0]
    assert document["pack"]["id"] == PACK
    assert len(document["pack"]["digest"]) == 64
    assert document["period"] == "2024Q1"
    assert document["problems"] == []
    assert (first["unit"], first["status"]) == ("市场经营部", "assessed")
    assert (first["score"], first["grade"], first["amount"]) == ("96.00", "优秀", "2000.00")
    assert first["components"][1] == {"id": "survey", "score": "100.00", "weight": "30"}


@pytest.mark.req("ASM-36")
def test_the_working_out_reaches_every_record(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(PACK, facts, "--period", "2024Q1", "--json")
    working = json.loads(capsys.readouterr().out)["results"][0]["working"]

    assert {"id", "value", "cites", "because", "records"} <= working.keys()
    waiting, records = [working], {}
    while waiting:
        step = waiting.pop()
        records[step["id"]] = step.get("records") or records.get(step["id"], [])
        waiting += step.get("because", ())
    assert records["self_reported"] == ["月度自查!2", "月度自查!3", "月度自查!4"]
    assert records["valid_complaints"] == ["客户投诉!2"]


def test_people_get_a_table_and_a_loud_word_about_default_values(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(PACK, facts, "--period", "2024Q1") == 0
    told = capsys.readouterr()
    assert "市场经营部" in told.out
    assert "96.00" in told.out
    assert "assess.unconfirmed" in told.err
    assert "DEFAULT" in told.err


def test_english_is_spoken(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(PACK, facts, "--period", "2024Q1", "--lang", "en") == 0
    told = capsys.readouterr()
    assert "Excellent" in told.out
    assert "nobody has confirmed" in told.err


def test_files_are_written_and_written_the_same_again(facts: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert asked(PACK, facts, "--period", "2024Q1", "-o", tmp_path / name) == 0
    for file in ("results.json", "results.xlsx", "report.pdf"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert len(pypdf.PdfReader(tmp_path / "one" / "report.pdf").pages) >= 1
    book = openpyxl.load_workbook(tmp_path / "one" / "results.xlsx")
    assert book.sheetnames[:2] == ["结果", "计分过程"]
    assert [cell.value for cell in book["结果"][2]][:5] == [
        "市场经营部",
        "已考核",
        96,
        "优秀",
        2000,
    ]
    assert SELF in book.sheetnames


def test_the_workbook_works_money_out_and_keeps_texts_as_they_are(tmp_path: Path) -> None:
    def clause(book: Workbook) -> None:
        book[CHECKED]["C2"] = "1.10"

    path = tmp_path / "facts.xlsx"
    path.write_bytes(filled(clause))
    asked(PACK, path, "--period", "2024Q1", "-o", tmp_path, "--lang", "en")
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")

    assert [cell.value for cell in book["Results"][2]][1:4] == ["assessed", 96, "Excellent"]
    confirmed = book["Registers confirmed"]
    assert "1.10" in [row[-1] for row in confirmed.iter_rows(values_only=True)]
    worked = [row[1] for row in book["Workings"].iter_rows(values_only=True)]
    paid = {row[1] for row in book["Outcomes"].iter_rows(min_row=2, values_only=True) if row[2]}
    assert paid
    assert paid <= set(worked)


def test_formulas_are_neutral_in_what_is_written(tmp_path: Path) -> None:
    def inject(book: Workbook) -> None:
        cell = book[CHECKED]["C2"]
        cell.value = "=cmd|' /C calc'!A0"
        cell.data_type = "s"

    path = tmp_path / "facts.xlsx"
    path.write_bytes(filled(inject))
    assert asked(PACK, path, "--period", "2024Q1", "-o", tmp_path) == 0
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("'=cmd") for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_bad_input_gives_problems_exit_1_and_no_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil(book: Workbook) -> None:
        book[SELF]["C5"] = 101

    path = tmp_path / "facts.xlsx"
    path.write_bytes(filled(spoil))
    assert asked(PACK, path, "--period", "2024Q1", "--json", "-o", tmp_path / "out") == 1
    document = json.loads(capsys.readouterr().out)
    assert document["results"] == []
    assert [(each["code"], each["where"]) for each in document["problems"]] == [
        ("records.out_of_range", "月度自查!C5")
    ]
    assert not (tmp_path / "out").exists()


def test_a_missing_month_blocks_the_unit_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def remove(book: Workbook) -> None:
        book[SELF].delete_rows(3)

    path = tmp_path / "facts.xlsx"
    path.write_bytes(filled(remove))
    assert asked(PACK, path, "--period", "2024Q1") == 0
    line = next(
        line for line in capsys.readouterr().out.splitlines() if line.startswith("市场经营部")
    )
    assert "不能计算" in line
    assert "2024-02" in line


def test_a_period_before_the_first_day_is_refused(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(PACK, facts, "--period", "2013Q2", "--json") == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [each["code"] for each in problems] == ["assess.not_yet"]


def test_a_kind_of_period_that_the_scheme_does_not_know_is_refused(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(PACK, facts, "--period", "2024-01") == 1
    assert "assess.period_kind" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("no-such-pack", "{}", "--period", "2024Q1"), "pack.not_found"),
        ((PACK, "nowhere.xlsx", "--period", "2024Q1"), "workbook.not_found"),
        ((PACK, "{}", "--period", "2024Q5"), "records.bad_period"),
        ((PACK, "{}", "--period", "2024Q1", "--scheme", "other"), "assess.unknown_scheme"),
        ((PACK, "{}", "--period", "2024Q1", "--past", "{}"), "assess.past_foreign"),
        ((PACK, "{}", "--period", "2024Q1", "--past", "none.json"), "assess.past_unreadable"),
    ],
)
def test_a_wrong_question_is_misuse(
    arguments: tuple[str, ...], code: str, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(*(each.format(facts) for each in arguments)) == 2
    assert code in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "period", "scheme"),
    [
        ("", "2024", "full"),
        ("", "2024Q1", "partial"),
        ("", "2024H1", "partial"),
        ("full", "2024Q1", "full"),
    ],
)
def test_of_several_schemes_the_one_for_such_periods_is_taken(
    name: str, period: str, scheme: str
) -> None:
    found = scheme_of(property_pack(), name, Period.parse(period))

    assert isinstance(found, Scheme)
    assert found.id == scheme


def test_where_none_of_several_schemes_fits_one_has_to_be_named() -> None:
    found = scheme_of(property_pack(), "", Period.parse("2024-01"))

    assert isinstance(found, Problem)
    assert found.code == "assess.scheme_missing"


def test_a_workbook_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(io.BytesIO(b"text").getvalue())
    assert asked(PACK, path, "--period", "2024Q1") == 1
    assert "workbook.not_a_workbook" in capsys.readouterr().err
