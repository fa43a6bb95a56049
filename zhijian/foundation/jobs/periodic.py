"""Tasks that come back by the clock. Rooms register theirs; workers enqueue what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from zhijian.foundation import clock
from zhijian.foundation.jobs import schedule
from zhijian.foundation.jobs.models import PeriodicJob
from zhijian.foundation.jobs.services import enqueue


@dataclass(frozen=True, slots=True)
class Periodic:
    """A task by its dotted path, when it comes back, and whether there is something to do."""

    task: str
    schedule: str
    has_work: Callable[[], bool]


_registered: dict[str, Periodic] = {}


def always() -> bool:
    """Say that there is something to do."""
    return True


def register(*, name: str, task: str, at: str, has_work: Callable[[], bool] = always) -> None:
    """Let the task at dotted path ``task`` come back at cron times ``at``; call it in ``ready``.

    The task must be idempotent: after a pause of all workers it runs once, not once per miss.
    One that comes often says with ``has_work`` when a job would find nothing to do, and none is
    made.
    """
    schedule.parse(at)
    _registered[name] = Periodic(task, at, has_work)


def ensure_rows() -> None:
    """Make the table agree with what the rooms registered."""
    for name, told in _registered.items():
        row = PeriodicJob.objects.filter(name=name).first()
        if row is None:
            fresh = PeriodicJob(
                name=name, task=told.task, schedule=told.schedule, next_at=_next(told.schedule)
            )
            PeriodicJob.objects.bulk_create([fresh], ignore_conflicts=True)
        elif (row.task, row.schedule) != (told.task, told.schedule):
            row.task, row.schedule = told.task, told.schedule
            row.next_at = _next(told.schedule)
            row.save()
    PeriodicJob.objects.exclude(name__in=_registered).delete()


def enqueue_due() -> int:
    """Enqueue what is due, each once however many workers look; return how many."""
    due = PeriodicJob.objects.filter(enabled=True, next_at__lte=clock.now())
    if not due.exists():
        return 0
    with transaction.atomic():
        rows = list(
            due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        )
        for row in rows:
            told = _registered.get(row.name)
            if told is None or told.has_work():
                task: Task[Any, Any] = import_string(row.task)
                enqueue(task=task, arguments={}, title=row.name, key=f"periodic:{row.name}")
            row.last_at, row.next_at = row.next_at, _next(row.schedule)
            row.save(update_fields=["last_at", "next_at"])
    return len(rows)


def _next(text: str) -> Any:
    return schedule.parse(text).after(timezone.localtime(clock.now()))
