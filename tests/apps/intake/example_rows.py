"""Rows for the addresses of this room, which the access table tries as everybody."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import call_command

from tests.people import People
from zhijian.intake import queries, services
from zhijian.intake.models import ImportBatch, Record
from zhijian.intake.services import Entry

from .books import PACKS, quarterly

BOOK = quarterly()
_BOOK = {"pack_id": BOOK.pack_id, "period": BOOK.period.id}


def _book(people: People) -> dict[str, Any]:
    call_command("load_packs", str(PACKS / BOOK.pack_id), stdout=io.StringIO())
    return dict(_BOOK)


def _kind(people: People) -> dict[str, Any]:
    return {**_book(people), "kind": "self_check"}


def _register(people: People) -> dict[str, Any]:
    return {**_book(people), "kind": "key_customer"}


def _export(people: People) -> dict[str, Any]:
    return {**_kind(people), "form": "csv"}


def _record(people: People) -> dict[str, Any]:
    _book(people)
    row = Record.objects.filter(unit=people.unit, voided_at=None).first()
    if row is None:
        told = {"unit": people.unit.name, "month": "2024-01", "score": "96"}
        row = services.enter_record(actor=people.clerk, book=BOOK, entry=Entry("self_check", told))
    return {"record_id": row.pk}


def _batch(people: People) -> dict[str, Any]:
    _book(people)
    batch: ImportBatch | None = queries.batches(BOOK).first()
    if batch is None:
        upload = ContentFile("记录".encode(), name="records.csv")
        batch = services.upload_workbook(actor=people.clerk, book=BOOK, upload=upload)
    return {"batch_id": batch.pk}


EXAMPLES: dict[str, Callable[[People], dict[str, Any]]] = {
    "api-records": _book,
    "api-records-batch": _book,
    "intake:batch": _batch,
    "intake:book": _book,
    "intake:carry": _register,
    "intake:change": _record,
    "intake:commit": _batch,
    "intake:discard": _batch,
    "intake:enter": _kind,
    "intake:evidence": _record,
    "intake:export": _export,
    "intake:imports": _book,
    "intake:marked": _batch,
    "intake:record": _record,
    "intake:records": _kind,
    "intake:sum": _kind,
    "intake:template": _book,
    "intake:undo": _batch,
    "intake:void": _record,
}
