"""What time brings about: clocks as a sweep compares them, notices, faults; and what is alike."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhijian.domain.words import Words
from zhijian.foundation.documents import DocumentField
from zhijian.foundation.language import language


class CaseClock(models.Model):
    """A clock of a case as it was last read: a copy, written anew with each event.

    ``next_at`` is when a sweep has to look at it again, none while nothing can come. ``verdict`` is
    kept for good once the clock has ended; ``calendar`` is the digest it was read with.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="clocks")
    clock = models.CharField(max_length=80)
    state = models.CharField(max_length=12)
    due_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    calendar = models.CharField(max_length=64)
    is_over = models.BooleanField(default=False)
    verdict = DocumentField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "clock"], name="case_clock_once"),)
        indexes = (
            models.Index(
                fields=["next_at", "id"], name="case_clock_next", condition=Q(next_at__isnull=False)
            ),
            models.Index(
                fields=["calendar", "id"], name="case_clock_open", condition=Q(is_over=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.clock}"


class NoticeWord(models.TextChoices):
    """What a notice tells."""

    REMINDER = "reminder", _("提醒")
    OVERDUE = "overdue", _("逾期")
    ESCALATION = "escalation", _("升级")


class CaseNotice(models.Model):
    """A reminder or a level of escalation that came, once by its key.

    ``to`` is the role that a level of the escalation goes to; a reminder goes to the owner.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200)
    clock = models.CharField(max_length=80)
    word = models.CharField(max_length=12, choices=NoticeWord.choices)
    level = models.PositiveSmallIntegerField(default=0)
    to = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "key"], name="case_notice_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class CaseFault(models.Model):
    """A fault that followed by itself, once by its key within the case."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="faults")
    key = models.CharField(max_length=200)
    rule = models.CharField(max_length=80)
    title = models.CharField(_("过失事项"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    fault = models.CharField(_("过失程度"), max_length=100)
    cites = models.CharField(_("依据"), max_length=200, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    since = models.DateTimeField(_("时间"))
    fine = models.CharField(max_length=60, blank=True)
    working = DocumentField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("过失")
        constraints = (models.UniqueConstraint(fields=["case", "key"], name="case_fault_once"),)
        indexes = (models.Index(fields=["person", "since"], name="case_fault_person"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"

    @property
    def label(self) -> str:
        """Return the title in the language of the page."""
        return Words(self.title, self.title_en).to(language())


class CaseAlike(models.Model):
    """In what a case is like others, for one rule of repetition: equal keys are alike."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="alike")
    rule = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    opened_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "rule"], name="case_alike_once"),)
        indexes = (models.Index(fields=["key", "opened_on"], name="case_alike_key"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.rule}"
