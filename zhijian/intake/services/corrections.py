"""Corrections that a decision from above demands: the committee upholds an objection."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.domain.records.cells import Cell
from zhijian.foundation.audit.services import record as audit
from zhijian.intake import models, queries
from zhijian.intake.book import Book
from zhijian.intake.names import UnitNames
from zhijian.intake.refusals import RecordRefused
from zhijian.intake.services.gate import hold
from zhijian.intake.services.given import overrule
from zhijian.intake.services.records import Entry, Writing, seen, subject_of, void, write_anew
from zhijian.intake.services.restoring import Days

DECIDE = "assessments.decide_objection"


@transaction.atomic
def correct_record(
    *, actor: Any, book: Book, record_id: int, values: Mapping[str, Cell], reason: str
) -> models.Record:
    """Write a record anew with some fields changed, because an objection was upheld.

    Asks for the right to decide objections instead of the right to enter records.
    """
    hold(book.pack_id)
    former = _former(actor, book, record_id, reason)
    cells = {**cells_of(book, former), **values}
    entry = Entry(former.kind, cells, former.note)
    overrule(former)
    writing = Writing(actor, book, former, decided=True)
    return write_anew(writing, entry, "intake.correct", reason)


@transaction.atomic
def strike_record(*, actor: Any, book: Book, record_id: int, reason: str) -> models.Record:
    """Let a record count no more, because an objection was upheld."""
    hold(book.pack_id)
    row = _former(actor, book, record_id, reason)
    overrule(row)
    audit(
        actor=actor, action="intake.strike", subject=subject_of(book, row),
        before=seen(row), after={"reason": reason},
    )  # fmt: skip
    return row


def label_for_objection(
    record_id: int,
    unit_id: int | None = None,
    kinds: Collection[str] | None = None,
    days: Days | None = None,
) -> str | None:
    """Return what to call a record in force that counts for a unit, or nothing.

    It is one of the unit itself or one that all units share, of one of the kinds and on the days.
    """
    row = queries.record(record_id)
    fits = (
        row is not None
        and not row.is_voided
        and (unit_id is None or row.unit_id in (unit_id, None))
        and (kinds is None or row.kind in kinds)
        and (days is None or _lies_within(row, days))
    )
    return f"#{record_id} {row.on:%Y-%m-%d}" if fits and row else None


def _lies_within(row: models.Record, days: Days) -> bool:
    return row.pack_id == days.pack_id and days.first <= row.on <= days.last


def cells_of(book: Book, row: models.Record) -> dict[str, Cell]:
    """Return what a person would enter to get the record, for entering it anew."""
    kind = book.kind(row.kind)
    cells: dict[str, Cell] = {field.id: row.values.get(field.id, "") for field in kind.fields}
    if not kind.is_register:
        cells["unit"] = UnitNames.load().name(row.unit_id)
    if kind.dated == "month":
        cells["month"] = f"{row.on:%Y-%m}"
    elif kind.dated == "day":
        cells["on"] = row.on
    return cells


def _former(actor: Any, book: Book, record_id: int, reason: str) -> models.Record:
    if actor is not None and not accounts.may(actor, DECIDE):
        raise RecordRefused("intake.may_not_correct")
    return void(Writing(actor, book, decided=True), record_id, reason)
