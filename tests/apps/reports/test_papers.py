"""Papers without a database: the same data give the same bytes, and nothing breaks out of them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from zhijian.foundation.typesetting import engine
from zhijian.reports.papers import assessment
from zhijian.reports.papers.assessment import figures_of
from zhijian.reports.papers.working import lines_of


def step(name: str, value: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "op": "mean",
        "title": name,
        "value": value,
        "cites": "第十条",
        "because": [],
        "records": [],
        **more,
    }


def result(unit: str, score: str | None, **more: Any) -> dict[str, Any]:
    return {
        "unit": unit,
        "status": "assessed" if score else "blocked",
        "score": score,
        "grade": "优秀" if score else None,
        "amount": "-2500.00" if score else None,
        "components": [{"id": "self_check", "score": score, "weight": "50"}],
        "working": step("total", score),
        **more,
    }


def data(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "pack": {"id": "p", "version": "1.0", "digest": "ab" * 32},
        "period": "2024Q1",
        "results": list(results),
        "problems": [],
        **more,
    }


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace(" ", "").replace("\n", "")


def test_what_the_command_line_prints_becomes_a_report() -> None:
    content = assessment.render(data(result("市场经营部", "92.50"), result("储运中心", None)))

    said = words(content)
    assert "市场经营部" in said
    assert "92.50" in said
    assert "-2,500.00" in said
    assert "贰仟伍佰元整" in said
    assert "abababababababab" in said
    assert f"共{len(PdfReader(io.BytesIO(content)).pages)}页" in said


def test_equal_data_give_equal_bytes() -> None:
    given = data(result("市场经营部", "92.50"))
    first = assessment.render(given)
    engine._compiler.cache_clear()

    assert assessment.render(given) == first


@pytest.mark.parametrize("name", ["#panic()", '"; #read("/etc/passwd")', "$x$ *a* _b_ @c <d> \\"])
def test_text_never_becomes_markup(name: str) -> None:
    said = words(assessment.render(data(result(name, "92.50"))))

    assert name.replace(" ", "") in said


def test_no_units_and_no_scores_still_make_a_paper() -> None:
    assert "没有记录" in words(assessment.render(data()))
    assert words(assessment.render(data(result("甲", None))))


def test_rare_characters_of_names_are_printed() -> None:
    assert "䶮𬭎㼆" in words(assessment.render(data(result("䶮𬭎㼆", "90.00"))))


def test_many_units_are_all_in_the_table_and_the_first_in_the_picture() -> None:
    many = [result(f"单位{place:03}", f"{99 - place / 10:.2f}") for place in range(60)]
    made = {each["show"]: each for each in figures_of(data(*many))}

    assert len(made["results"]["rows"]) == 60
    assert len(made["ranking"]["categories"]) == 40
    assert "共 60 个" in made["ranking"]["note"]


def test_a_line_is_written_out_once_and_then_named() -> None:
    shared = step("gap", "1.5", because=[step("sample", "90")])
    working = step("total", "96", op="subtract", because=[shared, {**shared, "see": True}])

    lines = lines_of(working)
    assert [(each["depth"], each["id"]) for each in lines] == [
        (0, "total"),
        (1, "gap"),
        (2, "sample"),
        (1, "gap"),
    ]
    assert lines[-1]["how"] == "见上"


def test_problems_and_unconfirmed_values_stand_on_the_first_page() -> None:
    content = assessment.render(
        data(
            result("甲", "90.00"),
            unconfirmed=["weights"],
            problems=[{"code": "x", "where": "自查!C5", "message": "得分超过 100"}],
        )
    )
    first = PdfReader(io.BytesIO(content)).pages[0].extract_text()

    assert "weights" in first
    assert "得分超过" in first


# --- the paper of a regulation without an outline -----------------------------------------------


def letter(unit: str, points: str, **more: Any) -> dict[str, Any]:
    """A result under a scheme where fewer points are better, as with violations."""
    found = step("points", points, title="违规分合计", title_en="Points for violations", op="sum",
                 kind="violation", record_count=2)  # fmt: skip
    own = {"components": [{"id": "points", "score": points, "weight": None}], "amount": None}
    return result(unit, points, **own, working=found, **more)


LOWER = {
    "better": "lower",
    "scale": ["0", "200"],
    "parts": [{"id": "points", "title": "违规分合计", "better": "lower"}],
}


def test_where_fewer_points_are_better_the_fewest_come_first() -> None:
    given = data(letter("甲", "28.00"), letter("乙", "7.00"), letter("丙", "13.00"), shape=LOWER)
    made = {each["show"]: each for each in figures_of(given)}

    assert [row[1] for row in made["results"]["rows"]] == ["乙", "丙", "甲"]
    assert made["ranking"]["categories"] == ["乙", "丙", "甲"]
    assert (made["ranking"]["low"], made["ranking"]["high"]) == ("0", "28.00")
    assert made["components"]["falls"] == [True, True]
    assert assessment.render(given).startswith(b"%PDF")


def test_parts_are_named_by_their_titles_and_followed_by_what_was_measured() -> None:
    given = data(letter("甲", "28.00"), shape=LOWER)
    made = {each["show"]: each for each in figures_of(given)}

    assert made["components"]["columns"] == ["违规分合计", "得分"]
    assert made["measures"]["title"] == "违规分合计：所依据的数据"
    assert [each["title"] for each in made["measures"]["columns"]] == ["单位", "违规分合计", "得分"]
    assert made["measures"]["rows"] == [["甲", "28", "28"]]


def test_many_measures_are_told_in_several_tables() -> None:
    because = [step(f"m{place}", str(place), kind="k", record_count=1) for place in range(7)]
    working = step("total", "96", op="add", because=because)
    given = data(result("甲", "96.00", working=working, components=[
        {"id": "total", "score": "96.00", "weight": None}]))  # fmt: skip
    titles = [each["title"] for each in figures_of(given) if each["show"] == "measures"]

    assert titles == ["total：所依据的数据(1/2)", "total：所依据的数据(2/2)"]


def test_what_would_say_nothing_is_left_out() -> None:
    bare = {each["show"] for each in figures_of(data(letter("甲", "7.00"), shape=LOWER))}
    weighted = {each["show"] for each in figures_of(data(result("甲", "90.00")))}

    assert bare == {"results", "ranking", "components", "measures", "missing", "unconfirmed",
                    "working"}  # fmt: skip
    assert {"pareto", "money"} <= weighted


def test_points_lost_are_counted_from_the_better_end() -> None:
    parts = [{"id": "points", "score": "40.00", "weight": "50"}]
    one = {**letter("甲", "40.00"), "components": parts}
    made = {each["show"]: each for each in figures_of(data(one, shape=LOWER))}

    # (40 − 0) × 50 / 100
    assert [each["value"] for each in made["pareto"]["items"]] == ["20.00"]
    assert "0 分之差" in made["pareto"]["note"]


def test_a_paper_in_english_needs_only_the_words_of_its_regulation() -> None:
    english = {"language": "en", "words": {"优秀": "Excellent"}}
    given = data(letter("Corner Cafe", "7.00"), shape=LOWER, **english)
    told = assessment.paper(given)

    assert told["title"] == "Report on the results"
    assert told["parts"][0]["title"] == "1. Results"
    assert told["parts"][0]["blocks"][0]["rows"][0] == ["1", "Corner Cafe", "7.00", "Excellent"]
    assert told["parts"][-1]["blocks"][0]["lines"][0]["title"] == "Points for violations"
    assert told["parts"][-1]["blocks"][0]["lines"][0]["cites"] == "Article 10"
    assert "Pageofpages" not in words(assessment.render(given))
    assert "Page1of2" in words(assessment.render(given))
