"""Remedial measures: what a unit has to put right after a result, and who did and verified it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhijian.foundation.language import language
from zhijian.foundation.reasons import in_words


class RemedyState(models.TextChoices):
    """How far a remedial measure has come."""

    OPEN = "open", _("整改中")
    DONE = "done", _("待验证")
    VERIFIED = "verified", _("已验证")
    LIFTED = "lifted", _("不再要求")


class StepKind(models.TextChoices):
    """What somebody did with a remedial measure."""

    DONE = "done", _("报告完成")
    RETURNED = "returned", _("退回重做")
    VERIFIED = "verified", _("验证完成")
    MOVED = "moved", _("随更正转入新决定")
    REOPENED = "reopened", _("要求已改，重新整改")
    LIFTED = "lifted", _("随冲销撤销")


class Remedy(models.Model):
    """What an entry of the ledger orders to be put right; its limit is the one of the entry.

    When a correction of the result books the order anew, the measure moves to the new entry with
    all that was done. ``ordered_on`` stays the day of the first entry: what was done since counts.
    """

    entry = models.OneToOneField(
        "outcomes.LedgerEntry", models.PROTECT, related_name="remedy", verbose_name=_("奖惩事项")
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=RemedyState.choices, default=RemedyState.OPEN
    )

    ordered_on = models.DateField(_("提出日期"))

    class Meta:
        verbose_name = _("整改措施")
        indexes = (models.Index(fields=["state"], name="remedy_by_state"),)

    def __str__(self) -> str:
        return str(self.entry)


class RemedyStep(models.Model):
    """One step in the life of a remedial measure; steps are only added."""

    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    on = models.DateField(_("完成日期"), null=True)
    text = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("整改经过")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"

    @property
    def told(self) -> str:
        """Return what was said about the step; the program's own words in the page's language."""
        return in_words(self.text).to(language())
