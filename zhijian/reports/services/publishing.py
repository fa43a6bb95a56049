"""The register of publication duties: noted, and fulfilled with a proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.services import Owner, store_file
from zhijian.reports.models import Publication
from zhijian.reports.owners import PROOF
from zhijian.reports.refusals import ReportRefused

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@dataclass(frozen=True, slots=True)
class NewDuty:
    """What has to be published, where, and by when."""

    what: str
    place: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Done:
    """When it was published, and how that can be seen."""

    published_on: date
    proof: File
    note: str = ""


@transaction.atomic
def note_duty(*, actor: User, assessment_id: int, duty: NewDuty) -> Publication:
    """Note that results have to be published at a place."""
    if not accounts.may(actor, "assessments.publish"):
        raise ReportRefused("reports.may_not")
    row = Publication.objects.create(
        assessment_id=assessment_id,
        what=duty.what,
        place=duty.place,
        due_on=duty.due_on,
        by=actor,
        at=clock.now(),
    )
    record(
        actor=actor,
        action="reports.publication_duty",
        subject=_subject(row),
        after={"what": row.what, "place": row.place, "due_on": row.due_on},
    )
    return row


@transaction.atomic
def fulfil(*, actor: User, publication_id: int, done: Done) -> Publication:
    """Note the day of publication and keep its proof; only once."""
    if not accounts.may(actor, "assessments.publish"):
        raise ReportRefused("reports.may_not")
    if done.published_on > clock.today():
        raise ReportRefused("reports.published_in_future", day=done.published_on)
    row = Publication.objects.select_for_update().get(pk=publication_id)
    if row.published_on is not None:
        raise ReportRefused("reports.already_published", day=row.published_on)
    row.published_on, row.note, row.by, row.at = done.published_on, done.note, actor, clock.now()
    row.save(update_fields=["published_on", "note", "by", "at"])
    store_file(upload=done.proof, owner=Owner(PROOF, str(row.pk)), uploader=actor)
    record(
        actor=actor,
        action="reports.publication",
        subject=_subject(row),
        after={"published_on": row.published_on, "note": row.note},
    )
    return row


def _subject(row: Publication) -> Subject:
    return Subject("reports.publication", str(row.pk), str(row))
