"""``--past``: earlier results are read back whole, and those that cannot count are refused."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from tests.workbooks import filled
from zhijian.config.cli import main
from zhijian.config.opening import Unusable
from zhijian.config.past import Wanted, read_past
from zhijian.domain.dates.period import Period

PACK = "quarterly-service-quality"
TUTORIAL = Path(__file__).parents[1] / "golden" / "tutorial_pack"
SECOND = Wanted(PACK, "department", Period.parse("2024Q2"))
LOOKS_BACK = """
  - {id: before, title: 上期高于 90 分的分数, cites: 第四条, previous: {of: points_above}}
  - {id: earlier, title: 上期奖励, cites: 第四条, multiply: [before, "100"]}
"""
AGAIN = """
  - id: again
    title: 再奖
    cites: 第四条
    kind: reward
    when: {before: {above: "0"}}
    yuan: earlier
"""


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The results of the first quarter of 2024."""
    facts = tmp_path / "facts.xlsx"
    facts.write_bytes(filled())
    assert main(["assess", PACK, str(facts), "--period", "2024Q1", "-o", str(tmp_path)]) == 0
    return tmp_path / "results.json"


def test_earlier_results_are_read_back(first: Path) -> None:
    past = read_past([first], SECOND)["市场经营部"][0]

    assert (past.period, past.grade) == ("2024Q1", "优秀")
    assert past.lines["total"] == Fraction(96)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(PACK, "department", Period.parse("2024Q1")), "assess.past_not_earlier"),
        (Wanted(PACK, "department", Period.parse("2023Q4")), "assess.past_not_earlier"),
        (Wanted(PACK, "other", Period.parse("2024Q2")), "assess.past_other_scheme"),
        (Wanted("tea-house-service", "department", SECOND.period), "assess.past_other_scheme"),
    ],
)
def test_results_that_cannot_count_are_refused(first: Path, wanted: Wanted, code: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_past([first], wanted)

    assert [each.code for each in refused.value.problems] == [code]


def test_a_period_counts_once(first: Path) -> None:
    with pytest.raises(Unusable) as refused:
        read_past([first, first], SECOND)

    assert [each.code for each in refused.value.problems] == ["assess.past_twice"]


@pytest.mark.parametrize("content", ["[]", "{}", "hello", '{"period": "2023"}', '{"pack": 1}'])
def test_a_file_of_another_kind_is_refused_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(Unusable) as refused:
        read_past([path], SECOND)

    assert [each.code for each in refused.value.problems] == ["assess.past_foreign"]


def test_a_line_that_only_money_rests_on_is_found_again(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(TUTORIAL, pack)
    plan = pack / "outcomes" / "house.yaml"
    text = plan.read_text(encoding="utf-8").replace("\nrules:", f"{LOOKS_BACK}rules:")
    plan.write_text(text + AGAIN, encoding="utf-8")

    first = quarter(pack, tmp_path, "2024Q1")
    second = quarter(pack, tmp_path, "2024Q2", "--past", str(first))

    # 0.6×95 + 0.4×100 = 97, 7 above 90, 700; the quarter after adds the 700 of the one before.
    assert amount(first) == "700.00"
    assert amount(second) == "1400.00"


def quarter(pack: Path, folder: Path, period: str, *more: str) -> Path:
    """Assess a quarter in which the guests gave 95 and nobody complained."""
    facts = folder / f"{period}.xlsx"
    assert main(["pack", "template", str(pack), "--period", period, "-o", str(facts)]) == 0
    book = openpyxl.load_workbook(facts)
    day = Period.parse(period).first
    book["顾客问卷"].append(["东门店", day, "A1", 95])
    book["登记核对"].append(["东门店", "王"])
    book.save(facts)
    done = folder / period
    assert main(["assess", str(pack), str(facts), "--period", period, *more, "-o", str(done)]) == 0
    return done / "results.json"


def amount(results: Path) -> str:
    """The money of the first unit."""
    document = json.loads(results.read_text(encoding="utf-8"))
    found: str = document["results"][0]["amount"]
    return found
