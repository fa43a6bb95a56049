"""Long work of this room: reading a workbook, taking it."""

from __future__ import annotations

from django.urls import reverse
from django_tasks import task

from zhijian.accounts import queries as accounts
from zhijian.foundation import clock
from zhijian.foundation.jobs.context import JobContext
from zhijian.intake import queries, services
from zhijian.intake.reading import read_batch


@task(takes_context=True)
def stage(context: JobContext, batch_id: int) -> None:
    """Read a workbook and put its rows aside for the preview."""
    batch = queries.batch(batch_id)
    if batch is None or batch.state != "waiting":
        with context.effect():
            return
    outcome = read_batch(batch, context.progress)
    with context.effect():
        services.stage_rows(batch_id=batch_id, outcome=outcome)
        context.result = {"link": reverse("intake:batch", kwargs={"batch_id": batch_id})}


@task(takes_context=True)
def commit(context: JobContext, batch_id: int, actor_id: int, over_others: bool) -> None:
    """Take a staged workbook: everything and "done" in one transaction."""
    context.progress(0, 1, "正在写入记录")
    actor = accounts.person(actor_id)
    with context.effect():
        services.commit_batch(actor=actor, batch_id=batch_id, over_others=over_others)
        context.result = {"link": reverse("intake:batch", kwargs={"batch_id": batch_id})}


@task(takes_context=True)
def take_cases(context: JobContext) -> None:
    """Let the records of every regulation follow the cases that give them."""
    taken = services.take_all(at=clock.now())
    with context.effect():
        context.result = {"cases": taken.cases, "changed": taken.changed}
