"""Random samples that anybody can draw again, and records compared with the facts (SPT-03, 12)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhijian.foundation.documents import DocumentField


class DrawPurpose(models.TextChoices):
    """What a sample is drawn for."""

    CALL = "call", _("抽取回访")
    CHECK = "check", _("抽查回访记录")


class Draw(models.Model):
    """A sample with all that is needed to draw it again; never changed.

    ``frame`` are the numbers of all that could be drawn, ``before`` those of them drawn for an
    earlier call-back, ``digest`` the digest of the frame. ``percent`` is exact, as a fraction.
    """

    purpose = models.CharField(_("用途"), max_length=8, choices=DrawPurpose.choices)
    pack_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    rule = models.CharField(max_length=80)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    first = models.DateField(_("从"))
    last = models.DateField(_("到"))
    percent = models.CharField(max_length=60)
    seed = models.CharField(_("种子"), max_length=64)
    frame = DocumentField()
    before = DocumentField(null=True)
    digest = models.CharField(max_length=64)
    sample = DocumentField()
    lacking = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("抽取")
        indexes = (models.Index(fields=["unit", "-at", "-id"], name="call_back_draw_unit"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.first}–{self.last}"


class CheckResult(models.TextChoices):
    """What a check of a record found."""

    WAITING = "", _("待核对")
    IN_ORDER = "in_order", _("属实、齐全")
    FINDING = "finding", _("有问题")


class Check(models.Model):
    """A record drawn to be compared with the facts; a finding is a case of its own."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="checks")
    call_back = models.ForeignKey("callbacks.CallBack", models.PROTECT, related_name="checks")
    result = models.CharField(max_length=10, choices=CheckResult.choices, blank=True)
    remark = models.TextField(_("核对情况"), blank=True)
    finding = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("记录核对")
        constraints = (
            models.UniqueConstraint(fields=["draw", "call_back"], name="call_back_check_once"),
            models.CheckConstraint(
                condition=Q(result="finding", finding__isnull=False)
                | (~Q(result="finding") & Q(finding=None)),
                name="call_back_finding_is_a_case",
            ),
        )

    def __str__(self) -> str:
        return f"{self.call_back_id} {self.result}"
