"""Ends a process when the supervisor that started it is gone, however it went.

The supervisor holds the writing end of a pipe, and whatever it starts holds the reading end.
Nothing is ever written: reading returns when the last writer is gone, and there was only one. The
system closes a pipe also for a process that was killed, on Linux as elsewhere.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

GRACE_SECONDS = 20
_NAME = "ZHIJIAN_SUPERVISOR_PIPE"


@contextmanager
def held() -> Iterator[tuple[int, dict[str, str]]]:
    """Hold a pipe; give the end that children must inherit and how they hear of it."""
    reading, writing = os.pipe()
    try:
        yield reading, {_NAME: str(reading)}
    finally:
        os.close(writing)
        os.close(reading)


def follow(stop: Callable[[], None]) -> None:
    """Call ``stop`` once the supervisor is gone, and end this process when that does not.

    Without a supervisor nothing happens. What this process starts in turn is not told of the pipe.
    """
    told = os.environ.pop(_NAME, "")
    if told:
        threading.Thread(target=_wait, args=(int(told), stop), name="leash", daemon=True).start()


def _wait(reading: int, stop: Callable[[], None]) -> None:
    os.read(reading, 1)
    stop()
    time.sleep(GRACE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
