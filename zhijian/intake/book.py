"""A book: the records that one pack collects in one period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhijian.domain.dates.period import MONTHS_IN, Period
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.regulation.pack import Pack


@dataclass(frozen=True, slots=True)
class Book:
    """The pack in the version that governs the period, and the period."""

    pack: Pack
    period: Period

    @property
    def pack_id(self) -> str:
        """Return the id under which the records are kept."""
        return self.pack.id

    def kind(self, name: str) -> RecordKind:
        """Return one kind of record of the pack."""
        return self.pack.kinds[name]

    def turn(self, on: date) -> str:
        """Return the shortest period in which the pack is assessed and in which ``on`` lies.

        "Once for each unit" means once in such a stretch. A pack that is only assessed over
        freely chosen days counts within the days of this book.
        """
        kinds = {kind for scheme in self.pack.schemes.values() for kind in scheme.periods}
        regular = [kind for kind in MONTHS_IN if kind in kinds]
        return Period.containing(on, regular[0]).id if regular else self.period.id


def month_number(on: date) -> int:
    """Return the month of a day as a number that sorts: 202403."""
    return on.year * 100 + on.month


def month_text(month: int) -> str:
    """Return ``2024-03`` for 202403."""
    return f"{month // 100:04d}-{month % 100:02d}"
