"""A figure that serves every unit leads back to its one record on every sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from tests import factories
from tests.people import People, make_people, make_person
from tests.quarters import FOLDER
from zhijian.accounts import roles
from zhijian.accounts.models import User
from zhijian.assessments import resting
from zhijian.assessments.drilling import records_behind
from zhijian.assessments.models import Assessment, Objection, ScoreSheet
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import computing, objecting, opening
from zhijian.assessments.services.objecting import Plea, Ruling, line_of
from zhijian.domain.dates.period import Period
from zhijian.foundation import clock
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.intake.queries import records
from zhijian.intake.services import Entry
from zhijian.packs import queries as packs
from zhijian.packs import services as pack_services
from zhijian.packs.services import Following
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

pytestmark = pytest.mark.django_db

PACK = "property-assessment-a"


@dataclass
class Year:
    """Two estates that compare themselves with one average."""

    people: People
    clerk: User
    assessment: Assessment
    average: int

    def sheet(self, name: str = "甲小区") -> ScoreSheet:
        return self.assessment.sheets.select_related("assessment").get(
            unit_name=name, is_current=True
        )

    def met(self) -> dict[str, object]:
        names = ("甲小区", "乙小区")
        return {name: line_of(self.sheet(name), "safety_met").value for name in names}

    def compute(self) -> None:
        judged = computing.judge_all(self.assessment, lambda *_progress: None)
        computing.store(
            actor=self.people.working_group, assessment_id=self.assessment.pk, judged=judged
        )

    def objection(self, line: str = "benchmark") -> Objection:
        plea = Plea(line, "行业统计引用有误", self.average)
        return objecting.raise_objection(actor=self.clerk, sheet_id=self.sheet().pk, plea=plea)

    def uphold(self, objection: Objection, rate: str = "1.2") -> Objection:
        ruling = Ruling(True, "按年鉴更正", values={"rate": rate})
        return objecting.decide(
            actor=self.people.committee, objection_id=objection.pk, ruling=ruling
        )


@pytest.fixture
def year() -> Year:
    people, now = make_people(), clock.now()
    version = publish(load_from_folder(FOLDER.parent / PACK, None, now).pk, None, now)
    book = Book(packs.typed(version.pk), Period.parse("2024"))
    clerks = []
    for name, accidents in (("甲小区", 1), ("乙小区", 2)):
        unit = factories.make_unit(name=name)
        clerks.append(make_person(f"clerk_{accidents}", roles.DEPARTMENT_CLERK, unit))
        following = Following(unit_id=unit.pk, obligation="must", starts=date(2024, 1, 1))
        pack_services.subscribe(PACK, following, people.working_group)
        cells = {"unit": name, "accidents": accidents, "base": 2}
        intake.enter_record(actor=None, book=book, entry=Entry("safety", cells))
    average = Entry("industry_average", {"rate": "0.6", "source": "行业统计"})
    record = intake.enter_record(actor=people.working_group, book=book, entry=average)
    assessment = opening.open_period(
        actor=people.working_group, pack_id=PACK, scheme="full", period="2024"
    )
    found = Year(people, clerks[0], assessment, record.pk)
    found.compute()
    assessment.refresh_from_db()
    return found


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


@pytest.mark.req("INC-13")
def test_every_sheet_compares_with_the_one_average(year: Year) -> None:
    assert year.met() == {"甲小区": 1, "乙小区": 0}
    for name in ("甲小区", "乙小区"):
        sheet = year.sheet(name)
        behind = records_behind(sheet, line_of(sheet, "benchmark"))
        assert [line.id for line in behind[0:9]] == [year.average]


@pytest.mark.req("SRV-03")
def test_a_unit_objects_to_what_all_share_and_every_sheet_follows(year: Year) -> None:
    former = year.sheet("乙小区")

    decided = year.uphold(year.objection())

    assert year.met() == {"甲小区": 1, "乙小区": 1}
    touched = year.sheet("乙小区")
    assert decided.effect["touched"] == [touched.pk]
    assert (touched.revision, touched.objection_id) == (former.revision + 1, decided.pk)
    year.compute()
    assert year.sheet("乙小区").pk == touched.pk  # as if it had been worked out as a whole


def test_lines_that_do_not_use_it_stay(year: Year) -> None:
    objection = year.objection()
    book = Book(packs.typed(year.assessment.pack_version_id), Period.parse("2024"))
    safety = records(PACK, book.period, ["safety"]).get(unit__name="乙小区")
    entry = Entry("safety", {"unit": "乙小区", "accidents": 0, "base": 2})
    intake.change_record(actor=None, book=book, record_id=safety.pk, entry=entry, reason="后来更正")
    before = line_of(year.sheet("乙小区"), "accident_rate").value

    year.uphold(objection)

    assert line_of(year.sheet("乙小区"), "accident_rate").value == before


def test_a_line_above_follows_too(year: Year) -> None:
    objection = year.objection(line="safety_met")

    year.uphold(objection, rate="0.4")

    assert year.met() == {"甲小区": 0, "乙小区": 0}


def test_a_shared_record_of_another_period_is_not_behind_the_line(year: Year) -> None:
    book = Book(packs.typed(year.assessment.pack_version_id), Period.parse("2025"))
    average = Entry("industry_average", {"rate": "0.5", "source": "行业统计"})
    other = intake.enter_record(actor=year.people.working_group, book=book, entry=average)
    plea = Plea("benchmark", "行业统计引用有误", other.pk)

    with pytest.raises(AssessmentRefused, match=r"^assessments\.record_not_behind_line$"):
        objecting.raise_objection(actor=year.clerk, sheet_id=year.sheet().pk, plea=plea)


def test_the_pages_say_whom_it_touches(year: Year) -> None:
    clerk, committee = signed_in(year.clerk), signed_in(year.people.committee)
    form = clerk.get(f"/assessments/sheets/{year.sheet().pk}/lines/benchmark/object/")
    assert "各单位共用" in form.content.decode()
    objection = year.objection()
    path = f"/assessments/objections/{objection.pk}/"

    deciding, waiting = committee.get(path).content.decode(), clerk.get(path).content.decode()
    assert "涉及 2 个单位，甲小区、乙小区" in deciding.replace("乙小区、甲小区", "甲小区、乙小区")
    assert "这条数据各单位共用" in waiting
    assert "乙小区" not in waiting
    year.uphold(objection)
    after = committee.get(path).content.decode()
    assert "同时重新计算的其他单位" in after
    assert "乙小区" in after
    assert "乙小区" not in clerk.get(path).content.decode()
    sheet = committee.get(f"/assessments/sheets/{year.sheet('乙小区').pk}/").content.decode()
    assert "因共用数据更正" in sheet


def test_the_record_says_that_every_unit_uses_it(year: Year) -> None:
    (use,) = resting.uses_of_record(year.average)

    assert (use.label, use.url) == ("2024 全部单位共用", f"/assessments/{year.assessment.pk}/")
