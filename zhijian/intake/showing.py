"""Records as people read them: titles, options and flags in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from django.utils.translation import gettext as _

from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.records.record import FieldValue, Record
from zhijian.foundation.language import language
from zhijian.intake.slots import as_text


def shown(field: Field | None, text: str) -> str:
    """Return a stored text as people read it."""
    if field is None or not text:
        return text
    if field.type == "flag":
        return _("是") if text == "true" else _("否")
    return field.options[text].to(language()) if text in field.options else text


def shown_value(field: Field, value: FieldValue) -> str:
    """Return a value as people read it; nothing is an empty text."""
    return "" if value is None else shown(field, as_text(value))


@dataclass(frozen=True, slots=True)
class Line:
    """One record on a page: when, about which unit, what it says."""

    id: int
    on: str
    unit: str
    cells: tuple[str, ...]


class Lines(Sequence[Line]):
    """Records of a kind as lines of a table, page by page; personal fields stay out.

    Where there is no kind, there is nothing to show.
    """

    def __init__(self, kind: RecordKind | None, records: Sequence[Record]) -> None:
        self.kind = kind
        self._records = records
        fields = kind.fields if kind is not None else ()
        self._fields = tuple(field for field in fields if not field.personal)

    @property
    def headings(self) -> tuple[str, ...]:
        """The titles of the columns."""
        return tuple(field.title.to(language()) for field in self._fields)

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> list[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | list[Line]:
        if isinstance(place, slice):
            return [self._line(record) for record in self._records[place]]
        return self._line(self._records[place])

    def _line(self, record: Record) -> Line:
        cells = tuple(shown_value(field, record.values.get(field.id)) for field in self._fields)
        key = int(record.key.removeprefix("record:"))
        return Line(key, record.on.isoformat(), record.unit, cells)
