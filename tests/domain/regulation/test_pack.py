"""A pack as a whole: what people read in it, whom it names, and what its rules look back to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.domain.regulation.department import FEWER, GRADE, LINES, files
from tests.domain.tiny import pack, record, scheme
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.regulation.assess import Assessor, assess_all
from zhijian.domain.regulation.checks import check_pack
from zhijian.domain.scoring.context import Context, Unit

CALENDAR = WorkingCalendar(published_years=frozenset({2024}))
ENGLISH_GRADE = """
grade:
  of: x
  order: [{zh: 好, en: Good}, {zh: 差, en: Poor}]
  bands: [{below: "60", is: 差}, {at_least: "60", is: 好}]
"""


def kind(options: str) -> dict[str, str]:
    field = f"{{id: sort, title: 类别, type: choice, options: [{options}]}}"
    return {"records/form.yaml": f"id: form\ntitle: 表\nfields: [{field}]\n"}


def codes(changed: dict[str, str]) -> list[str]:
    problems, _ = check_pack(pack({**files(), **FEWER, **changed}), CALENDAR)
    # Most of these small packs use few of the parameters.
    return [each.code for each in problems if each.code != "policy.parameter_unused"]


def test_a_stored_word_is_told_as_a_grade_first_and_in_english_where_anything_has_it() -> None:
    grades = scheme("- {id: x, title: 总分, mean: check.points}", ENGLISH_GRADE)
    found = pack({**grades, **kind("{zh: 好, en: Fine}, {zh: 中, en: Fair}, 无")})

    told = {word: words.en for word, words in found.stored_words().items()}

    assert (told["好"], told["差"], told["中"], told["无"]) == ("Good", "Poor", "Fair", "")


def test_a_grade_without_english_borrows_it_from_the_option_of_the_same_name() -> None:
    grades = scheme(
        "- {id: x, title: {zh: 总分, en: Total}, mean: check.points}",
        ENGLISH_GRADE.replace("{zh: 好, en: Good}", "好").replace("{zh: 差, en: Poor}", "差"),
    )
    found = pack({**grades, **kind("{zh: 好, en: Fine}")})

    assert found.stored_words()["好"].en == "Fine"


def test_whom_nobody_can_be_is_told_wherever_a_pack_names_them() -> None:
    outline = "id: o\ntitle: 报告\ncites: 第一条\nparts: [{id: a, title: 一, written_by: king}]\n"

    assert codes({"reports/o.yaml": outline}) == ["policy.unknown_word"]
    assert codes({"reports/o.yaml": outline.replace("king", "committee")}) == []


def test_a_line_that_looks_back_to_no_line_is_told() -> None:
    looking = LINES.replace("mean: check.points", "previous: {of: nothing}")
    also = FEWER["outcomes/main.yaml"].replace(
        "lines:", "lines:\n          - {id: ago, title: 往期, previous: {of: nowhere}}"
    )

    assert codes({**files(lines=looking), **FEWER}) == ["scoring.unknown_past_line"]
    assert "scoring.unknown_past_line" in codes({"outcomes/main.yaml": also})


def test_without_a_ranking_every_unit_is_assessed_once() -> None:
    found = pack(scheme("- {id: x, title: 得分, mean: check.points}"))
    records = [record("check", unit=unit, points=Fraction(90)) for unit in "甲乙"]
    day = date(2024, 3, 31)
    asked: list[str] = []

    def context_of(unit: Unit) -> Context:
        asked.append(unit.id)
        return Context(unit, MemoryFacts(records, day), found.law(day), found.absence())

    results = list(assess_all(Assessor.of(found), [Unit("甲"), Unit("乙")], context_of))

    assert [each.sheet.score for each in results] == [90, 90]
    assert asked == ["甲", "乙"]


def test_scores_lie_between_the_ends_of_the_grades_else_between_0_and_100() -> None:
    line = "- {id: x, title: 得分, mean: check.points}"
    ended = ENGLISH_GRADE + '  range: ["0", "120"]\n'

    assert pack(scheme(line)).scheme().scale == (0, 100)
    assert pack(scheme(line, ended)).scheme().scale == (0, 120)


def test_a_grade_may_judge_another_line_than_the_score() -> None:
    grade = GRADE.replace("of: x", "of: check")
    sheet = pack(files(grade=grade)).scheme()

    assert (sheet.score, sheet.grading and sheet.grading.of.name) == ("x", "check")
