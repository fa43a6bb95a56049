"""The ways that ``assess_workbook`` compares, each run in a process of its own."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from bench.assess_workbook import PACK, megabytes


def ours(path: str) -> dict[str, str]:
    """Run the command and take the scores from what it prints."""
    from zhijian.config.cli import main

    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        code = main(["assess", str(PACK), path, "--period", "2024Q1"])
    if code:
        raise SystemExit(code)
    rows = (line.split() for line in told.getvalue().splitlines())
    return {row[0]: row[2] for row in rows if row[1:2] == ["已考核"]}


def peer(path: str) -> dict[str, str]:
    """Compute the same scores with openpyxl and pandas."""
    import openpyxl
    import pandas as pd

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    frames = []
    for name in ("单位", "现场检查"):
        rows = book[name].iter_rows(values_only=True)
        frames.append(pd.DataFrame(list(rows)[1:]))
    units, checks = frames
    checks.columns = ["unit", "day", "score", "item", "severe", "points", "remark"]
    checks["month"] = checks["day"].dt.to_period("M")
    grouped = checks.groupby("unit")
    months = checks.groupby(["unit", "month"])["score"].mean().groupby("unit").mean()
    median = checks[checks["item"] == "时效"].groupby("unit")["score"].median()
    trimmed = grouped["score"].apply(lambda each: each.sort_values().iloc[5:-5].mean())
    share = checks.assign(ok=checks["score"] >= 60).groupby("unit")["ok"].mean() * 100
    checks[checks["severe"] == "是"].groupby("unit").size()
    deducted = grouped["points"].sum()
    area = units.set_index(0)[2]
    total = 0.4 * months + 0.2 * median + 0.2 * trimmed + 0.2 * share - deducted / area
    return {unit: _rounded(number) for unit, number in total.items()}


def _rounded(number: float) -> str:
    # Twelve places first: the last bits of a float must not decide a half.
    exact = Decimal(repr(round(number, 10)))
    return str(max(exact, Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def floor(path: str) -> dict[str, str]:
    """Only read the file with the fastest reader and group it by unit."""
    import fastexcel
    import polars as pl

    book = fastexcel.read_excel(path)
    book.load_sheet("单位").to_polars()
    checks = book.load_sheet("现场检查").to_polars()
    month = pl.col("日期*").dt.month().alias("month")
    checks.group_by("单位*", month).agg(pl.col("得分*").mean()).group_by("单位*").agg(
        pl.col("得分*").mean()
    )
    checks.group_by("单位*").agg(
        pl.col("得分*").filter(pl.col("检查项*") == "时效").median().alias("median"),
        pl.col("得分*").sort().slice(5, pl.len() - 10).mean().alias("trimmed"),
        (pl.col("得分*") >= 60).mean().alias("share"),
        (pl.col("严重问题*") == "是").sum().alias("severe"),
        pl.col("扣分").sum(),
    )
    return {}


if __name__ == "__main__":
    totals = {"ours": ours, "peer": peer, "floor": floor}[sys.argv[1]](str(Path(sys.argv[2])))
    spent = {"processor": time.process_time(), "megabytes": megabytes()}
    print(json.dumps({"totals": totals, **spent}))
