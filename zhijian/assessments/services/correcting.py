"""Reopening a decided result: it stays as it is, and its correction becomes the next edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from zhijian.accounts import queries as accounts
from zhijian.assessments.models import FINAL, Assessment
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import telling
from zhijian.assessments.services.closing import records_held_for
from zhijian.assessments.services.opening import governing, subject
from zhijian.domain.dates.period import Period
from zhijian.foundation import clock
from zhijian.foundation.audit.services import record
from zhijian.intake import services as intake

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@transaction.atomic
def reopen(*, actor: User, assessment_id: int, reason: str) -> Assessment:
    """Begin the correction of a decided result and open the records of its period again.

    Only the committee may, and not the one who approved the result. The correction is worked out,
    handed in and approved like any result; until then the former edition stands.
    """
    if not accounts.may(actor, "assessments.approve"):
        raise AssessmentRefused("assessments.may_not")
    if not reason.strip():
        raise AssessmentRefused("assessments.reason_needed")
    former = Assessment.objects.select_for_update().get(pk=assessment_id)
    refusal = hindrance(actor, former)
    if refusal is not None:
        raise refusal
    version = governing(former.pack_id, former.scheme, Period.parse(former.period))
    intake.unlock_period(
        actor=actor,
        pack_id=former.pack_id,
        locked_for=records_held_for(former),
        reason=reason.strip(),
    )
    correction = Assessment.objects.create(
        pack_version_id=version.id,
        pack_id=former.pack_id,
        scheme=former.scheme,
        period=former.period,
        first=former.first,
        last=former.last,
        edition=_next_edition(former),
        is_current=False,
        corrects=former,
        correction_reason=reason.strip(),
        opened_by=actor,
        opened_at=clock.now(),
        is_sample=former.is_sample,
    )
    telling.reopened(correction, actor, reason.strip())
    record(
        actor=actor,
        action="assessments.reopen",
        subject=subject(former),
        after={"edition": correction.edition, "version": version.version, "reason": reason.strip()},
    )
    return correction


def _next_edition(former: Assessment) -> int:
    """The number after the last edition of the period; a cancelled one keeps its own."""
    rows = Assessment.objects.filter(
        pack_id=former.pack_id, scheme=former.scheme, period=former.period
    )
    return 1 + int(rows.aggregate(last=Max("edition"))["last"])


def hindrance(actor: User, former: Assessment) -> AssessmentRefused | None:
    """What keeps somebody of the committee from reopening a result, if anything does."""
    if former.was_reopened:
        edition = former.correction.edition
        return AssessmentRefused("assessments.already_reopened", edition=edition)
    if former.state not in FINAL:
        state = former.get_state_display()
        return AssessmentRefused("assessments.not_decided", state=state)
    if former.approved_by_id == actor.pk:
        return AssessmentRefused("assessments.own_approval")
    return None
