"""A person decides on a grade that the regulation describes in words, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.assessments.bench_of import bench_of, domain_unit
from zhijian.assessments.judging import Judged, judge_unit
from zhijian.assessments.models import Assessment, ScoreSheet, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services.computing import new_sheet
from zhijian.assessments.services.opening import subject
from zhijian.assessments.workings import workings
from zhijian.domain.regulation.rejudge import untouched
from zhijian.foundation.audit.services import record
from zhijian.intake.names import UnitNames
from zhijian.organizations import queries as organizations
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.accounts.models import User

_OPEN = (State.COMPUTED, State.IN_REVIEW)


@transaction.atomic
def confirm_grade(*, actor: User, sheet_id: int, grade: str, reason: str) -> ScoreSheet:
    """Confirm or set a grade that the regulation describes in words only (AMB-19).

    What follows from the grade is worked out anew, on a new revision of the sheet; everything that
    does not rest on the grade stays as it was.
    """
    if not accounts.may(actor, "assessments.approve"):
        raise AssessmentRefused("assessments.may_not")
    if not reason.strip():
        raise AssessmentRefused("assessments.reason_needed")
    assessment = Assessment.objects.select_for_update().get(sheets=sheet_id)
    if assessment.state not in _OPEN:
        raise AssessmentRefused("assessments.other_state", state=assessment.get_state_display())
    sheet = ScoreSheet.objects.select_for_update().get(pk=sheet_id)
    grading = packs.typed(assessment.pack_version_id).schemes[assessment.scheme].grading
    if grading is None or not grading.needs_person or not sheet.is_current:
        raise AssessmentRefused("assessments.grade_not_confirmable")
    if grade not in grading.order:
        raise AssessmentRefused("assessments.unknown_grade", found=grade)
    judged = _judged_with(assessment, sheet, grade, reason.strip())
    ScoreSheet.objects.filter(pk=sheet.pk).update(is_current=False)
    after = new_sheet(assessment, organizations.unit(sheet.unit_id), judged, sheet)
    after.confirmed_grade, after.confirmed_reason = grade, reason.strip()
    after.confirmed_by = actor
    after.save()
    record(
        actor=actor,
        action="assessments.confirm_grade",
        subject=subject(assessment),
        before={"unit": sheet.unit_name, "grade": sheet.confirmed_grade or sheet.grade},
        after={"grade": grade, "reason": reason.strip(), "sheet": after.pk},
    )
    return after


def _judged_with(assessment: Assessment, sheet: ScoreSheet, grade: str, reason: str) -> Judged:
    ref = organizations.unit(sheet.unit_id)
    unit = domain_unit(ref, UnitNames.load())
    bench = replace(bench_of(assessment, [ref]), confirmed={unit.id: (grade, reason)})
    return judge_unit(bench, unit, untouched(workings(sheet), "grade"))
