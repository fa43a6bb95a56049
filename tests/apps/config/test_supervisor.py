"""One command starts the site and stops it cleanly."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60
pytestmark = [pytest.mark.slow, pytest.mark.sqlite]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
        return free


@pytest.fixture
def site(
    port: int, tmp_path: Path, migrated: Callable[[str], str]
) -> Iterator[subprocess.Popen[bytes]]:
    shutil.copyfile(migrated("sqlite").removeprefix("sqlite:///"), tmp_path / "zhijian.sqlite3")
    environment = {
        **os.environ,
        "ZHIJIAN_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "zhijian.config.settings.dev",
    }
    environment.pop("DATABASE_URL", None)
    program = [sys.executable, "-m", "zhijian.config.cli"]
    started = subprocess.Popen(
        [*program, "serve", "--port", str(port), "--web-processes", "1"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield started
    started.terminate()
    started.wait(timeout=PATIENCE_SECONDS)


def test_the_site_answers_and_stops_with_everything_it_started(
    site: subprocess.Popen[bytes], port: int
) -> None:
    assert _answers(port)
    children = _children_of(site.pid)
    assert len(children) == 2

    site.send_signal(signal.SIGTERM)

    assert site.wait(timeout=PATIENCE_SECONDS) == 0
    assert [child for child in children if _runs(child)] == []


def test_a_fallen_worker_is_started_again(site: subprocess.Popen[bytes], port: int) -> None:
    assert _answers(port)
    (worker,) = (child for child in _children_of(site.pid) if "worker" in _command_of(child))

    os.kill(worker, signal.SIGKILL)

    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        again = [child for child in _children_of(site.pid) if "worker" in _command_of(child)]
        if again and worker not in again:
            return
        time.sleep(0.1)
    pytest.fail("no worker runs any more")


def test_web_and_worker_end_when_the_supervisor_is_killed(
    site: subprocess.Popen[bytes], port: int
) -> None:
    assert _answers(port)
    children = _children_of(site.pid)
    grandchildren = [process for child in children for process in _children_of(child)]
    assert (len(children), len(grandchildren)) == (2, 1)

    site.kill()

    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(_runs(process) for process in (*children, *grandchildren)):
        assert time.monotonic() < deadline, "the children outlive their supervisor"
        time.sleep(0.1)


def _answers(port: int) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            time.sleep(0.1)
    return False


def _children_of(process: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "--ppid", str(process), "-o", "pid="], capture_output=True, text=True, check=False
    )
    return [int(line) for line in listed.stdout.split()]


def _command_of(process: int) -> str:
    listed = subprocess.run(
        ["ps", "-p", str(process), "-o", "args="], capture_output=True, text=True, check=False
    )
    return listed.stdout


def _runs(process: int) -> bool:
    return bool(_command_of(process))
