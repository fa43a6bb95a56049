"""Which sheet of the user's workbook is which, and which column is which.

Titles come first, because people see them; the marker of the template decides where a title was
changed. What is recognised as nothing but holds data is a problem: it would be left out unseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhijian.domain.problems import Problem
from zhijian.intake.workbooks.addresses import column_letters
from zhijian.intake.workbooks.grid import Grid
from zhijian.intake.workbooks.layout import OWN_SHEETS, Layout, Sheet, plain_title
from zhijian.intake.workbooks.marker import Marker
from zhijian.intake.workbooks.package import Package, SheetPart


@dataclass(slots=True)
class Found:
    """A sheet of the layout and the user's sheet; ``places`` maps column names to places."""

    sheet: Sheet
    grid: Grid
    places: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def address(self, column: str, row: int) -> str:
        """Return the cell to point at: the header where the sheet lacks the column."""
        place = self.places.get(column)
        letters = column_letters(place) if place is not None else "A"
        return f"{self.grid.name}!{letters}{row}"


def sheets_of(
    package: Package, layout: Layout, marker: Marker
) -> tuple[dict[str, SheetPart], list[SheetPart], list[Problem]]:
    """Return the user's sheet for each sheet of the layout, the strangers, and the problems."""
    by_title = {plain_title(sheet.title): sheet.id for sheet in layout.sheets}
    by_title |= {plain_title(sheet.id): sheet.id for sheet in layout.kinds}
    renamed = {name: key for key, name in marker.sheets.items()}
    known = {sheet.id for sheet in layout.sheets}
    found: dict[str, SheetPart] = {}
    strangers: list[SheetPart] = []
    problems: list[Problem] = []
    for part in package.sheets:
        if part.name in OWN_SHEETS:
            continue
        key = by_title.get(plain_title(part.name)) or renamed.get(part.name, "")
        if key not in known:
            strangers.append(part)
        elif key in found:
            title = layout.sheet(key).title
            problems.append(
                Problem.at(part.name, "workbook.sheet_twice", other=found[key].name, title=title)
            )
        else:
            found[key] = part
    return found, strangers, problems


def columns_of(sheet: Sheet, grid: Grid, marker: Marker) -> Found:
    """Find the columns of a sheet."""
    by_title = {plain_title(column.title): column.id for column in sheet.columns}
    by_title |= {column.id: column.id for column in sheet.columns if column.id not in by_title}
    marked = {
        letters: key.partition(".")[2]
        for key, (name, letters) in marker.columns.items()
        if name == grid.name and key.partition(".")[0] == sheet.id
    }
    places: dict[str, int] = {}
    found = Found(sheet, grid, places)
    unknown: list[int] = []
    for place, text in grid.headers.items():
        key = by_title.get(plain_title(text))
        if key is None:
            unknown.append(place)
        elif key in places:
            found.problems.append(
                Problem.at(
                    f"{grid.name}!{column_letters(place)}1",
                    "workbook.column_twice",
                    title=text,
                    other=f"{grid.name}!{column_letters(places[key])}1",
                )
            )
        else:
            places[key] = place
    for place in unknown:
        key = marked.get(column_letters(place))
        if key is not None and key in by_title.values() and key not in places:
            places[key] = place
        elif grid.has_data(place):
            found.problems.append(_stranger(grid, place))
    found.problems += _missing(sheet, grid, places)
    return found


def _stranger(grid: Grid, place: int) -> Problem:
    first = grid.body.filter(grid.body[str(place)].is_not_null())
    row, cell = first.row(0, named=True)["row"], first[str(place)][0]
    return Problem.at(
        f"{grid.name}!{column_letters(place)}{row}",
        "workbook.unknown_column",
        title=grid.headers.get(place) or "—",
        found=cell[:60],
    )


def _missing(sheet: Sheet, grid: Grid, places: Mapping[str, int]) -> Iterator[Problem]:
    """Every column of the layout must be there; a sheet without any cell lacks none."""
    for column in sheet.columns:
        if column.id not in places and grid.headers:
            yield Problem.at(grid.name, "workbook.column_missing", title=column.title)
