"""An upheld objection that only new or corrected records can settle, and how it closes by itself.

Where no single record is to blame, the committee returns the period to the working group. The
objection stays open until its line is computed anew from other records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhijian.assessments.models import Assessment, Objection, ObjectionState, ScoreSheet, State
from zhijian.assessments.services import telling
from zhijian.assessments.services.closing import hand_back
from zhijian.assessments.services.opening import subject
from zhijian.assessments.workings import find_line
from zhijian.domain.words import Words
from zhijian.foundation.audit.services import record

if TYPE_CHECKING:
    from zhijian.accounts.models import User


def return_for_mending(
    actor: User, assessment: Assessment, objection: Objection, line: Words
) -> None:
    """Let the records of the period be put right; the caller saves the objection.

    Results that lie with the committee go back to the working group.
    """
    current = assessment.sheets.get(unit_id=objection.sheet.unit_id, is_current=True)
    objection.state = ObjectionState.AWAITING
    objection.effect = {"returned": current.pk}
    if assessment.state == State.IN_REVIEW:
        hand_back(actor, assessment, objection.decision_reason)
    telling.objection_returned(objection, line, actor)


def close_mended(actor: User | None, assessment: Assessment) -> None:
    """Settle what awaited a correction, where its line now says something else than it did.

    A line says something else when it rests on other records, even if its value is the same.
    """
    rows = Objection.objects.filter(sheet__assessment=assessment, state=ObjectionState.AWAITING)
    for objection in rows.select_for_update(of=("self",)).select_related("sheet").order_by("pk"):
        before = ScoreSheet.objects.get(pk=objection.effect["returned"])
        after = assessment.sheets.filter(unit_id=before.unit_id, is_current=True).first()
        was = find_line(before, objection.line)
        if was is None or after is None or find_line(after, objection.line) == was:
            continue
        _close(objection, before, after)
        telling.objection_decided(objection, was.title, actor)
        record(
            actor=actor,
            action="assessments.close_objection",
            subject=subject(assessment),
            after={"objection": objection.pk, "state": objection.state, **objection.effect},
        )


def _close(objection: Objection, before: ScoreSheet, after: ScoreSheet) -> None:
    objection.state = ObjectionState.UPHELD
    objection.effect = {
        **objection.effect,
        "sheet": after.pk,
        "before": summary_of(before),
        "after": summary_of(after),
    }
    objection.save(update_fields=["state", "effect"])
    after.objection = objection
    after.save(update_fields=["objection"])


def summary_of(sheet: ScoreSheet) -> dict[str, Any]:
    """What a sheet came to, as an objection keeps it."""
    return {
        "revision": sheet.revision,
        "score": None if sheet.score is None else f"{sheet.score.normalize():f}",
        "grade": sheet.grade,
        "yuan": None if sheet.yuan is None else f"{sheet.yuan:.2f}",
        "awaited": len(sheet.awaited),
    }
