"""The records that packs collect, how they came in, and which periods are closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NUMBER_SLOTS = tuple(f"n{each}" for each in range(1, 9))
TEXT_SLOTS = tuple(f"t{each}" for each in range(1, 5))


class Source(models.TextChoices):
    """By which door a record came in."""

    FORM = "form", _("页面填报")
    WORKBOOK = "workbook", _("工作簿导入")
    API = "api", _("接口")
    SAMPLE = "sample", _("示例数据")
    CASE = "case", _("取自案件")


class BatchState(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", _("等待读取")
    STAGED = "staged", _("待确认")
    REFUSED = "refused", _("有问题，未导入")
    COMMITTED = "committed", _("已导入")
    DISCARDED = "discarded", _("已放弃")
    UNDONE = "undone", pgettext_lazy("import", "已撤销")


class Verdict(models.TextChoices):
    """What a row of a workbook means for the records that are already there."""

    NEW = "new", _("新增")
    UNCHANGED = "unchanged", _("无变化")
    CHANGED = "changed", _("修改")
    CONFLICTING = "conflicting", _("冲突")


class ImportBatch(models.Model):
    """One workbook on its way in: read, looked at, taken or left."""

    pack_id = models.CharField(max_length=80)
    period = models.CharField(max_length=30)
    file_id = models.BigIntegerField(null=True)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.WAITING)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    job_id = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("导入批次")
        indexes = (
            models.Index(fields=["pack_id", "period", "-uploaded_at"], name="batch_by_book"),
        )

    def __str__(self) -> str:
        return self.file_name


class Record(models.Model):
    """One thing observed about a unit on a day. A row is never changed, only voided.

    ``values`` holds every field as canonical text. The slots ``n1``… and ``t1``… repeat the
    fields that packs measure, as scaled integers and as plain text, so that sums are exact and
    quick on every engine; ``FieldSlot`` says which field lies where. ``month`` (202403) and
    ``day`` (its ordinal) repeat ``on`` for the same reason. ``case`` is the case that gave it,
    after so many events.
    """

    pack_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    month = models.IntegerField()
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    day = models.IntegerField()
    n1 = models.BigIntegerField(null=True)
    n2 = models.BigIntegerField(null=True)
    n3 = models.BigIntegerField(null=True)
    n4 = models.BigIntegerField(null=True)
    n5 = models.BigIntegerField(null=True)
    n6 = models.BigIntegerField(null=True)
    n7 = models.BigIntegerField(null=True)
    n8 = models.BigIntegerField(null=True)
    t1 = models.TextField(null=True)
    t2 = models.TextField(null=True)
    t3 = models.TextField(null=True)
    t4 = models.TextField(null=True)
    voided_at = models.DateTimeField(null=True)
    unique_key = models.CharField(max_length=400, null=True)
    source = models.CharField(max_length=10, choices=Source)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField()
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="records")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, related_name="+", db_index=False
    )
    case_seq = models.PositiveIntegerField(null=True)
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("记录")
        indexes = (
            models.Index(
                fields=["pack_id", "kind", "month", "unit"],
                condition=Q(voided_at=None),
                name="record_in_force",
            ),
            models.Index(fields=["pack_id", "month", "entered_at"], name="record_by_entry"),
            models.Index(
                fields=["pack_id", "month", "voided_at"],
                condition=Q(voided_at__isnull=False),
                name="record_by_voiding",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["pack_id", "kind", "unique_key"],
                condition=Q(voided_at=None),
                name="record_once",
            ),
            models.UniqueConstraint(
                fields=["case", "pack_id", "kind"],
                condition=Q(voided_at=None, case__isnull=False),
                name="record_once_of_case",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def key(self) -> str:
        """Return the name by which workings-out lead back to this row."""
        return f"record:{self.pk}"

    @property
    def is_voided(self) -> bool:
        """Tell whether the record does not count any more."""
        return self.voided_at is not None


class StagedRow(models.Model):
    """One sound row of a workbook that waits to be taken; gone once its batch is settled."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=60)
    place = models.CharField(max_length=120)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    values = models.JSONField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    stands = models.ForeignKey(Record, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("待导入行")
        indexes = (models.Index(fields=["batch", "verdict", "id"], name="staged_by_verdict"),)

    def __str__(self) -> str:
        return self.place


class FromCase(models.Model):
    """What one case gives for one kind of record, as it was when the case was last looked at.

    ``values`` are the texts of the record it should be. ``is_settled`` says that the records agree:
    not while ``problems`` stand against it or its days are closed. ``is_overruled`` says that an
    objection was decided otherwise than the case; that decision stands. ``rules`` is the digest of
    what the regulation said when it was looked at.
    """

    pack_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_seq = models.PositiveIntegerField()
    rules = models.CharField(max_length=64)
    gives = models.CharField(max_length=10)
    is_pending = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)
    is_overruled = models.BooleanField(default=False)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    on = models.DateField(null=True)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    looked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("取自案件")
        constraints = (
            models.UniqueConstraint(fields=["case", "pack_id", "kind"], name="from_case_once"),
        )
        indexes = (
            models.Index(
                fields=["pack_id", "on"],
                condition=Q(is_settled=False) | Q(is_pending=True),
                name="from_case_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} → {self.pack_id} {self.kind}"


class FieldSlot(models.Model):
    """In which column of ``Record`` a field of a kind is repeated. Once given, never moved."""

    pack_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    field = models.CharField(max_length=60)
    column = models.CharField(max_length=3)
    holds = models.CharField(max_length=6)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pack_id", "kind", "field"], name="slot_per_field"),
            models.UniqueConstraint(fields=["pack_id", "kind", "column"], name="field_per_slot"),
        )

    def __str__(self) -> str:
        return f"{self.kind}.{self.field} → {self.column}"


class Gate(models.Model):
    """The door through which every change of a pack's records goes, one at a time.

    Whoever writes, imports or closes a period holds the row until the end of the transaction.
    """

    pack_id = models.CharField(max_length=80, primary_key=True)

    def __str__(self) -> str:
        return self.pack_id


class PeriodLock(models.Model):
    """Days of a pack whose records are settled.

    One that is not final holds while results lie with the committee: people enter nothing, but
    the committee's own decisions and what happens in cases still reach the records.
    """

    pack_id = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField()
    reason = models.CharField(max_length=200)
    is_final = models.BooleanField(default=True)
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("期间锁定")
        indexes = (models.Index(fields=["pack_id", "last"], name="lock_by_pack"),)

    def __str__(self) -> str:
        return f"{self.pack_id} {self.first}..{self.last}"
