"""Checked records → rows: canonical texts, columns for measuring, the key that is there once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhijian.domain.problems import Problem
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import Record
from zhijian.intake import models, queries
from zhijian.intake.book import Book, month_number
from zhijian.intake.comparing import texts_of
from zhijian.intake.keys import Keys
from zhijian.intake.models import NUMBER_SLOTS, TEXT_SLOTS, FieldSlot
from zhijian.intake.refusals import RecordsWrong
from zhijian.intake.slots import LARGEST, PLACES, Slot, allocate, as_text, fits, measured_fields


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: which door, who, when, with which import and remark."""

    source: str
    author: Any
    at: datetime
    batch: models.ImportBatch | None = None
    note: str = ""


@dataclass
class Rows:
    """Builds rows of one book; remembers the columns of each kind."""

    book: Book
    origin: Origin
    _slots: dict[str, dict[str, Slot]] = field(default_factory=dict)
    keys: Keys = field(init=False)

    def __post_init__(self) -> None:
        self.keys = Keys(self.book)

    def build(self, record: Record, unit_id: int | None) -> models.Record:
        """Return the unsaved row of a record."""
        kind = self.book.kind(record.kind)
        row = models.Record(
            pack_id=self.book.pack_id,
            kind=kind.id,
            unit_id=unit_id,
            on=record.on,
            month=month_number(record.on),
            day=record.on.toordinal(),
            values=texts_of(record.values),
            unique_key=self.keys.of(kind, record, unit_id),
            source=self.origin.source,
            author=self.origin.author,
            entered_at=self.origin.at,
            batch=self.origin.batch,
            note=self.origin.note,
        )
        for name, slot in self.slots(kind).items():
            if record.values.get(name) is not None:
                setattr(row, slot.column, slot.encode(record.values[name]))
        return row

    def slots(self, kind: RecordKind) -> dict[str, Slot]:
        """Return the columns of a kind, giving them out when it is met for the first time."""
        if kind.id not in self._slots:
            taken = queries.slots(self.book.pack_id, [kind.id]).get(kind.id, {})
            given = self._new_slots(kind, taken)
            FieldSlot.objects.bulk_create(
                FieldSlot(
                    pack_id=self.book.pack_id,
                    kind=kind.id,
                    field=name,
                    column=slot.column,
                    holds=slot.holds,
                )
                for name, slot in given.items()
            )
            self._slots[kind.id] = {**taken, **given}
        return self._slots[kind.id]

    def _new_slots(self, kind: RecordKind, taken: Mapping[str, Slot]) -> dict[str, Slot]:
        if taken and self._has_records(kind):
            # A field that was left out before lies only in the texts of the rows; giving it a
            # column now would lose those. One that is new to the kind lies nowhere yet.
            return {}
        pack = self.book.pack
        measured = measured_fields(pack, pack.law(pack.law_day(self.book.period)))
        free = (*NUMBER_SLOTS, *TEXT_SLOTS)
        return allocate(kind, measured.get(kind.id, frozenset()), taken, free)

    def _has_records(self, kind: RecordKind) -> bool:
        return models.Record.objects.filter(pack_id=self.book.pack_id, kind=kind.id).exists()


def refuse_unkeepable(records: Iterable[Record]) -> None:
    """Refuse numbers that cannot be kept exactly in a column."""
    problems = [
        Problem.at(
            record.key, "intake.number_too_large", field=name, found=as_text(value),
            limit=f"{LARGEST:,}", places=PLACES,
        )
        for record in records
        for name, value in record.values.items()
        if not fits(value)
    ]  # fmt: skip
    if problems:
        raise RecordsWrong(problems)
