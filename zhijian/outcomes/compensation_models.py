"""The book of compensation (SYS-14): what was decided in cases to be owed, and what was paid."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhijian.domain.words import Words
from zhijian.foundation.language import language


class CompensationWord(models.TextChoices):
    """What an entry of the book says."""

    DECIDED = "decided", _("决定赔偿")
    LIFTED = "lifted", _("撤销原决定")
    PAID = "paid", _("支付")


class CompensationEntry(models.Model):
    """One entry; the database refuses to change or delete it.

    ``amount`` is in yuan. What takes a decision back carries the opposite amount, so that decisions
    add up to what is owed. ``seq`` is the event of the case. Nothing of whom it is paid to stands
    here: that is personal, and in the case.
    """

    year = models.IntegerField(_("年度"))
    number = models.BigIntegerField(_("编号"))
    word = models.CharField(_("类别"), max_length=10, choices=CompensationWord.choices)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    pack_id = models.CharField(max_length=80)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit_name = models.CharField(_("单位"), max_length=100)
    rule = models.CharField(max_length=80)
    title = models.CharField(_("赔偿依据"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    cites = models.CharField(_("条款"), max_length=200, blank=True)
    amount = models.DecimalField(_("金额（元）"), max_digits=16, decimal_places=2)
    capitals = models.CharField(_("大写"), max_length=120)
    claimed = models.DecimalField(_("索赔金额（元）"), max_digits=16, decimal_places=2, null=True)
    working = models.JSONField(default=dict)
    on = models.DateField(_("日期"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("赔偿台账")
        constraints = (
            models.UniqueConstraint(fields=["year", "number"], name="compensation_number_once"),
            models.UniqueConstraint(fields=["case", "seq", "word"], name="compensation_once"),
            models.CheckConstraint(
                condition=Q(word="decided", amount__gte=0)
                | Q(word="lifted", amount__lte=0, takes_back__isnull=False)
                | Q(word="paid"),
                name="compensation_sign",
            ),
        )
        indexes = (
            models.Index(fields=["-on", "-id"], name="compensation_by_day"),
            models.Index(fields=["unit", "-on", "-id"], name="compensation_by_unit"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Return the number as it stands on papers."""
        return f"PC{self.year}-{self.number:04d}"

    @property
    def label(self) -> str:
        """Return why it is paid or not, in the language of the page."""
        return Words(self.title, self.title_en).to(language())

    @property
    def in_capitals(self) -> str:
        """Return the amount in capitals, which only Chinese has."""
        return self.capitals if language() == "zh" else ""
