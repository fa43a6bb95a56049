"""Work of this room in the background."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from zhijian.cases import services
from zhijian.foundation import clock
from zhijian.foundation.jobs.context import JobContext
from zhijian.foundation.refusal import Refusal

RECOUNTED_AT_ONCE = 2000
"""Cases whose clocks are read again in one run, after the calendar has changed."""


class SweepIncomplete(Refusal):
    """Some cases could not be swept; all others were."""


@task(takes_context=True)
def sweep(context: JobContext) -> None:
    """Write what has come due: reminders, overdue clocks, levels, faults, steps of the platform.

    Each case is a transaction of its own, and everything in it is written once by its key, so that
    a sweep that is killed goes on where it was.
    """
    at = clock.now()
    swept = services.sweep(at=at, tell=lambda done: context.progress(done, done + 1))
    recounted = services.recount(at=at, most=RECOUNTED_AT_ONCE)
    told: dict[str, Any] = {
        "cases": swept.cases,
        "notices": swept.notices,
        "faults": swept.faults,
        "recounted": recounted,
    }
    if swept.failed:
        raise SweepIncomplete("cases.sweep_incomplete", count=len(swept.failed), ids=swept.failed)
    with context.effect():
        context.result = told
