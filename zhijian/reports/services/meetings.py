"""The minutes of an analysis meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.reports.models import Minutes
from zhijian.reports.refusals import ReportRefused

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@dataclass(frozen=True, slots=True)
class NewMinutes:
    """What the minutes say."""

    held_on: date
    place: str
    attended: str
    text: str


@transaction.atomic
def save_minutes(*, actor: User, assessment_id: int, told: NewMinutes) -> Minutes:
    """Keep the minutes; the audit trail keeps every earlier wording."""
    if not accounts.may(actor, "reports.write"):
        raise ReportRefused("reports.may_not")
    if told.held_on > clock.today():
        raise ReportRefused("reports.meeting_in_future", day=told.held_on)
    before = Minutes.objects.select_for_update().filter(assessment_id=assessment_id).first()
    minutes, _created = Minutes.objects.update_or_create(
        assessment_id=assessment_id,
        defaults={
            "held_on": told.held_on,
            "place": told.place,
            "attended": told.attended,
            "text": told.text,
            "by": actor,
            "at": clock.now(),
        },
    )
    record(
        actor=actor,
        action="reports.minutes",
        subject=Subject("assessments.assessment", str(assessment_id), str(minutes)),
        before={"held_on": before.held_on, "text": before.text} if before else None,
        after={"held_on": told.held_on, "text": told.text},
    )
    return minutes
