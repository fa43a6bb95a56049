"""Papers, to whom they went, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhijian.domain.words import Words
from zhijian.foundation.documents import DocumentField
from zhijian.foundation.language import language


class State(models.TextChoices):
    """How far a paper has come. Only the last two count no more."""

    ISSUED = "issued", pgettext_lazy("paper", "已签发")
    RECEIVED = "received", _("已签收")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", pgettext_lazy("paper", "已办结")
    WITHDRAWN = "withdrawn", _("已撤回")
    REPLACED = "replaced", _("已换发")


IN_FORCE = (State.ISSUED, State.RECEIVED, State.ANSWERED, State.CLOSED)
OPEN = (State.ISSUED, State.RECEIVED)
"""Still to be answered or closed."""


class EventWord(models.TextChoices):
    """What happened to a paper."""

    ISSUED = "issued", pgettext_lazy("event", "签发")
    RECEIVED = "received", pgettext_lazy("event", "签收")
    EXTENDED = "extended", pgettext_lazy("event", "延期")
    ANSWERED = "answered", pgettext_lazy("event", "答复")
    CLOSED = "closed", pgettext_lazy("event", "办结")
    WITHDRAWN = "withdrawn", pgettext_lazy("event", "撤回")
    REPLACED = "replaced", pgettext_lazy("event", "换发")


class Paper(models.Model):
    """One paper. Everything but its state and its time to answer stays as it was issued.

    ``document`` is what was printed and ``content_digest`` its digest, which stands on the paper;
    ``digest`` is that of the archived file ``pdf_id``. ``limit_moves`` tells that the time to
    answer is that of a clock of the case, and follows it.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    form = models.CharField(max_length=80)
    title = models.CharField(_("表单"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    prefix = models.CharField(max_length=10)
    year = models.IntegerField(_("年度"))
    serial = models.BigIntegerField()
    number = models.CharField(_("编号"), max_length=40, unique=True)
    code = models.CharField(_("验证码"), max_length=20)
    issuer = models.CharField(_("签发单位"), max_length=200)
    issued_at = models.DateTimeField(_("签发时间"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    step = models.PositiveIntegerField(null=True)
    document = DocumentField()
    content_digest = models.CharField(max_length=64)
    pdf_id = models.BigIntegerField()
    digest = models.CharField(_("摘要"), max_length=64, db_index=True)
    is_personal = models.BooleanField(default=False)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ISSUED)
    reply_by = models.DateTimeField(_("答复期限"), null=True)
    limit_moves = models.BooleanField(default=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("取代")
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("单据")
        constraints = (
            models.UniqueConstraint(fields=["prefix", "year", "serial"], name="paper_number_once"),
            models.UniqueConstraint(
                fields=["case", "form"],
                condition=models.Q(state__in=IN_FORCE),
                name="paper_one_in_force",
            ),
        )
        indexes = (
            models.Index(fields=["-issued_at", "-id"], name="paper_latest"),
            models.Index(fields=["case", "-issued_at"], name="paper_of_case"),
            models.Index(fields=["form", "-issued_at"], name="paper_by_form"),
            models.Index(fields=["reply_by"], name="paper_due", condition=models.Q(state__in=OPEN)),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def label(self) -> str:
        """Return the name of the form in the language of the page."""
        return Words(self.title, self.title_en).to(language())

    @property
    def is_in_force(self) -> bool:
        """Tell whether the paper still counts."""
        return self.state in IN_FORCE


class PaperReceiver(models.Model):
    """Somebody to whom a paper goes, and when they received it.

    ``noted_by`` is whoever noted the receipt of a paper that was handed over by hand.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="receivers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(_("签收时间"), null=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("接收人")
        constraints = (
            models.UniqueConstraint(fields=["paper", "person"], name="paper_receiver_once"),
        )
        indexes = (models.Index(fields=["person", "received_at"], name="paper_receiver_waits"),)

    def __str__(self) -> str:
        return f"{self.paper_id} {self.person_id}"


class PaperEvent(models.Model):
    """Something that happened to a paper; never changed or deleted.

    ``until`` is the new time to answer of an extension. Nobody stands in ``actor`` where the
    platform acted, or somebody who left no name.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="events")
    word = models.CharField(max_length=10, choices=EventWord.choices)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("理由"), blank=True)
    until = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("单据经过")
        indexes = (models.Index(fields=["paper", "at"], name="paper_event_of"),)

    def __str__(self) -> str:
        return f"{self.paper_id} {self.word}"
