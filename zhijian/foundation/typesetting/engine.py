"""Papers as PDF: typst templates filled with data, without Django, files or network.

Data travel as JSON in ``sys_inputs`` and are never pasted into a template, so that no text a
person typed can become markup. The compiler sees nothing but the program itself, and one font that
comes with a package, so that a paper looks the same on every machine. No template reads a file by
a name that stands in data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import typst

PROGRAM = Path(__file__).parents[2]
"""What templates can import from; they name each other from here: ``/foundation/typesetting/…``."""
FOLDER = Path(__file__).parent
FONT = "justmytype_intl_cjk"
#: One compiler keeps its font and parsed templates between papers; it serves one thread at a time.
_one_at_a_time = Lock()
#: The compiler remembers what it laid out until it has not been asked for it ten times. Small
#: papers make each other forgotten; a large one would hold a megabyte and more for each page.
_FORGOTTEN_AFTER = 11
_LARGE = 200_000


def render(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of the template in the file ``template`` filled with ``data``.

    Equal data give equal bytes: a paper carries no moment of its making and no chance.
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    with _one_at_a_time:
        content = _print(template, {"data": text})
        if len(text) > _LARGE:
            for turn in range(_FORGOTTEN_AFTER):
                _print(FOLDER / "empty.typ", {"turn": str(turn)})
    if not isinstance(content, bytes):
        raise TypeError(f"{template.name}: a paper is one file, not {type(content).__name__}")
    return content


def _print(template: Path, inputs: dict[str, str]) -> object:
    return _compiler().compile(input=str(template), format="pdf", sys_inputs=inputs)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        input=str(FOLDER / "empty.typ"),
        root=str(PROGRAM),
        font_paths=[str(files(FONT) / "fonts" / "ofl" / "notosanssc")],
        ignore_system_fonts=True,
    )
