"""Keeps the web server and the worker running side by side, and stops both cleanly.

For one machine. A larger installation gives both to its own service manager. When the supervisor
itself is killed, both notice it and end: see ``leash``.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from zhijian.config import leash

PAUSE_BEFORE_RESTART = 1.0
LOOK_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every process that is started gets: its environment, and a pipe to inherit."""

    environment: dict[str, str]
    pipe: int


@dataclass(frozen=True, slots=True)
class Program:
    """Where to answer, and with how many processes and threads."""

    host: str
    port: int
    web_processes: int
    threads: int

    @property
    def web(self) -> list[str]:
        """Return the command line of the web server."""
        return [
            *(sys.executable, "-m", "gunicorn", "zhijian.config.wsgi"),
            *("--config", "python:zhijian.config.gunicorn"),
            *("--bind", f"{self.host}:{self.port}"),
            *("--workers", str(self.web_processes), "--threads", str(self.threads)),
        ]

    @property
    def worker(self) -> list[str]:
        """Return the command line of the worker."""
        return [sys.executable, "-m", "zhijian.config.cli", "manage", "worker"]


def supervise(program: Program) -> int:
    """Run both until a signal or the end of the web server; a fallen worker is started again."""
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, ask_to_stop)
    with _surroundings() as surroundings:
        web = _start(program.web, surroundings)
        worker = _start(program.worker, surroundings)
        print(f"http://{program.host}:{program.port}/", flush=True)
        while not stop.wait(LOOK_EVERY) and web.poll() is None:
            if worker.poll() is not None and not stop.wait(PAUSE_BEFORE_RESTART):
                worker = _start(program.worker, surroundings)
        code = web.poll() or 0
        _end(web, worker)
    return code


@contextmanager
def _surroundings() -> Iterator[Surroundings]:
    # Each web process writes its counts here, so that any of them can report the sum.
    counts = tempfile.mkdtemp(prefix="zhijian-metrics-")
    try:
        with leash.held() as (pipe, told):
            environment = {
                "DJANGO_SETTINGS_MODULE": "zhijian.config.settings.dev",
                **os.environ,
                **told,
                "PROMETHEUS_MULTIPROC_DIR": counts,
            }
            yield Surroundings(environment, pipe)
    finally:
        shutil.rmtree(counts, ignore_errors=True)


def _start(command: list[str], surroundings: Surroundings) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches the supervisor alone, which then ends both in order.
    return subprocess.Popen(
        command,
        env=surroundings.environment,
        pass_fds=[surroundings.pipe],
        start_new_session=True,
    )


def _end(*processes: subprocess.Popen[bytes]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(leash.GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
