"""Opening the assessment of a period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from zhijian.accounts import queries as accounts
from zhijian.assessments.models import Assessment
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.domain.dates.period import Period
from zhijian.domain.dates.titles import KINDS
from zhijian.domain.deadlines.due import Due, due
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words, listed
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.accounts.models import User

MEETING = "analysis_meeting"


def subject(assessment: Assessment) -> Subject:
    """The assessment as the audit trail names it."""
    return Subject("assessments.assessment", str(assessment.pk), str(assessment))


def open_period(*, actor: User, pack_id: str, scheme: str, period: str) -> Assessment:
    """Begin an assessment under the version of the regulation that governs the period.

    Refuses a period that is none, one of a kind the scheme does not use, one that no version
    governs, and a second assessment of the same period.
    """
    if not accounts.may(actor, "assessments.open_period"):
        raise AssessmentRefused("assessments.may_not")
    when = _period(period)
    version = governing(pack_id, scheme, when)
    meeting = meeting_of(packs.typed(version.id), when)
    try:
        with transaction.atomic():
            assessment = Assessment.objects.create(
                pack_version_id=version.id,
                pack_id=pack_id,
                scheme=scheme,
                period=when.id,
                first=when.first,
                last=when.last,
                meeting_on=meeting.on if meeting else None,
                opened_by=actor,
                opened_at=clock.now(),
                is_sample=actor.is_sample,
            )
            record(
                actor=actor,
                action="assessments.open",
                subject=subject(assessment),
                after={"pack": pack_id, "version": version.version, "period": when.id},
            )
    except IntegrityError as error:
        raise AssessmentRefused("assessments.already_open", period=when.title("zh")) from error
    return assessment


def governing(pack_id: str, scheme: str, period: Period) -> packs.VersionRef:
    """Return the version of the regulation under which a scheme judges a period."""
    version = packs.pack_in_force(pack_id, period.last)
    if version is None:
        raise AssessmentRefused("assessments.no_pack_in_force", pack=pack_id, day=period.last)
    _check_scheme(packs.typed(version.id), scheme, period)
    return version


def _period(text: str) -> Period:
    try:
        return Period.parse(text.strip())
    except ValueError as error:
        raise AssessmentRefused("assessments.bad_period", found=text) from error


def _check_scheme(pack: Pack, scheme: str, period: Period) -> None:
    if scheme not in pack.schemes:
        raise AssessmentRefused("assessments.unknown_scheme", found=scheme)
    allowed = pack.schemes[scheme].periods
    if period.kind not in allowed:
        raise AssessmentRefused(
            "assessments.period_kind",
            found=Words(period.title("zh"), period.title("en")),
            allowed=listed(KINDS[each] for each in allowed),
        )


def meeting_of(pack: Pack, period: Period) -> Due | None:
    """When the analysis meeting about a period is due, if the regulation sets a day (ASM-16)."""
    rule = pack.limits.get(MEETING)
    limit = rule.on(period.last) if rule else None
    if limit is None or isinstance(limit, NotInForce):
        return None
    return due(limit.limit, period.last, packs.calendar())


@transaction.atomic
def move_meeting(*, actor: User, assessment_id: int, on: date, reason: str) -> None:
    """Put the meeting on another day; the chair gives the reason (AMB-13)."""
    if not accounts.may(actor, "assessments.approve"):
        raise AssessmentRefused("assessments.may_not")
    if not reason.strip():
        raise AssessmentRefused("assessments.reason_needed")
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    if on <= assessment.last:
        raise AssessmentRefused("assessments.meeting_too_early", day=on, last=assessment.last)
    before = assessment.meeting_on
    assessment.meeting_on, assessment.meeting_reason = on, reason.strip()
    assessment.save(update_fields=["meeting_on", "meeting_reason"])
    record(
        actor=actor,
        action="assessments.move_meeting",
        subject=subject(assessment),
        before={"on": before},
        after={"on": on, "reason": reason.strip()},
    )
