"""How fast a workbook of 100 000 rows and 20 columns is read, checked and handed back marked.

One row in five has a bad cell. Prints rows a second for reading with checking, and for the whole
way to the marked workbook. Run from the project: ``python -m bench.mark_workbook [--rows N]``.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import xlsxwriter

from zhijian.domain.dates.period import Period
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words
from zhijian.foundation.wording import say
from zhijian.intake.workbooks.layout import Layout
from zhijian.intake.workbooks.marking import mark
from zhijian.intake.workbooks.reading import Asked, read_workbook
from zhijian.packs.files import load_pack

SEED = 20240101
QUARTER = Period.parse("2024Q1")
_BASE = Path(__file__).parent / "station-service"
_OPTIONS = {each: Words(each) for each in ("甲", "乙", "丙")}


def main() -> None:
    """Write the workbook, read it, mark it, print one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    layout = Layout.of(wide_pack())
    with tempfile.TemporaryDirectory() as folder:
        content = written(Path(folder) / "facts.xlsx", layout, rows)
    begun, spent = time.perf_counter(), time.process_time()
    found = read_workbook(content, layout, Asked(QUARTER))
    read = time.perf_counter() - begun
    mark(content, found.problems, lambda each: say(each.code, dict(each.facts)))
    whole, spent = time.perf_counter() - begun, time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"mark {rows} rows x 20 columns, {len(found.problems)} problems: "
        f"read and check {rows / read:,.0f} rows/s, with marking {rows / whole:,.0f} rows/s "
        f"({whole:.1f} s, {rows / spent:,.0f} rows per second of processor, {memory:.0f} MB)"
    )


def wide_pack() -> Pack:
    """Return a pack with one kind of twenty columns."""
    base = load_pack(_BASE)
    if not isinstance(base, Pack):
        raise SystemExit(str(base))
    numbers = tuple(
        Field(f"n{number}", Words(f"数{number}"), "decimal", True, Fraction(0), Fraction(100))
        for number in range(8)
    )
    words = tuple(
        Field(f"w{number}", Words(f"词{number}"), "choice", options=_OPTIONS) for number in range(5)
    )
    texts = tuple(
        Field(f"t{number}", Words(f"文{number}"), "text", max_length=40) for number in range(5)
    )
    kind = RecordKind("wide", Words("宽表"), "", "day", (*numbers, *words, *texts))
    return replace(base, kinds={"wide": kind})


def written(path: Path, layout: Layout, rows: int) -> bytes:
    """Return the filled workbook; every fifth row has one bad cell."""
    chance = random.Random(SEED)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("单位")
        page.write_row(0, 0, ["单位", "组别", "面积"])
        page.write_row(1, 0, ["站点", "", 1])
        page = book.add_worksheet("宽表")
        columns = layout.sheet("wide").columns
        page.write_row(0, 0, [column.title for column in columns])
        for row in range(1, rows + 1):
            cells = ["站点", "2024-02-03"]
            cells += [chance.randrange(10_001) / 100 for _ in range(8)]
            cells += [chance.choice("甲乙丙") for _ in range(5)]
            cells += [f"第{chance.randrange(9999)}号" for _ in range(5)]
            if row % 5 == 0:
                cells[chance.randrange(15)] = "坏值"
            page.write_row(row, 0, cells)
    return path.read_bytes()


if __name__ == "__main__":
    main()
