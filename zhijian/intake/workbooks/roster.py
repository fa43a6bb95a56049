"""The sheet of units: who is assessed, in which group, with which attributes."""

from __future__ import annotations

from collections.abc import Iterator

from zhijian.domain.explain.step import Value
from zhijian.domain.policy.header import Attribute
from zhijian.domain.problems import Problem
from zhijian.domain.records.cells import NotReadable, as_exact_number, as_flag, cell_text
from zhijian.domain.records.checking import PLACING
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Unit
from zhijian.domain.words import Words, listed
from zhijian.intake.workbooks.grid import ROW
from zhijian.intake.workbooks.recognising import Found

Cells = dict[str, str]
_SHOWN = 12


def read_units(
    pack: Pack, found: Found, known: frozenset[str] | None
) -> tuple[tuple[Unit, ...], list[Problem], list[Problem]]:
    """Return the units of the sheet, what is wrong with it, and what to know.

    A pack that names its units, or a caller who does, admits no others.
    """
    allowed = known if known is not None else frozenset(pack.header.units) or None
    reading = _Roster(pack, found)
    units = tuple(reading.units(allowed))
    listed = {unit.id for unit in units}
    absent = [name for name in pack.header.units if name not in listed]
    notices = [
        Problem.at(found.grid.name, "workbook.unit_not_listed", unit=name) for name in absent
    ]
    if not units and not reading.problems:
        reading.problems.append(Problem.at(found.grid.name, "workbook.no_units"))
    return units, reading.problems, notices


class _Roster:
    def __init__(self, pack: Pack, found: Found) -> None:
        self.pack = pack
        self.found = found
        self.problems: list[Problem] = []

    def units(self, allowed: frozenset[str] | None) -> Iterator[Unit]:
        """Yield each row's unit; wrong rows are told of and left out."""
        seen: dict[str, str] = {}
        for row in self.found.grid.body.iter_rows(named=True):
            number = row[ROW]
            cells = {
                key: cell_text(row.get(str(place))) for key, place in self.found.places.items()
            }
            if not any(cells.values()):
                continue
            name = cells.get("unit", "")
            where = self.found.address("unit", number)
            if not name:
                self._problem(where, "records.required", PLACING["unit"], "")
            elif allowed is not None and name not in allowed:
                shown = "、".join(sorted(allowed)[:_SHOWN])
                self._problem(where, "records.unknown_unit", PLACING["unit"], name, known=shown)
            elif name in seen:
                self._problem(where, "records.duplicate", PLACING["unit"], name, other=seen[name])
            else:
                seen[name] = where
                yield Unit(name, cells.get("group", ""), self._attributes(cells, number))

    def _attributes(self, cells: Cells, row: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for each in self.pack.header.attributes:
            text = cells.get(each.id, "")
            where = self.found.address(each.id, row)
            if not text:
                if each.required:
                    self._problem(where, "records.required", each.title, "")
                continue
            value = self._value(each, text, where)
            if value is not None:
                values[each.id] = value
        return values

    def _value(self, attribute: Attribute, text: str, where: str) -> Value:
        title = attribute.title
        try:
            if attribute.type == "decimal":
                return as_exact_number(text)
            if attribute.type == "flag":
                return as_flag(text)
        except NotReadable:
            word = "flag" if attribute.type == "flag" else "number"
            self._problem(where, f"records.not_a_{word}", title, text)
            return None
        if attribute.options and text not in attribute.options:
            options = listed(attribute.options.values())
            self._problem(where, "records.unknown_option", title, text, options=options)
            return None
        return text

    def _problem(self, where: str, code: str, field: Words, found: str, **facts: object) -> None:
        self.problems.append(Problem.at(where, code, field=field, found=found, **facts))
