"""Reading jobs: how far one is, and which ones a person may see."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from zhijian.foundation import clock, gate
from zhijian.foundation.jobs.models import Job, State
from zhijian.foundation.language import language
from zhijian.foundation.wording import say

_OVER = frozenset({State.DONE, State.FAILED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as a page shows it."""

    id: str
    title: str
    state: str
    state_text: str
    steps_done: int
    steps_total: int
    words: str
    enqueued_at: datetime
    finished_at: datetime | None
    seconds_left: int | None
    attempts: int
    cancel_requested: bool
    result: Any

    @property
    def is_open(self) -> bool:
        """Tell whether it waits or runs."""
        return self.state not in _OVER

    @property
    def is_failed(self) -> bool:
        """Tell whether it ended without its effect."""
        return self.state in (State.FAILED, State.CANCELLED)

    @property
    def percent(self) -> int:
        """Return how much is done, from 0 to 100."""
        if self.state == State.DONE:
            return 100
        return min(99, self.steps_done * 100 // self.steps_total) if self.steps_total else 0

    @property
    def link(self) -> str:
        """Return the address within this site where the result is seen, or nothing."""
        found = self.result.get("link", "") if isinstance(self.result, dict) else ""
        return found if found.startswith("/") and not found.startswith("//") else ""


def job(job_id: str | uuid.UUID) -> JobView | None:
    """Return one job, whoever it belongs to."""
    row = Job.objects.filter(pk=job_id).first()
    return _view(row) if row else None


def job_for(user: Any, job_id: str | uuid.UUID) -> JobView | None:
    """Return one job if ``user`` may see it: their own, or all with ``jobs.view``."""
    row = jobs_for(user).filter(pk=job_id).first()
    return _view(row) if row else None


def jobs_for(user: Any) -> QuerySet[Job]:
    """Return the jobs ``user`` may see, latest first."""
    rows = Job.objects.order_by("-enqueued_at")
    return rows if gate.may(user, "jobs.view") else rows.filter(owner_id=user.pk)


def views(rows: QuerySet[Job]) -> list[JobView]:
    """Return rows as values for a page."""
    return [_view(row) for row in rows]


def waiting() -> int:
    """Return how many jobs wait or run: a figure for the metrics."""
    return Job.objects.filter(state__in=(State.READY, State.RUNNING)).count()


def _view(row: Job) -> JobView:
    return JobView(
        id=str(row.pk),
        title=row.title or row.task.rpartition(".")[2],
        state=row.state,
        state_text=str(State(row.state).label),
        steps_done=row.steps_done,
        steps_total=row.steps_total,
        words=_error_words(row) or row.words,
        enqueued_at=row.enqueued_at,
        finished_at=row.finished_at,
        seconds_left=_seconds_left(row),
        attempts=row.attempts,
        cancel_requested=row.cancel_requested,
        result=row.result,
    )


def _seconds_left(row: Job) -> int | None:
    if row.state != State.RUNNING or not row.steps_done or row.started_at is None:
        return None
    spent = (clock.now() - row.started_at).total_seconds()
    return max(0, round(spent * (row.steps_total - row.steps_done) / row.steps_done))


def _error_words(row: Job) -> str:
    if row.state != State.FAILED:
        return ""
    facts = {"title": row.title or row.task, "attempts": row.attempts, "id": row.pk}
    told = row.error_facts if isinstance(row.error_facts, dict) else {}
    return say(row.error_code or "jobs.failed", {**facts, **told}, language())


def is_own(user: Any, job_id: str) -> bool:
    """Tell whether ``user`` asked for this job."""
    return Job.objects.filter(pk=job_id, owner_id=user.pk).exists()
