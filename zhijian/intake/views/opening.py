"""What every page of the room begins with: which book, who looks, which units they see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from zhijian.accounts import queries as accounts
from zhijian.domain.dates.period import Period
from zhijian.domain.records.kind import RecordKind
from zhijian.intake import queries
from zhijian.intake.book import Book
from zhijian.intake.models import Record
from zhijian.organizations.queries import UnitRef


def book_or_404(pack_id: str, period: str) -> Book:
    """Return the book that an address names."""
    try:
        book = queries.book_of(pack_id, Period.parse(period))
    except ValueError as error:
        raise Http404 from error
    if book is None:
        raise Http404
    return book


def kind_or_404(book: Book, kind: str) -> RecordKind:
    """Return the kind of record that an address names."""
    if kind not in book.pack.kinds:
        raise Http404
    return book.kind(kind)


def seen_units(user: Any, permission: str = "records.view") -> frozenset[int] | None:
    """Return the units whose records a person may see; nothing means all of them."""
    allowed = accounts.units_allowed(user, permission)
    return None if allowed is accounts.ALL else frozenset(allowed)


def units_of(user: Any, book: Book, permission: str = "records.view") -> tuple[UnitRef, ...]:
    """Return the units of a book that a person may see, or enter for."""
    only = seen_units(user, permission)
    found = queries.units_of(book)
    return tuple(unit for unit in found if only is None or unit.id in only)


def record_or_404(request: HttpRequest, record_id: int) -> tuple[Record, Book]:
    """Return a record somebody may see, with its book."""
    row = queries.record(record_id)
    if row is None:
        raise Http404
    only = seen_units(request.user)
    if only is not None and row.unit_id is not None and row.unit_id not in only:
        raise Http404
    book = queries.book_of_record(row)
    if book is None or row.kind not in book.pack.kinds:
        raise Http404
    return row, book


def day_words(kind: RecordKind, on: date) -> str:
    """Return the month of a monthly record, the day of any other."""
    return f"{on:%Y-%m}" if kind.dated == "month" else on.isoformat()
