"""Cases, what happened in them, and copies of where they stand for lists.

Only the events are truth. State, level, owner, due moments: each can be worked out again from the
events and the regulation, and ``cases_verify`` does so.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhijian.cases.around_models import (
    CaseComment,
    CaseEvidence,
    CaseLink,
    CaseParty,
    LinkWord,
)
from zhijian.cases.due_models import CaseAlike, CaseClock, CaseFault, CaseNotice, NoticeWord
from zhijian.cases.text_models import CaseText

__all__ = [
    "Case",
    "CaseAlike",
    "CaseClock",
    "CaseComment",
    "CaseEvent",
    "CaseEvidence",
    "CaseFault",
    "CaseLink",
    "CaseNotice",
    "CaseParty",
    "CaseText",
    "EventSort",
    "LinkWord",
    "NoticeWord",
]


class EventSort(models.TextChoices):
    """What an event is: a step of the regulation, or the case passing into other hands."""

    STEP = "step", _("办理")
    HAND_OVER = "hand_over", _("移交")


class Case(models.Model):
    """One case. Everything but its kind, law, number and title is a copy for lists.

    ``sorts_at`` is the moment it falls due, or the end of time where nothing can lapse. The flags
    ``is_confidential`` and ``is_anonymous`` are never taken back; the database refuses it.
    """

    pack_id = models.CharField(max_length=80)
    pack_version = models.ForeignKey("packs.PackVersion", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    prefix = models.CharField(max_length=10)
    year = models.IntegerField(_("年度"))
    serial = models.BigIntegerField(_("编号"))
    number = models.CharField(_("编号"), max_length=40, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=80)
    ends = models.CharField(max_length=10, blank=True)
    level = models.CharField(_("等级"), max_length=80, blank=True)
    opened_at = models.DateTimeField(_("立案时间"))
    since = models.DateTimeField()
    due_at = models.DateTimeField(_("最早到期"), null=True)
    sorts_at = models.DateTimeField()
    opener = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_confidential = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    seq = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("案件")
        constraints = (
            models.UniqueConstraint(fields=["prefix", "year", "serial"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(opener=None), name="case_anonymous_names_nobody"
            ),
        )
        indexes = (
            models.Index(fields=["sorts_at", "id"], name="case_open", condition=Q(ends="")),
            models.Index(
                fields=["unit", "sorts_at", "id"], name="case_open_unit", condition=Q(ends="")
            ),
            models.Index(
                fields=["owner", "sorts_at", "id"], name="case_open_owner", condition=Q(ends="")
            ),
            models.Index(
                fields=["pack_id", "kind", "state", "sorts_at", "id"], name="case_open_state",
                condition=Q(ends=""),
            ),
            models.Index(
                fields=["pack_id", "kind", "level", "sorts_at", "id"], name="case_open_level",
                condition=Q(ends=""),
            ),
            models.Index(fields=["-opened_at", "-id"], name="case_latest"),
            models.Index(fields=["unit", "-opened_at", "-id"], name="case_latest_unit"),
            models.Index(fields=["owner", "-opened_at", "-id"], name="case_latest_owner"),
            models.Index(
                fields=["pack_id", "kind", "state", "-opened_at", "-id"], name="case_latest_state"
            ),
            models.Index(
                fields=["pack_id", "kind", "level", "-opened_at", "-id"], name="case_latest_level"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """One thing that happened, chained to the one before it; never changed or deleted.

    ``document`` is the exact text that the digest was made of: facts, reason, level and the bodies
    that the actor acted for. Nobody stands in ``actor`` where it was anonymous or the platform.
    ``key`` is the digest of the key under which somebody asked, so that asking again adds nothing.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField(_("序号"))
    sort = models.CharField(max_length=10, choices=EventSort.choices)
    step = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    document = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=64, null=True, unique=True)
    asked = models.CharField(max_length=64, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("办理记录")
        constraints = (models.UniqueConstraint(fields=["case", "seq"], name="case_event_once"),)

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.step or self.sort}"
