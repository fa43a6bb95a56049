"""The audit trail: rows that the database itself refuses to change or delete."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One thing that somebody did, chained to the entry before it by its digest.

    There are no foreign keys: an entry must outlive what it tells about.
    """

    number = models.BigIntegerField(_("序号"), unique=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    actor_id = models.BigIntegerField(_("操作人编号"), null=True)
    actor = models.CharField(_("操作人"), max_length=150)
    action = models.CharField(_("操作"), max_length=80, db_index=True)
    subject_kind = models.CharField(_("对象类别"), max_length=80)
    subject_key = models.CharField(_("对象编号"), max_length=120)
    subject_label = models.CharField(_("对象名称"), max_length=300)
    before = models.JSONField(_("变更前"), null=True)
    after = models.JSONField(_("变更后"), null=True)
    previous_hash = models.CharField(_("前一条摘要"), max_length=64)
    hash = models.CharField(_("本条摘要"), max_length=64)

    class Meta:
        verbose_name = _("审计记录")
        indexes = (models.Index(fields=["subject_kind", "subject_key"], name="audit_subject"),)

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class AuditHead(models.Model):
    """The one row that remembers the end of the chain and is locked while it grows."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return str(self.number)
