"""The case library: what was learned once, for whoever meets the same again (CAP-20)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Lesson(models.Model):
    """A lesson: the problem, what was learned, and the department that answers for it.

    Its photos are stored files of the owner ``nonconformities.lesson`` with its key.
    """

    title = models.CharField(_("标题"), max_length=100)
    problem = models.TextField(_("问题"), max_length=2000)
    lesson = models.TextField(_("教训和做法"), max_length=2000)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("入库时间"))
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("案例")

    def __str__(self) -> str:
        return self.title


class LessonUse(models.Model):
    """A lesson was used again: where, and what for."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="uses")
    where = models.CharField(_("用在哪里"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("借鉴")

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.where}"
