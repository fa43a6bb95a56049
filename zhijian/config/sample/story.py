"""Building the sample: units, people, records, and what became of each period."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhijian.accounts import queries as accounts
from zhijian.accounts import roles
from zhijian.accounts.services.samples import SamplePerson, ensure_sample_people
from zhijian.assessments import queries as assessments
from zhijian.assessments.services import approving, computing, objecting, opening
from zhijian.assessments.services.objecting import Plea
from zhijian.config.sample import (
    aftermath,
    cases,
    complaints,
    departments,
    estates,
    incidents,
    nonconformities,
    papers,
    persons,
)
from zhijian.domain.dates.period import Period
from zhijian.domain.records.checking import Row, Surroundings, check_rows
from zhijian.domain.records.record import Record
from zhijian.foundation import clock
from zhijian.foundation.notifications import services as notifications
from zhijian.intake import queries as intake_queries
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.intake.services import Origin
from zhijian.organizations import queries as organizations
from zhijian.organizations import services as organization_services
from zhijian.organizations.services import ContactFacts, UnitFacts
from zhijian.packs import queries as packs
from zhijian.packs import services as pack_services
from zhijian.packs.queries.followers import units_following
from zhijian.packs.services import Choice, Following

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.assessments.models import Assessment

QUARTERLY = "quarterly-service-quality"
PROPERTY = "property-assessment-a"
STARTS = date(2024, 1, 1)
#: Two years that are settled, the quarter before the committee, and the one under way.
SETTLED = (
    "2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2",
)  # fmt: skip
#: Those on which a report was delivered and a meeting held.
REPORTED = SETTLED[-2:]
IN_REVIEW = "2026Q3"
UNDER_WAY = "2026Q4"
UNDER_WAY_UNTIL = date(2026, 11, 1)
#: From here on complaints are cases; before, they were typed.
FIRST_CASES = date(2025, 1, 1)
PROPERTY_YEARS = ("2024", "2025")
#: The regulation under which the property group was decided on, with measures and open amounts.
PROPERTY_DECIDED = "property-assessment-d"
#: The quarter in which a complaint was forgotten.
CORRECTED = SETTLED[-2]

Tell = Callable[[str], None]
_COMPANY = "示例·江城物资服务公司"
_GROUP = "示例·和美物业集团"
_CLERKS = ("shichang", "wuliu", "wuhan", "dingdan", "chuyun", "zhaobiao", "jiliang")


@dataclass(frozen=True, slots=True)
class Cast:
    """The people who act in the sample; it takes two of the committee to correct anything."""

    committee: User
    second: User
    working_group: User
    first_clerk: User
    case_staff: cases.Staff


def build(tell: Tell, months: int) -> None:
    """Build the whole sample; every step is one that people could have taken.

    ``months`` says how long everyday calls and findings were written down.
    """
    units = _departments()
    estate_ids = _estates()
    cast = _people(units)
    tell("units and people")
    version = packs.pack_in_force(QUARTERLY, date(2026, 9, 30))
    if version is None:
        raise RuntimeError(f"{QUARTERLY} is not published; load the packs first")
    _confirm(cast, version.id)
    tell(f"{cases.build(cast.case_staff, units, months)} cases")
    for age, text in enumerate((*SETTLED, IN_REVIEW, UNDER_WAY)):
        _quarter(cast, text, age)
        tell(text)
    for text in PROPERTY_YEARS:
        _property_year(cast, estate_ids, text)
        tell(f"{PROPERTY} {text}")
    _property_half_year(cast, estate_ids)
    tell(f"{PROPERTY_DECIDED} {aftermath.HALF_YEAR}")
    tell(f"{complaints.build(cast.case_staff, units, months)} complaints")
    _read_up(cast.case_staff)
    tell(f"{incidents.build(cast.case_staff, units)} incidents, hazards and drills")
    tell(f"{nonconformities.build(cast.case_staff, units)} nonconformities")
    staff = [(clerk, unit_id) for unit_id, clerk in cast.case_staff.clerks.items()]
    decided = persons.build(cast.working_group, cast.case_staff.leader, cast.committee, staff)
    tell(f"{decided} rewards and penalties of persons")


def _read_up(staff: cases.Staff) -> None:
    """Have everybody read what two years told them; what comes after is new."""
    for user in (staff.office, staff.committee, staff.leader, *staff.clerks.values()):
        notifications.mark_all_read(user=user)


def _confirm(cast: Cast, version_id: int) -> None:
    for name in packs.unconfirmed(version_id):
        choice = Choice(name, "示例：委员会会议确认建议值")
        pack_services.confirm_parameter(version_id, choice, cast.committee, clock.now())


def _departments() -> dict[str, int]:
    company = _unit(_COMPANY, "SAMPLE-C", "company", None)
    return {
        name: _unit(name, f"SAMPLE-D{place}", "department", company)
        for place, name in enumerate(departments.LEVELS, start=1)
    }


def _estates() -> dict[str, int]:
    group = _unit(_GROUP, "SAMPLE-P", "company", None)
    return {
        name: _unit(name, f"SAMPLE-P{place}", "project", group)
        for place, name in enumerate(estates.ESTATES, start=1)
    }


def _unit(name: str, code: str, kind: str, parent_id: int | None) -> int:
    found = organizations.units_by_code([code]).get(code)
    if found is not None:
        return found.id
    facts = UnitFacts(code=code, name=name, kind=kind, is_sample=True)
    row = organization_services.create_unit(actor=None, facts=facts, parent_id=parent_id)
    reached = ContactFacts(
        "示例联系人", "027-0000 0000", f"{code.lower()}@example.cn", "示例路 1 号"
    )
    organization_services.save_contact(actor=None, unit_id=row.pk, facts=reached, at=clock.now())
    return int(row.pk)


def _people(units: dict[str, int]) -> Cast:
    clerks = [
        SamplePerson(username, f"示例·{unit}质量员", roles.DEPARTMENT_CLERK, units[unit])
        for username, unit in zip(_CLERKS, units, strict=True)
    ]
    people = {
        user.get_username(): user for user in ensure_sample_people(starts=STARTS, clerks=clerks)
    }
    who = ("weiyuan", "weiyuan2", "gongzuozu", _CLERKS[0])
    clerks_of = {each: people[name] for name, each in zip(_CLERKS, units.values(), strict=True)}
    staff = cases.Staff(people["gongzuozu"], people["weiyuan"], people["lingdao"], clerks_of)
    return Cast(*(people[name] for name in who), staff)


def _book(pack_id: str, period: Period) -> Book:
    found = intake_queries.book_of(pack_id, period)
    if found is None:
        raise RuntimeError(f"{pack_id} does not govern {period}")
    return found


def _enter(cast: Cast, book: Book, entries: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Check the entries as strictly as those of people, then write them at once."""
    by_kind: dict[str, list[Row]] = {}
    for number, (kind, cells) in enumerate(entries):
        row = Row(f"sample:{number}", cells, lambda name, at=number: f"{at}.{name}")
        by_kind.setdefault(kind, []).append(row)
    around = Surroundings(book.period, frozenset({*departments.LEVELS, *estates.ESTATES}))
    around.registers = {"key_customer.name": frozenset(departments.CUSTOMERS)}
    records: list[Record] = []
    for kind, rows in by_kind.items():
        found, problems = check_rows(book.kind(kind), rows, around)
        if problems:
            raise RuntimeError(f"sample records are wrong: {problems[:3]}")
        records += found
    intake.bulk_enter(
        book=book, records=records, origin=Origin("sample", cast.working_group, clock.now())
    )


def _quarter(cast: Cast, text: str, age: int) -> None:
    period = Period.parse(text)
    book = _book(QUARTERLY, period)
    entries = list(departments.register())
    for unit in departments.LEVELS:
        if text == UNDER_WAY:
            entries += departments.unfinished(period, unit, age, UNDER_WAY_UNTIL)
        else:
            entries += departments.quarter(period, unit, age)
    if period.first >= FIRST_CASES:
        entries = [each for each in entries if each[0] != "complaint"]
    _enter(cast, book, entries)
    if assessments.is_opened(QUARTERLY, text):
        return
    assessment = opening.open_period(
        actor=cast.working_group, pack_id=QUARTERLY, scheme="department", period=text
    )
    intake.take_cases(pack_id=QUARTERLY, at=clock.now())
    if text != UNDER_WAY:
        _decide(cast, assessment, settled=text in SETTLED)
    if text in REPORTED:
        assessment.refresh_from_db()
        papers.deliver(cast.working_group, assessment)
        papers.keep_minutes(cast.working_group, assessment)
    if text == CORRECTED:
        people = (cast.second, cast.working_group, cast.committee)
        unit, customer = next(iter(departments.LEVELS)), departments.CUSTOMERS[0]
        standing = aftermath.correct(assessment, book, unit, customer, people)
        papers.deliver(cast.working_group, standing)


def _decide(cast: Cast, assessment: Assessment, *, settled: bool) -> None:
    judged = computing.judge_all(assessment, lambda *_progress: None)
    computing.store(actor=cast.working_group, assessment_id=assessment.pk, judged=judged)
    if not settled:
        sheet = assessment.sheets.get(unit_name=next(iter(departments.LEVELS)), is_current=True)
        plea = Plea("self_reported", "第三个月的自查已在月底补报，请核对。")
        objecting.raise_objection(actor=cast.first_clerk, sheet_id=sheet.pk, plea=plea)
    approving.submit(actor=cast.working_group, assessment_id=assessment.pk)
    if settled:
        approving.approve(actor=cast.committee, assessment_id=assessment.pk)
        approving.publish(actor=cast.working_group, assessment_id=assessment.pk)


def _property_year(cast: Cast, estate_ids: dict[str, int], text: str) -> None:
    """The property group; its proposed values are left open, so that pages show the mark."""
    period = Period.parse(text)
    for unit_id in estate_ids.values():
        following = Following(unit_id=unit_id, obligation="must", starts=STARTS)
        if unit_id not in units_following(PROPERTY, period.last):
            pack_services.subscribe(PROPERTY, following, cast.working_group)
    book = _book(PROPERTY, period)
    own = [each for name in estate_ids for each in estates.year(period, name)]
    _enter(cast, book, [*estates.shared(), *own])
    assessment = opening.open_period(
        actor=cast.working_group, pack_id=PROPERTY, scheme="full", period=text
    )
    judged = computing.judge_all(assessment, lambda *_progress: None)
    computing.store(actor=cast.working_group, assessment_id=assessment.pk, judged=judged)


def _property_half_year(cast: Cast, estate_ids: dict[str, int]) -> None:
    """The property group once more, decided: measures in every state and an amount to be typed."""
    period = Period.parse(aftermath.HALF_YEAR)
    version = packs.pack_in_force(PROPERTY_DECIDED, period.last)
    if version is None or assessments.is_opened(PROPERTY_DECIDED, period.id):
        return
    _confirm(cast, version.id)
    for unit_id in estate_ids.values():
        following = Following(unit_id=unit_id, obligation="must", starts=STARTS)
        pack_services.subscribe(PROPERTY_DECIDED, following, cast.working_group)
    _enter(cast, _book(PROPERTY_DECIDED, period), aftermath.half_year(period, estates.ESTATES))
    assessment = opening.open_period(
        actor=cast.working_group, pack_id=PROPERTY_DECIDED, scheme="property", period=period.id
    )
    aftermath.decide(assessment, cast.working_group, cast.committee)
    aftermath.put_right(cast.working_group, cast.committee)


def is_there() -> bool:
    """Tell whether the sample has been built."""
    return bool(accounts.sample_people()) and assessments.has_sample()


def has_real_data() -> bool:
    """Tell whether the database holds units that are not sample."""
    return any(not unit.is_sample for unit in organizations.all_units())
