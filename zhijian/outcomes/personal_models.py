"""Rewards and penalties of persons: each proposed, decided by another, open to objection."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhijian.domain.words import Words
from zhijian.foundation.language import language


class PersonalState(models.TextChoices):
    """How far the decision about a person has come."""

    PROPOSED = "proposed", _("等待决定")
    REFUSED = "refused", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")
    IN_FORCE = "in_force", _("已生效")
    OBJECTED = "objected", _("异议中")
    TAKEN_BACK = "taken_back", _("决定已撤销")


#: What counts, or may come to count.
LIVE = (PersonalState.PROPOSED, PersonalState.IN_FORCE, PersonalState.OBJECTED)


class PersonalStepKind(models.TextChoices):
    """What somebody did with the decision about a person."""

    PROPOSED = "proposed", _("提出奖惩")
    WITHDRAWN = "withdrawn", _("撤回")
    AGREED = "agreed", _("同意，生效")
    REFUSED = "refused", _("不同意")
    OBJECTED = "objected", _("当事人异议")
    DISMISSED = "dismissed", _("异议不成立，维持")
    UPHELD = "upheld", _("异议成立，撤销")


class PersonalDecision(models.Model):
    """A measure of a regulation for one person, with the words of the version it rests on.

    What was proposed is never changed: the database refuses it. ``amount`` is in yuan and never
    negative; ``kind`` tells whether it is a penalty. Year and number come with the decision.
    """

    pack_version = models.ForeignKey("packs.PackVersion", models.PROTECT, related_name="+")
    pack_id = models.CharField(max_length=80)
    plan = models.CharField(max_length=80)
    ground = models.CharField(max_length=80)
    ground_title = models.CharField(_("事由"), max_length=200)
    ground_title_en = models.CharField(max_length=200, blank=True)
    measure = models.CharField(max_length=80)
    measure_title = models.CharField(_("措施"), max_length=200)
    measure_title_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10)
    cites = models.CharField(_("依据"), max_length=200, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit_name = models.CharField(_("单位"), max_length=100)
    fault = models.ForeignKey("cases.CaseFault", models.PROTECT, null=True, related_name="+")
    offender = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    account = models.TextField(_("事实经过"))
    amount = models.DecimalField(_("金额（元）"), max_digits=16, decimal_places=2, null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提议人")
    )
    proposed_at = models.DateTimeField(_("提出时间"))
    state = models.CharField(
        _("状态"), max_length=10, choices=PersonalState.choices, default=PersonalState.PROPOSED
    )
    year = models.IntegerField(null=True)
    number = models.BigIntegerField(null=True)
    effective_on = models.DateField(_("生效日期"), null=True)
    objection_until = models.DateField(_("异议截止"), null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("个人奖惩")
        constraints = (
            models.UniqueConstraint(fields=["year", "number"], name="personal_number_once"),
            models.UniqueConstraint(
                fields=["fault"], condition=Q(state__in=LIVE), name="personal_once_for_a_fault"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="personal_amount_positive"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("proposed_by")), name="personal_not_about_oneself"
            ),
        )
        indexes = (
            models.Index(fields=["person", "-id"], name="personal_by_person"),
            models.Index(fields=["state", "-id"], name="personal_by_state"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Return the number as it stands on papers; before the decision there is none."""
        if self.number is None:
            return str(_("提议 %(id)s") % {"id": self.pk})
        return f"个人奖惩〔{self.year}〕{self.number}号"

    @property
    def ground_label(self) -> str:
        """Return what it is for, in the language of the page."""
        return Words(self.ground_title, self.ground_title_en).to(language())

    @property
    def measure_label(self) -> str:
        """Return what is done, in the language of the page."""
        return Words(self.measure_title, self.measure_title_en).to(language())


class PersonalStep(models.Model):
    """One step in the life of the decision about a person; steps are only added."""

    decision = models.ForeignKey(PersonalDecision, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=PersonalStepKind.choices)
    text = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("个人奖惩经过")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.decision_id} {self.kind}"
