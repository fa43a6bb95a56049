"""The case library: what was learned is put in, and noted where it is used again (CAP-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.services import Owner, store_file
from zhijian.nonconformities.models import Lesson, LessonUse
from zhijian.nonconformities.queries.lessons import LESSON
from zhijian.nonconformities.refusals import NonconformityRefused
from zhijian.organizations import queries as organizations

if TYPE_CHECKING:
    from zhijian.accounts.models import User

MOST_PHOTOS = 12
_PERMISSION = "nonconformities.teach"


@dataclass(frozen=True, slots=True)
class NewLesson:
    """A lesson; ``number`` is that of the case it comes from, if one. No personal data."""

    title: str
    problem: str
    lesson: str
    unit_id: int
    number: str = ""


@transaction.atomic
def teach(*, actor: User, lesson: NewLesson, photos: Sequence[File], at: datetime) -> Lesson:
    """Put a lesson into the library. Raises ``FileRefused`` for a photo that is none."""
    if not accounts.may(actor, _PERMISSION, lesson.unit_id):
        raise NonconformityRefused("nonconformities.may_not_teach")
    told = [each.strip() for each in (lesson.title, lesson.problem, lesson.lesson)]
    if not all(told):
        raise NonconformityRefused("nonconformities.lesson_empty")
    if len(photos) > MOST_PHOTOS:
        raise NonconformityRefused("nonconformities.too_many", limit=MOST_PHOTOS)
    unit = organizations.unit(lesson.unit_id)
    if unit is None:
        raise NonconformityRefused("nonconformities.may_not_teach")
    case = None
    if lesson.number.strip():
        case = cases.seen_by(actor).filter(number=lesson.number.strip().upper()).first()
        if case is None:
            number = lesson.number.strip()[:40]
            raise NonconformityRefused("nonconformities.no_such_case", number=number)
    row = Lesson.objects.create(
        title=told[0], problem=told[1], lesson=told[2], unit_id=unit.id, case=case, by=actor, at=at,
        is_sample=unit.is_sample,
    )  # fmt: skip
    for each in photos:
        store_file(upload=each, owner=Owner(LESSON, str(row.pk)), uploader=actor)
    _note(actor, row, "nonconformities.teach")
    return row


@transaction.atomic
def use(*, actor: User, lesson_id: int, where: str, at: datetime) -> LessonUse:
    """Note that a lesson was used again."""
    row = Lesson.objects.filter(pk=lesson_id).first()
    if row is None or not accounts.may(actor, "cases.act"):
        raise NonconformityRefused("nonconformities.may_not")
    if not where.strip():
        raise NonconformityRefused("nonconformities.where_missing")
    return LessonUse.objects.create(lesson=row, where=where.strip()[:200], by=actor, at=at)


def _note(actor: User, row: Lesson, action: str) -> None:
    record(
        actor=actor,
        action=action,
        subject=Subject("nonconformities.lesson", str(row.pk), row.title),
        after={"unit": row.unit_id, "case": row.case_id},
    )
