"""A filled workbook → records in columns, or everything a person has to mend in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from zhijian.domain.dates.period import Period
from zhijian.domain.problems import Problem
from zhijian.domain.records.checking import Surroundings
from zhijian.domain.records.record import Record
from zhijian.domain.scoring.context import Unit
from zhijian.intake.workbooks.addresses import column_number, split_address
from zhijian.intake.workbooks.cells import cell_problems
from zhijian.intake.workbooks.checking import Cells, check_cells
from zhijian.intake.workbooks.grid import ROW, Grids
from zhijian.intake.workbooks.layout import UNITS, Column, Layout, Sheet
from zhijian.intake.workbooks.marker import Marker, read_marker
from zhijian.intake.workbooks.package import Package, Refused
from zhijian.intake.workbooks.recognising import Found, columns_of, sheets_of
from zhijian.intake.workbooks.roster import read_units
from zhijian.intake.workbooks.table import Table

_MIDNIGHT = " 00:00:00"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a workbook is read for.

    ``units`` are the known units where the workbook's own list is not the authority;
    ``registers`` and ``taken`` are what is already stored, as in ``Surroundings``.
    ``only_some`` reads a workbook for some of its sheets: the others are passed over. ``today``
    refuses what is still to come; a workbook that nothing is stored from is judged without it, so
    that it gives the same whenever it is read.
    """

    period: Period
    units: frozenset[str] | None = None
    registers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    taken: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    only_some: bool = False
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was read. Tables are only whole when there is no problem; ``notices`` stop nothing."""

    units: tuple[Unit, ...]
    tables: Mapping[str, Table]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    marker: Marker
    sheets: tuple[str, ...] = ()

    def records(self) -> Iterator[Record]:
        """Yield all records, sheet by sheet, in the order of their rows."""
        for table in self.tables.values():
            yield from table.records()

    @property
    def count(self) -> int:
        """Return how many records there are."""
        return sum(len(table) for table in self.tables.values())


def read_workbook(content: bytes, layout: Layout, asked: Asked, digest: str = "") -> Workbook:
    """Read a workbook; ``digest`` is that of the pack now, to compare with the template's."""
    try:
        return _Reading(Package(content), layout, asked, digest).workbook()
    except Refused as refused:
        return Workbook((), {}, refused.problems, (), Marker())


def own_period(content: bytes) -> Period:
    """Return the period a template was made for, or one that holds every day there is."""
    always = Period.between(date(1900, 1, 1), date(2199, 12, 31))
    try:
        text = read_marker(Package(content).names).period
        return Period.parse(text) if text else always
    except (Refused, ValueError):
        return always


class _Reading:
    def __init__(self, package: Package, layout: Layout, asked: Asked, digest: str) -> None:
        self.package = package
        self.layout = layout
        self.asked = asked
        self.digest = digest
        self.marker = read_marker(package.names)
        self.grids = Grids(package)
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def workbook(self) -> Workbook:
        """Read units, then registers, then what refers to them."""
        self._check_marker()
        parts, strangers, problems = sheets_of(self.package, self.layout, self.marker)
        self.problems += problems
        for part in () if self.asked.only_some else strangers:
            grid = self.grids.read(part, 26)
            if grid.headers or grid.body.height:
                titles = "、".join(sheet.title for sheet in self.layout.sheets)
                self.problems.append(
                    Problem.at(part.name, "workbook.unknown_sheet", found=part.name, known=titles)
                )
        found = {key: self._found(self.layout.sheet(key), part) for key, part in parts.items()}
        units = self._units(found.get(UNITS))
        known = frozenset(unit.id for unit in units)
        around = Surroundings(
            self.asked.period,
            known if self.asked.units is None else self.asked.units,
            dict(self.asked.registers),
            dict(self.asked.taken),
            self.asked.today,
        )
        tables = {
            sheet.id: self._table(sheet, found.get(sheet.id), around) for sheet in self.layout.kinds
        }
        names = tuple(each.grid.name for each in found.values())
        problems = _in_order(self.problems, [part.name for part in self.package.sheets])
        return Workbook(units, tables, problems, tuple(self.notices), self.marker, names)

    def _check_marker(self) -> None:
        pack, period = self.layout.pack, self.asked.period
        marker = self.marker
        if marker.pack and marker.pack != pack.id:
            raise Refused(Problem.at("", "workbook.other_pack", found=marker.pack, wanted=pack.id))
        if marker.period and marker.period != period.id:
            raise Refused(
                Problem.at("", "workbook.other_period", found=marker.period, wanted=period.id)
            )
        if marker.digest and self.digest and marker.digest != self.digest:
            self.notices.append(
                Problem.at(
                    "",
                    "workbook.other_version",
                    found=f"{marker.version} {marker.digest[:12]}",
                    wanted=f"{pack.header.version} {self.digest[:12]}",
                )
            )

    def _found(self, sheet: Sheet, part: object) -> Found:
        grid = self.grids.read(part, len(sheet.columns) + 5)  # type: ignore[arg-type]
        found = columns_of(sheet, grid, self.marker)
        self.problems += found.problems
        return found

    def _units(self, found: Found | None) -> tuple[Unit, ...]:
        if found is None and self.asked.units is not None:
            return tuple(Unit(name) for name in sorted(self.asked.units))
        if found is None:
            own = self.layout.pack.header.units
            if not own:
                title = self.layout.sheet(UNITS).title
                self.problems.append(Problem.at("", "workbook.sheet_missing", title=title))
            return tuple(Unit(name) for name in own)
        self.problems += cell_problems(found)
        units, problems, notices = read_units(self.layout.pack, found, self.asked.units)
        self.problems += problems
        self.notices += notices
        return units

    def _table(self, sheet: Sheet, found: Found | None, around: Surroundings) -> Table:
        kind = sheet.kind
        if kind is None:
            raise TypeError(f"{sheet.id} collects no records")
        if found is None:
            self.problems.append(Problem.at("", "workbook.sheet_missing", title=sheet.title))
            empty = pl.DataFrame({ROW: []}, schema={ROW: pl.UInt32})
            return check_cells(Cells(kind, empty, "", lambda _name, _row: ""), around)[0]
        spoiled = cell_problems(found)
        cells = Cells(kind, _named(found), f"{found.grid.name}!", found.address)
        table, problems = check_cells(cells, around)
        # A formula or an error value reads as a blank; one word about the cell is enough.
        places = {each.where for each in spoiled}
        self.problems += [*spoiled, *(each for each in problems if each.where not in places)]
        if kind.is_register:
            around.registers = {**around.registers, **_register(table, around.registers)}
        return table


def _named(found: Found) -> pl.DataFrame:
    """Return the rows with columns named by field."""
    held = {key: str(place) for key, place in found.places.items()}
    return found.grid.body.select(
        pl.col(ROW),
        *(
            _cell(found.sheet.column(key), name).alias(key)
            for key, name in held.items()
            if name in found.grid.body.columns
        ),
    )


def _cell(column: Column, name: str) -> pl.Expr:
    """Return a column; a day that the reader gave the time of midnight is only a day."""
    if column.role not in ("on", "month", "date"):
        return pl.col(name)
    text = pl.col(name)
    return pl.when(text.str.ends_with(_MIDNIGHT)).then(text.str.head(10)).otherwise(text)


def _register(table: Table, known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found = {}
    for each in table.kind.fields:
        name = f"{table.kind.id}.{each.id}"
        own = frozenset(str(record.values[each.id]) for record in table.records())
        found[name] = own | known.get(name, frozenset())
    return found


def _in_order(problems: Iterable[Problem], sheets: list[str]) -> tuple[Problem, ...]:
    """Sort by sheet, row and column, each problem once."""
    order = {name: place for place, name in enumerate(sheets)}

    def place(problem: Problem) -> tuple[int, int, int]:
        sheet, _, address = problem.where.rpartition("!")
        letters, row = split_address(address)
        return order.get(sheet or problem.where, -1), row, column_number(letters)

    return tuple(sorted(dict.fromkeys(problems), key=place))
