"""Rows to which the addresses of this room point, for the table of rights."""

from __future__ import annotations

from typing import Any

from tests.apps.nonconformities.checks import (
    ACTION,
    KIND,
    LEVELS,
    PACK,
    action,
    found,
    put_in_force,
)
from tests.people import People
from zhijian.cases.models import Case
from zhijian.foundation import clock
from zhijian.nonconformities import services
from zhijian.nonconformities.models import Cause, Lesson, PlanLine, Proposal
from zhijian.nonconformities.services import NewCause, NewLesson, NewLine, NewProposal


def _quick(people: People) -> dict[str, Any]:
    put_in_force()
    return {"pack_id": LEVELS, "kind": KIND}


def _found(people: People) -> Case:
    put_in_force()
    return Case.objects.filter(pack_id=PACK, kind=KIND).first() or found(people)


def _action(people: People) -> Case:
    put_in_force()
    return Case.objects.filter(pack_id=PACK, kind=ACTION).first() or action(people)


def _proposal(people: People) -> dict[str, Any]:
    case, today = _found(people), clock.today()
    new = NewProposal("hand", "水渍", people.unit.pk, [case.pk], today, today)
    row = Proposal.objects.first() or services.make_proposal(
        actor=people.working_group, proposal=new, at=clock.now()
    )
    return {"proposal_id": row.pk}


def _accept(people: People) -> dict[str, Any]:
    return {**_proposal(people), "pack_id": PACK, "kind": ACTION, "step": "cause_of_minor"}


def _case(people: People) -> dict[str, Any]:
    return {"case_id": _found(people).pk}


def _of_action(people: People) -> dict[str, Any]:
    return {"case_id": _action(people).pk}


def _cause(people: People) -> dict[str, Any]:
    case = _action(people)
    new = NewCause("why", "为什么？", "拖把过湿")
    row = Cause.objects.first() or services.add_cause(
        actor=people.clerk, case_id=case.pk, cause=new, at=clock.now()
    )
    return {"case_id": case.pk, "cause_id": row.pk}


def _line(people: People) -> dict[str, Any]:
    case = _action(people)
    new = NewLine("更换", "班长", people.clerk.pk, clock.today())
    row = PlanLine.objects.first() or services.add_line(
        actor=people.clerk, case_id=case.pk, line=new, at=clock.now()
    )
    return {"case_id": case.pk, "line_id": row.pk}


def _lesson(people: People) -> dict[str, Any]:
    new = NewLesson("水渍", "地面有水", "铺垫", people.unit.pk)
    row = Lesson.objects.first() or services.teach(
        actor=people.clerk, lesson=new, photos=[], at=clock.now()
    )
    return {"lesson_id": row.pk}


def _export(people: People) -> dict[str, Any]:
    return {"form": "csv"}


def _counts(people: People) -> dict[str, Any]:
    return {"by": "item"}


EXAMPLES = {
    "api-nonconformity-counts": _counts,
    "api-nonconformity-decline": _proposal,
    "nonconformities:accept": _accept,
    "nonconformities:action": _of_action,
    "nonconformities:cause": _of_action,
    "nonconformities:decline": _proposal,
    "nonconformities:drop_cause": _cause,
    "nonconformities:drop_line": _line,
    "nonconformities:earlier": _quick,
    "nonconformities:export": _export,
    "nonconformities:export_counts": lambda people: {**_counts(people), **_export(people)},
    "nonconformities:finish_line": _line,
    "nonconformities:lesson": _lesson,
    "nonconformities:line": _of_action,
    "nonconformities:measure": _of_action,
    "nonconformities:merge": _proposal,
    "nonconformities:plan": _of_action,
    "nonconformities:proposal": _proposal,
    "nonconformities:propose": _case,
    "nonconformities:quick": _quick,
    "nonconformities:use": _lesson,
}
