"""What may stand only once among the records in force."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import Record
from zhijian.intake.book import Book, month_number

_LONGEST = 300
_BETWEEN = "\x1f"


@dataclass
class Keys:
    """Unique keys of one book; the turn of each month is worked out once."""

    book: Book
    _turns: dict[int, str] = field(default_factory=dict)

    def of(self, kind: RecordKind, record: Record, unit_id: int | None) -> str | None:
        """Return the key of a record; nothing when any number of them may stand."""
        if not kind.unique:
            return None
        month = month_number(record.on)
        if month not in self._turns:
            self._turns[month] = self.book.turn(record.on)
        turn = self._turns[month]
        parts = [
            str(unit_id) if name == "unit" else str(record.value(name)) for name in kind.unique
        ]
        key = _BETWEEN.join((turn, *parts))
        if len(key) <= _LONGEST:
            return key
        return f"{turn}{_BETWEEN}{hashlib.sha256(key.encode()).hexdigest()}"
