"""A decided result whose reward the regulation leaves to the approver, for stories about it."""

from __future__ import annotations

from dataclasses import dataclass

from tests import factories
from tests.apps.packs import tiny
from tests.kept import kept
from tests.people import People, make_people
from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.assessments.services import approving, computing, opening
from zhijian.domain.dates.period import Period
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.intake.services import Entry
from zhijian.organizations.models import Unit
from zhijian.outcomes.models import LedgerEntry
from zhijian.packs import queries as packs
from zhijian.packs.models import PackVersion

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
grade: {of: total, bands: [{below: "60", is: 差}, {at_least: "60", is: 好}]}
"""
PLAN = """\
id: desk
title: 后果
scheme: desk
rules:
  - id: honour
    title: {zh: 荣誉, en: Honour}
    kind: reward
    cites: 第二条
    when: {grade: 好}
    text: 授予称号。
    typed: {at_least: "100", at_most: "5000"}
    approver: committee
  - id: warning
    title: {zh: 警告, en: Warning}
    kind: penalty
    cites: 第二条
    when: {grade: 差}
    text: 书面警告。
    days: "7"
    typed: {}
    approver: leader
"""
EXAMPLE = """\
- name: 检查 90 分
  ask: assess
  given: {{period: 2024Q1, records: {{inspection: [{{on: 2024-02-01, score: "90"}}]}}}}
  expect: {{score: "90", outcomes: {expects}, open_amounts: {left_open}}}
"""


@dataclass
class Decided:
    """Everybody, the unit, and the approved assessment."""

    people: People
    unit: Unit
    book: Book
    assessment: Assessment

    def entry(self, rule: str = "honour") -> LedgerEntry:
        """The decision that stands under a rule."""
        return LedgerEntry.objects.get(rule=rule, reverses=None, reversed_by=None)

    def enter(self, score: str) -> None:
        """Enter an inspection."""
        cells = {"unit": UNIT, "on": self.book.period.last, "score": score}
        intake.enter_record(actor=None, book=self.book, entry=Entry("inspection", cells))

    def sheet(self) -> ScoreSheet:
        """The sheet of the unit that counts now."""
        return self.assessment.sheets.select_related("assessment").get(is_current=True)

    def compute(self) -> None:
        """Work out."""
        judged = computing.judge_all(self.assessment, lambda *_progress: None)
        group, key = self.people.working_group, self.assessment.pk
        computing.store(actor=group, assessment_id=key, judged=judged)
        self.assessment.refresh_from_db()

    def approve(self) -> None:
        """Work out, hand in and approve."""
        self.compute()
        group, key = self.people.working_group, self.assessment.pk
        approving.submit(actor=group, assessment_id=key)
        approving.approve(actor=self.people.committee, assessment_id=key)
        self.assessment.refresh_from_db()


@kept
def decided(score: str = "90", **plan: str) -> Decided:
    """One unit with one inspection, approved."""
    found = opened(score, **plan)
    found.approve()
    return found


def worked_out(score: str = "90") -> Decided:
    """One unit with one inspection, computed and not yet handed in."""
    found = opened(score)
    found.compute()
    return found


def publish(
    plan: str = PLAN,
    version: tuple[str, str] = ("1.0", "2024-01-01"),
    expects: str = "honour",
    expects_open: str = "honour",
    bodies: str = "",
) -> PackVersion:
    """The regulation, or a later version of it, its number and first day, with another plan."""
    return tiny.published(
        *version,
        scoring__desk=SCHEME,
        outcomes__desk=plan,
        parameters__weights="",
        parameters__points_per_complaint="",
        **({"pack": tiny.contents()["pack.yaml"] + bodies} if bodies else {}),
        examples__desk=EXAMPLE.format(expects=expects, left_open=expects_open),
    )


@kept
def opened(score: str, **regulation: str) -> Decided:
    """One unit with one inspection, under the regulation that ``publish`` makes."""
    people = make_people()
    unit = factories.make_unit(name=UNIT, parent=people.unit.parent)
    row = publish(**regulation)
    assessment = opening.open_period(
        actor=people.working_group, pack_id=tiny.PACK_ID, scheme="desk", period="2024Q1"
    )
    book = Book(packs.typed(row.pk), Period.parse("2024Q1"))
    found = Decided(people, unit, book, assessment)
    found.enter(score)
    return found
