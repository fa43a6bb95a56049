"""Files that prove a record: kept with who added them and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhijian.foundation.files.queries import FileRef
from zhijian.foundation.files.services import Owner, store_file
from zhijian.intake import queries
from zhijian.intake.book import Book
from zhijian.intake.refusals import RecordRefused
from zhijian.intake.services.access import refuse_stranger
from zhijian.intake.services.gate import refuse_locked

OWNER = "intake.record"


@transaction.atomic
def add_evidence(
    *, actor: Any, book: Book, record_id: int, uploads: Iterable[File]
) -> list[FileRef]:
    """Keep files with a record, all of them or none."""
    row = queries.record(record_id)
    if row is None or row.pack_id != book.pack_id:
        raise RecordRefused("intake.unknown_record", record=record_id)
    refuse_stranger(actor, book.kind(row.kind), row.unit_id)
    refuse_locked(book.pack_id, row.on, row.on)
    owner = Owner(OWNER, str(record_id))
    return [store_file(upload=each, owner=owner, uploader=actor) for each in uploads]
