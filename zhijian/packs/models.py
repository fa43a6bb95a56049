"""The versions of each regulation, what people decided about them, and who follows them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhijian.domain.words import Words
from zhijian.foundation.language import language


class PackVersion(models.Model):
    """One version of a regulation with all its files.

    The database itself refuses to change or delete a row once it is published. That a version has
    been superseded is therefore not stored: it follows from the day its successor takes effect.
    """

    class State(models.TextChoices):
        """How far a version has come."""

        DRAFT = "draft", _("草稿")
        CHECKED = "checked", _("已校核")
        PUBLISHED = "published", _("已发布")

    pack_id = models.CharField(_("政策包"), max_length=80)
    version = models.CharField(_("版本"), max_length=20)
    digest = models.CharField(_("摘要"), max_length=64, db_index=True)
    title = models.CharField(_("标题"), max_length=200)
    title_en = models.CharField(_("英文标题"), max_length=300, blank=True)
    trial = models.BooleanField(_("试行"), default=False)
    effective = models.DateField(_("施行日期"))
    state = models.CharField(
        _("状态"), max_length=12, choices=State.choices, default=State.DRAFT, db_index=True
    )
    files = models.JSONField(_("文件"), default=dict)
    created_at = models.DateTimeField(_("建立时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("建立人"),
    )  # fmt: skip
    changed_at = models.DateTimeField(_("修改时间"))
    published_at = models.DateTimeField(_("发布时间"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("发布人"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("政策包版本")
        constraints = (
            models.UniqueConstraint(fields=["pack_id", "version"], name="pack_version_once"),
            models.UniqueConstraint(
                fields=["pack_id", "effective"],
                condition=models.Q(state="published"),
                name="pack_published_once_a_day",
            ),
        )
        indexes = (models.Index(fields=["pack_id", "state", "effective"], name="pack_in_force"),)

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def words(self) -> Words:
        """Return the title in both languages."""
        return Words(self.title, self.title_en)

    @property
    def label(self) -> str:
        """Return the title in the language of the page."""
        return self.words.to(language())


class CheckReport(models.Model):
    """What the checks said about one set of files under one edition of the program."""

    digest = models.CharField(_("摘要"), max_length=64)
    edition = models.CharField(_("程序版本"), max_length=64)
    at = models.DateTimeField(_("时间"))
    problems = models.JSONField(_("问题"), default=list)
    examples = models.JSONField(_("算例"), default=list)

    class Meta:
        verbose_name = _("校核记录")
        constraints = (
            models.UniqueConstraint(fields=["digest", "edition"], name="check_report_once"),
        )

    def __str__(self) -> str:
        return self.digest[:12]


class Revision(models.Model):
    """One line of the revision record that is written when a version is published."""

    class Change(models.TextChoices):
        """The three kinds of change that a revision record knows."""

        ADDED = "A", _("增加")
        MODIFIED = "M", pgettext_lazy("revision", "修改")
        DELETED = "D", pgettext_lazy("revision", "删除")

    version = models.ForeignKey(PackVersion, models.PROTECT, related_name="revisions")
    change = models.CharField(_("变更类型"), max_length=1, choices=Change.choices)
    path = models.CharField(_("文件"), max_length=200)
    title = models.CharField(_("内容"), max_length=300, blank=True)
    title_en = models.CharField(_("英文内容"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("修订记录")
        constraints = (
            models.UniqueConstraint(fields=["version", "path"], name="revision_once_a_file"),
        )

    def __str__(self) -> str:
        return f"{self.change} {self.path}"


class Confirmation(models.Model):
    """A person's decision about a proposed value; the latest one of a parameter counts."""

    class Kind(models.TextChoices):
        """Whether the proposed value stays or another takes its place."""

        CONFIRMED = "confirmed", pgettext_lazy("decision", "确认")
        REPLACED = "replaced", _("替换")

    version = models.ForeignKey(PackVersion, models.PROTECT, related_name="confirmations")
    parameter = models.CharField(_("参数"), max_length=80)
    kind = models.CharField(_("决定"), max_length=12, choices=Kind.choices)
    value = models.TextField(_("取值"), blank=True)
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("建议值确认")
        indexes = (models.Index(fields=["version", "parameter", "id"], name="confirmation_latest"),)

    def __str__(self) -> str:
        return f"{self.parameter}: {self.kind}"


class Subscription(models.Model):
    """A unit follows a regulation, or may refer to it."""

    class Obligation(models.TextChoices):
        """How binding the regulation is for the unit."""

        MUST = "must", _("应当执行")
        MAY = "may", _("可以参照")

    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    pack_id = models.CharField(_("政策包"), max_length=80)
    obligation = models.CharField(_("约束力"), max_length=4, choices=Obligation.choices)
    starts = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("适用单位")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "pack_id"],
                condition=models.Q(until=None),
                name="subscription_once_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.pack_id}"


class Review(models.Model):
    """A periodic look at whether the regulation is effective and feasible."""

    pack_id = models.CharField(_("政策包"), max_length=80, db_index=True)
    version = models.ForeignKey(PackVersion, models.PROTECT, related_name="reviews")
    held_on = models.DateField(_("评审日期"))
    is_effective = models.BooleanField(_("有效"))
    is_feasible = models.BooleanField(_("可行"))
    findings = models.TextField(_("评审意见"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("制度评审")

    def __str__(self) -> str:
        return f"{self.pack_id} {self.held_on}"


class Receipt(models.Model):
    """Who received which version, and when they said that they had read it."""

    version = models.ForeignKey(PackVersion, models.PROTECT, related_name="receipts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("分发时间"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    read_at = models.DateTimeField(_("阅知时间"), null=True)
    trained_on = models.DateField(_("培训日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("分发记录")
        constraints = (
            models.UniqueConstraint(fields=["version", "person"], name="receipt_once_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} → {self.person_id}"


class Signature(models.Model):
    """Somebody signed a version as it stood: changed files have to be signed again.

    The approval of a published version may be given again, when the regulation asks for that
    every so many months.
    """

    class Step(models.TextChoices):
        """What the signature says."""

        REVIEWED = "reviewed", pgettext_lazy("signature", "审核")
        APPROVED = "approved", pgettext_lazy("signature", "批准")

    # A draft that is thrown away takes its signatures along; the audit trail keeps them.
    version = models.ForeignKey(PackVersion, models.CASCADE, related_name="signatures")
    step = models.CharField(_("步骤"), max_length=10, choices=Step.choices)
    digest = models.CharField(_("摘要"), max_length=64)
    role = models.CharField(_("角色"), max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    remark = models.TextField(_("意见"), blank=True)

    class Meta:
        verbose_name = _("签署")
        indexes = (models.Index(fields=["version", "step", "id"], name="signature_latest"),)

    def __str__(self) -> str:
        return f"{self.version_id} {self.step}"
