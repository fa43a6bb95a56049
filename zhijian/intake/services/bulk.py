"""Writing very many checked records at once: sample data, imports, programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import IntegrityError, transaction

from zhijian.domain.records.record import Record
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record as audit
from zhijian.intake import models
from zhijian.intake.book import Book
from zhijian.intake.names import UnitNames
from zhijian.intake.refusals import RecordRefused
from zhijian.intake.services.gate import hold, refuse_locked
from zhijian.intake.services.rows import Origin, Rows, refuse_unkeepable

_AT_ONCE = 2000


@transaction.atomic
def bulk_enter(*, book: Book, records: Iterable[Record], origin: Origin) -> int:
    """Write records that ``check_rows`` has passed, all or none; return how many.

    The caller has asked what ``origin.author`` may do. A record that is there already by its
    unique key refuses the whole.
    """
    hold(book.pack_id)
    refuse_locked(book.pack_id, book.period.first, book.period.last)
    names, rows, written = UnitNames.load(), Rows(book, origin), 0
    for part in _parts(records):
        written += len(insert(rows, part, names))
    audit(
        actor=origin.author,
        action="intake.bulk_enter",
        subject=Subject("intake.book", f"{book.pack_id}:{book.period.id}", str(book.period)),
        after={"count": written, "source": str(origin.source)},
    )
    return written


def insert(rows: Rows, records: list[Record], names: UnitNames) -> list[models.Record]:
    """Write one part inside the caller's transaction, in the order given."""
    refuse_unkeepable(records)
    built = [rows.build(each, names.id(each.unit) if each.unit else None) for each in records]
    try:
        with transaction.atomic():
            return models.Record.objects.bulk_create(built, batch_size=_AT_ONCE)
    except IntegrityError as error:
        raise RecordRefused("intake.taken_meanwhile") from error


def _parts(records: Iterable[Record]) -> Iterator[list[Record]]:
    waiting = iter(records)
    while part := list(islice(waiting, _AT_ONCE)):
        yield part
