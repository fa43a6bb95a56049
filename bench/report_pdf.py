"""How long a report of fifty pages and more takes, from plain data to the bytes of the PDF.

The first figure is that of a fresh process, with the font and the templates still to be read; the
others are those of a process that has made a paper before. Each paper has figures of its own, so
that nothing can be remembered from the one before. Run from the project:
``python -m bench.report_pdf [--units N] [--runs N]``.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import time
from typing import Any

SEED = 20240101
_MONTHS = ("2024-01", "2024-02", "2024-03")


def main() -> None:
    """Make papers and print seconds, pages and memory in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=120)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    chance = random.Random(SEED)
    papers = [material(chance, args.units) for _ in range(args.runs + 1)]
    began = time.perf_counter()
    # Imported here, because the first paper of a process pays for it.
    from zhijian.reports.papers import assessment

    content = assessment.render(papers[0])
    first = time.perf_counter() - began
    later = []
    for each in papers[1:]:
        began = time.perf_counter()
        content = assessment.render(each)
        later.append(time.perf_counter() - began)
    told = {
        "pages": pages_of(content),
        "units": args.units,
        "kilobytes": len(content) // 1024,
        "first_seconds": round(first, 2),
        "median_seconds": round(statistics.median(later), 2),
        "slowest_seconds": round(max(later), 2),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(told))


def pages_of(content: bytes) -> int:
    """Count the pages as a reader of PDF does; one is a tool of development."""
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)


def material(chance: random.Random, units: int) -> dict[str, Any]:
    """Return an assessment of so many units, each with a working-out of fourteen lines."""
    names = [f"第{number:04}服务站" for number in range(1, units + 1)]
    return {
        "pack": {"id": "bench", "version": "1.0", "digest": "0" * 64, "title": "服务质量考核办法"},
        "period": "2024Q1",
        "period_title": "2024年第一季度",
        "results": [_result(chance, name) for name in names],
        "earlier": [
            {"period": f"2023Q{quarter}", "scores": {name: _score(chance) for name in names}}
            for quarter in (1, 2, 3, 4)
        ],
        "problems": [],
    }


def _result(chance: random.Random, name: str) -> dict[str, Any]:
    own, survey, complaints = (_score(chance) for _ in range(3))
    months = {month: _score(chance) for month in _MONTHS}
    parts = [
        _step("own", own, "内部自查考核平均得分", months=months),
        _step("survey", survey, "问卷调查得分", because=_leaves(chance, "survey", 4)),
        _step("complaints", complaints, "客户投诉得分", because=_leaves(chance, "complaints", 4)),
    ]
    given = {"weight.own": "50", "weight.survey": "30", "weight.complaints": "20"}
    weighted = _step("weighted", own, "加权得分", "weighted_mean", because=parts, given=given)
    working = _step(
        "total", own, "考核得分", "subtract", because=[weighted, *_leaves(chance, "t", 1)]
    )
    return {
        "unit": name,
        "status": "assessed",
        "score": own,
        "grade": "优秀" if float(own) > 95 else "不合格",
        "amount": f"{chance.randint(-500, 1000) * 10}.00",
        "components": [
            {"id": "own", "score": own, "weight": "50"},
            {"id": "survey", "score": survey, "weight": "30"},
            {"id": "complaints", "score": complaints, "weight": "20"},
        ],
        "working": working,
    }


def _leaves(chance: random.Random, above: str, count: int) -> list[dict[str, Any]]:
    return [
        _step(f"{above}_{number}", _score(chance), f"第 {number} 项的平均得分", months={})
        for number in range(1, count + 1)
    ]


def _step(name: str, value: str, title: str, op: str = "mean", **more: Any) -> dict[str, Any]:
    months = more.pop("months", None)
    measured = {} if months is None else {"kind": "check", "record_count": 120, "months": months}
    return {
        "id": name,
        "op": op,
        "title": title,
        "value": value,
        "cites": "第十条",
        "because": [],
        "records": [],
        **measured,
        **more,
    }


def _score(chance: random.Random) -> str:
    return f"{chance.randint(8000, 10000) / 100:.2f}"


if __name__ == "__main__":
    main()
