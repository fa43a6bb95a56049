"""Where fewer points are better: grades, rankings, and what would change a grade."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.tiny import context, pack, problems, record, scheme
from zhijian.domain.regulation.assess import Assessor
from zhijian.domain.regulation.impact import impact
from zhijian.domain.scoring.grade import ranked_grades
from zhijian.domain.scoring.scheme import Scheme

LINES = """
- {id: found, title: 违规分, sum: accident.points}
- {id: care, title: 整洁, mean: check.points, none: {use: "100", because: 第一条}, better: higher}
- {id: x, title: 合计, value: found}
"""
GRADE = """
components: [found, care]
{better}
grade:
  of: x
  {order}
  range: ["0", "200"]
  bands: [{{at_most: "13", is: A}}, {{above: "13", at_most: "27", is: B}}, {{above: "27", is: C}}]
  ranking: [{{title: 前列, share: "0.25", is: A, among: [B]}}]
"""


def letters(better: str = "better: lower", order: str = "order: [A, B, C]") -> Scheme:
    return pack(scheme(LINES, GRADE.format(better=better, order=order))).scheme()


def test_the_direction_of_the_scheme_holds_for_lines_that_say_nothing() -> None:
    found = letters()

    assert found.better == "lower"
    assert (found.better_of("found"), found.better_of("care")) == ("lower", "higher")
    assert pack(scheme("- {id: x, title: x, value: '1'}")).scheme().better == "higher"


def test_grades_without_an_order_run_from_the_better_end() -> None:
    grading = letters(order="").grading
    assert grading is not None
    assert grading.order == ("A", "B", "C")


@pytest.mark.parametrize("better", ["", "better: higher"])
def test_bands_that_all_speak_against_the_direction_are_refused(better: str) -> None:
    found = problems(scheme(LINES, GRADE.format(better=better, order="order: [A, B, C]")))
    assert [code for code, _ in found] == ["scoring.better_against_bands"]


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_bands_that_turn_back_leave_the_direction_to_the_pack(better: str) -> None:
    bands = "[{below: 40, is: 差}, {at_least: 40, at_most: 60, is: 好}, {above: 60, is: 差}]"
    text = f"better: {better}\ngrade:\n  of: x\n  order: [好, 差]\n  bands: {bands}"
    assert pack(scheme("- {id: x, title: x, value: '50'}", text)).scheme().better == better


def test_the_top_of_a_ranking_is_where_points_are_few() -> None:
    grading = letters().grading
    assert grading is not None
    results = [("a", Fraction(14), "B"), ("b", Fraction(20), "B"), ("c", Fraction(26), "B"),
               ("d", Fraction(40), "C")]  # fmt: skip

    assert ranked_grades(grading, results, "lower") == {"a": ("A", "前列")}
    assert ranked_grades(grading, results, "higher") == {"c": ("A", "前列")}


def test_a_part_is_searched_on_its_better_side() -> None:
    found = pack(scheme(LINES, GRADE.format(better="better: lower", order="")))
    points = record("accident", points=Fraction("20.5"))
    answer = impact(Assessor.of(found), context(found, points))
    assert answer is not None

    assert (answer.grade, answer.better and answer.better.score) == ("B", 13)
    assert answer.worse is not None
    assert answer.worse.score == Fraction("27.01")
    assert [(each.part, each.needed) for each in answer.parts] == [("found", 13), ("care", None)]
