"""The ledger of call-backs: what fell due, every attempt, and what became of it.

A row stands for one person to be called back once. It is never deleted: what need not be called
any more is excluded, with the reason, so that the ledger of every day balances.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhijian.callbacks.check_models import Check, CheckResult, Draw, DrawPurpose
from zhijian.foundation.documents import DocumentField

__all__ = [
    "CallAttempt",
    "CallBack",
    "CallState",
    "Cause",
    "Check",
    "CheckResult",
    "Correction",
    "Draw",
    "DrawPurpose",
    "Exclusion",
    "Outcome",
]


class CallState(models.TextChoices):
    """What became of a call-back."""

    PENDING = "pending", _("待回访")
    DONE = "done", _("已回访")
    UNREACHABLE = "unreachable", _("联系不上")
    REFUSED = "refused", _("谢绝回访")
    EXCLUDED = "excluded", _("不再回访")


class Cause(models.TextChoices):
    """Why nobody is called any more: somebody asked for it, or the case went another way."""

    ASKED = "asked", _("经他人同意")
    MOVED = "moved", _("案件退回或重新办理")
    WITHDRAWN = "withdrawn", _("客户撤回")
    REJECTED = "rejected", _("不予认定或不予受理")
    REFERRED = "referred", _("转其他程序")
    MERGED = "merged", _("并入另一件，随该件回访")


class Outcome(models.TextChoices):
    """How an attempt ended."""

    REACHED = "reached", _("接通并完成回访")
    NO_ANSWER = "no_answer", _("无人接听")
    BUSY = "busy", _("占线或关机")
    WRONG_NUMBER = "wrong_number", _("号码有误")
    LATER = "later", _("客户另约时间")
    REFUSED = "refused", _("客户谢绝")


class CallBack(models.Model):
    """One person to be called back once about one case.

    ``case`` is whose call it is and ``root`` the case that it waited for: another one only where
    ``case`` was merged. ``seq`` is the step with which ``root`` came into its state. ``answers``
    are the facts that were told.
    """

    number = models.CharField(_("编号"), max_length=40, unique=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="call_backs")
    root = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    rule = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    due_on = models.DateField(_("产生日期"))
    state = models.CharField(
        _("状态"), max_length=12, choices=CallState.choices, default=CallState.PENDING
    )
    satisfied = models.BooleanField(null=True)
    cause = models.CharField(max_length=12, choices=Cause.choices, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    caller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("完成时间"), null=True)
    answers = DocumentField(null=True)
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="call_backs")
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("回访")
        constraints = (
            models.UniqueConstraint(
                fields=["case", "rule", "root", "seq"],
                condition=Q(draw=None),
                name="call_back_once",
            ),
            models.UniqueConstraint(
                fields=["case", "rule", "draw"],
                condition=Q(draw__isnull=False),
                name="call_back_drawn_once",
            ),
            models.CheckConstraint(
                condition=Q(state="done", satisfied__isnull=False)
                | (~Q(state="done") & Q(satisfied=None)),
                name="call_back_done_says_whether_satisfied",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", settled_at=None)
                | (~Q(state="pending") & Q(settled_at__isnull=False)),
                name="call_back_settled_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="excluded") | Q(cause=""), name="call_back_cause_of_exclusion"
            ),
        )
        indexes = (
            models.Index(fields=["due_on", "id"], name="call_back_day"),
            models.Index(fields=["unit", "due_on", "id"], name="call_back_unit_day"),
            models.Index(
                fields=["due_on", "id"], name="call_back_pending", condition=Q(state="pending")
            ),
        )

    def __str__(self) -> str:
        return self.number


class CallAttempt(models.Model):
    """One attempt to reach somebody; never changed."""

    call_back = models.ForeignKey(CallBack, models.PROTECT, related_name="attempts")
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome.choices)
    note = models.TextField(_("备注"), blank=True)

    class Meta:
        verbose_name = _("联系记录")

    def __str__(self) -> str:
        return f"{self.call_back_id} {self.outcome}"


class Exclusion(models.Model):
    """Somebody asks not to call; somebody else consents or does not."""

    call_back = models.ForeignKey(CallBack, models.PROTECT, related_name="exclusions")
    reason = models.TextField(_("理由"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("不再回访的申请")
        constraints = (
            models.UniqueConstraint(
                fields=["call_back"], condition=Q(granted=None), name="exclusion_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
                name="exclusion_decided_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.call_back_id} {self.granted}"


class Correction(models.Model):
    """A result was recorded wrongly: what it was, why it does not hold; the call is made again."""

    call_back = models.ForeignKey(CallBack, models.PROTECT, related_name="corrections")
    state = models.CharField(max_length=12, choices=CallState.choices)
    satisfied = models.BooleanField(null=True)
    answers = DocumentField(null=True)
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("更正结果")

    def __str__(self) -> str:
        return f"{self.call_back_id} {self.state}"
