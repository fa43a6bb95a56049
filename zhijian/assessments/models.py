"""Assessments of a period, the score sheets of its units, and objections to single lines."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhijian.assessments.states import FINAL, UNSETTLED, ObjectionState, State
from zhijian.assessments.trial_models import TrialRun
from zhijian.foundation.documents import DocumentField

__all__ = ["FINAL", "Assessment", "Objection", "ObjectionState", "ScoreSheet", "State", "TrialRun"]


class Assessment(models.Model):
    """One scheme of one version of a regulation, applied to one period.

    A result that was decided is never changed. What corrects it is the next edition of the same
    period, a row of its own; ``is_current`` says which edition stands. A correction that was given
    up stays as a row that corrects nothing.
    """

    pack_version = models.ForeignKey("packs.PackVersion", models.PROTECT, related_name="+")
    pack_id = models.CharField(max_length=80)
    scheme = models.CharField(max_length=80)
    period = models.CharField(_("考核期"), max_length=24)
    first = models.DateField()
    last = models.DateField()
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    is_current = models.BooleanField(default=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    correction_reason = models.TextField(_("更正理由"), blank=True)
    was_to_correct = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="cancelled_corrections"
    )
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(_("取消理由"), blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    meeting_on = models.DateField(_("分析会日期"), null=True)
    meeting_reason = models.CharField(max_length=500, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    computed_digest = models.CharField(max_length=64, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    exceptions_reason = models.TextField(blank=True)
    pack_digest = models.CharField(max_length=64, blank=True)
    snapshot_id = models.BigIntegerField(null=True)
    result_digest = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    public_name = models.CharField(max_length=40, blank=True, db_index=True)
    job_id = models.CharField(max_length=40, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("考核")
        constraints = (
            models.UniqueConstraint(
                fields=["pack_id", "scheme", "period", "edition"], name="assessment_edition_once"
            ),
            models.UniqueConstraint(
                fields=["pack_id", "scheme", "period"],
                condition=models.Q(is_current=True),
                name="assessment_one_current",
            ),
        )
        indexes = (models.Index(fields=["pack_id", "scheme", "last"]),)

    def __str__(self) -> str:
        edition = f" ({self.edition})" if self.edition > 1 else ""
        return f"{self.pack_id} {self.period}{edition}"

    @property
    def is_superseded(self) -> bool:
        """Tell whether another edition stands in the place of this decided one."""
        return not self.is_current and self.state in FINAL

    @property
    def was_reopened(self) -> bool:
        """Tell whether a correction has begun, so that the records may have moved on since."""
        return hasattr(self, "correction")


class ScoreSheet(models.Model):
    """The result of one unit; a correction writes a new revision, and the old one stays.

    Scores and amounts stand as exact text in ``components`` and ``working``; ``score`` and
    ``yuan`` repeat them as decimals for sorting and adding up. ``awaited`` repeats which amounts
    somebody still has to type; they are not in ``yuan``.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="sheets")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=100)
    revision = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    status = models.CharField(max_length=12)
    score = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    grade = models.CharField(max_length=60, blank=True)
    yuan = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    components = models.JSONField(default=list)
    working = DocumentField(default=dict)
    grading = DocumentField(null=True)
    proposals = DocumentField(default=list)
    awaited = models.JSONField(default=list)
    unconfirmed = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    confirmed_grade = models.CharField(max_length=60, blank=True)
    confirmed_reason = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    objection = models.ForeignKey("Objection", models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        verbose_name = _("评分表")
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "unit", "revision"], name="sheet_revision_once"
            ),
            models.UniqueConstraint(
                fields=["assessment", "unit"],
                condition=models.Q(is_current=True),
                name="sheet_one_current",
            ),
        )
        indexes = (models.Index(fields=["assessment", "is_current", "-score"]),)

    def __str__(self) -> str:
        return f"{self.unit_name} {self.assessment}"


class Objection(models.Model):
    """A unit objects to one line of its score sheet, often to one record behind it.

    One that awaits its correction was upheld, and is settled when its line is computed anew.
    """

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="objections")
    line = models.CharField(max_length=80)
    line_title = models.CharField(max_length=200)
    # 0 when the objection is to the line as a whole, so that the constraint below can see it
    record_id = models.BigIntegerField(default=0)
    record_label = models.CharField(max_length=300, blank=True)
    reason = models.TextField(_("异议理由"))
    state = models.CharField(
        max_length=10, choices=ObjectionState.choices, default=ObjectionState.RAISED
    )
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    effect = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("异议")
        constraints = (
            models.UniqueConstraint(
                fields=["sheet", "line", "record_id"],
                condition=models.Q(state__in=UNSETTLED),
                name="objection_once_while_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line_title} {self.get_state_display()}"
