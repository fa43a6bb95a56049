"""Reading the audit trail, and proving that nobody touched it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from zhijian.foundation.audit import chain
from zhijian.foundation.audit.facts import plain
from zhijian.foundation.audit.models import AuditEntry, AuditHead

_DIGESTED = (
    "number",
    "at",
    "actor_id",
    "actor",
    "action",
    "subject_kind",
    "subject_key",
    "subject_label",
    "before",
    "after",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit entry as others may read it."""

    number: int
    at: datetime
    actor_id: int | None
    actor: str
    action: str
    subject_kind: str
    subject_key: str
    subject_label: str
    before: Any
    after: Any
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What checking the chain found; ``broken_at`` is the first entry that does not fit."""

    entries: int
    broken_at: int | None
    reason: str
    last_hash: str

    @property
    def is_sound(self) -> bool:
        """Tell whether every entry fits the one before it and the end is where it should be."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class Filter:
    """What an auditor looks for; empty fields do not restrict."""

    text: str = ""
    action: str = ""
    first: date | None = None
    last: date | None = None


def find(wanted: Filter) -> QuerySet[AuditEntry]:
    """Return the entries that match, latest first."""
    rows = AuditEntry.objects.order_by("-number")
    if wanted.text:
        rows = rows.filter(
            Q(actor__icontains=wanted.text)
            | Q(subject_label__icontains=wanted.text)
            | Q(subject_key__icontains=wanted.text)
        )
    if wanted.action:
        rows = rows.filter(action__startswith=wanted.action)
    if wanted.first:
        rows = rows.filter(at__date__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(at__date__lte=wanted.last)
    return rows


def of_subject(kind: str, key: str) -> list[Entry]:
    """Return what happened to one thing, oldest first."""
    rows = AuditEntry.objects.filter(subject_kind=kind, subject_key=key).order_by("number")
    return [as_entry(row) for row in rows]


def as_entry(row: AuditEntry) -> Entry:
    """Return a row as a value."""
    return Entry(**{name: getattr(row, name) for name in Entry.__slots__})


def verify_chain() -> ChainReport:
    """Redo every digest from the first entry on and compare the end with the head."""
    previous, count = chain.START, 0
    for row in _rows():
        reason = _fault(row, count + 1, previous)
        if reason:
            return ChainReport(count, row.number, reason, previous)
        previous, count = row.hash, count + 1
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if (head.number, head.hash) != (count, previous):
        return ChainReport(count, count + 1, "audit.end_missing", previous)
    return ChainReport(count, None, "", previous)


def _rows() -> Iterator[AuditEntry]:
    return AuditEntry.objects.order_by("number").iterator(chunk_size=2000)


def _fault(row: AuditEntry, expected: int, previous: str) -> str:
    if row.number != expected:
        return "audit.entry_missing"
    if row.previous_hash != previous:
        return "audit.link_broken"
    told = plain({name: getattr(row, name) for name in _DIGESTED})
    return "" if row.hash == chain.digest(previous, told) else "audit.entry_changed"
