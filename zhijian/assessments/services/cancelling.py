"""Giving up a correction that was begun: the result that it was to correct goes on to stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.assessments.approval import cancelled
from zhijian.assessments.models import Assessment, Objection, ObjectionState, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services.closing import close_for_good, end_review
from zhijian.assessments.services.opening import subject
from zhijian.foundation import clock
from zhijian.foundation.audit.services import record
from zhijian.intake import services as intake

if TYPE_CHECKING:
    from zhijian.accounts.models import User

_UNDER_WAY = (State.OPEN, State.COMPUTED, State.IN_REVIEW)


@transaction.atomic
def cancel_correction(*, actor: User, assessment_id: int, reason: str) -> Assessment:
    """Give a correction up before anything about it was decided; return the edition that stands.

    The records of the period become those of that edition again and are closed as before. What
    was entered meanwhile stays in rows that do not count and in the audit trail; the sheets and
    the objections of the cancelled edition stay with it.
    """
    if not accounts.may(actor, "assessments.approve"):
        raise AssessmentRefused("assessments.may_not")
    if not reason.strip():
        raise AssessmentRefused("assessments.reason_needed")
    correction = Assessment.objects.select_for_update().get(pk=assessment_id)
    refusal = hindrance(correction)
    if refusal is not None:
        raise refusal
    former = Assessment.objects.select_for_update().get(pk=correction.corrects_id)
    end_review(actor, correction, reason.strip())
    undone = intake.restore_period(
        actor=actor,
        days=intake.Days(correction.pack_id, correction.first, correction.last),
        as_of=correction.opened_at,
        reason=reason.strip(),
    )
    close_for_good(actor, former)
    _withdraw_objections(correction)
    _note(correction, former, actor, reason.strip())
    for follow in cancelled():
        follow(correction, former, actor)
    record(
        actor=actor,
        action="assessments.cancel_correction",
        subject=subject(correction),
        after={"reason": reason.strip(), "stands": former.edition, **undone},
    )
    return former


def hindrance(correction: Assessment) -> AssessmentRefused | None:
    """What keeps a correction from being given up, if anything does."""
    if correction.corrects_id is None:
        return AssessmentRefused("assessments.no_correction")
    if correction.state not in _UNDER_WAY:
        state = correction.get_state_display()
        return AssessmentRefused("assessments.correction_decided", state=state)
    if _is_partly_decided(correction):
        return AssessmentRefused("assessments.correction_partly_decided")
    other = _others_open(correction)
    if other is not None:
        return AssessmentRefused("assessments.other_correction_open", period=other.period)
    return None


def _is_partly_decided(correction: Assessment) -> bool:
    """Tell whether the committee decided an objection or a grade in it."""
    decided = Objection.objects.filter(
        sheet__assessment=correction,
        state__in=(ObjectionState.AWAITING, ObjectionState.UPHELD, ObjectionState.REJECTED),
    )
    return decided.exists() or correction.sheets.exclude(confirmed_grade="").exists()


def _others_open(correction: Assessment) -> Assessment | None:
    """Another correction whose records share days with this one, and would be lost with it."""
    rows = Assessment.objects.filter(
        pack_id=correction.pack_id,
        corrects__isnull=False,
        state__in=_UNDER_WAY,
        first__lte=correction.last,
        last__gte=correction.first,
    )
    return rows.exclude(pk=correction.pk).first()


def _withdraw_objections(correction: Assessment) -> None:
    rows = Objection.objects.filter(sheet__assessment=correction, state=ObjectionState.RAISED)
    rows.update(state=ObjectionState.WITHDRAWN, decided_at=clock.now())


def _note(correction: Assessment, former: Assessment, actor: User, reason: str) -> None:
    correction.state, correction.corrects, correction.was_to_correct = State.CANCELLED, None, former
    correction.cancelled_by, correction.cancelled_at = actor, clock.now()
    correction.cancel_reason = reason
    told = ["state", "corrects", "was_to_correct", "cancelled_by", "cancelled_at", "cancel_reason"]
    correction.save(update_fields=told)
