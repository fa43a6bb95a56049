"""Running one claimed job to its end, with a heartbeat beside it."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from zhijian.foundation.jobs import lease
from zhijian.foundation.jobs.context import JobContext
from zhijian.foundation.jobs.lease import Claim, Failure, JobCancelled, LeaseLost
from zhijian.foundation.refusal import Refusal

log = logging.getLogger(__name__)


def run(held: Claim, lease_seconds: float) -> None:
    """Run a claimed job; whatever happens, the row tells it afterwards."""
    context = JobContext(held)
    try:
        with _heartbeat(context, lease_seconds):
            _call(context)
    except LeaseLost:
        log.warning("job %s went to another worker; nothing was written here", held.job_id)
    except JobCancelled:
        lease.mark_cancelled(held)
    except Refusal as refusal:
        failure = Failure(refusal.code, refusal.facts, traceback.format_exc(), final=True)
        lease.mark_failed(held, failure)
    except Exception:
        log.exception("job %s failed in attempt %s", held.job_id, held.attempt)
        failure = Failure("jobs.failed", {}, traceback.format_exc(), final=False)
        lease.mark_failed(held, failure)


def _call(context: JobContext) -> None:
    held = context.held
    task = _task(held.task)
    if task.takes_context:
        returned = task.func(context, *held.args, **held.kwargs)
        if context.is_done:
            return
        with context.effect():
            context.result = normalize_json(returned)
        return
    # A task without context is short: all of it is one transaction with "done".
    with transaction.atomic():
        row = lease.fence(held)
        lease.mark_done(row, normalize_json(task.func(*held.args, **held.kwargs)))


def _task(path: str) -> Task:  # type: ignore[type-arg]
    try:
        found = import_string(path)
    except ImportError as error:
        raise Refusal("jobs.unknown_task", task=path) from error
    if not isinstance(found, Task):
        raise Refusal("jobs.unknown_task", task=path)
    return found


@contextmanager
def _heartbeat(context: JobContext, lease_seconds: float) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(context, lease_seconds, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(context: JobContext, lease_seconds: float, stop: threading.Event) -> None:
    try:
        while not stop.wait(lease_seconds / 3):
            try:
                if not lease.renew(context.held, lease_seconds):
                    context.lost.set()
                    return
            except DatabaseError:
                # The next beat tries again; if none succeeds, the fence decides.
                log.warning("heartbeat of job %s failed", context.job_id, exc_info=True)
                connection.close()
    finally:
        connection.close()
