"""Complaints of the hotline taken to their answer, and calls about them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.apps.complaints.hotline import opening
from tests.people import People
from zhijian.callbacks import services
from zhijian.callbacks.models import CallBack
from zhijian.callbacks.services import Made
from zhijian.cases import services as cases
from zhijian.cases.models import Case
from zhijian.cases.services import Opening, Seen, Taking

#: A Thursday morning within the calling hours, when complaints come in.
MORNING = datetime(2026, 11, 19, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

PACKS = Path(__file__).parents[3] / "packs"
CALLS = "quarterly-service-quality:customer_call_back"


def opened(people: People, at: datetime = MORNING, **changed: Any) -> Case:
    told = opening(people.unit.pk, received_at=f"{at:%Y-%m-%dT%H:%M}", **changed)
    return cases.open_case(actor=people.working_group, opening=told, at=at)


def taken(
    case: Case, name: str, who: Any, at: datetime | None = None, reason: str = "", **facts: Any
) -> Case:
    """Take a step in a case, ten minutes after the last one unless told."""
    case = Case.objects.get(pk=case.pk)
    at = at or case.events.latest("seq").at + timedelta(minutes=10)
    taking = Taking(name, facts, reason)
    return cases.advance_case(actor=who, seen=Seen(case.pk, case.seq), taking=taking, at=at)


def answered(people: People, at: datetime = MORNING, **changed: Any) -> Case:
    """A complaint that the clerk has answered, half an hour after it came in."""
    case = opened(people, at, **changed)
    to = {"department": str(people.unit.pk), "handler": str(people.clerk.pk)}
    taken(case, "dispatch", people.working_group, **to)
    return answer(people, case)


def answer(people: People, case: Case, at: datetime | None = None) -> Case:
    told = {"findings": "属实", "cause": "人员操作", "measures": "已清洁", "reply": "已清洁"}
    return taken(case, "answer", people.clerk, at, **told)


def merged(people: People, case: Case, into: Case, at: datetime | None = None) -> Case:
    case = Case.objects.get(pk=case.pk)
    merging = cases.Merging(Seen(case.pk, case.seq), into.pk)
    at = at or case.events.latest("seq").at + timedelta(minutes=10)
    taking = Taking("merge", {}, "同一事项")
    return cases.merge(actor=people.working_group, merging=merging, taking=taking, at=at)


def customer(people: People, number: int, caller: Any) -> Case:
    told = {
        "customer": f"客户{number}",
        "department": str(people.unit.pk),
        "caller": str(caller.pk),
        "matter": "送货服务",
        "phone": "13800005678",
    }
    opening = Opening("quarterly-service-quality", "customer_call_back", Taking("assign", told))
    return cases.open_case(actor=people.working_group, opening=opening, at=MORNING)


def of(case: Case) -> CallBack:
    """The latest call-back of a case."""
    return CallBack.objects.filter(case_id=case.pk).latest("pk")


def call(
    who: Any, row: CallBack, outcome: str, at: datetime | None = None, note: str = "", **told: Any
) -> CallBack:
    """Record an attempt, an hour after the answer unless told."""
    at = at or MORNING + timedelta(hours=1, minutes=30)
    made = Made(outcome, told, note)
    return services.attempt(actor=who, call_back_id=row.pk, made=made, at=at)
