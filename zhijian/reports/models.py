"""Reports on assessments, minutes of their meetings, and where results were published."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhijian.domain.words import Words
from zhijian.foundation.language import language
from zhijian.foundation.reasons import in_words


class State(models.TextChoices):
    """How far a report has come."""

    DRAFT = "draft", _("起草中")
    DELIVERED = "delivered", _("已交付")
    WITHDRAWN = "withdrawn", _("已撤回")


class Report(models.Model):
    """A report of an assessment: texts by people, figures by the program, frozen on delivery.

    ``data`` holds everything the paper was made from, ``pdf_id`` the archived file with its
    digest. A withdrawn report stays; the one that ``replaces`` it says so.
    """

    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="+")
    outline = models.CharField(max_length=80)
    title = models.CharField(_("标题"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT, db_index=True
    )
    texts = models.JSONField(default=dict)
    changed_at = models.DateTimeField(_("修改时间"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    year = models.IntegerField(null=True)
    number = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    pdf_id = models.BigIntegerField(null=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True, db_index=True)
    recipients = models.CharField(_("送达对象"), max_length=300, blank=True)
    delivered_at = models.DateTimeField(_("交付时间"), null=True)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_reason = models.TextField(_("撤回理由"), blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("取代")
    )

    class Meta:
        verbose_name = _("报告")
        constraints = (
            models.UniqueConstraint(fields=["year", "number"], name="report_number_once"),
            models.UniqueConstraint(
                fields=["assessment", "outline"],
                condition=~Q(state="withdrawn"),
                name="report_one_in_force",
            ),
        )
        indexes = (models.Index(fields=["-changed_at"], name="report_by_change"),)

    def __str__(self) -> str:
        return f"{self.code or self.pk} {self.title}"

    @property
    def label(self) -> str:
        """Return the title in the language of the page."""
        return Words(self.title, self.title_en).to(language())

    @property
    def because(self) -> str:
        """Return why it was withdrawn, in the language of the page."""
        return in_words(self.withdrawn_reason).to(language())

    @property
    def code(self) -> str:
        """Return the number as it stands on the paper; a draft has none."""
        return f"质报〔{self.year}〕{self.number}号" if self.number else ""


class Minutes(models.Model):
    """What an analysis meeting found and decided."""

    assessment = models.OneToOneField(
        "assessments.Assessment",
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("singular", "考核"),
    )
    held_on = models.DateField(_("召开日期"))
    place = models.CharField(_("地点"), max_length=100, blank=True)
    attended = models.TextField(_("出席"), blank=True)
    text = models.TextField(_("纪要"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("会议纪要")

    def __str__(self) -> str:
        return f"{self.assessment} {self.held_on}"


class Publication(models.Model):
    """A duty to publish results: what, where, by when; done once there is a day and a proof."""

    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="+")
    what = models.CharField(_("公开内容"), max_length=200)
    place = models.CharField(_("公开地点"), max_length=200)
    due_on = models.DateField(_("应于何日前"), null=True)
    published_on = models.DateField(_("公开日期"), null=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("公开登记")
        indexes = (models.Index(fields=["due_on"], name="publication_by_day"),)

    def __str__(self) -> str:
        return f"{self.what} → {self.place}"
