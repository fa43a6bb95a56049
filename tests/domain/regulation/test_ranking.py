"""A ranking of all units changes grades, and what follows from them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.domain.tiny import pack, record, scheme
from zhijian.domain.exact import plain
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.regulation.assess import Assessor, Result, assess_all
from zhijian.domain.scoring.context import Context, Unit

GRADES = """
grade:
  of: x
  order: [先进, 合格, 不合格]
  bands: [{below: "60", is: 不合格}, {at_least: "60", is: 合格}]
  ranking: [{title: 前两成为先进, share: "0.2", is: 先进, among: [合格]}]
"""
OUTCOME = """
id: prize
title: 奖励
rules: [{id: prize, title: 奖金, kind: reward, when: {grade: 先进}, yuan: "500"}]
"""


def assessed(*points: str) -> list[Result]:
    files = scheme("- {id: x, title: 得分, mean: {of: check.points}}", GRADES)
    found = pack({**files, "outcomes/prize.yaml": OUTCOME})
    units = [Unit(name) for name in "甲乙丙丁戊"]
    records = [
        record("check", points=Fraction(number), unit=unit.id, key=f"r{place}")
        for place, (unit, number) in enumerate(zip(units, points, strict=True))
    ]
    day = date(2024, 3, 31)
    facts = MemoryFacts(records, day)

    def context_of(unit: Unit) -> Context:
        return Context(unit, facts, found.law(day), found.absence())

    return list(assess_all(Assessor.of(found), units, context_of))


def test_the_best_fifth_is_graded_up_and_paid() -> None:
    results = assessed("70", "90", "80", "50", "65")

    assert [each.sheet.grade for each in results] == ["合格", "先进", "合格", "不合格", "合格"]
    assert [plain(each.yuan) for each in results if each.yuan is not None] == [
        "0", "500", "0", "0", "0",
    ]  # fmt: skip
    best = results[1].sheet.grading
    assert best is not None
    assert dict(best.given)["ranking"] == "合格 → 先进 (前两成为先进)"


def test_units_with_the_score_of_the_last_place_share_it() -> None:
    results = assessed("90", "90", "80", "50", "65")

    assert [each.sheet.grade for each in results][:2] == ["先进", "先进"]
