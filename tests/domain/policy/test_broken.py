"""Broken files for each problem of reading: it is found, at its line, and nothing else is.

A file is called by its code and, where the code has several, by what is wrong in it:
``policy.empty_list.where.yaml``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.domain import tiny

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
_EXPECT = re.compile(r"# expect: (\S+)((?: \d+)*)")
BESIDE = {
    **tiny.parameter("w", "{a: 50, b: 50}", "weights"),
    **tiny.parameter("mode", "a", "choice", "options: [a, b]\n"),
    "parameters/own.yaml": """
        id: own
        title: own
        entries: [{starts: 2020-01-01, value: 1, cites: 第一条, for_units: {甲: 2}}]
        verified_until: 2030-12-31
        """,
    "outcomes/first.yaml": "id: first\ntitle: 奖惩\nscheme: main\n"
    "rules: [{id: note, title: 通报, kind: measure, text: 通报}]\n",
}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_problem_is_found_at_its_line_and_nothing_else_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    place = text.partition("\n")[0].removeprefix("# at: ")
    code, lines = _EXPECT.findall(text)[0]

    beside = dict(BESIDE) if not place.startswith("outcomes/main") else {}
    found = tiny.problems({**beside, place: text})

    assert code.split(".") == path.stem.split(".")[:2]
    assert found == [(code, f"{place}:{line}") for line in lines.split()]
