"""What stands around a case: links, evidence, comments, and the people who have a part in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkWord(models.TextChoices):
    """How one case leads to another."""

    OPENED = "opened", _("由此立案")
    MERGED = "merged", _("并入")
    RELATED = "related", _("相关")


class CaseLink(models.Model):
    """A link between two cases; it is read from both ends.

    ``key`` says which rule of the step opened the other case, so that it is opened once.
    """

    source = models.ForeignKey("cases.Case", models.CASCADE, related_name="links_out")
    target = models.ForeignKey("cases.Case", models.CASCADE, related_name="links_in")
    word = models.CharField(max_length=10, choices=LinkWord.choices)
    key = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "target", "word"], name="case_link_once"),
            models.UniqueConstraint(
                fields=["source", "key"], condition=~models.Q(key=""), name="case_opened_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="case_link_to_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.word} {self.target_id}"


class CaseEvidence(models.Model):
    """A photo or file that shows something; its bytes are kept under their digest."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="evidence")
    digest = models.CharField(max_length=64)
    fact = models.CharField(max_length=80, blank=True)
    title = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("证据")
        constraints = (
            models.UniqueConstraint(fields=["case", "digest"], name="case_evidence_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.digest[:12]}"


class CaseComment(models.Model):
    """Something said about a case that changes nothing in it."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="comments")
    text = models.TextField(_("内容"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("留言")

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"


class CaseParty(models.Model):
    """Somebody who has a part in a case: opened it, owns it, acted in it, or is named in it."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="parties")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "case"], name="case_party_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"
