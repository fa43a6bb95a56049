"""Entering, changing and voiding single records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from zhijian.domain.problems import Problem
from zhijian.domain.records.cells import Cell, cell_text
from zhijian.domain.records.checking import PLACING, Row, Surroundings, check_row
from zhijian.domain.records.record import Record
from zhijian.domain.words import Words
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record as audit
from zhijian.intake import models, queries
from zhijian.intake.book import Book
from zhijian.intake.models import Source
from zhijian.intake.names import UnitNames
from zhijian.intake.refusals import RecordRefused, RecordsWrong
from zhijian.intake.services.access import refuse_stranger
from zhijian.intake.services.gate import hold, refuse_locked
from zhijian.intake.services.given import refuse_given
from zhijian.intake.services.rows import Origin, Rows, refuse_unkeepable


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person entered: the kind, the cells by field (``unit``, ``month`` or ``on`` too).

    The unit is named as ``UnitNames`` names it.
    """

    kind: str
    values: Mapping[str, Cell]
    note: str = ""
    source: str = Source.FORM


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes into which book, and which record the new one takes the place of.

    ``decided`` is a correction by the committee: only what it has made final is closed to it.
    """

    actor: Any
    book: Book
    former: models.Record | None = None
    decided: bool = False


@transaction.atomic
def enter_record(*, actor: Any, book: Book, entry: Entry) -> models.Record:
    """Write one record, or raise ``RecordsWrong`` with everything that is wrong with it.

    ``actor=None`` is the program itself.
    """
    hold(book.pack_id)
    refuse_entry(actor, book, entry)
    row = write(Writing(actor, book), entry)
    audit(actor=actor, action="intake.enter", subject=subject_of(book, row), after=seen(row))
    return row


@transaction.atomic
def enter_records(*, actor: Any, book: Book, entries: Sequence[Entry]) -> list[models.Record]:
    """Write many records, all or none; places are ``number.field``, counted from 0."""
    hold(book.pack_id)
    rows, problems = [], []
    for number, entry in enumerate(entries):
        refuse_entry(actor, book, entry)
        try:
            rows.append(write(Writing(actor, book), entry))
        except RecordsWrong as wrong:
            problems += [replace(each, where=f"{number}.{each.where}") for each in wrong.problems]
    if problems:
        raise RecordsWrong(problems)
    subject = Subject("intake.book", f"{book.pack_id}:{book.period.id}", str(book.period))
    audit(
        actor=actor, action="intake.enter_many", subject=subject,
        after={"count": len(rows), "records": [row.pk for row in rows]},
    )  # fmt: skip
    return rows


@transaction.atomic
def change_record(
    *, actor: Any, book: Book, record_id: int, entry: Entry, reason: str
) -> models.Record:
    """Void a record and write another in its place; the history stays."""
    hold(book.pack_id)
    former = _own(actor, book, record_id, reason)
    refuse_entry(actor, book, entry)
    return write_anew(Writing(actor, book, former), entry, "intake.change", reason)


@transaction.atomic
def void_record(*, actor: Any, book: Book, record_id: int, reason: str) -> models.Record:
    """Let a record count no more; the row stays with the reason."""
    hold(book.pack_id)
    row = _own(actor, book, record_id, reason)
    audit(
        actor=actor, action="intake.void", subject=subject_of(book, row),
        before=seen(row), after={"reason": reason},
    )  # fmt: skip
    return row


def write_anew(writing: Writing, entry: Entry, action: str, reason: str) -> models.Record:
    """Write a record in the place of the former, and say in the trail why."""
    row, former = write(writing, entry), writing.former
    audit(
        actor=writing.actor, action=action, subject=subject_of(writing.book, row),
        before=seen(former) if former else None, after={**seen(row), "reason": reason},
    )  # fmt: skip
    return row


def check_entry(
    book: Book, entry: Entry, names: UnitNames | None = None
) -> Record | tuple[Problem, ...]:
    """Check what was entered, as the domain and the way of storing demand; write nothing."""
    kind = book.pack.kinds.get(entry.kind)
    if kind is None:
        raise RecordRefused("intake.unknown_kind", kind=entry.kind)
    known = queries.unit_names(book, names or UnitNames.load())
    needs_registers = any(field.type == "reference" for field in kind.fields)
    registers = queries.registers(book) if needs_registers else {}
    around = Surroundings(book.period, known, registers, today=clock.today())
    return check_row(kind, Row("new", entry.values, lambda name: name), around)


def refuse_entry(actor: Any, book: Book, entry: Entry) -> None:
    """Refuse whoever may not enter the kind for the unit; unknown units are left to checks."""
    kind = book.pack.kinds.get(entry.kind)
    if kind is None:
        raise RecordRefused("intake.unknown_kind", kind=entry.kind)
    unit_id = UnitNames.load().id(cell_text(entry.values.get("unit")))
    if kind.is_register or unit_id is not None:
        refuse_stranger(actor, kind, unit_id)


def write(writing: Writing, entry: Entry) -> models.Record:
    """Check and write a record inside the caller's transaction, which holds the gate."""
    book, names = writing.book, UnitNames.load()
    found = check_entry(book, entry, names)
    if not isinstance(found, Record):
        raise RecordsWrong(found)
    refuse_unkeepable([found])
    refuse_locked(book.pack_id, found.on, found.on, final_only=writing.decided)
    origin = Origin(entry.source, writing.actor, clock.now(), note=entry.note.strip())
    row = Rows(book, origin).build(found, names.id(found.unit))
    row.replaces = writing.former
    if writing.former is not None:
        row.case_id, row.case_seq = writing.former.case_id, writing.former.case_seq
    _refuse_taken(book, row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise RecordRefused("intake.taken_meanwhile") from error
    return row


def _refuse_taken(book: Book, row: models.Record) -> None:
    if row.unique_key is None:
        return
    holder = queries.holders(book.pack_id, row.kind, [row.unique_key]).get(row.unique_key)
    if holder is not None:
        name = book.kind(row.kind).unique[-1]
        field = book.kind(row.kind).field(name)
        title = field.title if field else PLACING.get(name, Words(name))
        problem = Problem.at(
            name, "records.duplicate", field=title, found="", other=f"#{holder.pk}"
        )
        raise RecordsWrong([problem])


def _own(actor: Any, book: Book, record_id: int, reason: str) -> models.Record:
    row = queries.record(record_id)
    if row is not None and row.kind in book.pack.kinds:
        refuse_stranger(actor, book.kind(row.kind), row.unit_id)
        refuse_given(row)
    return void(Writing(actor, book), record_id, reason)


def void(writing: Writing, record_id: int, reason: str) -> models.Record:
    """Let a record count no more, inside the caller's transaction, which holds the gate."""
    if not reason.strip():
        raise RecordRefused("intake.reason_needed")
    rows = models.Record.objects.select_for_update()
    row = rows.filter(pk=record_id, pack_id=writing.book.pack_id).first()
    if row is None:
        raise RecordRefused("intake.unknown_record", record=record_id)
    if row.is_voided:
        raise RecordRefused("intake.voided_already", record=record_id)
    refuse_locked(row.pack_id, row.on, row.on, final_only=writing.decided)
    row.voided_at, row.voided_by = clock.now(), writing.actor
    row.void_reason = reason.strip()[:500]
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return row


def subject_of(book: Book, row: models.Record) -> Subject:
    """Name a record in the audit trail."""
    return Subject("intake.record", str(row.pk), f"{book.kind(row.kind).title} {row.on}")


def seen(row: models.Record) -> dict[str, Any]:
    """Return what the audit trail keeps of a record."""
    return {"kind": row.kind, "unit": row.unit_id, "on": row.on, "values": row.values}
