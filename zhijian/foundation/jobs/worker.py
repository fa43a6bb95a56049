"""The loop of a worker process: claim, run, wait, until told to stop."""

from __future__ import annotations

import logging
import os
import socket
import threading
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from zhijian.foundation.jobs import lease, periodic, running

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """How a worker behaves."""

    lease_seconds: float = 60.0
    poll_seconds: float = 1.0
    queue: str = "default"
    until_empty: bool = False


class Worker:
    """One process working through the table, one job at a time."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._stop = threading.Event()

    def stop(self) -> None:
        """Finish the present job and then stop."""
        self._stop.set()

    def work(self) -> int:
        """Work until told to stop, or until nothing is left; return how many jobs were run."""
        done = 0
        while not self._stop.is_set():
            close_old_connections()
            try:
                worked = self._once()
            except (DatabaseError, InterfaceError):
                log.exception("the database did not answer; trying again")
                connection.close()
                worked = None
            if worked:
                done += 1
            elif self.options.until_empty and worked is not None:
                break
            else:
                self._stop.wait(self.options.poll_seconds)
        return done

    def _once(self) -> bool:
        periodic.enqueue_due()
        held = lease.claim(
            worker=self.name,
            lease_seconds=self.options.lease_seconds,
            queue=self.options.queue,
        )
        if held is None:
            return False
        running.run(held, self.options.lease_seconds)
        return True
