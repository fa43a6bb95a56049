"""The checked records of one kind as typed columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

import polars as pl

from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.records.record import FieldValue, Record
from zhijian.intake.workbooks.columns import DTYPES
from zhijian.intake.workbooks.grid import ROW

UNIT, ON = "#unit", "#on"
"""Columns beside the fields; the sign keeps them apart from any field's name."""

LARGEST = 10**12
"""A number whose count of smallest places is larger does not go into a column."""


@dataclass(frozen=True)
class Table:
    """Records of one kind in the order of their rows.

    Numbers are whole counts of their field's smallest place, so that sums are exact. ``apart``
    holds records with numbers too large for a column; where there are any, nothing is columnar.
    """

    kind: RecordKind
    prefix: str
    frame: pl.DataFrame
    apart: tuple[Record, ...] = ()

    def __len__(self) -> int:
        return self.frame.height + len(self.apart)

    @property
    def is_columnar(self) -> bool:
        """Tell whether every record lies in the columns."""
        return not self.apart

    @cached_property
    def grouped(self) -> pl.DataFrame:
        """Return the columns with units as numbers behind their names: they group faster."""
        return self.frame.with_columns(pl.col(UNIT).cast(pl.Categorical))

    def records(self, rows: pl.DataFrame | None = None) -> Iterator[Record]:
        """Return the records, or those of some rows, as the domain knows them."""
        if rows is None and self.apart:
            held = (*self._of(self.frame), *self.apart)
            return iter(sorted(held, key=lambda each: int(each.key.removeprefix(self.prefix))))
        return self._of(self.frame if rows is None else rows)

    def _of(self, frame: pl.DataFrame) -> Iterator[Record]:
        decoders = [(each, decoder(each)) for each in self.kind.fields]
        for row in frame.iter_rows(named=True):
            values = {each.id: read(row[each.id]) for each, read in decoders}
            yield Record(f"{self.prefix}{row[ROW]}", self.kind.id, row[UNIT], row[ON], values)


def schema(kind: RecordKind) -> dict[str, type[pl.DataType]]:
    """Return the columns of a table of this kind."""
    own = {each.id: DTYPES[each.type] for each in kind.fields}
    return {ROW: pl.UInt32, UNIT: pl.String, ON: pl.Date, **own}


def frame_of(kind: RecordKind, numbered: Iterable[tuple[int, Record]]) -> pl.DataFrame:
    """Return records with their row numbers as typed columns."""
    rows = [
        {
            ROW: row,
            UNIT: record.unit,
            ON: record.on,
            **{each.id: _encoded(each, record.values.get(each.id)) for each in kind.fields},
        }
        for row, record in numbered
    ]
    return pl.DataFrame(rows, schema=schema(kind))


def fits(kind: RecordKind, record: Record) -> bool:
    """Tell whether every number of the record goes into a column."""
    return all(
        abs(value * 10**each.places) < LARGEST
        for each in kind.fields
        if isinstance(value := record.values.get(each.id), Fraction)
    )


def _encoded(rule: Field, value: FieldValue) -> int | str | bool | date | None:
    return int(value * 10**rule.places) if isinstance(value, Fraction) else value


def decoder(rule: Field) -> _Decoder:
    """Return what turns a stored value into the domain's."""
    return _Decoder(10**rule.places if rule.is_number else 0)


@dataclass(frozen=True, slots=True)
class _Decoder:
    scale: int

    def __call__(self, stored: int | str | bool | date | None) -> FieldValue:
        if self.scale and isinstance(stored, int):
            return Fraction(stored, self.scale)
        return stored


Tables = Mapping[str, Table]
