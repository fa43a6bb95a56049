"""Causes, plan lines and the measure of success of an action, while it is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.cases import services as case_services
from zhijian.foundation import clock
from zhijian.nonconformities.models import Aspect, Cause, Criterion, Method, PlanLine
from zhijian.nonconformities.queries.actions import round_of
from zhijian.nonconformities.refusals import NonconformityRefused

if TYPE_CHECKING:
    from zhijian.accounts.models import User

WHYS, CAUSES, LINES = 10, 60, 40
"""So many answers to why, causes in all, and lines of a plan are enough for one round."""
MOST_DAYS = 730


@dataclass(frozen=True, slots=True)
class NewCause:
    """An answer to a question, or a cause of a category, with what shows that it is so."""

    method: str
    heading: str
    text: str
    evidence: str = ""
    is_root: bool = False


@dataclass(frozen=True, slots=True)
class NewLine:
    """What is to be done, by which post and person, until when."""

    text: str
    post: str
    person_id: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Measure:
    """At most ``most`` cases of the unit within ``days``, alike in an aspect where one is named."""

    most: int
    days: int
    aspect: str = ""
    value: str = ""


@transaction.atomic
def add_cause(*, actor: User, case_id: int, cause: NewCause, at: datetime) -> Cause:
    """Note a cause in the round that is being planned."""
    round_ = _planned(actor, case_id)
    if not cause.heading.strip() or not cause.text.strip():
        raise NonconformityRefused("nonconformities.cause_empty")
    if cause.method not in Method.values:
        raise NonconformityRefused("nonconformities.unknown_word", word=cause.method)
    held = Cause.objects.filter(case_id=case_id, round=round_)
    if held.count() >= CAUSES:
        raise NonconformityRefused("nonconformities.too_many", limit=CAUSES)
    if cause.method == Method.WHY and held.filter(method=Method.WHY).count() >= WHYS:
        raise NonconformityRefused("nonconformities.too_many", limit=WHYS)
    return Cause.objects.create(
        case_id=case_id, round=round_, method=cause.method, heading=cause.heading.strip(),
        text=cause.text.strip(), evidence=cause.evidence.strip(), is_root=cause.is_root,
        by=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def drop_cause(*, actor: User, case_id: int, cause_id: int) -> None:
    """Take a cause out of the round that is being planned."""
    round_ = _planned(actor, case_id)
    Cause.objects.filter(pk=cause_id, case_id=case_id, round=round_).delete()


@transaction.atomic
def add_line(*, actor: User, case_id: int, line: NewLine, at: datetime) -> PlanLine:
    """Add a line to the plan of the round that is being planned."""
    round_ = _planned(actor, case_id)
    if not line.text.strip() or not line.post.strip():
        raise NonconformityRefused("nonconformities.line_empty")
    if line.due_on < clock.day_of(at):
        raise NonconformityRefused("nonconformities.due_past", due=line.due_on.isoformat())
    if line.person_id not in accounts.who_may("cases.act"):
        raise NonconformityRefused("nonconformities.no_such_person")
    if PlanLine.objects.filter(case_id=case_id, round=round_).count() >= LINES:
        raise NonconformityRefused("nonconformities.too_many", limit=LINES)
    return PlanLine.objects.create(
        case_id=case_id, round=round_, text=line.text.strip(), post=line.post.strip(),
        person_id=line.person_id, due_on=line.due_on, by=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def drop_line(*, actor: User, case_id: int, line_id: int) -> None:
    """Take a line out of the plan of the round that is being planned."""
    round_ = _planned(actor, case_id)
    PlanLine.objects.filter(pk=line_id, case_id=case_id, round=round_).delete()


@transaction.atomic
def finish_line(*, actor: User, case_id: int, line_id: int, result: str, at: datetime) -> PlanLine:
    """Say that a line is done, as whoever it names or as the owner of the case."""
    case, round_, may_plan = _locked(actor, case_id)
    row = PlanLine.objects.filter(pk=line_id, case_id=case_id, round=round_).first()
    if row is None:
        raise NonconformityRefused("nonconformities.no_such_line")
    if actor.pk not in (row.person_id, case.owner_id):
        raise NonconformityRefused("nonconformities.not_your_line")
    if may_plan:
        raise NonconformityRefused("nonconformities.not_planned_yet")
    if not result.strip():
        raise NonconformityRefused("nonconformities.result_empty")
    if row.done_at is None:
        row.result, row.done_at = result.strip(), at
        row.save(update_fields=["result", "done_at"])
    return row


@transaction.atomic
def set_measure(*, actor: User, case_id: int, measure: Measure, at: datetime) -> Criterion:
    """Agree by what the effect of the action is measured; until it is planned, it may change."""
    round_ = _planned(actor, case_id)
    if measure.aspect and (measure.aspect not in Aspect.values or not measure.value.strip()):
        raise NonconformityRefused("nonconformities.value_missing")
    if not 1 <= measure.days <= MOST_DAYS or measure.most < 0:
        raise NonconformityRefused("nonconformities.days_out_of_range", limit=MOST_DAYS)
    row, _ = Criterion.objects.update_or_create(
        case_id=case_id,
        round=round_,
        defaults={
            "aspect": measure.aspect,
            "value": measure.value.strip() if measure.aspect else "",
            "most": measure.most,
            "days": measure.days,
            "by": actor,
            "at": at,
        },
    )
    return row


def _planned(actor: User, case_id: int) -> int:
    """Return the round that is being planned; refuse where the plan stands already."""
    _case, round_, may_plan = _locked(actor, case_id)
    if not may_plan:
        raise NonconformityRefused("nonconformities.plan_stands")
    return round_


def _locked(actor: User, case_id: int) -> tuple[Any, int, bool]:
    """Lock the case of an action that somebody may work on; tell its round and whether it is
    being planned."""
    if cases.case_for(actor, case_id) is None:
        raise NonconformityRefused("nonconformities.not_there")
    case = case_services.held(case_id)
    if not accounts.may(actor, "cases.act", case.unit_id) and actor.pk != case.owner_id:
        raise NonconformityRefused("nonconformities.may_not")
    standing = cases.known(case).standing
    rule = standing.kind.action
    if rule is None or case.ends:
        raise NonconformityRefused("nonconformities.no_action")
    sources = standing.kind.steps[rule.plan].sources
    return case, round_of(standing), standing.course.state in sources
