"""Registers are kept per period; what still holds is taken over from the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from zhijian.domain.records.record import Record
from zhijian.foundation import clock
from zhijian.intake import queries
from zhijian.intake.book import Book
from zhijian.intake.models import Source
from zhijian.intake.refusals import RecordRefused
from zhijian.intake.services.access import refuse_stranger
from zhijian.intake.services.bulk import bulk_enter
from zhijian.intake.services.gate import hold
from zhijian.intake.services.rows import Origin, Rows


@transaction.atomic
def carry_register(*, actor: Any, book: Book, kind: str) -> int:
    """Enter every line of a register that the period before had and this one has not."""
    register = book.pack.kinds.get(kind)
    if register is None or not register.is_register:
        raise RecordRefused("intake.unknown_kind", kind=kind)
    refuse_stranger(actor, register, None)
    hold(book.pack_id)
    origin = Origin(Source.FORM, actor, clock.now())
    rows = Rows(book, origin)
    here = {_shape(rows, each) for each in _lines(book, kind)}
    former = Book(book.pack, book.period.previous())
    moved = (replace(each, key="new", on=book.period.last) for each in _lines(former, kind))
    missing = [each for each in moved if _shape(rows, each) not in here]
    return bulk_enter(book=book, records=missing, origin=origin) if missing else 0


def _lines(book: Book, kind: str) -> list[Record]:
    return list(queries.domain_records(book.pack, book.period, kinds=[kind]))


def _shape(rows: Rows, record: Record) -> str:
    kind = rows.book.kind(record.kind)
    return rows.keys.of(kind, record, None) or str(sorted(record.values.items(), key=str))
