"""Check the rows of one sheet: all plainly good rows at once, the others by the domain's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from zhijian.domain.problems import Problem
from zhijian.domain.records.cells import cell_text
from zhijian.domain.records.checking import DUPLICATE, Row, Surroundings, check_row
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import Record
from zhijian.intake.workbooks.columns import Reading, read_field, read_placing, read_unit
from zhijian.intake.workbooks.grid import ROW
from zhijian.intake.workbooks.table import ON, UNIT, Table, fits, frame_of, schema

_GOOD = "#good"
Address = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of one kind as text, one column for each field and ``unit``, ``month``, ``on``."""

    kind: RecordKind
    frame: pl.DataFrame
    prefix: str
    address: Address


def check_cells(cells: Cells, around: Surroundings) -> tuple[Table, list[Problem]]:
    """Return the sound records and everything that is wrong with the others."""
    kind = cells.kind
    frame = cells.frame.with_columns(
        pl.lit(None, pl.String).alias(name)
        for name in _names(kind)
        if name not in cells.frame.columns
    )
    typed = frame.select(**_typed(kind, around))
    good = typed[_GOOD]
    rest = _not_blank(frame.filter(~good))
    loose = replace(kind, unique=())
    answers = [(row, check_row(loose, row, around)) for row in _rows(cells, rest)]
    sound = [(int(row.key), answer) for row, answer in answers if isinstance(answer, Record)]
    problems = [each for _, answer in answers if not isinstance(answer, Record) for each in answer]
    apart = tuple(_keyed(cells, pair) for pair in sound if not fits(kind, pair[1]))
    fitting = frame_of(kind, (pair for pair in sound if fits(kind, pair[1])))
    plain = typed.select(list(schema(kind))).filter(good)
    whole = pl.concat([plain, fitting]).sort(ROW) if fitting.height else plain
    table = Table(kind, cells.prefix, whole, apart)
    wrong = [row for row, answer in answers if not isinstance(answer, Record)]
    problems += _duplicates(cells, frame, table, around, wrong)
    return table, problems


def _not_blank(frame: pl.DataFrame) -> pl.DataFrame:
    """Leave out rows in which nothing but blanks was typed."""
    names = [name for name in frame.columns if name != ROW]
    return frame.filter(pl.any_horizontal(pl.col(names).str.contains(r"\S")))


def _keyed(cells: Cells, pair: tuple[int, Record]) -> Record:
    return replace(pair[1], key=f"{cells.prefix}{pair[0]}")


def _names(kind: RecordKind) -> Iterator[str]:
    if not kind.is_register:
        yield "unit"
    yield from {"month": ["month"], "day": ["on"]}.get(kind.dated, [])
    yield from (each.id for each in kind.fields)


def _typed(kind: RecordKind, around: Surroundings) -> dict[str, pl.Expr]:
    placing = {"month": "month", "day": "on"}.get(kind.dated)
    unit = read_unit("unit", around)
    if kind.is_register:
        unit = Reading(pl.lit("", pl.String), pl.lit(True))
    on = Reading(pl.lit(around.period.last, pl.Date), pl.lit(True))
    if placing:
        on = read_placing(kind, placing, around)
    own = {each.id: read_field(each, each.id, around) for each in kind.fields}
    values = {name: each.value for name, each in own.items()}
    goods = [unit.good, on.good, *(each.good for each in own.values())]
    if kind.parts:
        values[kind.total], total_good = _total(kind, own)
        goods.append(total_good)
    return {
        ROW: pl.col(ROW),
        UNIT: unit.value,
        ON: on.value,
        **values,
        _GOOD: pl.all_horizontal(goods),
    }


def _total(kind: RecordKind, own: Mapping[str, Reading]) -> tuple[pl.Expr, pl.Expr]:
    """A checklist is plainly good when it is blank, or complete and adds up to a total or none."""
    places = max(each.places for each in (*kind.parts, kind.field(kind.total) or kind.parts[0]))
    parts = [own[each.id].value * 10 ** (places - each.places) for each in kind.parts]
    blanks = [each.is_null() for each in parts]
    rule = kind.field(kind.total)
    down = 10 ** (places - (rule.places if rule else places))
    total, added = own[kind.total].value, pl.sum_horizontal(parts)
    adds_up = (total * down == added) & ~pl.any_horizontal(blanks)
    return total, (pl.all_horizontal(blanks) | adds_up).fill_null(False)


def _rows(cells: Cells, frame: pl.DataFrame) -> Iterator[Row]:
    """Yield rows for the domain's check; the key is the bare number of the row."""
    names = [name for name in frame.columns if name != ROW]
    for values in frame.iter_rows(named=True):
        number = values[ROW]
        held = {name: values[name] for name in names if values[name] is not None}
        yield Row(str(number), held, lambda name, number=number: cells.address(name, number))


def _duplicates(
    cells: Cells,
    frame: pl.DataFrame,
    table: Table,
    around: Surroundings,
    wrong: Sequence[Row],
) -> list[Problem]:
    """Find records that are there twice; the domain words them, first come first kept.

    Rows in which something else is wrong are compared as well, as far as their keys can be read.
    """
    if not cells.kind.unique:
        return []
    keys = [_key_column(cells.kind, name) for name in cells.kind.unique]
    doubled = table.frame.filter(pl.struct(keys).is_duplicated())[ROW].to_list()
    if around.taken:
        doubled += _already_taken(table, around)
    doubled += [int(each.key.removeprefix(cells.prefix)) for each in table.apart]
    if wrong:
        doubled += [int(row.key) for row in wrong]
        doubled += _beside(wrong, table)
    chosen = frame.filter(pl.col(ROW).is_in(sorted(set(doubled))))
    problems: list[Problem] = []
    for row in _rows(cells, chosen):
        answer = check_row(cells.kind, row, around)
        if not isinstance(answer, Record):
            problems += [each for each in answer if each.code == DUPLICATE]
    return problems


def _beside(wrong: Sequence[Row], table: Table) -> list[int]:
    """The sound rows that may stand under the key of a row in which something is wrong."""
    frame = table.frame
    if "unit" in table.kind.unique:
        units = {cell_text(row.values.get("unit")) for row in wrong}
        frame = frame.filter(pl.col(UNIT).is_in(sorted(units)))
    return list(frame[ROW])


def _already_taken(table: Table, around: Surroundings) -> list[int]:
    found = []
    for row, record in zip(table.frame[ROW], table.records(table.frame), strict=True):
        parts = (
            record.unit if name == "unit" else str(record.value(name)) for name in table.kind.unique
        )
        if (table.kind.id, *parts) in around.taken:
            found.append(row)
    return found


def _key_column(kind: RecordKind, name: str) -> pl.Expr:
    if name == "unit":
        return pl.col(UNIT)
    if name == "month":
        return pl.col(ON).dt.month_start().alias("#month")
    if name == "period" and kind.field(name) is None:
        return pl.lit("").alias("#period")
    return pl.col(ON) if name == "on" else pl.col(name)
