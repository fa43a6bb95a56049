"""Lists as files: a room says its columns and rows, and no cell of it is ever calculated."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from zhijian.foundation.attachments import XLSX, attachment
from zhijian.foundation.cells import begins_formula, is_number, literal, neutral

CSV = "text/csv; charset=utf-8"
PLAIN, TWO_PLACES = "General", "#,##0.00"
_MARK = "\ufeff"
_NARROWEST, _WIDEST, _FIRST = 12, 40, 24


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and how a spreadsheet writes the numbers below it; texts have no ``looks``."""

    title: str
    looks: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """What a file holds; ``title`` names the worksheet. The rows are read once.

    ``under`` names the regulation with its version where all rows rest on one (SYS-17); a last
    column then says so in each row, so that a row that is copied elsewhere still tells it.
    """

    title: str
    columns: Sequence[Column]
    lines: Iterable[Sequence[str]]
    under: str = ""

    def told(self) -> List:
        """Return the list with the column of the regulation, where there is one."""
        if not self.under:
            return self
        columns = (*self.columns, Column(_("制度版本")))
        return List(self.title, columns, ((*cells, self.under) for cells in self.lines))


def as_file(listed: List, name: str, form: str) -> HttpResponse:
    """Send the list as ``csv`` or ``xlsx`` under ``name``; another form does not exist."""
    listed = listed.told()
    if form == "csv":
        return attachment("".join(csv_lines(listed)).encode(), CSV, f"{name}.csv")
    if form == "xlsx":
        return attachment(as_xlsx(listed), XLSX, f"{name}.xlsx")
    raise Http404


def csv_lines(listed: List) -> Iterator[str]:
    """Yield the list line by line; the mark at the front lets spreadsheets read Chinese."""
    line = csv.writer(_Line()).writerow
    yield _MARK + line([literal(column.title) for column in listed.columns])
    for cells in listed.lines:
        told = zip(cells, listed.columns, strict=True)
        yield line([neutral(text) if column.looks else literal(text) for text, column in told])


def as_xlsx(listed: List) -> bytes:
    """Return the list as a workbook; numbers are numbers, a text is a text whatever it says."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = _Sheet(book, listed)
        for row, cells in enumerate(listed.lines, start=1):
            sheet.write(row, cells)
    return content.getvalue()


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


class _Sheet:
    def __init__(self, book: xlsxwriter.Workbook, listed: List) -> None:
        self._sheet = book.add_worksheet(_sheet_name(listed.title))
        self._quoted = book.add_format({"quote_prefix": True})
        self._looks = [
            book.add_format({"num_format": column.looks}) if column.looks else None
            for column in listed.columns
        ]
        head = book.add_format({"bold": True, "bottom": 1})
        for place, column in enumerate(listed.columns):
            width = max(_NARROWEST, min(_WIDEST, len(column.title) * 2 + 4))
            self._sheet.set_column(place, place, width if place else max(_FIRST, width))
            self._sheet.write_string(0, place, column.title, head)
        self._sheet.freeze_panes(1, 1)

    def write(self, row: int, cells: Sequence[str]) -> None:
        for place, (text, looks) in enumerate(zip(cells, self._looks, strict=True)):
            if looks is not None and is_number(text):
                self._sheet.write_number(row, place, float(text), looks)
            elif text:
                # The mark keeps the text a text also for who edits the cell.
                mark = self._quoted if begins_formula(text) else None
                self._sheet.write_string(row, place, text, mark)


def _sheet_name(title: str) -> str:
    return "".join(" " if each in "[]:*?/\\'" else each for each in title)[:31] or "1"
