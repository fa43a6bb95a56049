"""Files kept as evidence or as delivered papers; the bytes lie in storage under their digest."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """One file somebody handed in or the program made, and what it belongs to."""

    digest = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200, default="")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    owner_kind = models.CharField(max_length=80)
    owner_key = models.CharField(max_length=120)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["owner_kind", "owner_key"], name="file_owner"),)

    def __str__(self) -> str:
        return self.name
