"""A grade that a person decides on: what follows from it follows, and stays through approval."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import factories
from tests.apps.packs import tiny
from tests.people import People, make_people
from zhijian.assessments.models import Assessment, ScoreSheet, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import approving, computing, confirming, opening
from zhijian.assessments.verifying import differences
from zhijian.domain.dates.period import Period
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.intake.services import Entry
from zhijian.outcomes.models import LedgerEntry
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
  - {id: total, title: 得分, cites: 第二条, mean: {of: inspection.score}}
score: total
grade:
  of: total
  needs_person: true
  bands: [{below: "60", is: 差}, {at_least: "60", is: 好}]
"""
PLAN = """\
id: desk
title: 后果
scheme: desk
rules:
  - id: bonus
    title: 奖励
    kind: reward
    cites: 第二条
    when: {grade: 好}
    yuan: "500"
    approver: committee
  - id: fine
    title: 处罚
    kind: penalty
    cites: 第二条
    when: {grade: 差}
    yuan: "200"
    approver: committee
"""
EXAMPLE = """\
- name: 检查 90 分
  ask: assess
  given: {period: 2024Q1, records: {inspection: [{on: 2024-02-01, score: "90"}]}}
  expect: {score: "90", outcomes: bonus, amount: "500.00"}
"""


class Hall:
    """One unit whose proposed grade is 好, worked out and not yet handed in."""

    def __init__(self) -> None:
        self.people: People = make_people()
        factories.make_unit(name=UNIT, parent=self.people.unit.parent)
        row = tiny.published(
            scoring__desk=SCHEME,
            outcomes__desk=PLAN,
            parameters__weights="",
            parameters__points_per_complaint="",
            examples__desk=EXAMPLE,
        )
        self.assessment: Assessment = opening.open_period(
            actor=self.people.working_group, pack_id=tiny.PACK_ID, scheme="desk", period="2024Q1"
        )
        self.book = Book(packs.typed(row.pk), Period.parse("2024Q1"))
        self.enter("90")
        self.compute()

    def enter(self, score: str) -> None:
        """Enter an inspection."""
        cells = {"unit": UNIT, "on": self.book.period.last, "score": score}
        intake.enter_record(actor=None, book=self.book, entry=Entry("inspection", cells))

    def compute(self) -> int:
        """Work the period out; return how many sheets changed."""
        judged = computing.judge_all(self.assessment, lambda *_progress: None)
        return computing.store(
            actor=self.people.working_group, assessment_id=self.assessment.pk, judged=judged
        )

    @property
    def sheet(self) -> ScoreSheet:
        """The sheet that counts."""
        return ScoreSheet.objects.get(assessment=self.assessment, is_current=True)

    def confirm(self, grade: str) -> ScoreSheet:
        """The committee decides."""
        return confirming.confirm_grade(
            actor=self.people.committee, sheet_id=self.sheet.pk, grade=grade, reason="核实后认定"
        )

    def approve(self) -> None:
        """Hand in and approve."""
        approving.submit(actor=self.people.working_group, assessment_id=self.assessment.pk)
        approving.approve(actor=self.people.committee, assessment_id=self.assessment.pk)
        self.assessment.refresh_from_db()


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_what_follows_is_that_of_the_grade_decided_on(hall: Hall) -> None:
    before = hall.sheet
    assert (before.grade, before.yuan) == ("好", Decimal(500))

    after = hall.confirm("差")

    assert hall.sheet == after
    assert (after.grade, after.confirmed_grade, after.yuan) == ("差", "差", Decimal(-200))
    assert [each["rule"] for each in after.proposals] == ["fine"]
    assert after.grading["given"]["confirmed"] == "好 → 差 (核实后认定)"
    assert (after.score, after.revision) == (before.score, before.revision + 1)
    before.refresh_from_db()
    assert (before.is_current, before.yuan) == (False, Decimal(500))


def test_a_grade_decided_on_goes_into_the_ledger_and_can_be_rebuilt(hall: Hall) -> None:
    hall.confirm("差")

    hall.approve()

    assert hall.assessment.state == State.APPROVED
    entry = LedgerEntry.objects.get()
    assert (entry.rule, entry.grade, entry.amount) == ("fine", "差", Decimal(-200))
    assert differences(hall.assessment) == []


def test_the_proposed_grade_can_be_confirmed_as_it_is(hall: Hall) -> None:
    hall.confirm("好")

    hall.approve()

    assert LedgerEntry.objects.get().amount == Decimal(500)
    assert differences(hall.assessment) == []


def test_working_out_again_keeps_the_decision_while_nothing_has_changed(hall: Hall) -> None:
    decided = hall.confirm("差")

    assert hall.compute() == 0
    assert hall.sheet == decided


def test_new_facts_ask_for_a_new_decision(hall: Hall) -> None:
    hall.confirm("差")
    hall.enter("70")

    assert hall.compute() == 1

    assert (hall.sheet.grade, hall.sheet.confirmed_grade) == ("好", "")
    assert hall.sheet.yuan == Decimal(500)
    with pytest.raises(AssessmentRefused) as refused:
        hall.approve()
    assert refused.value.code == "assessments.grades_unconfirmed"


def test_a_grade_can_be_decided_on_twice(hall: Hall) -> None:
    hall.confirm("差")
    hall.confirm("好")

    assert (hall.sheet.grade, hall.sheet.yuan, hall.sheet.revision) == ("好", Decimal(500), 3)


def test_a_former_sheet_takes_no_decision(hall: Hall) -> None:
    former = hall.sheet
    hall.confirm("差")

    with pytest.raises(AssessmentRefused) as refused:
        confirming.confirm_grade(
            actor=hall.people.committee, sheet_id=former.pk, grade="好", reason="再议"
        )
    assert refused.value.code == "assessments.grade_not_confirmable"
