"""A paper as PDF: its text, its number and code, and as a QR code where it is verified."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import segno

from zhijian.foundation.typesetting import engine

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")
_WORDS: Final = {"page": "第 {page} 页　共 {pages} 页", "unwritten": "", "colon": "："}


def render(document: Mapping[str, Any]) -> bytes:
    """Return the PDF of what stands in ``document``: equal documents give equal bytes."""
    return engine.render(
        _TEMPLATE, {**_frame(document), "paper": document, "rows": _parts(document)}
    )


def _frame(document: Mapping[str, Any]) -> dict[str, Any]:
    """What every paper has around its text: head, foot, marks, the code."""
    pack = document["pack"]
    cites = f"　{document['cites']}" if document["cites"] else ""
    return {
        "language": "zh",
        "words": _WORDS,
        "title": document["title"],
        "number": document.get("number", ""),
        "mark": document.get("mark", ""),
        "foot": f"{pack['title']}（{pack['version']} 版）{cites}",
        "qr": _picture(document["verify"]) if document.get("verify") else "",
    }


def _picture(text: str) -> str:
    """Return a QR code as SVG."""
    picture: str = segno.make(text, error="m", micro=False).svg_inline(border=0)
    return picture


def _parts(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the parts with their cells as rows: two short ones side by side, a long one alone."""
    return [{**part, "rows": _rows(part["cells"])} for part in document["parts"]]


def _rows(cells: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = []
    for cell in cells:
        last = rows[-1] if rows else []
        if not cell["lines"] and len(last) == 1 and not last[0]["lines"]:
            last.append(cell)
        else:
            rows.append([cell])
    return rows
