"""Who works on a job: claiming, holding, finishing and giving back.

A claim carries a fresh token. Everything a worker writes is fenced by it: a worker that was
thought dead and comes back finds its token replaced and can write nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from zhijian.foundation import clock
from zhijian.foundation.jobs.models import Job, JobEffect, State
from zhijian.foundation.notifications.services import News, notify

_LONGEST_PAUSE_SECONDS = 300
FAILED_EVENT = "jobs.failed"


class LeaseLost(Exception):
    """Somebody else has the job now; what was done since is rolled back."""


class JobCancelled(Exception):
    """A person called the job off."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in the hands of one worker."""

    job_id: uuid.UUID
    token: uuid.UUID
    task: str
    args: list[Any]
    kwargs: dict[str, Any]
    attempt: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job did not succeed; ``final`` means that trying again cannot help."""

    code: str
    facts: dict[str, str]
    trace: str
    final: bool


def claim(*, worker: str, lease_seconds: float, queue: str = "default") -> Claim | None:
    """Take the next job: one that waits, or one whose worker stopped renewing its lease.

    The look before the transaction keeps an idle worker from taking SQLite's write lock.
    """
    if not _claimable(queue).exists():
        return None
    with transaction.atomic():
        row = _lock(_claimable(queue).order_by("-priority", "run_after", "enqueued_at")).first()
        if row is None:
            return None
        if row.attempts >= row.attempts_limit:
            return _give_up(row)
        now = clock.now()
        row.state, row.worker, row.lease_token = State.RUNNING, worker[:100], uuid.uuid4()
        row.leased_until = now + timedelta(seconds=lease_seconds)
        row.attempts, row.started_at = row.attempts + 1, now
        row.steps_done = row.steps_total = 0
        row.save()
    arguments = row.arguments
    return Claim(
        row.pk, row.lease_token, row.task, arguments["args"], arguments["kwargs"], row.attempts
    )


def renew(held: Claim, lease_seconds: float) -> bool:
    """Hold the job longer; return whether it is still ours."""
    until = clock.now() + timedelta(seconds=lease_seconds)
    return bool(_ours(held).update(leased_until=until))


def report(held: Claim, *, done: int, total: int, words: str) -> None:
    """Tell how far the job is; raise when it is not ours any more or was called off."""
    ours = _ours(held).update(steps_done=done, steps_total=total, words=words[:300])
    if not ours:
        raise LeaseLost
    if Job.objects.filter(pk=held.job_id, cancel_requested=True).exists():
        raise JobCancelled


def fence(held: Claim) -> Job:
    """Lock the row inside the transaction of an effect, or refuse the effect."""
    row = Job.objects.select_for_update().filter(pk=held.job_id).first()
    if row is None or row.state != State.RUNNING or row.lease_token != held.token:
        raise LeaseLost
    if row.cancel_requested:
        raise JobCancelled
    return row


def mark_done(row: Job, result: Any) -> None:
    """Close a fenced job in the same transaction as its effect."""
    row.state, row.finished_at, row.key = State.DONE, clock.now(), None
    row.lease_token = row.leased_until = None
    row.steps_done, row.result = row.steps_total, result
    row.save()


def mark_effect(row: Job, name: str) -> None:
    """Remember that a part of a fenced job has taken effect, in the same transaction."""
    JobEffect.objects.create(job=row, name=name, at=clock.now())


def has_taken_effect(held: Claim, name: str) -> bool:
    """Tell whether a part took effect, perhaps in an earlier attempt."""
    return JobEffect.objects.filter(job_id=held.job_id, name=name).exists()


@transaction.atomic
def mark_failed(held: Claim, failure: Failure) -> None:
    """Give the job back for a later attempt, or close it as failed."""
    row = Job.objects.select_for_update().filter(pk=held.job_id, lease_token=held.token).first()
    if row is None or row.state != State.RUNNING:
        return
    row.lease_token = row.leased_until = None
    row.error = failure.trace
    if failure.final or row.attempts >= row.attempts_limit:
        _close(row, State.FAILED, failure)
    else:
        pause = min(2**row.attempts, _LONGEST_PAUSE_SECONDS)
        row.state, row.run_after = State.READY, clock.now() + timedelta(seconds=pause)
    row.save()


@transaction.atomic
def mark_cancelled(held: Claim) -> None:
    """Close a job that was called off while it ran."""
    row = Job.objects.select_for_update().filter(pk=held.job_id, lease_token=held.token).first()
    if row is not None and row.state == State.RUNNING:
        row.lease_token = row.leased_until = None
        _close(row, State.CANCELLED, None)
        row.save()


def _claimable(queue: str) -> QuerySet[Job]:
    now = clock.now()
    waits = Q(state=State.READY, run_after__lte=now)
    abandoned = Q(state=State.RUNNING, leased_until__lt=now)
    return Job.objects.filter(waits | abandoned, queue=queue)


def _lock(rows: QuerySet[Job]) -> QuerySet[Job]:
    # SQLite needs no row lock: its transaction holds the only write lock from the beginning.
    return rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)


def _ours(held: Claim) -> QuerySet[Job]:
    return Job.objects.filter(pk=held.job_id, lease_token=held.token, state=State.RUNNING)


def _give_up(row: Job) -> None:
    row.lease_token = row.leased_until = None
    _close(row, State.FAILED, Failure("jobs.crashed", {}, "", final=True))
    row.save()


def _close(row: Job, state: State, failure: Failure | None) -> None:
    row.state, row.finished_at, row.key = state, clock.now(), None
    if failure:
        row.error_code, row.error_facts = failure.code, failure.facts
        _tell_owner(row)


def _tell_owner(row: Job) -> None:
    """Tell who asked for the job that it failed; nobody asked for periodic ones."""
    if row.owner_id is None or row.finished_at is None:
        return
    news = News(
        FAILED_EVENT,
        # A job that is run again may fail again, and that is told again.
        key=f"{FAILED_EVENT}:{row.pk}:{row.finished_at.isoformat()}",
        url=reverse("foundation:job", kwargs={"job_id": row.pk}),
        facts={"title": row.title or row.task.rpartition(".")[2]},
    )
    notify([row.owner_id], news)
