"""Work to be done in the background, as rows in the same database as everything else."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    READY = "ready", _("等待执行")
    RUNNING = "running", _("正在执行")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class Job(models.Model):
    """One call of a task: what to run, how far it is, and who holds the lease."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    task = models.CharField(max_length=200)
    arguments = models.JSONField()
    title = models.CharField(max_length=200, blank=True)
    queue = models.CharField(max_length=50, default="default")
    priority = models.SmallIntegerField(default=0)
    key = models.CharField(max_length=200, null=True, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    run_after = models.DateTimeField()
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    attempts_limit = models.SmallIntegerField(default=5)
    lease_token = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    steps_done = models.BigIntegerField(default=0)
    steps_total = models.BigIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    cancel_requested = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    error_code = models.CharField(max_length=100, blank=True)
    error_facts = models.JSONField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["state", "queue", "-priority", "run_after"], name="job_claim"),
            models.Index(fields=["state", "leased_until"], name="job_lease"),
            models.Index(fields=["-enqueued_at"], name="job_latest"),
        )

    def __str__(self) -> str:
        return self.title or self.task


class JobEffect(models.Model):
    """A named part of a job that has taken effect and must not take effect again."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="effects")
    name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["job", "name"], name="an_effect_once"),)

    def __str__(self) -> str:
        return self.name


class PeriodicJob(models.Model):
    """A task that is enqueued again and again, at the times its schedule names."""

    name = models.CharField(max_length=100, unique=True)
    task = models.CharField(max_length=200)
    schedule = models.CharField(max_length=100)
    enabled = models.BooleanField(default=True)
    next_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
