"""A stored workbook → what it would do to the records of its period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.domain.problems import Problem
from zhijian.domain.records.record import Record
from zhijian.foundation import clock
from zhijian.foundation.files.queries import open_file
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.wording import say
from zhijian.intake import queries
from zhijian.intake.book import Book
from zhijian.intake.comparing import compare
from zhijian.intake.models import ImportBatch
from zhijian.intake.names import UnitNames
from zhijian.intake.services.access import IMPORT, refuse_stranger
from zhijian.intake.services.imports import Outcome, book_of_batch
from zhijian.intake.workbooks.layout import Layout
from zhijian.intake.workbooks.marking import mark
from zhijian.intake.workbooks.reading import Asked, Workbook, read_workbook
from zhijian.packs import queries as packs

Progress = Callable[[int, int, str], None]


def read_batch(batch: ImportBatch, progress: Progress) -> Outcome:
    """Read and compare; nothing is written, so that a second attempt may start over."""
    book = book_of_batch(batch)
    progress(0, 3, "正在读取工作簿")
    workbook = workbook_of(batch, book)
    progress(1, 3, "正在核对权限")
    actor = accounts.person(batch.author_id) if batch.author_id else None
    records = list(workbook.records())
    names = UnitNames.load()
    problems = [*workbook.problems, *_unallowed(actor, book, records, names)]
    progress(2, 3, "正在与现有记录比较")
    if problems:
        return Outcome((), problems, workbook.notices)
    compared = list(compare(book, records, names, batch.author_id))
    progress(3, 3, "正在保存预览")
    return Outcome(compared, (), workbook.notices)


def workbook_of(batch: ImportBatch, book: Book) -> Workbook:
    """Read the stored file by the layout of the pack."""
    with open_file(batch.file_id or 0) as stored:
        content = stored.read()
    units = queries.unit_names(book, UnitNames.load())
    asked = Asked(book.period, units, queries.registers(book), today=clock.today())
    version = packs.pack_in_force(book.pack_id, book.period.last)
    return read_workbook(content, Layout.of(book.pack), asked, version.digest if version else "")


def _unallowed(
    actor: Any, book: Book, records: Iterable[Record], names: UnitNames
) -> Iterator[Problem]:
    """Yield the first row of each unit and kind that the person may not enter."""
    seen: set[tuple[str, str]] = set()
    for record in records:
        if (record.kind, record.unit) in seen:
            continue
        seen.add((record.kind, record.unit))
        unit_id = names.id(record.unit) if record.unit else None
        try:
            refuse_stranger(actor, book.kind(record.kind), unit_id, IMPORT)
        except Refusal as refusal:
            yield Problem.at(record.key, refusal.code, **refusal.facts)


def marked_workbook(batch: ImportBatch, lang: str) -> bytes:
    """Return the person's own workbook with each problem marked in its cell."""
    with open_file(batch.file_id or 0) as stored:
        content = stored.read()
    problems = [
        Problem.at(each["where"], each["code"], **each["facts"])
        for each in batch.report
        if each["stops"]
    ]
    return mark(content, problems, lambda each: say(each.code, dict(each.facts), lang))
