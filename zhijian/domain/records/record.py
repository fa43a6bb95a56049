"""A record: one thing that was observed about a unit, on a day, by somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhijian.domain.exact import plain

FieldValue = Fraction | str | bool | date | None


def word_of(value: FieldValue) -> str:
    """A value as the word by which tables and lines name it; nothing is an empty word."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Fraction) else str(value)


@dataclass(frozen=True, slots=True)
class Record:
    """A checked record. ``key`` leads back to where it stands (a cell, a row of the database)."""

    key: str
    kind: str
    unit: str
    on: date
    values: Mapping[str, FieldValue]

    @property
    def month(self) -> str:
        """The month the record belongs to, as ``YYYY-MM``."""
        return f"{self.on.year:04d}-{self.on.month:02d}"

    def value(self, field: str) -> FieldValue:
        """A field; ``month`` and ``on`` are fields of every record."""
        if field == "month":
            return self.month
        return self.on if field == "on" else self.values.get(field)
