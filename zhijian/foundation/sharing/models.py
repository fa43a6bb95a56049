"""What all processes of the site remember together for a while."""

from __future__ import annotations

from django.db import models


class SharedEntry(models.Model):
    """A value under a key, until a moment; without one, until it is deleted."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.key
