"""The register of complaints, and the offices that have a public page.

What was said, by whom and how to reach them stands in the events of the case alone. A row here
holds copies for lists and counts, which can be made again from the events at any time: the phone
as a keyed digest, by which a caller is known again, and masked, as lists show it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Office(models.Model):
    """A place with a page on which anybody may complain; ``code`` is its address."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(_("名称"), max_length=100)
    pack_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    hotline = models.CharField(_("热线电话"), max_length=60, blank=True)
    notice = models.TextField(_("说明"), max_length=500, blank=True)
    is_open = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("受理点")

    def __str__(self) -> str:
        return self.title


class Complaint(models.Model):
    """A case that came from outside."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="complaint")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="complaints")
    caller = models.CharField(max_length=64, blank=True)
    masked = models.CharField(_("电话"), max_length=30, blank=True)
    channel = models.CharField(_("渠道"), max_length=60, blank=True)
    cause = models.CharField(_("投诉原因"), max_length=60, blank=True)
    received_on = models.DateField(_("接到日期"))
    hour = models.PositiveSmallIntegerField(_("时段"))
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("投诉")
        indexes = (
            models.Index(fields=["caller", "-received_on", "-id"], name="complaint_caller"),
            models.Index(fields=["received_on", "id"], name="complaint_day"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.masked}"
