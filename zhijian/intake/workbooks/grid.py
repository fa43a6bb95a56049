"""The cells of one sheet as text, by column, each row with the number it has in the sheet."""

from __future__ import annotations

import io
from dataclasses import dataclass

import fastexcel
import polars as pl
from python_calamine import CalamineWorkbook

from zhijian.domain.problems import Problem
from zhijian.intake.workbooks.package import Package, Refused, SheetPart
from zhijian.intake.workbooks.scanning import Findings, scan

ROW = "row"
MOST_CELLS = 60_000_000
_FIRST_CELL = r"""\sr=["']A1["'][^>]*[^/>]>"""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. ``headers`` maps the place of a column, counted from 0, to the text of row 1.

    ``body`` holds the rows below that are not empty: ``row`` and one text column for each place,
    named by its number.
    """

    part: SheetPart
    headers: dict[int, str]
    body: pl.DataFrame
    findings: Findings

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        return self.part.name

    def has_data(self, place: int) -> bool:
        """Tell whether a column holds anything below the header."""
        return str(place) in self.body.columns and bool(self.body[str(place)].is_not_null().any())


class Grids:
    """Reads the sheets of one package; the file is opened once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        try:
            self._reader = fastexcel.read_excel(package.content)
        except Exception as error:  # the reader has a family of its own for every kind of damage
            raise Refused(Problem.at("", "workbook.damaged", why=error)) from error

    def read(self, part: SheetPart, columns: int) -> Grid:
        """Read a sheet that should have no more than ``columns`` columns."""
        findings = scan(self.package, part.path, columns)
        cells = findings.most_columns * findings.most_rows
        if cells > MOST_CELLS:
            problem = Problem.at(
                part.name, "workbook.too_many_cells", found=f"{cells:,}", limit=f"{MOST_CELLS:,}"
            )
            raise Refused(problem)
        return _grid(part, self._texts(part), self._first_column(part), findings)

    def _texts(self, part: SheetPart) -> pl.DataFrame:
        try:
            sheet = self._reader.load_sheet(
                part.name, header_row=None, skip_rows=0, dtypes="string"
            )
        except Exception as error:
            raise Refused(Problem.at(part.name, "workbook.damaged", why=error)) from error
        return sheet.to_polars()

    def _first_column(self, part: SheetPart) -> int:
        """Return the first column that is used; the reader counts from there."""
        for chunk in self.package.chunks(part.path):
            text = pl.Series([chunk.decode("utf-8", errors="replace")])
            if text.str.contains(_FIRST_CELL)[0]:
                return 0
            break
        book = CalamineWorkbook.from_filelike(io.BytesIO(self.package.content))
        start = book.get_sheet_by_name(part.name).start
        return start[1] if start else 0


def _grid(part: SheetPart, texts: pl.DataFrame, offset: int, findings: Findings) -> Grid:
    names = [str(place + offset) for place in range(texts.width)]
    texts = texts.rename(dict(zip(texts.columns, names, strict=True)))
    if not texts.width or not texts.height:
        return Grid(part, {}, pl.DataFrame({ROW: []}, schema={ROW: pl.UInt32}), findings)
    headers = {int(name): (texts[name][0] or "").strip() for name in names}
    numbered = texts.with_row_index(ROW, offset=1).slice(1)
    body = numbered.filter(pl.any_horizontal(pl.col(names).is_not_null()))
    return Grid(part, headers, body, findings)
