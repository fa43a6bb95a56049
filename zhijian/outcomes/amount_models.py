"""Amounts that a regulation leaves to the approver: open until typed, and who typed them."""

from __future__ import annotations

from fractions import Fraction

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhijian.domain.outcomes.typed import Limits


class AmountState(models.TextChoices):
    """Whether somebody still has to type an amount."""

    OPEN = "open", _("金额待填写")
    TYPED = "typed", _("金额已填写")
    LIFTED = "lifted", _("不再要求")


class OpenAmount(models.Model):
    """The amount that an entry of the ledger leaves open, and within which limits in yuan.

    Without ``most`` the regulation sets no upper limit.
    """

    entry = models.OneToOneField(
        "outcomes.LedgerEntry",
        models.PROTECT,
        related_name="open_amount",
        verbose_name=_("奖惩事项"),
    )
    least = models.DecimalField(max_digits=16, decimal_places=2)
    most = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    approver = models.CharField(max_length=40)
    state = models.CharField(
        _("状态"), max_length=10, choices=AmountState.choices, default=AmountState.OPEN
    )

    class Meta:
        verbose_name = _("待填金额")
        indexes = (models.Index(fields=["state"], name="open_amount_by_state"),)

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to type it."""
        return self.state == AmountState.OPEN

    @property
    def limits(self) -> Limits:
        """Return within which amounts somebody may choose."""
        return Limits(Fraction(self.least), None if self.most is None else Fraction(self.most))


class TypedAmount(models.Model):
    """Who typed an amount, and why; it is booked as an entry of its own. Rows are only added."""

    open_amount = models.ForeignKey(OpenAmount, models.PROTECT, related_name="typed")
    entry = models.OneToOneField(
        "outcomes.LedgerEntry", models.PROTECT, related_name="typed_as", verbose_name=_("奖惩事项")
    )
    reason = models.TextField(_("说明"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("填写的金额")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.entry)
