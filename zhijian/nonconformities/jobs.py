"""Work of this room in the background."""

from __future__ import annotations

from django_tasks import task

from zhijian.foundation import clock
from zhijian.foundation.jobs.context import JobContext
from zhijian.nonconformities import services


@task(takes_context=True)
def sweep(context: JobContext) -> None:
    """Propose corrective action for every count past its limit that no step has proposed yet."""
    made = services.sweep(clock.now())
    with context.effect():
        context.result = {"proposals": made}
