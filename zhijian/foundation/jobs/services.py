"""Asking for work in the background, and calling it off."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.jobs.models import Job, State
from zhijian.foundation.refusal import Refusal


class JobRefused(Refusal):
    """Something that cannot be done with this job."""


def enqueue(
    *,
    task: Task[Any, Any],
    arguments: Mapping[str, Any],
    owner: Actor | None = None,
    title: str = "",
    key: str | None = None,
) -> str:
    """Ask for ``task`` to be run with keyword ``arguments``; return the id of the job.

    The row is written in the caller's transaction: no change without its job, no job without
    its change. While a job with the same ``key`` waits or runs, that job's id is returned and
    nothing is added, so that a button pressed twice does its work once.
    """
    row = new_row(task, (), arguments)
    row.owner_id = owner.pk if owner is not None else None
    row.title, row.key = title, key
    if key is None:
        row.save(force_insert=True)
        return str(row.pk)
    Job.objects.bulk_create([row], ignore_conflicts=True)
    return str(Job.objects.values_list("pk", flat=True).get(key=key))


def new_row(task: Task[Any, Any], args: Any, kwargs: Any) -> Job:
    """Return the unsaved row for one call of a task."""
    now = clock.now()
    return Job(
        id=uuid.uuid4(),
        task=task.module_path,
        arguments=normalize_json({"args": list(args), "kwargs": dict(kwargs)}),
        queue=task.queue_name,
        priority=task.priority,
        run_after=_latest(task.run_after, now),
        enqueued_at=now,
    )


@transaction.atomic
def cancel(*, actor: Actor, job_id: str) -> None:
    """Call a job off: at once when it waits, at its next progress when it runs."""
    row = Job.objects.select_for_update().get(pk=job_id)
    if row.state == State.READY:
        row.state, row.finished_at, row.key = State.CANCELLED, clock.now(), None
    elif row.state != State.RUNNING:
        raise JobRefused("jobs.already_over")
    row.cancel_requested = True
    row.save(update_fields=["state", "finished_at", "key", "cancel_requested"])
    record(actor=actor, action="jobs.cancel", subject=Subject("jobs.job", job_id, str(row)))


@transaction.atomic
def retry(*, actor: Actor, job_id: str) -> None:
    """Let a job that failed or was cancelled run again from the beginning."""
    row = Job.objects.select_for_update().get(pk=job_id)
    if row.state not in (State.FAILED, State.CANCELLED):
        raise JobRefused("jobs.not_failed")
    row.state, row.attempts, row.cancel_requested = State.READY, 0, False
    row.run_after, row.finished_at, row.error_code, row.error = clock.now(), None, "", ""
    row.save()
    record(actor=actor, action="jobs.retry", subject=Subject("jobs.job", job_id, str(row)))


def _latest(asked: datetime | None, now: datetime) -> datetime:
    return asked if asked is not None and asked > now else now
