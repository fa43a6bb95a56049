"""Problems and tables on a terminal, in both languages."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from zhijian.domain.problems import Problem
from zhijian.foundation.wording import say

FINE, PROBLEMS, MISUSED = 0, 1, 2
MOST_TOLD = 200


def said(problem: Problem, language: str) -> str:
    """Return the sentence of a problem."""
    return say(problem.code, dict(problem.facts), language)


def as_data(problems: Iterable[Problem], language: str) -> list[dict[str, str]]:
    """Return problems for programs."""
    return [
        {"code": each.code, "where": each.where, "message": said(each, language)}
        for each in problems
    ]


def tell(problems: Sequence[Problem], language: str) -> None:
    """Print problems for people, one a line: place, code, sentence."""
    for each in problems[:MOST_TOLD]:
        place = f"{each.where} " if each.where else ""
        print(f"{place}{each.code} {said(each, language)}", file=sys.stderr)
    left = len(problems) - MOST_TOLD
    if left > 0:
        more = {"zh": f"……另有 {left} 处", "en": f"… and {left} more"}[language]
        print(more, file=sys.stderr)


def print_json(data: Any) -> None:
    """Print data for programs, in one line: indented, a million records take many seconds."""
    print(json.dumps(data, ensure_ascii=False))


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterable[str]:
    """Yield rows as aligned lines; Chinese signs are two columns wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            " " * (widths[place] - width(cell)) + cell
            if place in right
            else cell + " " * (widths[place] - width(cell))
            for place, cell in enumerate(row)
        ]
        yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
