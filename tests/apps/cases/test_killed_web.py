"""kill -9 of a web process amid many creates: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path

import pytest

from tests.processes import ENGINES, ROOT, Site, fresh_database, wait_for

pytestmark = pytest.mark.slow
AT_ONCE = 8
CREATES = 48
KILLS = 2

_SET_UP = """
from django.db import transaction
from tests.apps.cases.stories import make_office
from zhijian.accounts.services import make_token
with transaction.atomic():
    people = make_office()
    _, secret = make_token(user=people.working_group, name="intake", days=1)
print(secret, people.unit.pk, people.clerk.pk)
"""
_STATE = """
import json
from zhijian.cases.models import Case, CaseClock, CaseEvent
from zhijian.cases.verifying import verify
print(json.dumps({
    "numbers": sorted(Case.objects.values_list("number", flat=True)),
    "titles": sorted(Case.objects.values_list("title", flat=True)),
    "events": CaseEvent.objects.count(),
    "clocks": CaseClock.objects.count(),
    "wrong": [str(each) for each in verify().discrepancies],
}))
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_no_acknowledged_case_is_lost_and_none_is_doubled(
    engine: str, tmp_path: Path, migrated: Callable[[str], str]
) -> None:
    with (
        fresh_database(engine, tmp_path, like=migrated(engine)) as url,
        Site(url, tmp_path) as site,
    ):
        secret, unit, clerk = site.ask(_SET_UP).split()
        with web(site) as address:
            intake = Intake(address, secret, int(unit), clerk)
            with killing(site, intake), ThreadPoolExecutor(AT_ONCE) as callers:
                numbers = dict(callers.map(intake.create, range(CREATES)))
            # Whoever asks again hears the same.
            assert dict(map(intake.create, range(0, CREATES, 10))) == {
                key: numbers[key] for key in range(0, CREATES, 10)
            }
        found = json.loads(site.ask(_STATE))

    assert intake.broken > 0, "the kills hit nobody"
    assert found["wrong"] == []
    assert found["numbers"] == sorted(numbers.values())
    assert found["titles"] == sorted(f"第 {key} 件" for key in range(CREATES))
    assert (found["events"], found["clocks"]) == (CREATES, CREATES)


class Intake:
    """A program that opens cases, and asks again under the same key until it is answered."""

    def __init__(self, address: tuple[str, int], secret: str, unit: int, clerk: str) -> None:
        self.address, self.unit, self.clerk = address, unit, clerk
        self.headers = {"Authorization": f"Token {secret}", "Content-Type": "application/json"}
        self.broken = 0
        self.answered = count()
        self.done = 0

    def create(self, key: int) -> tuple[int, str]:
        """Open one case; return its number as it was acknowledged."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                number = self._ask(key)
            except (OSError, HTTPException):
                self.broken += 1
                time.sleep(0.05)
                continue
            self.done = next(self.answered)
            return key, number
        raise AssertionError(f"case {key} was never acknowledged")

    def _ask(self, key: int) -> str:
        facts = {"subject": "排队", "injured": False, "handler": self.clerk}
        body = {"pack": "counter-service", "kind": "complaint", "step": "register",
                "unit": self.unit, "title": f"第 {key} 件", "facts": facts}  # fmt: skip
        connection = HTTPConnection(*self.address, timeout=60)
        try:
            headers = {**self.headers, "Idempotency-Key": f"intake-{key}"}
            connection.request("POST", "/api/cases", json.dumps(body).encode(), headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
        finally:
            connection.close()
        assert answer.status == 201, told
        return str(told["number"])


@contextmanager
def web(site: Site) -> Iterator[tuple[str, int]]:
    """Serve the site by two processes under one that starts them again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "zhijian.config.wsgi:application", "--workers", "2",
        "--threads", "4", "--worker-class", "gthread", "--bind", f"127.0.0.1:{port}",
        "--no-control-socket", "--pid", str(site.folder / "web.pid"),
    ]  # fmt: skip
    with (site.folder / "web.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=log, stderr=log)
    try:
        wait_for(lambda: answers(port), site)
        yield "127.0.0.1", port
    finally:
        process.terminate()
        process.wait(60)


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def killing(site: Site, intake: Intake) -> Iterator[None]:
    """Kill a serving process -9 again and again, while others ask."""
    over = threading.Event()

    def kill() -> None:
        master = int((site.folder / "web.pid").read_text())
        for number in range(1, KILLS + 1):
            while intake.done < number * CREATES // (KILLS + 1) and not over.is_set():
                time.sleep(0.002)
            for child in children(master):
                os.kill(child, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def children(parent: int) -> list[int]:
    """The processes that one started, as the system tells."""
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    return [int(each) for each in told.split()]
