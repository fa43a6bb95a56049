"""The ledger of rewards and penalties, and the books of budgets. Entries are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhijian.domain.words import Words
from zhijian.foundation.language import language
from zhijian.foundation.reasons import in_words
from zhijian.outcomes.amount_models import AmountState, OpenAmount, TypedAmount
from zhijian.outcomes.compensation_models import CompensationEntry, CompensationWord
from zhijian.outcomes.personal_models import (
    LIVE,
    PersonalDecision,
    PersonalState,
    PersonalStep,
    PersonalStepKind,
)
from zhijian.outcomes.remedy_models import Remedy, RemedyState, RemedyStep, StepKind
from zhijian.packs import queries as packs

__all__ = [
    "LIVE",
    "AmountState",
    "BudgetBook",
    "BudgetItem",
    "CompensationEntry",
    "CompensationWord",
    "Kind",
    "LedgerEntry",
    "OpenAmount",
    "PersonalDecision",
    "PersonalState",
    "PersonalStep",
    "PersonalStepKind",
    "Remedy",
    "RemedyState",
    "RemedyStep",
    "StepKind",
    "TypedAmount",
]


class Kind(models.TextChoices):
    """What an entry does to a unit."""

    REWARD = "reward", _("奖励")
    PENALTY = "penalty", _("惩罚")
    MEASURE = "measure", _("整改措施")


class LedgerEntry(models.Model):
    """What followed from one approved result under one rule; a reversal takes it back.

    The database refuses to change or delete an entry. ``amount`` is negative for a penalty, and a
    reversal carries the opposite of what it reverses, so that the sum of the book is what counts.
    """

    year = models.IntegerField(_("年度"))
    number = models.BigIntegerField(_("编号"))
    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="+")
    sheet = models.ForeignKey("assessments.ScoreSheet", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit_name = models.CharField(_("单位"), max_length=100)
    pack_id = models.CharField(max_length=80)
    period = models.CharField(_("考核期"), max_length=24)
    rule = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(default=1)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("奖惩事项"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("要求"), blank=True)
    grade = models.CharField(_("等次"), max_length=60, blank=True)
    score = models.DecimalField(_("得分"), max_digits=16, decimal_places=6, null=True)
    amount = models.DecimalField(_("金额（元）"), max_digits=16, decimal_places=2)
    capitals = models.CharField(_("大写"), max_length=120, blank=True)
    cites = models.CharField(_("依据"), max_length=200, blank=True)
    working = models.JSONField(default=dict)
    due_on = models.DateField(_("完成期限"), null=True)
    effective_on = models.DateField(_("生效日期"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("冲销")
    )
    reason = models.TextField(_("冲销理由"), blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("奖惩台账")
        constraints = (
            models.UniqueConstraint(
                fields=["sheet", "rule", "revision"],
                condition=Q(reverses=None),
                name="entry_once_per_result_and_rule",
            ),
            models.UniqueConstraint(fields=["year", "number"], name="entry_number_once"),
            models.CheckConstraint(
                condition=~Q(kind="reward", reverses=None, amount__lt=0),
                name="entry_reward_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(kind="penalty", reverses=None, amount__gt=0),
                name="entry_penalty_not_positive",
            ),
        )
        indexes = (
            models.Index(fields=["assessment", "unit"], name="entry_by_assessment"),
            models.Index(fields=["-effective_on", "-id"], name="entry_by_day"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Return the number as it stands on papers."""
        return f"奖惩〔{self.year}〕{self.number}号"

    @property
    def label(self) -> str:
        """Return the title in the language of the page."""
        return Words(self.title, self.title_en).to(language())

    @property
    def grade_label(self) -> str:
        """Return the grade in the language of the page."""
        return packs.stored_word(self.assessment, self.grade, language())

    @property
    def because(self) -> str:
        """Return why it takes another entry back, in the language of the page."""
        return in_words(self.reason).to(language())

    @property
    def demand(self) -> str:
        """Return what has to be done in the language of the page."""
        return packs.stored_word(self.assessment, self.text, language())

    @property
    def in_capitals(self) -> str:
        """Return the amount in capitals, which only Chinese has."""
        return self.capitals if language() == "zh" else ""

    @property
    def awaits_amount(self) -> bool:
        """Tell whether somebody still has to type the amount."""
        return hasattr(self, "open_amount") and self.open_amount.is_open

    @property
    def is_reversal(self) -> bool:
        """Tell whether the entry takes another one back."""
        return self.reverses_id is not None

    @property
    def orders(self) -> bool:
        """Tell whether the entry orders something to be put right, by itself or with a limit."""
        return self.kind == Kind.MEASURE or self.due_on is not None


class BudgetBook(models.Model):
    """The book of one budget of a regulation in one period; its row is locked while it grows."""

    pack_id = models.CharField(max_length=80)
    budget = models.CharField(max_length=80)
    period = models.CharField(_("期间"), max_length=24)

    class Meta:
        verbose_name = _("经费额度")
        constraints = (
            models.UniqueConstraint(
                fields=["pack_id", "budget", "period"], name="book_once_per_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.budget} {self.period}"


class BudgetItem(models.Model):
    """Money spent from a book; a mistake is taken back by an item of the opposite amount."""

    book = models.ForeignKey(BudgetBook, models.PROTECT, related_name="items")
    amount = models.DecimalField(_("金额（元）"), max_digits=16, decimal_places=2)
    purpose = models.CharField(_("用途"), max_length=300)
    spent_on = models.DateField(_("支出日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    limit = models.DecimalField(max_digits=16, decimal_places=2)
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("支出")
        constraints = (
            models.CheckConstraint(
                condition=Q(takes_back=None, amount__gt=0) | Q(takes_back__isnull=False),
                name="item_amount_positive",
            ),
        )
        indexes = (models.Index(fields=["book", "spent_on"], name="item_by_book"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.amount}"
