"""Requests that created something, with the answer they got."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AnsweredRequest(models.Model):
    """One key of one person: what was asked under it, and what was answered."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key"),)

    def __str__(self) -> str:
        return self.key
