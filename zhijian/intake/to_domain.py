"""Rows → records of the domain. The only place where that happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

from django.db.models import QuerySet

from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import FieldValue, Record
from zhijian.intake import models
from zhijian.intake.names import UnitNames
from zhijian.intake.slots import from_text

SHAPE = ("pk", "kind", "unit_id", "on", "values")


def record_of(row: models.Record, kind: RecordKind, names: UnitNames) -> Record:
    """Return the record that a row holds; its key is ``record:<id>``."""
    return Record(row.key, row.kind, names.name(row.unit_id), row.on, values_of(row.values, kind))


def values_of(texts: Mapping[str, str], kind: RecordKind) -> dict[str, FieldValue]:
    """Return every field of the kind as an exact value; what the row lacks is nothing."""
    return {
        field.id: from_text(field.type, texts[field.id]) if field.id in texts else None
        for field in kind.fields
    }


def records_of(
    rows: Iterable[tuple[int, str, int | None, object, Mapping[str, str]]],
    kinds: Mapping[str, RecordKind],
    names: UnitNames,
) -> Iterator[Record]:
    """Yield records from tuples of the shape ``SHAPE``: the quick way for many."""
    types = {
        kind.id: tuple((field.id, field.type) for field in kind.fields) for kind in kinds.values()
    }
    for key, kind, unit_id, on, texts in rows:
        values: dict[str, FieldValue] = {
            name: from_text(type_, texts[name]) if name in texts else None
            for name, type_ in types[kind]
        }
        yield Record(f"record:{key}", kind, names.name(unit_id), on, values)  # type: ignore[arg-type]


class Rows(Sequence[Record]):
    """Rows of one kind as records; a slice is asked of the database, not cut from all."""

    def __init__(self, rows: QuerySet[models.Record], kind: RecordKind) -> None:
        self._rows = rows
        self._kinds = {kind.id: kind}
        self._names = UnitNames.load()

    def __len__(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[Record]:
        rows = self._rows.values_list(*SHAPE).iterator(chunk_size=2000)
        yield from records_of(rows, self._kinds, self._names)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> list[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | list[Record]:
        if isinstance(place, slice):
            return list(records_of(self._rows.values_list(*SHAPE)[place], self._kinds, self._names))
        return next(iter(self[place : place + 1]))
