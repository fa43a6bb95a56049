"""What a long task is given: a way to say how far it is, and a way to take effect once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from zhijian.foundation.jobs import lease
from zhijian.foundation.jobs.lease import Claim, LeaseLost

_SECONDS_BETWEEN_REPORTS = 0.4


class JobContext:
    """The first argument of a task declared with ``@task(takes_context=True)``.

    Compute outside a transaction, reporting progress; then write inside ``effect``.
    """

    def __init__(self, held: Claim) -> None:
        self.held = held
        self.result: Any = None
        self.is_done = False
        self.lost = threading.Event()
        self._reported = float("-inf")

    @property
    def job_id(self) -> str:
        """Return the id of the job."""
        return str(self.held.job_id)

    @property
    def attempt(self) -> int:
        """Return which attempt this is, counted from 1."""
        return self.held.attempt

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Tell how far the work is, in steps and in words people understand.

        Cheap enough to be called for every step. Raises when the job was called off or is not
        ours any more; let that pass. Inside ``effect`` nothing is told: nobody could see it.
        """
        if self.lost.is_set():
            raise LeaseLost
        now = time.monotonic()
        told_lately = now - self._reported < _SECONDS_BETWEEN_REPORTS
        if connection.in_atomic_block or (told_lately and done < total):
            return
        self._reported = now
        lease.report(self.held, done=done, total=total, words=words)

    @contextmanager
    def effect(self, name: str = "") -> Iterator[None]:
        """Write in one transaction with the note that it was written.

        Without a name this is the end of the job: effect and "done" are one. With a name it is a
        part, and ``has_taken_effect(name)`` tells a later attempt to leave it out. Set
        ``context.result`` inside to keep something for the page, such as ``{"link": "/…"}``.
        """
        with transaction.atomic():
            row = lease.fence(self.held)
            yield
            if name:
                lease.mark_effect(row, name)
            else:
                lease.mark_done(row, self.result)
        if not name:
            self.is_done = True

    def has_taken_effect(self, name: str) -> bool:
        """Tell whether the part ``name`` took effect, perhaps in an earlier attempt."""
        return lease.has_taken_effect(self.held, name)
