"""Our table of jobs behind the Tasks API: code says ``@task`` and ``enqueue`` and knows no more."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from zhijian.foundation.jobs.models import Job, State
from zhijian.foundation.jobs.services import new_row

_STATUS = {
    State.READY: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.FAILED: TaskResultStatus.FAILED,
    State.CANCELLED: TaskResultStatus.FAILED,
}


class DatabaseBackend(BaseTaskBackend):
    """Stores calls of tasks as rows of ``Job`` in the caller's transaction."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Write the row; a worker finds it after the caller's transaction is over."""
        self.validate_task(task)
        row = new_row(task, args, kwargs)
        row.save(force_insert=True)
        return self._result(task, row)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return how a call stands."""
        row = Job.objects.filter(pk=result_id).first()
        if row is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(import_string(row.task), row)

    def _result(self, task: Task[Any, Any], row: Job) -> TaskResult[Any]:
        failed = row.state in (State.FAILED, State.CANCELLED)
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=str(row.pk),
            status=_STATUS[State(row.state)],
            enqueued_at=row.enqueued_at,
            started_at=row.started_at,
            finished_at=row.finished_at,
            last_attempted_at=row.started_at,
            args=row.arguments["args"],
            kwargs=row.arguments["kwargs"],
            backend=self.alias,
            errors=[TaskError(exception_class_path="builtins.Exception", traceback=row.error)]
            if failed
            else [],
            worker_ids=[row.worker] * row.attempts,
        )
        object.__setattr__(result, "_return_value", row.result)
        return result
