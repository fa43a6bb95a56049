"""Reading the records of a period. Other rooms ask here and in ``facts``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from zhijian.domain.dates.period import Period
from zhijian.domain.records import record as domain
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.regulation.pack import Pack
from zhijian.intake import to_domain
from zhijian.intake.book import Book
from zhijian.intake.models import (
    NUMBER_SLOTS,
    TEXT_SLOTS,
    FieldSlot,
    FromCase,
    ImportBatch,
    PeriodLock,
    Record,
    StagedRow,
)
from zhijian.intake.names import UnitNames
from zhijian.intake.slots import Slot
from zhijian.organizations import queries as organizations
from zhijian.organizations.queries import UnitRef
from zhijian.packs import queries as packs

COLUMNS = (*NUMBER_SLOTS, *TEXT_SLOTS)
#: So many records entered by hand are compared with those of cases on one page.
COMPARED = 500


def book_of(pack_id: str, period: Period) -> Book | None:
    """Return the book of a pack and a period under the version in force on the last day."""
    version = packs.pack_in_force(pack_id, period.last)
    return None if version is None else Book(packs.typed(version.id), period)


def book_of_record(row: Record) -> Book | None:
    """Return the book in which a record stands: the one of the shortest period assessed."""
    turn = (row.unique_key or "").partition("\x1f")[0]
    if turn:
        return book_of(row.pack_id, Period.parse(turn))
    month = Period.containing(row.on, "month")
    book = book_of(row.pack_id, month)
    return None if book is None else book_of(row.pack_id, _period_around(book, row))


def _period_around(book: Book, row: Record) -> Period:
    turn = Period.parse(book.turn(row.on))
    return turn if turn.contains(row.on) else book.period


def units_of(book: Book) -> tuple[UnitRef, ...]:
    """Return the units whose records the book collects: those named by the pack or following it."""
    if book.pack.header.units:
        found = organizations.units_by_name(book.pack.header.units)
        return tuple(unit for name in book.pack.header.units for unit in found.get(name, ()))
    ids = packs.units_following(book.pack_id, book.period.last)
    return tuple(unit for unit in organizations.all_units() if unit.id in ids)


def unit_names(book: Book, names: UnitNames) -> frozenset[str]:
    """Return the units that records may name: those of the book, or all while it has none."""
    own = names.names(unit.id for unit in units_of(book))
    return own or names.names()


def in_force(pack_id: str, period: Period) -> QuerySet[Record]:
    """Return the records of a period that count, in no order."""
    first, last = period.first, period.last
    rows = Record.objects.filter(
        pack_id=pack_id,
        voided_at=None,
        month__gte=first.year * 100 + first.month,
        month__lte=last.year * 100 + last.month,
    )
    return rows if period.kind != "custom" else rows.filter(on__gte=first, on__lte=last)


def records(
    pack_id: str,
    period: Period,
    kinds: Collection[str] | None = None,
    unit_ids: Collection[int] | None = None,
) -> QuerySet[Record]:
    """Return the records of a period that count, oldest entry first.

    ``unit_ids`` limits them to units; records of registers belong to no unit and always show.
    """
    rows = in_force(pack_id, period).order_by("pk")
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    if unit_ids is not None:
        rows = rows.filter(unit__in=unit_ids) | rows.filter(unit=None)
    return rows


def domain_records(
    pack: Pack,
    period: Period,
    unit_ids: Collection[int] | None = None,
    kinds: Collection[str] | None = None,
) -> Iterator[domain.Record]:
    """Yield the records of a period as the domain knows them, oldest entry first."""
    rows = records(pack.id, period, list(kinds or pack.kinds), unit_ids)
    shaped = rows.values_list(*to_domain.SHAPE).iterator(5000)
    return to_domain.records_of(shaped, pack.kinds, UnitNames.load())


def record(record_id: int) -> Record | None:
    """Return one record, voided or not, or nothing."""
    return Record.objects.filter(pk=record_id).select_related("author", "voided_by").first()


def record_of_case(pack_id: str, kind: str, case_id: int) -> Record | None:
    """Return the record in force that a case gave, or nothing."""
    rows = Record.objects.filter(pack_id=pack_id, kind=kind, case_id=case_id, voided_at=None)
    return rows.first()


def cases_of(record_ids: Collection[int]) -> dict[int, int]:
    """Return the cases that gave some records, by the ids of the records."""
    rows = Record.objects.filter(pk__in=record_ids).exclude(case=None)
    return dict(rows.values_list("pk", "case_id"))


def records_of_case(case_id: int) -> tuple[Record, ...]:
    """Return every record in force that a case gave, of whatever regulation."""
    rows = Record.objects.filter(case_id=case_id, voided_at=None)
    return tuple(rows.select_related("unit").order_by("pack_id", "kind"))


def waiting_cases(
    pack_id: str, period: Period, unit_ids: Collection[int] | None = None
) -> QuerySet[FromCase]:
    """Return the cases of a period that are still to be decided, or that no record agrees with."""
    open_rows = Q(is_settled=False) | Q(is_pending=True)
    days = Q(on__gte=period.first, on__lte=period.last) | Q(on=None)
    rows = FromCase.objects.filter(open_rows, days, pack_id=pack_id)
    return rows if unit_ids is None else rows.filter(Q(unit__in=unit_ids) | Q(unit=None))


def given_by_case(case_id: int) -> tuple[FromCase, ...]:
    """Return what a case gives, for every kind of record that it may give."""
    return tuple(FromCase.objects.filter(case_id=case_id).order_by("pack_id", "kind"))


def alike(book: Book, unit_ids: Collection[int] | None = None) -> tuple[tuple[Record, Record], ...]:
    """Return pairs of a record entered by hand and one of a case that look like one thing.

    Of those entered by hand the latest are compared, as many as a person could look through.
    """
    kinds = {kind.id: kind for kind in book.pack.kinds.values() if kind.sources and kind.same}
    if not kinds:
        return ()
    rows = records(book.pack_id, book.period, list(kinds), unit_ids).select_related("unit")
    typed = list(rows.filter(case=None).order_by("-on", "-pk")[:COMPARED])
    if not typed:
        return ()
    beside = rows.exclude(case=None)
    if all("on" in kind.same for kind in kinds.values()):
        beside = beside.filter(on__gte=typed[-1].on, on__lte=typed[0].on)
    given = {_likeness(row, kinds[row.kind]): row for row in beside}
    pairs = ((row, given.get(_likeness(row, kinds[row.kind]))) for row in typed)
    return tuple((row, found) for row, found in pairs if found is not None)


def _likeness(row: Record, kind: RecordKind) -> tuple[object, ...]:
    placed: dict[str, object] = {"unit": row.unit_id, "on": row.on, "month": row.month}
    return (row.kind, *(placed.get(name, row.values.get(name)) for name in kind.same))


def history(row: Record) -> tuple[Record, ...]:
    """Return a record with everything it replaced and was replaced by, oldest first."""
    chain = [row]
    while chain[0].replaces_id:
        chain.insert(0, Record.objects.select_related("author", "voided_by").get(
            pk=chain[0].replaces_id
        ))  # fmt: skip
    while True:
        later = Record.objects.select_related("author").filter(replaces=chain[-1]).first()
        if later is None:
            return tuple(chain)
        chain.append(later)


def registers(book: Book) -> dict[str, frozenset[str]]:
    """Return the known values of each register of the period, by ``kind.field``."""
    kinds = [kind for kind in book.pack.kinds.values() if kind.is_register]
    known: dict[str, set[str]] = {
        f"{kind.id}.{field.id}": set() for kind in kinds for field in kind.fields
    }
    if kinds:
        rows = in_force(book.pack_id, book.period).filter(kind__in=[kind.id for kind in kinds])
        for kind, values in rows.values_list("kind", "values"):
            for field, text in values.items():
                known.setdefault(f"{kind}.{field}", set()).add(text)
    return {name: frozenset(values) for name, values in known.items()}


def counts(book: Book) -> dict[tuple[str, int | None, int], int]:
    """Return how many records there are by kind, unit and month."""
    rows = (
        in_force(book.pack_id, book.period)
        .order_by()
        .values_list("kind", "unit_id", "month")
        .annotate(count=Count("pk"))
    )
    return {(kind, unit, month): count for kind, unit, month, count in rows}


def slots(pack_id: str, kinds: Iterable[str] | None = None) -> dict[str, dict[str, Slot]]:
    """Return which field of which kind lies in which column."""
    rows = FieldSlot.objects.filter(pack_id=pack_id)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    found: dict[str, dict[str, Slot]] = {}
    for row in rows:
        found.setdefault(row.kind, {})[row.field] = Slot(row.column, row.holds)
    return found


def holders(pack_id: str, kind: str, keys: Collection[str]) -> Mapping[str, Record]:
    """Return the records that hold unique keys."""
    rows = Record.objects.filter(pack_id=pack_id, kind=kind, voided_at=None)
    found: dict[str, Record] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), 500):
        part = rows.filter(unique_key__in=wanted[start : start + 500]).select_related("author")
        found.update({row.unique_key or "": row for row in part})
    return found


def batches(book: Book) -> QuerySet[ImportBatch]:
    """Return the imports of a book, the latest first."""
    return (
        ImportBatch.objects.filter(pack_id=book.pack_id, period=book.period.id)
        .select_related("author")
        .order_by("-pk")
    )


def batch(batch_id: int) -> ImportBatch | None:
    """Return one import, or nothing."""
    return ImportBatch.objects.filter(pk=batch_id).select_related("author").first()


def staged(batch_id: int, verdict: str = "") -> QuerySet[StagedRow]:
    """Return the rows of an import that wait, in the order of the workbook."""
    rows = StagedRow.objects.filter(batch_id=batch_id).select_related("unit", "stands__author")
    return (rows.filter(verdict=verdict) if verdict else rows).order_by("pk")


def lock_on(
    pack_id: str, first: date, last: date, *, final_only: bool = False
) -> PeriodLock | None:
    """Return a lock that closes any of the days, a final one before others, or nothing."""
    rows = PeriodLock.objects.filter(
        pack_id=pack_id, lifted_at=None, first__lte=last, last__gte=first
    )
    if final_only:
        rows = rows.filter(is_final=True)
    return rows.order_by("-is_final", "pk").first()


def changed_since(pack_id: str, period: Period, since: datetime) -> QuerySet[Record]:
    """Return the records of a period that came in, or count no more, after a moment.

    What came in and was voided again after it changes nothing.
    """
    first, last = period.first, period.last
    rows = Record.objects.filter(
        pack_id=pack_id,
        month__gte=first.year * 100 + first.month,
        month__lte=last.year * 100 + last.month,
        on__gte=first,
        on__lte=last,
    )
    came = Q(entered_at__gt=since, voided_at=None)
    went = Q(entered_at__lte=since, voided_at__gt=since)
    return rows.filter(came | went)


def is_locked(pack_id: str, period: Period) -> bool:
    """Tell whether records of the period can no longer be entered or changed."""
    return lock_on(pack_id, period.first, period.last) is not None
