"""How fast the matrix and the score sheets of a filled and computed site come, as people get them.

Starts ``zhijian serve`` on the site of its environment and signs in like a person. Every answer is
checked. Prints milliseconds as JSON.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.filling import PASSWORD

_PATIENCE = 60
_WARM_UP = 8


@dataclass
class Visitor:
    """One browser: a connection that stays open, and its cookies."""

    port: int
    cookies: dict[str, str]

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)

    def ask(self, path: str, sent: dict[str, str] | None = None) -> tuple[int, str]:
        """Get a page, or send a form to it; return status and text."""
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if sent is not None:
            body = urlencode(sent)
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request("GET" if sent is None else "POST", path, body, heads)
        answer = self.line.getresponse()
        for head in answer.headers.get_all("Set-Cookie", []):
            name, _, value = head.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode()

    def sign_in(self) -> None:
        """Sign in as one of the working group."""
        _status, page = self.ask("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise SystemExit("the sign-in page has no form")
        form = {"csrfmiddlewaretoken": token[1], "login": "group", "password": PASSWORD}
        status, _page = self.ask("/accounts/login/", form)
        if status != 302:
            raise SystemExit(f"signing in was answered with {status}")


def main() -> None:
    """Serve, sign in, measure both kinds of page alone and by four at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assessment", type=int, required=True)
    parser.add_argument("--requests", type=int, default=200)
    args = parser.parse_args()
    with served() as site:
        first = Visitor(site.port, {})
        first.sign_in()
        _status, page = first.ask(f"/assessments/{args.assessment}/")
        sheets = re.findall(r"/assessments/sheets/\d+/", page)
        paths = {
            "matrix": [f"/assessments/{args.assessment}/?page={n}" for n in range(1, 21)],
            "sheet": sorted(set(sheets)),
        }
        told = {}
        for name, each in paths.items():
            load(first, each, 1, _WARM_UP)
            told[f"{name}_1"] = load(first, each, 1, args.requests)
            told[f"{name}_4"] = load(first, each, 4, args.requests)
    print(json.dumps(told))


def load(
    first: Visitor, paths: list[str], visitors: int, requests: int, shows: str = "单位0"
) -> list[float]:
    """Ask for pages with so many visitors at once; return the milliseconds of each answer."""
    taken: list[float] = []
    wrong: list[str] = []

    def visit(number: int) -> None:
        visitor = Visitor(first.port, dict(first.cookies))
        for turn in range(number, requests, visitors):
            path = paths[turn % len(paths)]
            begun = time.perf_counter()
            status, text = visitor.ask(path)
            taken.append((time.perf_counter() - begun) * 1000)
            if status != 200 or shows not in text or "</html>" not in text:
                wrong.append(f"{path} was answered with {status}")

    threads = [threading.Thread(target=visit, args=(each,)) for each in range(visitors)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if wrong or len(taken) != requests:
        raise SystemExit(wrong[0] if wrong else "answers are missing")
    return taken


@dataclass(frozen=True, slots=True)
class Served:
    """A site that answers: on which port, and the process that started all others."""

    port: int
    process: int

    @property
    def processor_seconds(self) -> float:
        """How long the web processes have worked by now, all together."""
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(_worked(each) for each in self._web()) / ticks

    @property
    def mebibytes(self) -> float:
        """The memory of the web processes; what several share is counted once."""
        return sum(_memory(each) for each in self._web()) / 1024

    def _web(self) -> list[int]:
        """The web server and its processes, without supervisor and worker."""
        return [
            each
            for first in _children(self.process)
            if b"gunicorn" in Path(f"/proc/{first}/cmdline").read_bytes()
            for each in (first, *_children(first))
        ]


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(each) for each in told.split()]


def _worked(process: int) -> int:
    told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(told[11]) + int(told[12])


def _memory(process: int) -> int:
    told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"^Pss: +(\d+) kB", told, re.MULTILINE)[1])  # type: ignore[index]


@contextmanager
def served(web_processes: int = 2) -> Iterator[Served]:
    """Run ``zhijian serve`` on a free port until the block is over."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "zhijian.config.cli", "serve", "--port", str(port)),
        *("--web-processes", str(web_processes)),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def wait_for(port: int) -> None:
    """Wait until the site answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            status, _text = Visitor(port, {}).ask("/healthz")
        except OSError:
            time.sleep(0.05)
            continue
        if status == 200:
            return
    raise SystemExit("the site does not answer")


def p50(taken: list[float]) -> float:
    """Return the median."""
    return statistics.median(taken)


def p95(taken: list[float]) -> float:
    """Return what 95 of 100 answers do not exceed."""
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    main()
