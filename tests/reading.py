"""What an answer of the site says to people, whatever its form: page, paper, workbook, list."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser

from django.http import HttpResponseBase
from openpyxl import load_workbook
from pypdf import PdfReader

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
_SPOKEN = ("alt", "aria-label", "aria-description", "placeholder", "title", "data-confirm")


class _Page(HTMLParser):
    """Collects the texts of a page except what is typed or marked as not to be translated."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._script = ""

    @property
    def _is_silent(self) -> bool:
        return any(silent for _tag, silent in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        silent = held.get("translate") == "no" or held.get("lang", "").startswith("zh")
        if not (silent or self._is_silent):
            self.texts += [held[name] for name in _SPOKEN if name in held]
            if held.get("type") in ("submit", "button"):
                self.texts.append(held.get("value", ""))
        if tag == "script":
            self._script = held.get("type", "text/javascript")
        if tag not in _VOID:
            self._open.append((tag, silent or tag in ("style", "textarea")))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _silent in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._is_silent:
            return
        if self._open and self._open[-1][0] == "script":
            if self._script == "application/json":
                self.texts += _strings(json.loads(data))
            return
        self.texts.append(" ".join(data.split()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _page(content: bytes) -> Iterable[str]:
    page = _Page()
    page.feed(content.decode())
    return page.texts


def paper_texts(content: bytes) -> Iterator[str]:
    """Yield the lines of a PDF."""
    for page in PdfReader(io.BytesIO(content)).pages:
        yield from page.extract_text().splitlines()


def book_texts(content: bytes) -> Iterator[str]:
    """Yield the names of the sheets of a workbook, and every text on them."""
    for sheet in load_workbook(io.BytesIO(content)):
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield from (each for each in row if isinstance(each, str))


def _lines(content: bytes) -> Iterable[str]:
    return content.decode("utf-8-sig").splitlines()


_READERS: dict[str, Callable[[bytes], Iterable[str]]] = {
    "text/html": _page,
    "application/pdf": paper_texts,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": book_texts,
    "text/csv": _lines,
}


def texts_of(answer: HttpResponseBase) -> list[str]:
    """Return what an answer says; nothing for one that only programs read."""
    read = _READERS.get(answer.headers.get("Content-Type", "").partition(";")[0])
    if read is None:
        return []
    content = answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]
    return [each for each in read(content) if each.strip()]
