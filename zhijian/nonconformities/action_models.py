"""Corrective action as data: its causes, its plan, and by what its effect is measured."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    """How a cause was looked for."""

    WHY = "why", _("五个为什么")
    FISHBONE = "fishbone", _("鱼骨图")


class Aspect(models.TextChoices):
    """In what cases are alike that count against an action."""

    ITEM = "item", _("服务项目相同")
    AREA = "area", _("过程或区域相同")
    CLAUSE = "clause", _("条款相同")


class Cause(models.Model):
    """One answer to why, or one bone of the fishbone; ``round`` counts how often it was begun anew.

    ``heading`` is the question, or the category that the cause belongs to.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("轮次"))
    method = models.CharField(_("方法"), max_length=10, choices=Method.choices)
    heading = models.CharField(_("问题或类别"), max_length=200)
    text = models.CharField(_("原因"), max_length=500)
    evidence = models.CharField(_("证据"), max_length=500, blank=True)
    is_root = models.BooleanField(_("根本原因"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("原因")
        indexes = (models.Index(fields=["case", "round", "id"], name="nonconformity_cause"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.heading}"


class PlanLine(models.Model):
    """A line of the plan: what is done, by which post and person, until when; and that it is."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("轮次"))
    text = models.CharField(_("措施"), max_length=500)
    post = models.CharField(_("岗位"), max_length=100)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("责任人")
    )
    due_on = models.DateField(_("完成期限"))
    result = models.CharField(_("完成情况"), max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("措施")
        indexes = (models.Index(fields=["case", "round", "id"], name="nonconformity_plan_line"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.text}"


class Criterion(models.Model):
    """By what the effect of an action is measured: at most ``most`` cases alike within ``days``.

    The days run from ``starts_on``, the day on which the action was carried out, which is itself
    not among them. ``found`` and ``is_met`` are kept from the day on which it was verified.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(_("轮次"))
    aspect = models.CharField(_("相同之处"), max_length=10, choices=Aspect.choices, blank=True)
    value = models.CharField(max_length=200, blank=True)
    most = models.PositiveIntegerField(_("最多件数"))
    days = models.PositiveSmallIntegerField(_("天数"))
    starts_on = models.DateField(null=True)
    found = models.PositiveIntegerField(null=True)
    is_met = models.BooleanField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("有效性判据")
        constraints = (
            models.UniqueConstraint(fields=["case", "round"], name="nonconformity_criterion_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} ≤ {self.most}"
