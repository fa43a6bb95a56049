"""A workbook on its way in: kept, staged, taken in one transaction, undone while it may be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhijian.domain.dates.period import Period
from zhijian.domain.problems import Problem
from zhijian.domain.records.record import Record
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record as audit
from zhijian.foundation.files.services import Owner, store_file
from zhijian.intake import models, queries, to_domain
from zhijian.intake.book import Book
from zhijian.intake.comparing import Compared, compare, tally
from zhijian.intake.models import BatchState, ImportBatch, Source, StagedRow, Verdict
from zhijian.intake.names import UnitNames
from zhijian.intake.refusals import ImportRefused
from zhijian.intake.services.access import IMPORT, refuse_stranger
from zhijian.intake.services.bulk import refuse_unkeepable
from zhijian.intake.services.gate import hold, refuse_locked
from zhijian.intake.services.given import refuse_given
from zhijian.intake.services.restoring import again
from zhijian.intake.services.rows import Origin, Rows

WORKBOOK = "intake.import"
_AT_ONCE = 1000
_SHOWN = 2000
_TAKEN = (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICTING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a workbook came to: rows to take, or problems; notices stop nothing."""

    compared: Sequence[Compared]
    problems: Sequence[Problem]
    notices: Sequence[Problem] = ()


@transaction.atomic
def upload_workbook(*, actor: Any, book: Book, upload: File) -> ImportBatch:
    """Keep a workbook that is to be imported; reading it is the work of a job."""
    refuse_locked(book.pack_id, book.period.first, book.period.last)
    batch = ImportBatch.objects.create(
        pack_id=book.pack_id,
        period=book.period.id,
        file_name=(upload.name or "")[:255],
        digest=hashlib.sha256(upload.read()).hexdigest(),
        author=actor,
        uploaded_at=clock.now(),
    )
    upload.seek(0)
    kept = store_file(upload=upload, owner=Owner(WORKBOOK, str(batch.pk)), uploader=actor)
    batch.file_id = kept.id
    batch.save(update_fields=["file_id"])
    _tell(actor, "intake.upload", batch)
    return batch


@transaction.atomic
def stage_rows(*, batch_id: int, outcome: Outcome) -> None:
    """Put what was read aside for the preview, inside the transaction of the job."""
    batch = _locked(batch_id, BatchState.WAITING, BatchState.STAGED, BatchState.REFUSED)
    batch.rows.all().delete()
    batch.report = [
        {"code": each.code, "where": each.where, "facts": dict(each.facts), "stops": stops}
        for stops, some in ((True, outcome.problems), (False, outcome.notices))
        for each in some[:_SHOWN]
    ]
    batch.counts = {**tally(outcome.compared), "problems": len(outcome.problems)}
    batch.state = BatchState.REFUSED if outcome.problems else BatchState.STAGED
    batch.save(update_fields=["report", "counts", "state"])
    if not outcome.problems:
        rows = (_staged(batch, each) for each in outcome.compared)
        StagedRow.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _staged(batch: ImportBatch, each: Compared) -> StagedRow:
    return StagedRow(
        batch=batch,
        kind=each.record.kind,
        place=each.record.key[:120],
        unit_id=each.unit_id,
        on=each.record.on,
        values=dict(each.texts),
        verdict=each.verdict,
        stands_id=each.stands,
    )


@transaction.atomic
def commit_batch(*, actor: Any, batch_id: int, over_others: bool = False) -> dict[str, int]:
    """Take every staged row, all or none, and only if they still mean what the preview said."""
    pack_id = ImportBatch.objects.values_list("pack_id", flat=True).get(pk=batch_id)
    hold(pack_id)
    batch = _locked(batch_id, BatchState.STAGED)
    book = book_of_batch(batch)
    refuse_locked(book.pack_id, book.period.first, book.period.last)
    _refuse_conflicts(batch, over_others)
    names = UnitNames.load()
    taken = [each for each in _compared_anew(batch, book, names) if each.verdict in _TAKEN]
    if not taken:
        raise ImportRefused("intake.nothing_to_import")
    _refuse_unallowed(actor, book, taken)
    _refuse_given(taken)
    at = clock.now()
    replaced = [each.stands for each in taken if each.stands is not None]
    _void(replaced, actor, at, f"import:{batch.pk}")
    _insert(Rows(book, Origin(Source.WORKBOOK, actor, at, batch)), taken)
    batch.rows.all().delete()
    batch.state, batch.finished_at = BatchState.COMMITTED, at
    batch.save(update_fields=["state", "finished_at"])
    _tell(actor, "intake.import", batch)
    return dict(batch.counts)


@transaction.atomic
def undo_batch(*, actor: Any, batch_id: int) -> None:
    """Void what an import brought and enter again what it replaced, while the period is open."""
    pack_id = ImportBatch.objects.values_list("pack_id", flat=True).get(pk=batch_id)
    hold(pack_id)
    batch = _locked(batch_id, BatchState.COMMITTED)
    period = Period.parse(batch.period)
    refuse_locked(batch.pack_id, period.first, period.last)
    brought = list(batch.records.select_related("replaces"))
    changed = next((row for row in brought if row.is_voided), None)
    if changed is not None:
        raise ImportRefused("intake.batch_changed_since", record=changed.pk)
    book, at = book_of_batch(batch), clock.now()
    for kind, unit_id in {(row.kind, row.unit_id) for row in brought}:
        refuse_stranger(actor, book.kind(kind), unit_id, IMPORT)
    _void([row.pk for row in brought], actor, at, f"undo:{batch.pk}")
    restored = [_again(row, at) for row in brought if row.replaces is not None]
    models.Record.objects.bulk_create(restored, batch_size=_AT_ONCE)
    batch.state, batch.finished_at = BatchState.UNDONE, at
    batch.save(update_fields=["state", "finished_at"])
    _tell(actor, "intake.undo", batch)


@transaction.atomic
def discard_batch(*, actor: Any, batch_id: int) -> None:
    """Leave a workbook that was not taken."""
    batch = _locked(batch_id, BatchState.WAITING, BatchState.STAGED, BatchState.REFUSED)
    batch.rows.all().delete()
    batch.state, batch.finished_at = BatchState.DISCARDED, clock.now()
    batch.save(update_fields=["state", "finished_at"])
    _tell(actor, "intake.discard", batch)


def book_of_batch(batch: ImportBatch) -> Book:
    """Return the book a workbook is for."""
    book = queries.book_of(batch.pack_id, Period.parse(batch.period))
    if book is None:
        raise ImportRefused("intake.unknown_book", pack=batch.pack_id, period=batch.period)
    return book


def _locked(batch_id: int, *states: str) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state not in states:
        raise ImportRefused("intake.batch_not_waiting", state=batch.get_state_display())
    return batch


def _refuse_conflicts(batch: ImportBatch, over_others: bool) -> None:
    conflicts = batch.rows.filter(verdict=Verdict.CONFLICTING).count()
    if conflicts and not over_others:
        raise ImportRefused("intake.conflicts_unconfirmed", count=conflicts)


def _compared_anew(batch: ImportBatch, book: Book, names: UnitNames) -> list[Compared]:
    """Compare the staged rows again; anything that means something else now refuses the whole."""
    rows = list(batch.rows.order_by("pk"))
    promised = {row.place: (row.verdict, row.stands_id) for row in rows}
    now = list(compare(book, _records(rows, book, names), names, batch.author_id))
    for each in now:
        verdict, stands = promised[each.record.key]
        # Equal rows without a key may stand for one another; then only the verdict counts.
        keyed = bool(book.kind(each.record.kind).unique)
        if each.verdict != verdict or (keyed and each.stands != stands):
            raise ImportRefused("intake.changed_meanwhile", place=each.record.key)
    return now


def _records(rows: Iterable[StagedRow], book: Book, names: UnitNames) -> list[Record]:
    return [
        Record(
            row.place, row.kind, names.name(row.unit_id), row.on,
            to_domain.values_of(row.values, book.kind(row.kind)),
        )
        for row in rows
    ]  # fmt: skip


def _refuse_unallowed(actor: Any, book: Book, taken: Iterable[Compared]) -> None:
    for kind, unit_id in {(each.record.kind, each.unit_id) for each in taken}:
        refuse_stranger(actor, book.kind(kind), unit_id, IMPORT)


def _refuse_given(taken: Iterable[Compared]) -> None:
    """Refuse rows that would take the place of what cases give."""
    ids = [each.stands for each in taken if each.stands is not None]
    for start in range(0, len(ids), _AT_ONCE):
        rows = models.Record.objects.filter(pk__in=ids[start : start + _AT_ONCE])
        for row in rows.exclude(case=None)[:1]:
            refuse_given(row)


def _void(ids: Sequence[int], actor: Any, at: Any, reason: str) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        models.Record.objects.filter(pk__in=ids[start : start + _AT_ONCE]).update(
            voided_at=at, voided_by=actor, void_reason=reason
        )


def _insert(rows: Rows, taken: Sequence[Compared]) -> None:
    refuse_unkeepable([each.record for each in taken])
    built = []
    for each in taken:
        row = rows.build(each.record, each.unit_id)
        row.replaces_id = each.stands
        built.append(row)
    models.Record.objects.bulk_create(built, batch_size=_AT_ONCE)


def _again(brought: models.Record, at: Any) -> models.Record:
    """Return a copy of what an imported record replaced, to stand in its place again."""
    former = brought.replaces
    if former is None:
        raise ValueError(f"record {brought.pk} replaced nothing")
    row = again(former, at)
    row.replaces_id = brought.pk
    return row


def _tell(actor: Any, action: str, batch: ImportBatch) -> None:
    subject = Subject("intake.batch", str(batch.pk), batch.file_name)
    told = {"pack": batch.pack_id, "period": batch.period, "digest": batch.digest}
    audit(actor=actor, action=action, subject=subject, after={**told, "counts": batch.counts})


def note_job(*, batch_id: int, job_id: str) -> None:
    """Remember which job works on a batch, for its page."""
    ImportBatch.objects.filter(pk=batch_id).update(job_id=job_id)
