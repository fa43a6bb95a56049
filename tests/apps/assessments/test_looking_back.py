"""Rules that look back find what was decided, period by period, in every working-out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from tests import factories
from tests.apps.packs import tiny
from tests.people import People, make_people
from zhijian.assessments.models import Assessment, ScoreSheet, State
from zhijian.assessments.services import computing, opening
from zhijian.domain.dates.period import Period
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.intake.services import Entry
from zhijian.packs import queries as packs

pytestmark = pytest.mark.django_db

UNIT = "大厅"
SCHEME = """\
id: desk
title: 窗口考核
cites: 第二条
subject: 窗口
periods: [quarter]
lines:
  - {id: inspection, title: 检查得分, cites: 第二条, mean: {of: inspection.score}}
  - {id: number_of_complaints, title: 投诉次数, count: {of: complaint}}
  - {id: total, title: 得分, cites: 第二条, subtract: [inspection, number_of_complaints]}
score: total
grade: {of: total, bands: [{below: "60", is: 差}, {at_least: "60", is: 好}]}
"""
PLAN = """\
id: desk
title: 后果
scheme: desk
lines:
  - {id: above, title: 高出, subtract: [total, "60"]}
  - {id: before, title: 上期高出, previous: {of: above}}
  - {id: once, title: 上期检查, previous: {of: inspection}}
  - {id: row, title: 连续, streak: {grades: [差]}}
rules:
  - {id: reward, title: 奖, kind: reward, when: {grade: 好}, yuan: above}
  - {id: again, title: 再奖, kind: reward, when: {before: {empty: false}}, yuan: before}
  - {id: talk, title: 约谈, kind: measure, when: {row: {at_least: "2"}}, text: 约谈。}
  - {id: told, title: 上期检查, kind: none, when: {once: {empty: false}}}
"""


@dataclass
class Counter:
    """The regulation that looks back, and one unit under it."""

    people: People
    version_id: int

    def decided(self, period: str, score: str | None, **rest: Any) -> ScoreSheet:
        """Compute a quarter with one inspection, and let it stand as decided."""
        assessment = self.opened(period)
        if score is not None:
            book = Book(packs.typed(self.version_id), Period.parse(period))
            entry = Entry("inspection", {"unit": UNIT, "on": book.period.first, "score": score})
            intake.enter_record(actor=None, book=book, entry=entry)
        sheet = self.computed(assessment)
        Assessment.objects.filter(pk=assessment.pk).update(state=State.APPROVED, **rest)
        return sheet

    def opened(self, period: str) -> Assessment:
        return opening.open_period(
            actor=self.people.working_group, pack_id=tiny.PACK_ID, scheme="desk", period=period
        )

    def computed(self, assessment: Assessment) -> ScoreSheet:
        judged = computing.judge_all(assessment, lambda *_progress: None)
        computing.store(actor=self.people.working_group, assessment_id=assessment.pk, judged=judged)
        return assessment.sheets.get(unit_name=UNIT, is_current=True)


@pytest.fixture
def counter() -> Counter:
    people = make_people()
    factories.make_unit(name=UNIT, parent=people.unit.parent)
    row = tiny.published(
        scoring__desk=SCHEME, outcomes__desk=PLAN,
        parameters__weights="", parameters__points_per_complaint="",
        examples__desk=EXAMPLE,
    )  # fmt: skip
    return Counter(people, row.pk)


EXAMPLE = """\
- name: 检查 90 分
  ask: assess
  given: {period: 2024Q1, records: {inspection: [{on: 2024-02-01, score: "90"}]}}
  expect: {score: "90", outcomes: reward}
"""


def rules(sheet: ScoreSheet) -> list[str]:
    return [each["rule"] for each in sheet.proposals]


def test_the_quarter_before_is_found_in_every_working_out(counter: Counter) -> None:
    counter.decided("2024Q1", "90")

    sheet = counter.decided("2024Q2", "80")

    # 80 − 60 = 20 now, 90 − 60 = 30 that only the reward of the quarter before rests on.
    assert (rules(sheet), sheet.yuan) == (["reward", "again", "told"], Decimal(50))


def test_a_missing_quarter_is_nothing_to_look_back_at(counter: Counter) -> None:
    counter.decided("2024Q1", "90")

    assert rules(counter.decided("2024Q3", "80")) == ["reward"]


def test_two_quarters_in_a_row_are_adjacent(counter: Counter) -> None:
    counter.decided("2024Q1", "50")
    apart = counter.decided("2024Q3", "50")
    adjacent = counter.decided("2024Q4", "50")

    assert "talk" not in rules(apart)
    assert "talk" in rules(adjacent)


def test_what_a_unit_without_result_reached_is_found(counter: Counter) -> None:
    """It was not assessed in the end, but its inspection had a value."""
    former = counter.decided("2024Q1", "90")
    ScoreSheet.objects.filter(pk=former.pk).update(status="not_assessed", grade="", score=None)

    sheet = counter.decided("2024Q2", "50")

    assert "told" in rules(sheet)


@pytest.mark.parametrize("rest", [{"is_current": False}, {"scheme": "other"}])
def test_only_what_stands_counts(counter: Counter, rest: dict[str, Any]) -> None:
    counter.decided("2024Q1", "50", **rest)

    assert rules(counter.decided("2024Q2", "50")) == []


def test_what_is_not_decided_does_not_count(counter: Counter) -> None:
    counter.computed(counter.opened("2024Q1"))

    assert rules(counter.decided("2024Q2", "80")) == ["reward"]
