"""What cases give, in words: on the page of a case, and on that of a period."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.cases.bearing import Bearing
from zhijian.domain.casework.recording import SECRET
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.records.source import NOTHING
from zhijian.foundation.language import language
from zhijian.foundation.wording import say
from zhijian.intake import queries
from zhijian.intake.book import Book
from zhijian.intake.models import FromCase, Record


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case of a period that is still to be decided or not counted as it is, and why.

    ``url`` is empty for who may not see the case: its number is all they learn.
    """

    number: str
    url: str
    unit: str
    kind: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """A record entered by hand that looks like one of a case."""

    typed: int
    given: int
    unit: str
    on: str


def waiting_in(user: Any, book: Book, unit_ids: Iterable[int] | None) -> list[Waiting]:
    """Return what a person should know of the cases of a book, in the order of their numbers."""
    ids = None if unit_ids is None else list(unit_ids)
    rows = list(queries.waiting_cases(book.pack_id, book.period, ids).select_related("unit"))
    known = [row for row in rows if row.kind in book.pack.kinds]
    wanted = {row.case_id for row in known}
    seen, numbers = cases.seen_ids(user, wanted), cases.numbers(wanted)
    found = [
        Waiting(
            numbers[row.case_id],
            reverse("cases:case", args=[row.case_id]) if row.case_id in seen else "",
            row.unit.name if row.unit else "",
            book.kind(row.kind).title.to(language()),
            tuple(_reasons(row)),
        )
        for row in known
    ]
    return sorted(found, key=lambda each: (each.number, each.kind))


def _reasons(row: FromCase) -> Iterable[str]:
    if row.is_pending:
        yield _("尚待认定")
    told = [say(each["code"], each["facts"], language()) for each in row.problems]
    yield from told
    if not row.is_settled and not told:
        yield (
            _("案件不再计入，已审定的结果未变")
            if row.gives == NOTHING
            else _("案件此后有变化，已审定的结果未变")
        )


def alike_in(book: Book, unit_ids: Iterable[int] | None) -> list[Alike]:
    """Return the records entered by hand that a case seems to give as well."""
    ids = None if unit_ids is None else list(unit_ids)
    return [
        Alike(typed.pk, given.pk, typed.unit.name if typed.unit else "", typed.on.isoformat())
        for typed, given in queries.alike(book, ids)
    ]


@dataclass(frozen=True, slots=True)
class Origin:
    """The case that gave a record; ``url`` is empty for who may not see it."""

    number: str
    url: str


def origin_of(user: Any, row: Record) -> Origin | None:
    """Return the case that gave a record, or nothing where it was entered by hand."""
    return origins_of(user, [row.case_id]).get(row.case_id) if row.case_id else None


def origins_of(user: Any, case_ids: Collection[int]) -> dict[int, Origin]:
    """Return cases by their ids, as far as a person may see them."""
    seen, numbers = cases.seen_ids(user, case_ids), cases.numbers(case_ids)
    return {
        key: Origin(number, reverse("cases:case", args=[key]) if key in seen else "")
        for key, number in numbers.items()
    }


def hides(user: Any, row: Record) -> bool:
    """Tell whether a record comes from a case that is a secret to a person.

    What it said before the case became one is then not told either.
    """
    if row.case_id is None:
        return False
    return bool(cases.secret_ids([row.case_id])) and not cases.seen_ids(user, [row.case_id])


def veiled(kind: RecordKind, field: Field, text: str) -> str:
    """Return a text of a record as it is told to who may not see its case."""
    picks = {str(each.fields.get(field.id, "")) for each in kind.sources}
    return SECRET if text and field.type == "text" and picks != {"case.number"} else text


def bearings_of_case(user: Any, case_id: int) -> list[Bearing]:
    """Return the records that a case gives, for those who may see records of the unit."""
    found = []
    for row in queries.given_by_case(case_id):
        if row.unit_id is None or not accounts.may(user, "records.view", row.unit_id):
            continue
        record = queries.record_of_case(row.pack_id, row.kind, case_id)
        book = queries.book_of_record(record) if record else None
        if record is not None and book is not None:
            kind = book.kind(row.kind).title.to(language())
            label = f"{book.pack.header.title.to(language())} · {kind} · {record.on.isoformat()}"
            url = reverse("intake:record", args=[record.pk])
            found.append(Bearing(label, url, tuple(_reasons(row))))
        elif not row.is_settled or row.is_pending:
            found.append(Bearing(_("未计入"), "", tuple(_reasons(row))))
    return found
