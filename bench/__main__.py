"""Every measurement that this machine can make, as one table: ``make bench``.

``python -m bench period`` makes only those named. A ratio or a time beyond its limit is marked,
and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.pages import p50, p95
from bench.sites import ENGINES, ROOT, Site, engines, site


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    found: float
    limit: float
    unit: str
    details: str = ""

    @property
    def is_within(self) -> bool:
        """Tell whether the limit is kept."""
        return self.found <= self.limit

    def __str__(self) -> str:
        mark = "✓" if self.is_within else "✗"
        limit = f"≤ {self.limit:g} {self.unit}"
        found = f"{self.found:.2f} {self.unit}"
        return f"| {mark} | {self.what} | {found} | {limit} | {self.details} |"


def main() -> int:
    """Measure, print, and say by the exit code whether every limit was kept."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], help="which; all by default")
    parser.add_argument("--units", type=int, default=1_000)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--engines", nargs="*", choices=ENGINES, default=[], help="all by default")
    args = parser.parse_args()
    print("| | what | found | limit | details |\n|---|---|---|---|---|", flush=True)
    kept = True
    for name in args.names or MEASURES:
        for line in MEASURES[name](args):
            print(line, flush=True)
            kept = kept and line.is_within
    return 0 if kept else 1


def _sites(args: argparse.Namespace) -> Iterator[Line]:
    """Period and pages share the site, because filling it takes longest."""
    for engine in engines(*args.engines):
        with site(engine) as made:
            size = ("--units", str(args.units), "--records", str(args.records))
            filled = made.told("bench.filling", *size)
            yield from _period(args, made, filled["assessment"])
            yield from _pages(made, filled["assessment"])


def _period(args: argparse.Namespace, made: Site, assessment: int) -> Iterator[Line]:
    told = made.told("bench.period_ways", "--assessment", str(assessment), "--runs", str(args.runs))
    plain = statistics.median(told["plain"])
    titles = (("ours", "computed and stored"), ("again", "computed again"))
    for name, title in titles:
        yield Line(
            f"period of {args.units} units, {args.records} records, {title}, {made.engine}",
            statistics.median(told[name]) / plain,
            3,
            "×",
            f"seconds {_three(told[name])}, plain SQL {_three(told['plain'])}",
        )


def _pages(made: Site, assessment: int) -> Iterator[Line]:
    told = made.told("bench.pages", "--assessment", str(assessment))
    for page in ("matrix", "sheet"):
        for visitors, of, limit in ((1, p50, 45), (4, p95, 150)):
            taken = told[f"{page}_{visitors}"]
            yield Line(
                f"{page}, {visitors} at a time, {of.__name__}, {made.engine}",
                of(taken),
                limit,
                "ms",
                f"p50 {p50(taken):.1f}, p95 {p95(taken):.1f}, {len(taken)} answers",
            )


def _intake(_args: argparse.Namespace) -> Iterator[Line]:
    """Complaints by programs, by turns with the peer, on the engine that the peer has too."""
    for engine in engines("postgresql"):
        with site(engine) as made:
            told = made.told("bench.intake", "--told", json.dumps(made.told("bench.intake_site")))
        for name, at_once in (("one at a time", "1"), ("eight at a time", "8")):
            ours, peer = told[f"ours_{at_once}"], told.get(f"peer_{at_once}")
            beside = "Redmine: not run"
            if peer:
                beside = f"Redmine p50 {peer['p50']:.1f}, {peer['rate']:.1f} in a second"
            yield Line(
                f"intake of complaints, {name}, p50, {engine}",
                ours["p50"],
                16 if at_once == "1" else ours["p50"],
                "ms",
                f"p95 {ours['p95']:.1f}, {ours['rate']:.1f} in a second; {beside}",
            )
            if peer and at_once != "1":
                yield Line(
                    "intake of Redmine beside ours, eight at a time",
                    peer["rate"] / ours["rate"],
                    1 / 5,
                    "×",
                    f"ours {ours['rates']}, Redmine {peer['rates']} in a second",
                )
        yield Line(
            "processor time of the web for a complaint", told["processor_ms"], 16, "ms", engine
        )


def _cases(args: argparse.Namespace) -> Iterator[Line]:
    for engine in engines(*args.engines):
        with site(engine) as made:
            opened = made.told("bench.case_filling", "--cases", str(args.cases))["opened"]
            told = made.told("bench.case_pages", "--opened", *map(str, opened))
        limits = [("list", p50, 45), ("case", p50, 24)]
        # SQLite has no index over parts of titles.
        limits += [("search", p95, 150)] if engine == "postgresql" else []
        for page, of, limit in limits:
            taken = told[page]["ms"]
            yield Line(
                f"{page} among {args.cases} cases, {of.__name__}, {engine}",
                of(taken),
                limit,
                "ms",
                f"p50 {p50(taken):.1f}, p95 {p95(taken):.1f}, {len(taken)} answers, "
                f"{told[page]['processor_ms']} ms of processor each",
            )
        yield Line(
            f"memory of four web processes after that, {engine}", told["mebibytes"], 428, "MiB"
        )


def _sweep(args: argparse.Namespace) -> Iterator[Line]:
    for engine in engines(*args.engines):
        with site(engine) as made:
            made.told("bench.case_filling", "--running", "--cases", str(args.cases))
            told = made.told("bench.case_sweep")
        yield Line(
            f"sweep of {args.cases} open cases, none due, {engine}",
            max(told["idle"]),
            20,
            "s",
            f"{told['clocks']} clocks; again {_three(told['idle'])}; {told['due']} due cases: "
            f"{told['due_seconds']:.1f} s, again {told['written_again']} written",
        )


def _examples(_args: argparse.Namespace) -> Iterator[Line]:
    told = _last_line("bench.examples")
    yield Line("1000 golden examples", told["seconds"], 5, "s", f"{told['different']} different")


def _deadlines(_args: argparse.Namespace) -> Iterator[Line]:
    told = _last_line("bench.deadlines")
    long, office = told["due_long"], told["due_office"]
    others = f"250 working days {long}, working hours {office}"
    yield Line("due moment from scratch", told["due"], 100, "µs", others)
    whole = told["clock_with_history_and_alarms"]
    yield Line("clock of a duty", told["clock"], 100, "µs", f"with history and alarms {whole}")
    yield Line("1000000 stored due moments compared", told["sweep_seconds"], 20, "s")


def _start(_args: argparse.Namespace) -> Iterator[Line]:
    told = _last_line("bench.start")
    yield Line("`make run`, second start, answers", statistics.median(told), 5, "s", _three(told))


def _workbook(_args: argparse.Namespace) -> Iterator[Line]:
    """Print the line of the workbook as its own module words it."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.assess_workbook"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    print(f"| | {done.stdout.strip()} | | | |", flush=True)
    yield from ()


def _last_line(module: str) -> dict | list:  # type: ignore[type-arg]
    done = subprocess.run(
        [sys.executable, "-m", module], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    answer: dict | list = json.loads(done.stdout.splitlines()[-1])  # type: ignore[type-arg]
    return answer


def _three(numbers: Sequence[float]) -> str:
    return "/".join(
        f"{each:.2f}" for each in (min(numbers), statistics.median(numbers), max(numbers))
    )


MEASURES: dict[str, Callable[[argparse.Namespace], Iterator[Line]]] = {
    "examples": _examples,
    "deadlines": _deadlines,
    "start": _start,
    "sites": _sites,
    "intake": _intake,
    "cases": _cases,
    "sweep": _sweep,
    "workbook": _workbook,
}

if __name__ == "__main__":
    sys.exit(main())
