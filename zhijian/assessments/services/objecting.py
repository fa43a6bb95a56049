"""Objections line by line, and the committee's decisions on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import IntegrityError, transaction

from zhijian.accounts import queries as accounts
from zhijian.assessments import queries, resting
from zhijian.assessments.bench_of import period_of
from zhijian.assessments.models import Assessment, Objection, ObjectionState, ScoreSheet
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import telling
from zhijian.assessments.services.opening import subject
from zhijian.assessments.services.rejudging import (
    judged_again,
    lines_using,
    rewrite_others,
    rewritten,
)
from zhijian.assessments.services.returning import return_for_mending, summary_of
from zhijian.assessments.states import UNSETTLED
from zhijian.assessments.workings import find_line
from zhijian.domain.explain.step import Step
from zhijian.foundation import clock
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.services import Owner, store_file
from zhijian.intake import queries as records
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.accounts.models import User

_OBJECTABLE = queries.OBJECTABLE
_REASON_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Plea:
    """What somebody objects to: a line, the record behind it if any, why, and proofs."""

    line: str
    reason: str
    record_id: int = 0
    evidence: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the committee decides.

    Where the objection is upheld, the record behind the line is either taken out of account
    (``void``) or corrected (``values``); or the working group is to put the records right
    (``returned``), and the line is judged again when the period is computed anew.
    """

    upheld: bool
    reason: str
    void: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    returned: bool = False


def raise_objection(*, actor: User, sheet_id: int, plea: Plea) -> Objection:
    """Object to one line of a current sheet; a file that may not come in refuses the whole."""
    sheet = ScoreSheet.objects.select_related("assessment").get(pk=sheet_id)
    if not accounts.may(actor, "assessments.object", sheet.unit_id):
        raise AssessmentRefused("assessments.may_not")
    if not plea.reason.strip():
        raise AssessmentRefused("assessments.reason_needed")
    if len(plea.reason) > _REASON_LENGTH:
        raise AssessmentRefused("assessments.reason_too_long", limit=_REASON_LENGTH)
    step = line_of(sheet, plea.line)
    label = _record_label(sheet, step, plea.record_id)
    try:
        with transaction.atomic():
            assessment = Assessment.objects.select_for_update().get(pk=sheet.assessment_id)
            still_current = ScoreSheet.objects.filter(pk=sheet_id, is_current=True).exists()
            if assessment.state not in _OBJECTABLE or not still_current:
                raise AssessmentRefused("assessments.not_objectable")
            objection = Objection.objects.create(
                sheet=sheet,
                line=plea.line,
                line_title=step.title.zh,
                record_id=plea.record_id,
                record_label=label,
                reason=plea.reason.strip(),
                raised_by=actor,
                raised_at=clock.now(),
            )
            record(
                actor=actor,
                action="assessments.object",
                subject=subject(assessment),
                after={"unit": sheet.unit_name, "line": plea.line, "record": plea.record_id},
            )
            owner = Owner(queries.EVIDENCE, str(objection.pk))
            for each in plea.evidence:
                store_file(upload=each, owner=owner, uploader=actor)
            telling.objected(objection, step.title, actor)
    except IntegrityError as error:
        raise AssessmentRefused("assessments.already_objected", line=step.title) from error
    return objection


def line_of(sheet: ScoreSheet, line: str) -> Step:
    """One line of a sheet's working-outs."""
    step = find_line(sheet, line)
    if step is None:
        raise AssessmentRefused("assessments.unknown_line", line=line)
    return step


def _record_label(sheet: ScoreSheet, step: Step, record_id: int) -> str:
    """Check that the record is one behind the line, and say which it is."""
    if not record_id:
        return ""
    kinds = {each.evidence.kind for each in step.walk() if each.evidence}
    of = sheet.assessment
    days = intake.Days(of.pack_id, of.first, of.last)
    found = intake.label_for_objection(record_id, sheet.unit_id, kinds, days)
    if found is None:
        raise AssessmentRefused("assessments.record_not_behind_line", line=step.title)
    return found[:300]


@transaction.atomic
def withdraw(*, actor: User, objection_id: int) -> None:
    """Take one's objection back while it is not settled."""
    objection = Objection.objects.select_for_update().get(pk=objection_id)
    if objection.raised_by_id != actor.pk:
        raise AssessmentRefused("assessments.may_not")
    _still_open(objection)
    objection.state, objection.decided_at = ObjectionState.WITHDRAWN, clock.now()
    objection.save(update_fields=["state", "decided_at"])
    record(
        actor=actor,
        action="assessments.withdraw_objection",
        subject=subject(objection.sheet.assessment),
        after={"objection": objection_id},
    )


@transaction.atomic
def decide(*, actor: User, objection_id: int, ruling: Ruling) -> Objection:
    """Decide an objection; where it is upheld, judge that line and what rests on it again.

    Everything else on the sheet stays as it was worked out. The former sheet is kept. Where the
    record is shared by all units, the lines that use it are judged again on every sheet that is
    not decided yet. One that awaits its correction may be decided otherwise.
    """
    if not accounts.may(actor, "assessments.decide_objection"):
        raise AssessmentRefused("assessments.may_not")
    if not ruling.reason.strip():
        raise AssessmentRefused("assessments.reason_needed")
    objection = Objection.objects.select_for_update().select_related("sheet").get(pk=objection_id)
    held = _held(objection)
    assessment = next(each for each in held if each.pk == objection.sheet.assessment_id)
    _still_open(objection)
    if objection.raised_by_id == actor.pk:
        raise AssessmentRefused("assessments.own_objection")
    if assessment.state not in _OBJECTABLE:
        raise AssessmentRefused("assessments.not_objectable")
    line = line_of(objection.sheet, objection.line).title
    objection.state = ObjectionState.UPHELD if ruling.upheld else ObjectionState.REJECTED
    objection.decided_by, objection.decided_at = actor, clock.now()
    objection.decision_reason = ruling.reason.strip()
    if ruling.upheld and ruling.returned:
        return_for_mending(actor, assessment, objection, line)
    elif ruling.upheld:
        objection.effect = _uphold(actor, held, objection, ruling)
    objection.save()
    telling.objection_decided(objection, line, actor)
    record(
        actor=actor,
        action="assessments.decide_objection",
        subject=subject(assessment),
        after={"objection": objection_id, "state": objection.state, **objection.effect},
    )
    return objection


def _held(objection: Objection) -> list[Assessment]:
    """The assessment, and those that share the record; held in one order."""
    keys = {objection.sheet.assessment_id}
    keys |= {each.pk for each in resting.sharing(objection)}
    return list(Assessment.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _still_open(objection: Objection) -> None:
    if objection.state not in UNSETTLED:
        raise AssessmentRefused("assessments.already_decided", state=objection.get_state_display())


def _uphold(
    actor: User, held: list[Assessment], objection: Objection, ruling: Ruling
) -> dict[str, Any]:
    """Correct the record, judge the lines again, and say what was before and is now."""
    if not objection.record_id or not (ruling.void or ruling.values):
        raise AssessmentRefused("assessments.correction_needed")
    record_behind = records.record(objection.record_id)
    assessment = next(each for each in held if each.pk == objection.sheet.assessment_id)
    _correct(actor, assessment, objection, ruling)
    rows = ScoreSheet.objects.select_for_update(of=("self",)).select_related("assessment")
    before = rows.get(assessment=assessment, unit_id=objection.sheet.unit_id, is_current=True)
    lines = {objection.line, *lines_using(before, record_behind.kind)}
    after = rewritten(before, judged_again(assessment, before, lines), objection)
    others = []
    if record_behind.unit_id is None:
        others = rewrite_others(objection, held, record_behind.kind)
    return {
        "sheet": after.pk,
        "before": summary_of(before),
        "after": summary_of(after),
        "touched": [each.pk for each in others],
    }


def _correct(actor: User, assessment: Assessment, objection: Objection, ruling: Ruling) -> None:
    """Strike or correct the record; the committee decides, whoever may enter such records."""
    book = Book(packs.typed(assessment.pack_version_id), period_of(assessment))
    because = f"异议 {objection.pk}：{ruling.reason.strip()}"[:500]
    if ruling.void:
        intake.strike_record(actor=actor, book=book, record_id=objection.record_id, reason=because)
        return
    intake.correct_record(
        actor=actor,
        book=book,
        record_id=objection.record_id,
        values=ruling.values,
        reason=because,
    )
