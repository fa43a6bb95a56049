"""The tree of units: who belongs to whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhijian.organizations.kinds import KINDS, kind_choices


class Unit(models.Model):
    """A company, department, project or team that is supervised or assessed."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("上级单位"),
    )  # fmt: skip
    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("类别"), max_length=40, choices=kind_choices)
    group = models.CharField(_("考核分组"), max_length=60, blank=True)
    attributes = models.JSONField(_("属性"), default=dict, blank=True)
    position = models.IntegerField(_("排序"), default=0)
    is_active = models.BooleanField(_("启用"), default=True)
    is_sample = models.BooleanField(_("示例单位"), default=False)

    class Meta:
        verbose_name = _("单位")
        constraints = (
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_per_parent"),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(parent=None),
                name="unit_name_once_at_the_top",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        """Return what people call the kind."""
        return str(KINDS.get(self.kind, self.kind))


class Contact(models.Model):
    """How a unit is reached, and when somebody last looked whether that is right."""

    unit = models.OneToOneField(
        Unit, models.CASCADE, related_name="contact", verbose_name=_("单位")
    )
    person = models.CharField(_("联系人"), max_length=60)
    phone = models.CharField(_("联系电话"), max_length=40)
    email = models.EmailField(_("电子邮箱"))
    address = models.CharField(_("联系地址"), max_length=200)
    checked_at = models.DateTimeField(_("核对时间"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("核对人"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("联系资料")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.person}"
