"""Background work of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django_tasks import task

from zhijian.accounts import queries as accounts
from zhijian.assessments.models import Assessment
from zhijian.assessments.services import computing
from zhijian.foundation import clock
from zhijian.foundation.jobs.context import JobContext
from zhijian.foundation.jobs.services import enqueue
from zhijian.intake import services as intake

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@task(takes_context=True)
def compute(context: JobContext, assessment_id: int, actor_id: int) -> None:
    """Compute an assessment; results are written once, together with "done"."""
    assessment = Assessment.objects.get(pk=assessment_id)
    actor = accounts.person(actor_id)
    intake.take_cases(pack_id=assessment.pack_id, at=clock.now())
    judged = computing.judge_all(
        assessment, lambda done, total, unit: context.progress(done, total, unit)
    )
    with context.effect():
        changed = computing.store(actor=actor, assessment_id=assessment_id, judged=judged)
        context.result = {"link": f"/assessments/{assessment_id}/", "changed": changed}


def request_compute(*, actor: User, assessment: Assessment) -> str:
    """Ask for the computation; return the id of the job."""
    computing.may_compute(actor, assessment)
    job_id = enqueue(
        task=compute,
        arguments={"assessment_id": assessment.pk, "actor_id": actor.pk},
        owner=actor,
        title=_("计算考核 %(period)s") % {"period": assessment.period},
        key=f"assessments.compute:{assessment.pk}",
    )
    Assessment.objects.filter(pk=assessment.pk).update(job_id=job_id)
    return job_id
