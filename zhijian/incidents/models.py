"""Registers of incidents, hints, hazards and duties that come round, and the bulletins.

What happened stands in the events of the cases alone. Rows here hold copies for lists and counts,
which can be made again from the events at any time; only what people decide about a hint, and who
acknowledged a bulletin, is told here and nowhere else.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Incident(models.Model):
    """A case that is an incident. ``was_late`` tells that the first rung was reported too late,
    ``first_level`` at which level it was first graded."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="incident")
    happened_at = models.DateTimeField(_("发生时间"))
    sort = models.CharField(_("类别"), max_length=60, blank=True)
    place = models.CharField(_("地点"), max_length=200, blank=True)
    first_level = models.CharField(max_length=80, blank=True)
    reports = models.PositiveSmallIntegerField(_("报告次数"), default=1)
    is_final = models.BooleanField(default=False)
    was_late = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("事件事故")
        indexes = (models.Index(fields=["-happened_at", "-id"], name="incident_latest"),)

    def __str__(self) -> str:
        return str(self.case_id)


class HintWord(models.TextChoices):
    """What became of a hint at an incident."""

    OPEN = "open", _("待对照")
    REPORTED = "reported", _("已上报")
    NONE = "none", _("不属于事件")
    CONCEALED = "concealed", _("已提请查处")


class Hint(models.Model):
    """A complaint, a check or the like that speaks of an incident, and what became of it.

    ``incident`` is the case in which the incident was reported, ``offence`` the case about its
    concealment.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="incident_hint")
    seen_at = models.DateTimeField(_("出现时间"))
    word = models.CharField(_("核对结果"), max_length=10, choices=HintWord, default=HintWord.OPEN)
    incident = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    offence = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("理由"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("事件线索")
        indexes = (models.Index(fields=["word", "seen_at", "id"], name="hint_word"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(word="reported") | Q(incident__isnull=False),
                name="hint_reported_where",
            ),
            models.CheckConstraint(
                condition=~Q(word="none") | ~Q(reason=""), name="hint_none_with_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.word}"


class Hazard(models.Model):
    """A case that is a hazard; ``on_spot`` where it was removed as it was found."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="hazard")
    area = models.CharField(_("安全领域"), max_length=60, blank=True)
    place = models.CharField(_("地点"), max_length=200, blank=True)
    on_spot = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("隐患")

    def __str__(self) -> str:
        return f"{self.case_id} {self.area}"


class Duty(models.Model):
    """A case that is one round of a duty that comes again: a drill, a check, a training."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="safety_duty")
    area = models.CharField(_("安全领域"), max_length=60, blank=True)
    due_at = models.DateTimeField(_("到期"), null=True)
    done_at = models.DateTimeField(_("完成时间"), null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("定期事项")
        indexes = (models.Index(fields=["due_at", "id"], name="duty_due"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.area}"


class Bulletin(models.Model):
    """The lessons of an incident as they went to every unit; a case circulated again has another
    one, with the next ``edition``."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="bulletins")
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    issued_at = models.DateTimeField(_("发布时间"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("事件事故通报")
        constraints = (
            models.UniqueConstraint(fields=["case", "edition"], name="bulletin_edition_once"),
        )
        indexes = (models.Index(fields=["-issued_at", "-id"], name="bulletin_latest"),)

    def __str__(self) -> str:
        return f"{self.case_id}/{self.edition}"


class Acknowledgement(models.Model):
    """That a unit has to take note of a bulletin, and who did so, with what the unit does."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="acknowledgements")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("签收时间"), null=True)
    measures = models.TextField(_("本单位的落实措施"), blank=True)

    class Meta:
        verbose_name = _("签收")
        constraints = (
            models.UniqueConstraint(fields=["bulletin", "unit"], name="acknowledgement_once"),
        )

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.unit_id}"
