"""Asking for a trial run and keeping its answer. No ledger, no sheet, no assessment is touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from zhijian.accounts import queries as accounts
from zhijian.assessments.models import Assessment, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.trial import run_trial
from zhijian.assessments.trial_models import TrialRun
from zhijian.domain.problems import Problem
from zhijian.foundation.jobs.context import JobContext
from zhijian.foundation.jobs.services import enqueue
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.accounts.models import User

WITH_RESULTS = (State.COMPUTED, State.IN_REVIEW, State.APPROVED, State.PUBLISHED)


class TrialRefused(AssessmentRefused):
    """A trial that cannot be run; ``problems`` lists what is wrong with the values."""

    def __init__(self, code: str, /, problems: tuple[Problem, ...] = (), **facts: object) -> None:
        super().__init__(code, **facts)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Question:
    """What is tried: another version, or this version with other values."""

    title: str
    version_id: int
    scheme: str
    assessment_ids: tuple[int, ...]
    target_id: int | None = None
    changes: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def request_trial(*, actor: User, question: Question, at: datetime) -> TrialRun:
    """Store the question and have it answered in the background."""
    if not accounts.may(actor, "trial.run"):
        raise TrialRefused("assessments.may_not")
    found = Assessment.objects.filter(
        pk__in=question.assessment_ids,
        scheme=question.scheme,
        state__in=WITH_RESULTS,
        is_current=True,
    )
    if not found or len(found) != len(set(question.assessment_ids)):
        raise TrialRefused("assessments.trial_periods")
    _check_rules(question)
    run = TrialRun.objects.create(
        title=question.title,
        version_id=question.version_id,
        target_id=question.target_id,
        scheme=question.scheme,
        changes=dict(question.changes),
        assessments=sorted(each.pk for each in found),
        by=actor,
        at=at,
    )
    run.job_id = enqueue(
        task=answer_trial,
        arguments={"run_id": run.pk},
        owner=actor,
        title=_("试算 %(title)s") % {"title": run.title},
        key=f"assessments.trial:{run.pk}",
    )
    run.save(update_fields=["job_id"])
    return run


@task(takes_context=True)
def answer_trial(context: JobContext, run_id: int) -> None:
    """Judge the periods under both sides; the answer is written once, together with "done"."""
    run = TrialRun.objects.get(pk=run_id)
    rows = Assessment.objects.filter(pk__in=run.assessments).order_by("first")
    result = run_trial(run, list(rows), context.progress)
    with context.effect():
        TrialRun.objects.filter(pk=run_id).update(result=result)
        context.result = {"link": f"/assessments/trial/{run_id}/"}


def delete_trial(*, actor: User, run_id: int) -> None:
    """Throw a trial away; only who asked for it may."""
    TrialRun.objects.filter(pk=run_id, by=actor).delete()


def _check_rules(question: Question) -> None:
    try:
        tried: Any = (
            packs.confirmed_pack(question.target_id)
            if question.target_id
            else packs.tried_pack(question.version_id, question.changes)
        )
    except packs.PackUnreadable as unreadable:
        raise TrialRefused("assessments.trial_values", unreadable.problems) from unreadable
    if question.scheme not in tried.schemes:
        raise TrialRefused("assessments.trial_scheme", scheme=question.scheme)
    if not question.target_id and not question.changes:
        raise TrialRefused("assessments.trial_nothing")
