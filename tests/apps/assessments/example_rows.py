"""Rows that the addresses of assessments point to: a computed quarter, a sheet, an objection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.apps.reports.example_rows import PROPOSAL, STEP
from tests.people import People
from tests.quarters import PACK, published_pack
from zhijian.assessments.models import Assessment, Objection, ScoreSheet
from zhijian.foundation import clock
from zhijian.packs.models import PackVersion

PERIOD = "2024Q2"
LINE = str(STEP["id"])


def version(people: People) -> int:
    """The regulation; published once."""
    found = PackVersion.objects.filter(pack_id=PACK, state="published").first()
    return found.pk if found else published_pack()


def assessment(people: People) -> Assessment:
    """A computed assessment."""
    found = Assessment.objects.filter(pack_id=PACK, period=PERIOD).first()
    return found or Assessment.objects.create(
        pack_version_id=version(people), pack_id=PACK, scheme="department", period=PERIOD,
        first=date(2024, 4, 1), last=date(2024, 6, 30), state="computed",
        opened_by=people.working_group, opened_at=clock.now(), computed_at=clock.now(),
    )  # fmt: skip


def sheet(people: People) -> ScoreSheet:
    """The sheet of the clerk's unit."""
    of = assessment(people)
    found = ScoreSheet.objects.filter(assessment=of, unit=people.unit, is_current=True).first()
    return found or ScoreSheet.objects.create(
        assessment=of, unit=people.unit, unit_name=people.unit.name, status="assessed",
        score=96, grade="优秀", yuan=2000, working=STEP, proposals=[PROPOSAL],
        computed_at=clock.now(),
    )  # fmt: skip


def objection(people: People) -> Objection:
    """What the clerk objects to."""
    found = Objection.objects.filter(sheet=sheet(people)).first()
    return found or Objection.objects.create(
        sheet=sheet(people), line=LINE, line_title="考核得分", reason="数据有误",
        raised_by=people.clerk, raised_at=clock.now(),
    )  # fmt: skip


def _assessment(people: People) -> dict[str, Any]:
    sheet(people)
    return {"assessment_id": assessment(people).pk}


def _sheet(people: People) -> dict[str, Any]:
    return {"sheet_id": sheet(people).pk}


def _line(people: People) -> dict[str, Any]:
    return {**_sheet(people), "line": LINE}


def _objection(people: People) -> dict[str, Any]:
    return {"objection_id": objection(people).pk}


_OF_ASSESSMENTS = (
    "approve", "cancel", "compute", "editions", "meeting", "objections", "publish", "reopen",
    "send_back", "submit",
)  # fmt: skip
_API_OF_ASSESSMENTS = (
    "assessment", "approve", "cancellation", "compute", "correction", "objections", "publish",
    "results", "send-back", "submit",
)  # fmt: skip

EXAMPLES: dict[str, Callable[[People], dict[str, Any]]] = {
    **{f"assessments:{name}": _assessment for name in ("matrix", *_OF_ASSESSMENTS)},
    **{f"api-{name}": _assessment for name in _API_OF_ASSESSMENTS},
    "api-budget": lambda _people: {"pack_id": PACK, "budget_id": "group_budget"},
    "api-budget-items": lambda _people: {"pack_id": PACK, "budget_id": "group_budget"},
    "api-decide": _objection,
    "api-missing": lambda _people: {"rest": "nothing"},
    "api-objection": _objection,
    "api-pack-version": lambda people: {"version_id": version(people)},
    "api-sheet": _sheet,
    "api-sheet-objections": _sheet,
    "api-withdraw": _objection,
    "assessments:confirm_grade": _sheet,
    "assessments:export": lambda people: {**_assessment(people), "form": "csv"},
    "assessments:impact": _sheet,
    "assessments:line": _line,
    "assessments:object": _line,
    "assessments:objection": _objection,
    "assessments:sheet": _sheet,
    "assessments:withdraw": _objection,
}
