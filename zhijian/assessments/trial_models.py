"""Trial runs: questions about changed rules and what they came to. Never part of a result."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TrialRun(models.Model):
    """Past periods judged under other rules.

    ``target`` is another version, a draft as a rule; without it the version itself is tried with
    ``changes``: parameter → YAML of the entry that takes the place.
    """

    title = models.CharField(_("名称"), max_length=120)
    version = models.ForeignKey("packs.PackVersion", models.CASCADE, related_name="+")
    target = models.ForeignKey("packs.PackVersion", models.SET_NULL, null=True, related_name="+")
    scheme = models.CharField(max_length=80)
    changes = models.JSONField(default=dict)
    assessments = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    job_id = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True)

    class Meta:
        verbose_name = _("试算")

    def __str__(self) -> str:
        return self.title
