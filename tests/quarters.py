"""A quarter of the sample regulation, entered through the services, for stories and pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests import factories
from tests.kept import kept
from tests.people import People, make_people
from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.assessments.services import approving, computing, opening
from zhijian.domain.dates.period import Period
from zhijian.foundation import clock
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.intake.services import Entry
from zhijian.organizations.models import Unit
from zhijian.packs import queries as packs
from zhijian.packs.models import CheckReport
from zhijian.packs.services.confirmations import Choice, confirm_parameter
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

PACK = "quarterly-service-quality"
FOLDER = Path(__file__).parents[1] / "packs" / PACK


@dataclass
class Quarter:
    """Everybody, the published regulation, the departments, and an open assessment."""

    people: People
    version_id: int
    book: Book
    units: dict[str, Unit]
    assessment: Assessment

    def enter(self, kind: str, unit: str = "市场经营部", **values: object) -> int:
        """Enter one record as the program itself; return its id."""
        cells = {"unit": unit, **values}
        if self.book.kind(kind).is_register:
            cells.pop("unit")
        entry = Entry(kind, cells)  # type: ignore[arg-type]
        return intake.enter_record(actor=None, book=self.book, entry=entry).pk

    def complete(self, unit: str, score: str = "96", survey: str = "95", valid: int = 1) -> None:
        """Enter a whole quarter of one department."""
        for month in self.book.period.months():
            self.enter("self_check", unit, month=month, score=score)
        self.enter("office_sample", unit, month=self.book.period.months()[0], score=score)
        self.enter("questionnaire", unit, on=self.book.period.last, customer="甲公司", score=survey)
        for number in range(valid):
            self.enter(
                "complaint",
                unit,
                on=self.book.period.first,
                number=f"{unit}-{number}",
                customer="乙",
                content="送货迟到",
                validity="有效",
            )
        self.enter("register_check", unit, complete="齐全", checked_by="王")

    def compute(self) -> None:
        """Compute as the job does."""
        judged = computing.judge_all(self.assessment, lambda *_progress: None)
        computing.store(
            actor=self.people.working_group, assessment_id=self.assessment.pk, judged=judged
        )
        self.assessment.refresh_from_db()

    def sheet(self, unit: str = "市场经营部") -> ScoreSheet:
        """The sheet of a department that counts now."""
        return self.assessment.sheets.get(unit_name=unit, is_current=True)

    def confirm_values(self) -> None:
        """Let the committee confirm every proposed value."""
        for name in packs.unconfirmed(self.version_id):
            confirm_parameter(
                self.version_id, Choice(name, "委员会会议确认"), self.people.committee, clock.now()
            )

    def submit(self) -> None:
        """Hand the results in."""
        approving.submit(actor=self.people.working_group, assessment_id=self.assessment.pk)
        self.assessment.refresh_from_db()

    def approve(self, reason: str = "") -> None:
        """Let the committee approve."""
        approving.approve(
            actor=self.people.committee,
            assessment_id=self.assessment.pk,
            exceptions_reason=reason,
        )
        self.assessment.refresh_from_db()


_checked: list[CheckReport] = []


@kept
def published_pack() -> int:
    """Load and publish the sample regulation; return the id of the version.

    Its examples are run once for the whole session; they have a test of their own.
    """
    now = clock.now()
    row = load_from_folder(FOLDER, None, now)
    CheckReport.objects.bulk_create(_checked)
    published = publish(row.pk, None, now).pk
    _checked[:] = CheckReport.objects.all()
    for report in _checked:
        report.pk = None
    return published


@kept
def make_quarter(period: str = "2024Q1") -> Quarter:
    """An open assessment of the seven departments; nothing entered but the key customer."""
    people = make_people()
    version_id = published_pack()
    company = people.unit.parent
    units = {people.unit.name: people.unit, people.other_unit.name: people.other_unit}
    for name in packs.typed(version_id).header.units:
        if name not in units:
            units[name] = factories.make_unit(name=name, parent=company)
    assessment = opening.open_period(
        actor=people.working_group, pack_id=PACK, scheme="department", period=period
    )
    book = Book(packs.typed(version_id), Period.parse(period))
    quarter = Quarter(people, version_id, book, units, assessment)
    quarter.enter("key_customer", name="甲公司")
    return quarter


@kept
def make_complete_quarter(period: str = "2024Q1") -> Quarter:
    """A quarter with every record of all seven departments, computed."""
    quarter = make_quarter(period)
    for place, unit in enumerate(quarter.units):
        quarter.complete(unit, score=str(96 - place), valid=place % 3)
    quarter.compute()
    return quarter
