"""Settings of the web server that hold wherever it runs."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from zhijian.config import leash

worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 15
keepalive = 30
# Long-lived processes are replaced now and then, not all at the same time.
max_requests = 50_000
max_requests_jitter = 5_000
control_socket_disable = True


#: Seconds after which a thread that works lets another one on. With the usual 5 ms a request that
#: has locked a row waits so long after each of its statements, and all who want the row with it.
SWITCH_INTERVAL = 0.0005


def post_fork(_server: Any, worker: Any) -> None:
    """Make a web process end the whole web server when the supervisor of both is gone."""
    # A process of its own may start threads; the one that forks had better not.
    leash.follow(lambda: _end(worker.ppid))


def post_worker_init(_worker: Any) -> None:
    """Read ahead what the first visitor of a web process would otherwise wait for."""
    # Django is set up by now, and not yet when these settings are read.
    from zhijian.config import warming

    sys.setswitchinterval(SWITCH_INTERVAL)
    warming.read_addresses()
    warming.read_ahead_meanwhile()


def child_exit(_server: Any, worker: Any) -> None:
    """Keep the sums right when a web process ends: its gauges no longer count."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)


def _end(server: int) -> None:
    if os.getppid() == server:
        os.kill(server, signal.SIGTERM)
