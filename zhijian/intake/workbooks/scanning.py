"""What only the XML of a sheet tells: formulas, error values, merged and hidden cells.

Readers of workbooks hand over values and keep these to themselves. A quick search over the bytes
finds out whether there is anything to tell at all; only then the sheet is gone through cell by
cell. A cell far outside the layout is looked for as well, because readers lay out a whole
rectangle from the first cell to the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

import numpy as np

from zhijian.domain.problems import Problem
from zhijian.intake.workbooks.addresses import column_number, split_address
from zhijian.intake.workbooks.package import Package, Refused

# Two neighboring bytes that speak of something, and what then has to stand there in full.
_SIGNS = (
    (b"<f", (b"<f>", b"<f ", b"<f/")),
    (b'"e', (b't="e"',)),
    (b"dd", (b"hidden",)),
    (b"eC", (b"mergeCell",)),
)
_PREFIXED = (b":worksheet", b":sheetData", b"<!DOCTYPE", b"<!ENTITY")
_BLANK = 32
_OVERLAP = 64
_MOST_TOLD = 10_000
_LETTERS, _DIGITS = 26, 10


@dataclass(slots=True)
class Findings:
    """The addresses of what was found; ``most_columns`` and ``most_rows`` of cells with a value."""

    formulas: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    most_columns: int = 0
    most_rows: int = 0
    exact: bool = False


def scan(package: Package, path: str, columns: int) -> Findings:
    """Search a sheet that should have no more than ``columns`` columns."""
    wide = _far_away(columns)
    before = b""
    for chunk in package.chunks(path):
        window = before + chunk
        unusual = not before and any(sign in window for sign in _PREFIXED)
        if unusual or _speaks(window, wide):
            return _exactly(package.chunks(path), path)
        before = chunk[-_OVERLAP:]
    return Findings()


def _speaks(window: bytes, wide: re.Pattern[bytes]) -> bool:
    """Tell whether a piece holds a sign, or is written in a way that could hide one."""
    signs = np.frombuffer(window, np.uint8)
    left, right = signs[:-1], signs[1:]
    for pair, words in _SIGNS:
        if ((left == pair[0]) & (right == pair[1])).any() and any(each in window for each in words):
            return True
    if b"'" in window and b"='" in window:
        return True
    equals_left, equals_right = left == ord("="), right == ord("=")
    blanks = (equals_left & (right <= _BLANK)) | ((left <= _BLANK) & equals_right)
    return bool(blanks.any()) or (_may_be_far(signs) and wide.search(window) is not None)


def _may_be_far(signs: np.ndarray) -> bool:
    """Tell whether a quote stands before two capitals, or behind seven signs from digit to digit.

    Only then can there be a column of two letters or a row of seven figures.
    """
    capital = (signs - np.uint8(ord("A"))) < _LETTERS
    quote = signs == ord('"')
    if (quote[:-2] & capital[1:-1] & capital[2:]).any():
        return True
    digit = (signs - np.uint8(ord("0"))) < _DIGITS
    return bool((quote[7:] & digit[6:-1] & digit[:-7]).any())


def _far_away(columns: int) -> re.Pattern[bytes]:
    """Return a pattern for cells right of column Z or AZ, or below the last possible row."""
    letters = rb"[A-Z]{2,}" if columns <= _LETTERS else rb"(?:[B-Z][A-Z]|[A-Z]{3,})"
    return re.compile(rb'r="(?:' + letters + rb"[0-9]|[A-Z]+(?:[0-9]{8}|[2-9][0-9]{6}))")


class _Walk:
    """Goes through the cells of one sheet and notes what matters."""

    def __init__(self) -> None:
        self.found = Findings(exact=True)
        self.cell = ""
        self.row = 0
        self.place = 0
        self.is_error = False
        self.text: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._row(attributes)
            case "c":
                self._cell(attributes)
            case "f":
                self._note(self.found.formulas, self.cell)
            case "v" | "t":
                self._value()
            case "col":
                self._column(attributes)
            case "mergeCell":
                self._note(self.found.merged, attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == "v" and self.is_error and self.text is not None:
            self.found.errors[self.cell] = "".join(self.text)
        self.text = None

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self.place = 0
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.cell = attributes.get("r", "")
        self.is_error = attributes.get("t") == "e"
        self.place += 1

    def _value(self) -> None:
        self.text = [] if self.is_error and len(self.found.errors) < _MOST_TOLD else None
        letters, row = split_address(self.cell)
        self.found.most_columns = max(self.found.most_columns, column_number(letters))
        self.found.most_rows = max(self.found.most_rows, row)

    def _column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            ends = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.found.hidden_columns.append(ends)

    @staticmethod
    def _note(where: list[str], what: str) -> None:
        if len(where) < _MOST_TOLD:
            where.append(what)


def _exactly(chunks: Iterable[bytes], path: str) -> Findings:
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    parser.StartDoctypeDeclHandler = _no_declarations
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise Refused(Problem.at(path, "workbook.damaged", why=error)) from error
    return walk.found


def _no_declarations(*_: object) -> None:
    raise ValueError("DOCTYPE")
