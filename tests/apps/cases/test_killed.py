"""kill -9 of web, worker and database amid many creates: what was acknowledged is there, once."""

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

from tests.clusters import Cluster, children, cluster
from tests.processes import Site, fresh_database, wait_for

pytestmark = pytest.mark.slow
AT_ONCE = 8
CREATES = 1000
#: What is killed, one after the other, each time after as many more were acknowledged. SQLite has
#: no process of its own: its database is killed with whoever writes.
KILLS = {
    "sqlite": ("web", "worker", "web", "everything", "web"),
    "postgresql": ("web", "database", "worker", "database", "everything", "database"),
}
ENGINES = (
    pytest.param("sqlite", marks=pytest.mark.sqlite),
    pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.cluster]),
)

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
from zhijian.foundation.notifications.models import Message, Notification
told = Message.objects.filter(event="cases.assigned")
print(json.dumps({
    "numbers": sorted(Case.objects.values_list("number", flat=True)),
    "titles": sorted(Case.objects.values_list("title", flat=True)),
    "events": CaseEvent.objects.count(),
    "clocks": CaseClock.objects.count(),
    "told": told.count(),
    "heard": Notification.objects.filter(message__in=told).count(),
    "wrong": [str(each) for each in verify().discrepancies],
}))
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_no_acknowledged_case_is_lost_and_none_is_doubled(
    engine: str, tmp_path: Path, migrated: Callable[[str], str]
) -> None:
    with database(engine, tmp_path, migrated(engine)) as (url, server), Site(url, tmp_path) as site:
        secret, unit, clerk = site.ask(_SET_UP).split()
        with Served(site) as served:
            intake = Intake(served.port, secret, int(unit), clerk)
            with killing(engine, intake, served, server), ThreadPoolExecutor(AT_ONCE) as callers:
                numbers = dict(callers.map(intake.create, range(CREATES)))
            # Whoever asks again hears the same.
            again = range(0, CREATES, 10)
            assert dict(map(intake.create, again)) == {key: numbers[key] for key in again}
        found = json.loads(site.ask(_STATE))

    assert intake.broken >= len(KILLS[engine]) - 1, "the kills hit nobody"
    assert found["wrong"] == []
    assert found["numbers"] == sorted(numbers.values())
    assert found["titles"] == sorted(f"第 {key} 件" for key in range(CREATES))
    whole = ("events", "clocks", "told", "heard")
    assert {name: found[name] for name in whole} == dict.fromkeys(whole, CREATES)


@contextmanager
def database(engine: str, folder: Path, like: str) -> Iterator[tuple[str, Cluster | None]]:
    """Give a database whose server may be killed, a copy of an empty one."""
    if engine == "sqlite":
        with fresh_database(engine, folder, like=like) as url:
            yield url, None
        return
    with cluster() as server:
        server.fill(like)
        yield server.url, server


class Served:
    """The site as ``zhijian serve`` runs it: web server, its processes, and the worker."""

    def __init__(self, site: Site) -> None:
        self.site = site
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._start()

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait(60)

    def kill(self, what: str) -> None:
        """Kill -9 the processes that serve, the worker, or everything, which is started anew."""
        web, worker = self._parts()
        if what == "web":
            _kill(children(web))
        elif what == "worker":
            _kill([worker])
        else:
            _kill([self.process.pid, web, worker, *children(web)])
            self.process.wait(60)
            self._start()

    def _start(self) -> None:
        command = [sys.executable, "-m", "zhijian.config.cli", "serve", "--port", str(self.port)]
        with (self.site.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.site.environment, stdout=log, stderr=log
            )
        wait_for(lambda: answers(self.port), self.site)

    def _parts(self) -> tuple[int, int]:
        """The web server and the worker, once both are there: a killed one comes back."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            parts = {_is_web(each): each for each in children(self.process.pid)}
            if len(parts) == 2 and children(parts[True]):
                return parts[True], parts[False]
            time.sleep(0.05)
        raise AssertionError(self.site.log())


def _is_web(process: int) -> bool:
    try:
        return b"gunicorn" in Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return False


def _kill(processes: list[int]) -> None:
    for each in processes:
        try:
            os.kill(each, signal.SIGKILL)
        except ProcessLookupError:
            continue


class Intake:
    """A program that opens cases, and asks again under the same key until it is answered."""

    def __init__(self, port: int, secret: str, unit: int, clerk: str) -> None:
        self.port, self.unit, self.clerk = port, unit, clerk
        self.headers = {"Authorization": f"Token {secret}", "Content-Type": "application/json"}
        self.broken = 0
        self.is_over = False
        self.answered = count(1)
        self.done = 0

    def create(self, key: int) -> tuple[int, str]:
        """Open one case; return its number as it was acknowledged."""
        until = time.monotonic() + 120
        while time.monotonic() < until and not self.is_over:
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
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {**self.headers, "Idempotency-Key": f"intake-{key}"}
            connection.request("POST", "/api/cases", json.dumps(body).encode(), headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 500:
            raise HTTPException(f"{answer.status} while the database is away")
        assert answer.status == 201, text
        return str(json.loads(text)["number"])


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
def killing(engine: str, intake: Intake, served: Served, server: Cluster | None) -> Iterator[None]:
    """Kill one thing after the other, while others ask; all of them, or the test fails."""
    kills = KILLS[engine]
    over = threading.Event()
    killed: list[str] = []

    def kill() -> None:
        try:
            kill_all()
        except BaseException:
            # What was killed does not come back; nobody need wait for it.
            intake.is_over = True
            raise

    def kill_all() -> None:
        for number, what in enumerate(kills, start=1):
            while intake.done < number * CREATES // (len(kills) + 1) and not over.is_set():
                time.sleep(0.002)
            if what == "database" and server is not None:
                server.kill()
                server.start()
            else:
                served.kill(what)
            killed.append(what)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert killed == list(kills)
