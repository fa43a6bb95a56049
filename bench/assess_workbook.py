"""How fast a workbook of 1 000 units and 1 000 000 rows becomes results, beside two other ways.

Ours is the command as a person runs it, in a process of its own. The first peer computes the same
figures with openpyxl and pandas; the second only reads the file with the fastest reader and groups
it by unit, which is the least that anybody can do. Run from the project: ``python -m
bench.assess_workbook [--rows N] [--units N] [--runs N]``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

PACK = Path(__file__).parent / "station-service"
SEED = 20240101
_ITEMS = ("环境", "设备", "礼仪", "时效")


def main() -> None:
    """Write the file, run each way, print the ratios in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--units", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer-runs", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.xlsx"
        write(path, args.rows, args.units)
        peer = [measured(["peer", str(path)]) for _ in range(args.peer_runs)]
        # In turns, so that whatever else the machine does falls on both alike.
        turns = [
            [measured([way, str(path)]) for way in ("ours", "floor")] for _ in range(args.runs)
        ]
        ours, floor = ([turn[place] for turn in turns] for place in (0, 1))
        if ours[0]["totals"] != peer[0]["totals"]:
            raise SystemExit("the two ways do not agree")
    print(line(args, ours, peer, floor))


def line(args: argparse.Namespace, ours: list[dict], peer: list[dict], floor: list[dict]) -> str:
    """Return what is printed: ratios as min/median/max, then seconds and memory."""
    told = []
    for clock in ("seconds", "processor"):
        mine, theirs, least = ([each[clock] for each in runs] for runs in (ours, peer, floor))
        faster = [statistics.median(theirs) / each for each in mine]
        slower = [each / other for each, other in zip(mine, least, strict=True)]
        told.append(
            f"by {clock} {_three(faster)} x faster than openpyxl + pandas, "
            f"{_three(slower)} x the time of reader + group-by "
            f"({_three(mine)} / {_three(theirs)} / {_three(least)} s)"
        )
    memory = max(each["megabytes"] for each in ours)
    return f"assess {args.units} units {args.rows} rows: {'; '.join(told)}; {memory:.0f} MB"


def _three(numbers: list[float]) -> str:
    return "/".join(
        f"{each:.2f}" for each in (min(numbers), statistics.median(numbers), max(numbers))
    )


def measured(arguments: list[str]) -> dict:
    """Run one way in a process of its own and return its seconds, memory and totals."""
    # A program that is installed keeps its compiled modules.
    settings = {name: each for name, each in os.environ.items() if "BYTECODE" not in name}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.assess_workbook_ways", *arguments],
        check=True, capture_output=True, text=True, env=settings,
    )  # fmt: skip
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, **json.loads(done.stdout)}


def write(path: Path, rows: int, units: int) -> None:
    """Write the filled template: the same rows for the same numbers, in no order of units."""
    chance = random.Random(SEED)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("单位")
        sheet.write_row(0, 0, ["单位*", "组别", "面积*"])
        for row in range(1, units + 1):
            sheet.write_row(row, 0, [f"站点{row:04d}", "", 100 + row % 50])
        sheet = book.add_worksheet("现场检查")
        heads = ["单位*", "日期*", "得分*", "检查项*", "严重问题*", "扣分", "说明"]
        sheet.write_row(0, 0, heads)
        for row in range(1, rows + 1):
            sheet.write_string(row, 0, f"站点{chance.randrange(units) + 1:04d}")
            sheet.write_datetime(row, 1, date(2024, 1, 1) + timedelta(chance.randrange(91)), day)
            sheet.write_number(row, 2, chance.randrange(10_001) / 100)
            sheet.write_string(row, 3, chance.choice(_ITEMS))
            sheet.write_string(row, 4, "是" if chance.random() < 0.02 else "否")
            if chance.random() < 0.3:
                sheet.write_number(row, 5, chance.randrange(101) / 10)
            sheet.write_string(row, 6, f"第{chance.randrange(100_000)}号检查记录")


def megabytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
