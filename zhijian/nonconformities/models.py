"""The register of nonconformities, and what is proposed from it.

What was found stands in the events of the case alone. Rows of the register are copies for lists and
counts, which can be made again from the events at any time.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhijian.domain.words import Words
from zhijian.foundation.documents import DocumentField
from zhijian.foundation.language import language
from zhijian.nonconformities.action_models import Aspect, Cause, Criterion, Method, PlanLine
from zhijian.nonconformities.lesson_models import Lesson, LessonUse

__all__ = [
    "Aspect",
    "Cause",
    "Criterion",
    "Entry",
    "Lesson",
    "LessonUse",
    "Method",
    "Origin",
    "PlanLine",
    "Proposal",
    "ProposalState",
    "ProposedCase",
    "Tally",
]


class Entry(models.Model):
    """A case in the register. ``rank`` is the common rank of its level, 0 where it has none."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="nonconformity")
    item = models.CharField(_("服务项目"), max_length=200, blank=True)
    area = models.CharField(_("过程或区域"), max_length=200, blank=True)
    clause = models.CharField(_("条款"), max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    domain = models.CharField(_("领域"), max_length=200, blank=True)
    found_on = models.DateField(_("发现日期"))
    rank = models.PositiveSmallIntegerField(default=0)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("不合格")
        indexes = (
            models.Index(fields=["-found_on", "-id"], name="nonconformity_latest"),
            models.Index(fields=["item", "found_on"], name="nonconformity_item"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.found_on}"


class Tally(models.Model):
    """A case that counts in a control; equal keys count together.

    ``starts_on`` is the first day of the span.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    control = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    starts_on = models.DateField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "control"], name="nonconformity_tally_once"),
        )
        indexes = (models.Index(fields=["key", "case"], name="nonconformity_tally_key"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.control}"


class Origin(models.TextChoices):
    """What a proposal comes from."""

    CONTROL = "control", _("超出控制次数")
    BAR = "bar", _("统计")
    HAND = "hand", _("人工提出")


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", _("待分流")
    ACCEPTED = "accepted", _("已立案")
    MERGED = "merged", _("已并入")
    DECLINED = "declined", _("不采纳")


class Proposal(models.Model):
    """Corrective action that is proposed and still to be decided on; decided ones are kept.

    ``key`` makes it the only one for what it comes from. ``pack_id``, ``kind`` and ``step`` name
    the case that a control proposes, and ``facts`` what it begins with; empty where people choose.
    """

    key = models.CharField(max_length=64, unique=True)
    origin = models.CharField(_("由来"), max_length=10, choices=Origin.choices)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(_("事项"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    cites = models.CharField(_("依据"), max_length=200, blank=True)
    pack_id = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=80, blank=True)
    facts = DocumentField()
    found = models.PositiveIntegerField(_("件数"))
    limit = models.CharField(_("控制次数"), max_length=40, blank=True)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(
        _("状态"), max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    reason = models.TextField(_("理由"), max_length=2000, blank=True)
    made_at = models.DateTimeField(_("提出时间"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    action = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("措施建议")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "declined"), action=None)
                | models.Q(state__in=("accepted", "merged"), action__isnull=False),
                name="nonconformity_proposal_action",
            ),
        )
        indexes = (models.Index(fields=["state", "-id"], name="nonconformity_proposal_state"),)

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """Return the title in the language of the page."""
        return Words(self.title, self.title_en).to(language())

    @property
    def case_ids(self) -> list[int]:
        """Return the ids of the cases that it rests on."""
        return list(self.cases.order_by("case_id").values_list("case_id", flat=True))


class ProposedCase(models.Model):
    """A case that a proposal rests on."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="cases")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "case"], name="nonconformity_proposed_case_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.case_id}"
