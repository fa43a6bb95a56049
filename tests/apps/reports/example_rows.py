"""Rows that the addresses of the ledger and of reports point to, all about one approved result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from tests.people import People
from tests.quarters import PACK, published_pack
from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.foundation import clock
from zhijian.outcomes.models import BudgetItem, LedgerEntry, Remedy
from zhijian.outcomes.services import NewItem, settle, spend
from zhijian.packs.models import PackVersion
from zhijian.reports.models import Publication, Report
from zhijian.reports.services import NewDuty, NewMinutes, begin, note_duty, save_minutes

STEP = {"id": "total", "op": "given", "title": "考核得分", "value": "96", "cites": "第十三条",
        "because": [], "records": []}  # fmt: skip
MONEY = {
    **STEP,
    "id": "outcome.reward",
    "op": "reward",
    "title": "部门奖励",
    "value": "2000",
    "because": [STEP],
}
PROPOSAL = {"rule": "reward", "title": "部门奖励", "kind": "reward", "cites": "第十四条",
            "yuan": "2000.00", "text": "", "days": None, "working": MONEY}  # fmt: skip


def assessment(people: People) -> Assessment:
    """A published assessment with one sheet; made once, of a corrected one the last edition."""
    editions = Assessment.objects.filter(pack_id=PACK, period="2024Q1")
    found = editions.order_by("edition").last()
    if found is not None and found.public_name:
        return found
    version = PackVersion.objects.filter(pack_id=PACK, state="published").first()
    now = clock.now()
    if found is None:
        found = Assessment(pack_id=PACK, scheme="department", period="2024Q1",
                           first=date(2024, 1, 1), last=date(2024, 3, 31),
                           opened_by=people.working_group, opened_at=now)  # fmt: skip
    found.pack_version_id = version.pk if version else published_pack()
    found.state, found.public_name = "published", "example-name"
    found.submitted_by, found.approved_by = people.working_group, people.committee
    found.computed_at = found.approved_at = found.published_at = now
    found.save()
    sheet(people)
    return found


def sheet(people: People) -> ScoreSheet:
    """The sheet of the clerk's unit."""
    of = assessment(people)
    found = ScoreSheet.objects.filter(assessment=of, unit=people.unit, is_current=True).first()
    return found or ScoreSheet.objects.create(
        assessment=of, unit=people.unit, unit_name=people.unit.name, status="assessed",
        score=96, grade="优秀", yuan=2000, working=STEP, proposals=[PROPOSAL],
        computed_at=clock.now(),
    )  # fmt: skip


def entry(people: People) -> LedgerEntry:
    """The reward that followed from the sheet."""
    sheet(people)
    if not LedgerEntry.objects.exists():
        settle(assessment(people), people.committee, clock.now())
    return LedgerEntry.objects.order_by("pk")[0]


def remedy(people: People) -> Remedy:
    """Something the clerk's unit has to put right."""
    return Remedy.objects.first() or Remedy.objects.create(
        entry=entry(people), ordered_on=entry(people).effective_on
    )


def report(people: People) -> Report:
    """A draft."""
    found = Report.objects.first()
    key = assessment(people).pk
    return found or begin(actor=people.working_group, assessment_id=key, outline_id="analysis")


def minutes(people: People) -> dict[str, Any]:
    """The minutes of the meeting about the assessment."""
    key = assessment(people).pk
    told = NewMinutes(date(2024, 4, 10), "三楼", "全体", "通过。")
    save_minutes(actor=people.working_group, assessment_id=key, told=told)
    return {"assessment_id": key}


def item(people: People) -> BudgetItem:
    """Something that was bought."""
    assessment(people)
    evidence = ContentFile("发票".encode(), name="receipt.txt")
    new = NewItem(Decimal(1), "奖品", clock.today(), evidence)
    return BudgetItem.objects.first() or spend(
        actor=people.working_group, pack_id=PACK, budget_id="group_budget", item=new
    )


def duty(people: People) -> Publication:
    """A publication that is due."""
    return Publication.objects.first() or note_duty(
        actor=people.working_group,
        assessment_id=assessment(people).pk,
        duty=NewDuty("季度考核结果", "公告栏", None),
    )


def _book(people: People) -> dict[str, Any]:
    assessment(people)
    return {"pack_id": PACK, "budget_id": "group_budget"}


def _assessment(people: People) -> dict[str, Any]:
    return {"assessment_id": assessment(people).pk}


def _entry(people: People) -> dict[str, Any]:
    return {"entry_id": entry(people).pk}


def _remedy(people: People) -> dict[str, Any]:
    return {"remedy_id": remedy(people).pk}


def _report(people: People) -> dict[str, Any]:
    return {"report_id": report(people).pk}


def _notice(people: People) -> dict[str, Any]:
    return {"public_name": assessment(people).public_name}


EXAMPLES: dict[str, Callable[[People], dict[str, Any]]] = {
    "api-amount": _entry,
    "api-remedy-done": _remedy,
    "api-remedy-verdict": _remedy,
    "outcomes:book": _book,
    "outcomes:entry": _entry,
    "outcomes:export": lambda _people: {"form": "csv"},
    "outcomes:export_remedies": lambda _people: {"form": "csv"},
    "outcomes:remedy": _remedy,
    "outcomes:remedy_done": _remedy,
    "outcomes:remedy_verdict": _remedy,
    "outcomes:reverse": _entry,
    "outcomes:spend": _book,
    "outcomes:take_back": lambda people: {"item_id": item(people).pk},
    "outcomes:type_amount": _entry,
    "reports:decision": _entry,
    "reports:deliver": _report,
    "reports:figure": lambda people: {"key": f"F{report(people).pk}-1-1"},
    "reports:meeting": _assessment,
    "reports:minutes": minutes,
    "reports:notice": _notice,
    "reports:notice_pdf": _notice,
    "reports:preview": _report,
    "reports:publication": lambda people: {"publication_id": duty(people).pk},
    "reports:reissue": _report,
    "reports:report": _report,
    "reports:results": _assessment,
    "reports:sheet": lambda people: {"sheet_id": sheet(people).pk},
    "reports:texts": _report,
    "reports:withdraw": _report,
    "reports:workbook": _assessment,
}
