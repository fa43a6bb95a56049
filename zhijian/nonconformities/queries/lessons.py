"""The case library."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet

from zhijian.accounts import queries as accounts
from zhijian.foundation.files import queries as files
from zhijian.foundation.files.queries import FileRef
from zhijian.nonconformities.models import Lesson

LESSON: Final = "nonconformities.lesson"
"""Whose files these are; the key is that of the lesson."""


def lessons(text: str = "", unit: int | None = None) -> QuerySet[Lesson]:
    """Return lessons in which a text stands, those used most often first."""
    rows = Lesson.objects.select_related("unit", "by", "case").annotate(used=CountOf("uses"))
    if text:
        rows = rows.filter(
            Q(title__icontains=text) | Q(problem__icontains=text) | Q(lesson__icontains=text)
        )
    return (rows.filter(unit_id=unit) if unit else rows).order_by("-used", "-pk")


def lesson_for(lesson_id: int) -> Lesson | None:
    """Return one lesson; everybody who may see cases may learn from it."""
    return lessons().filter(pk=lesson_id).first()


def photos_of(lesson: Lesson) -> list[FileRef]:
    """Return the photos of a lesson."""
    return files.files_of(LESSON, str(lesson.pk))


def may_read_photo(user: Any, _file: FileRef) -> bool:
    """Tell whether a person may see the photos of lessons."""
    return accounts.may(user, "cases.view")
