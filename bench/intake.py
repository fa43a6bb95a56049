"""How fast complaints are taken down by programs, beside a peer in the same minute.

Serves the site of its environment as it is shipped and sends complaints one at a time and eight at
a time, by turns with the peer, if there is one: a Redmine that answers at ``--peer``. Every answer
is checked, and afterwards the events are replayed. Prints milliseconds and rates as JSON.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from bench.intake_site import MATTER, body
from bench.pages import p50, p95, served

ADDRESS, KEY = "ZHIJIAN_BENCH_REDMINE", "ZHIJIAN_BENCH_REDMINE_KEY"
"""Where a Redmine with a project ``complaints`` answers, and the key of somebody who may write."""

_AT_ONCE = 8
_WARM_UP = 4
_CREATED = 201
_PATIENCE = 60


@dataclass
class Taker:
    """A program that takes complaints down, and how a request to it is made."""

    address: str
    path: str
    heads: dict[str, str]
    sent: Callable[[int], dict[str, Any]]
    told_id: Callable[[Any], int]
    keyed: bool = False
    numbers: Any = field(default_factory=lambda: count(1_000))
    acknowledged: list[int] = field(default_factory=list)

    def ask(self, line: http.client.HTTPConnection) -> None:
        """Send one complaint; stop everything where it is not acknowledged."""
        number = next(self.numbers)
        heads = {**self.heads, "Content-Type": "application/json"}
        if self.keyed:
            heads["Idempotency-Key"] = str(uuid.uuid4())
        line.request("POST", self.path, json.dumps(self.sent(number)), heads)
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.status != _CREATED:
            raise SystemExit(f"{self.path} was answered with {answer.status}: {text[:300]}")
        self.acknowledged.append(self.told_id(json.loads(text)))


@dataclass(frozen=True, slots=True)
class Run:
    """The milliseconds of each answer, and how many came in a second."""

    taken: list[float]
    rate: float


def main() -> None:
    """Serve, take turns with the peer, replay the cases, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--told", type=json.loads, required=True, help="by bench.intake_site")
    parser.add_argument("--peer", default=os.environ.get(ADDRESS, ""))
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with served() as site:
        takers = {"ours": _ours(site.port, args.told)}
        if args.peer:
            takers["peer"] = _redmine(args.peer)
        found: dict[str, list[Run]] = {}
        for taker in takers.values():
            load(taker, 1, _WARM_UP)
        begun, before = site.processor_seconds, len(takers["ours"].acknowledged)
        for _run in range(args.runs):
            for at_once in (1, _AT_ONCE):
                for name, taker in takers.items():
                    made = load(taker, at_once, args.requests * (1 if at_once == 1 else 3))
                    found.setdefault(f"{name}_{at_once}", []).append(made)
        taken = len(takers["ours"].acknowledged) - before
        worked = (site.processor_seconds - begun) / taken
    _check(takers["ours"].acknowledged)
    told = {name: _told(runs) for name, runs in found.items()}
    print(json.dumps({**told, "processor_ms": round(worked * 1000, 1)}))


def load(taker: Taker, at_once: int, requests: int) -> Run:
    """Send so many complaints over so many connections that stay open, after a few to warm up."""
    turns = iter(range(requests))
    begun = threading.Barrier(at_once)

    def send(_number: int) -> tuple[float, list[float]]:
        line = http.client.HTTPConnection(urlsplit(taker.address).netloc, timeout=_PATIENCE)
        for _turn in range(_WARM_UP):
            taker.ask(line)
        begun.wait(_PATIENCE)
        start, taken = time.perf_counter(), []
        for _turn in turns:
            at = time.perf_counter()
            taker.ask(line)
            taken.append((time.perf_counter() - at) * 1000)
        return start, taken

    with ThreadPoolExecutor(at_once) as senders:
        told = list(senders.map(send, range(at_once)))
    seconds = time.perf_counter() - min(start for start, _taken in told)
    return Run([each for _start, taken in told for each in taken], requests / seconds)


def _ours(port: int, told: dict[str, Any]) -> Taker:
    heads = {"Authorization": f"Token {told['token']}"}
    address = f"http://127.0.0.1:{port}"
    return Taker(
        address,
        "/api/complaints",
        heads,
        lambda number: body(told, number),
        lambda answer: int(answer["case"]),
        keyed=True,
    )


def _redmine(address: str) -> Taker:
    def sent(number: int) -> dict[str, Any]:
        due = f"2027-12-{1 + number % 28:02d}"
        issue = {"project_id": "complaints", "tracker_id": 1, "priority_id": 2, "due_date": due,
                 "subject": f"投诉 {uuid.uuid4()}", "description": MATTER}  # fmt: skip
        return {"issue": issue}

    heads = {"X-Redmine-API-Key": os.environ[KEY]}
    return Taker(address, "/issues.json", heads, sent, lambda answer: int(answer["issue"]["id"]))


def _check(acknowledged: list[int]) -> None:
    """Stop where a complaint that was acknowledged lacks anything that belongs to it."""
    import django

    django.setup()
    from zhijian.cases.models import Case, CaseClock, CaseEvent
    from zhijian.complaints.models import Complaint
    from zhijian.foundation.notifications.models import Message

    taken = set(acknowledged)
    told = Message.objects.filter(event="cases.assigned").values_list("key", flat=True)
    stored = {
        "cases": Case.objects.values_list("pk", flat=True),
        "events": CaseEvent.objects.values_list("case_id", flat=True),
        "clocks": CaseClock.objects.values_list("case_id", flat=True),
        "the register": Complaint.objects.values_list("case_id", flat=True),
        "notifications": (int(key.split(":")[1]) for key in told),
    }
    lacking = {name: len(taken.difference(found)) for name, found in stored.items()}
    if any(lacking.values()) or len(taken) != len(acknowledged):
        raise SystemExit(f"acknowledged {len(acknowledged)}, not stored: {lacking}")


def _told(runs: list[Run]) -> dict[str, Any]:
    return {
        "p50": statistics.median(p50(each.taken) for each in runs),
        "p95": statistics.median(p95(each.taken) for each in runs),
        "rate": statistics.median(each.rate for each in runs),
        "rates": [round(each.rate, 1) for each in runs],
    }


if __name__ == "__main__":
    main()
