"""Bands, vetoes, grades lower, ranking, grades in words, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.tiny import assess, context, pack, problems, record, scheme
from zhijian.domain.scoring.context import Past, Unit
from zhijian.domain.scoring.grade import intervals_of, ranked_grades, work_grade

LINES = """
- {id: x, title: 得, value: unit.size}
- {id: accidents, title: 事故, count: accident}
- {id: late, title: 迟, sum: check.points}
"""
THREE = """
grade:
  of: x
  bands:
    - {below: "95", is: 不合格}
    - {exactly: "95", is: 合格}
    - {above: "95", is: 优秀}
"""
FIVE = """
grade:
  of: x
  cites: 第一条
  order: [{zh: 优, en: A}, {zh: 良, en: B}, 中, 差]
  bands:
    - {at_least: "90", is: 优}
    - {at_least: "80", below: "90", is: 良}
    - {at_least: "60", below: "80", is: 中}
    - {below: "60", is: 差}
"""


def graded(grade: str, size: str, *records: Any, **more: Any) -> Any:
    found = pack(scheme(LINES + (BEFORE if VETO in grade else ""), grade))
    return assess(found, *records, unit=Unit("甲", "", {"size": Fraction(size)}), **more).sheet


@pytest.mark.parametrize(
    ("score", "grade"),
    [("94.99", "不合格"), ("95", "合格"), ("95.01", "优秀"), ("0", "不合格"), ("100", "优秀")],
)
def test_exact_ends(score: str, grade: str) -> None:
    assert graded(THREE, score).grade == grade


@pytest.mark.parametrize("grade", [THREE, FIVE])
def test_every_hundredth_has_exactly_one_grade(grade: str) -> None:
    grading = pack(scheme(LINES, grade)).scheme().grading
    assert grading is not None
    bands = grading.bands_for(context(pack()))[0]
    assert bands is not None

    for hundredths in range(10_001):
        score = Fraction(hundredths, 100)
        assert sum(score in band.interval for band in bands.bands) == 1


def test_grades_are_ordered_best_first_however_the_bands_are_written() -> None:
    found = pack(scheme(LINES, THREE)).scheme().grading
    turned = pack(
        scheme(LINES, "grade: {of: x, bands: [{at_least: '60', is: 好}, {below: '60', is: 差}]}")
    ).scheme()

    assert found is not None
    assert found.order == ("优秀", "合格", "不合格")
    assert turned.grading is not None
    assert turned.grading.order == ("好", "差")
    assert turned.grading.better("差") == "好"
    assert turned.grading.better("好") is None
    bands = turned.grading.bands_for(context(pack()))[0]
    assert bands is not None
    assert [str(each) for each in intervals_of(bands, "好")] == ["[60, +∞)"]


def test_grades_speak_both_languages() -> None:
    found = pack(scheme(LINES, FIVE)).scheme().grading

    assert found is not None
    assert [found.titles[each].to("en") for each in found.order] == ["A", "B", "中", "差"]
    assert not found.needs_person


BEFORE = "- {id: before, title: 上期, streak: {grades: [差]}}\n"
VETO = """
  vetoes:
    - {id: accident, title: 事故, cites: 第一条, when: {accidents: {above: "0"}}, at_most: 中}
    - {id: late, title: 迟报, when: {late: {above: "3"}}, lower_by: 1}
    - {id: third, title: 三连, when: {before: {at_least: "2"}}, at_most: 差}
"""
QUIET = (record("check", points=Fraction(0)),)


@pytest.mark.parametrize(
    ("score", "accidents", "late", "grade"),
    [
        ("95", 0, "3", "优"),
        ("95", 1, "3", "中"),
        ("95", 0, "3.01", "良"),
        ("95", 1, "4", "差"),
        ("70", 1, "0", "中"),
        ("50", 1, "4", "差"),
    ],
)
def test_vetoes_hold_down_and_push_down(score: str, accidents: int, late: str, grade: str) -> None:
    records = [record("accident", key=str(each)) for each in range(accidents)]

    sheet = graded(FIVE + VETO, score, *records, record("check", points=Fraction(late)))

    assert sheet.grade == grade
    if accidents and score == "95":
        assert "veto.accident" in dict(sheet.grading.given)


def test_a_veto_may_look_at_earlier_periods() -> None:
    past = (Past("2023Q4", "差"), Past("2023Q3", "差"))

    assert graded(FIVE + VETO, "95", *QUIET, past=past).grade == "差"
    assert graded(FIVE + VETO, "95", *QUIET, past=past[:1]).grade == "优"


def test_a_veto_without_data_leaves_the_grade_open() -> None:
    sheet = graded(FIVE + VETO, "95")

    assert (sheet.status, sheet.grade, sheet.score) == ("not_assessed", None, None)
    assert sheet.grading.reason == "input_missing"


def test_no_score_no_grade() -> None:
    found = pack(scheme(LINES, FIVE))

    sheet = assess(found).sheet

    assert (sheet.status, sheet.grade) == ("not_assessed", None)


def test_a_score_outside_the_stated_range_has_no_grade() -> None:
    bands = "{of: x, range: ['0', '10'], bands: [{at_least: '0', at_most: '10', is: 好}]}"

    assert graded(f"grade: {bands}", "10").grade == "好"
    assert graded(f"grade: {bands}", "10.01").grading.reason == "outside_bands"


def test_grades_given_in_words() -> None:
    lines = "- {id: x, title: 得, value: unit.kind}"
    found = pack(scheme(lines, "grade: {of: x, order: [好, 差], needs_person: true}"))

    def grade(word: str) -> Any:
        return assess(found, unit=Unit("甲", "", {"kind": word})).sheet

    assert grade("好").grade == "好"
    assert grade("中").grading.reason == "outside_bands"
    assert found.scheme().grading.needs_person  # type: ignore[union-attr]


def test_bands_may_be_a_parameter_of_the_group() -> None:
    text = """
        id: cut
        title: 档
        kind: bands
        entries:
          - starts: 2020-01-01
            cites: 第一条
            proposed: true
            value: [{at_least: "60", is: 好}, {below: "60", is: 差}]
            for_groups: {后勤: [{at_least: "80", is: 好}, {below: "80", is: 差}]}
        verified_until: 2030-12-31
        """
    files = {**scheme(LINES, "grade: {of: x, bands: parameter.cut}"), "parameters/cut.yaml": text}
    found = pack(files)

    def sheet(group: str) -> Any:
        return assess(found, unit=Unit("甲", group, {"size": Fraction(70)})).sheet

    assert (sheet("").grade, sheet("后勤").grade) == ("好", "差")
    assert sheet("").unconfirmed == ("cut",)
    repealed = context(found, unit=Unit("甲", "", {"size": Fraction(70)}))
    grading = found.scheme().grading
    assert grading is not None
    repealed.law = found.law(found.header.effective.replace(year=2019))
    repealed.steps["x"] = context(found).parameter("cut")[0]
    assert work_grade(grading, repealed).status == "blocked"


RANKING = """
  ranking:
    - {title: 前四分之一, share: "0.25", is: 优, among: [良]}
    - {title: 末位, share: "0.25", is: 差, from_bottom: true}
"""


@pytest.mark.parametrize(
    ("results", "changed"),
    [
        ([("a", 88, "良"), ("b", 85, "良"), ("c", 70, "中"), ("d", 65, "中")],
         {"a": "优", "d": "差"}),
        # Units with the score of the last place share it.
        ([("a", 88, "良"), ("b", 88, "良"), ("c", 65, "中"), ("d", 65, "中")],
         {"a": "优", "b": "优", "c": "差", "d": "差"}),
        # A quarter of three is no place at all.
        ([("a", 88, "良"), ("b", 85, "良"), ("c", 70, "中")], {}),
        ([("a", 70, "中"), ("b", 70, "中"), ("c", 70, "中"), ("d", 71, "中")],
         {"a": "差", "b": "差", "c": "差"}),
    ],
)  # fmt: skip
def test_shares_of_a_ranking(results: list[tuple[str, int, str]], changed: dict[str, str]) -> None:
    grading = pack(scheme(LINES, FIVE + RANKING)).scheme().grading
    assert grading is not None

    found = ranked_grades(grading, [(unit, Fraction(score), own) for unit, score, own in results])

    assert {unit: grade for unit, (grade, _) in found.items()} == changed


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("vetoes: [{id: v, title: v, when: {x: '1'}}]", "policy.key_missing"),
        ("vetoes: [{id: v, title: v, when: {x: '1'}, lower_by: 9}]", "policy.out_of_range"),
        ("vetoes: [{id: v, title: v, when: {x: '1'}, lower_by: -1}]", "policy.out_of_range"),
        ("vetoes: [{id: v, title: v, when: {x: '1'}, at_most: 末}]", "scoring.unknown_grade"),
        ("ranking: [{title: v, share: '25', is: 优}]", "policy.out_of_range"),
        ("ranking: [{title: v, share: '0.2', is: 末}]", "scoring.unknown_grade"),
        ("range: ['0']", "policy.not_a_pair"),
    ],
)
def test_a_grading_that_means_nothing_is_refused(rest: str, code: str) -> None:
    assert [each for each, _ in problems(scheme(LINES, f"{FIVE}  {rest}\n"))] == [code]


def test_grades_without_bands_need_an_order() -> None:
    assert problems(scheme(LINES, "grade: {of: x}"))[0][0] == "scoring.grade_order"
