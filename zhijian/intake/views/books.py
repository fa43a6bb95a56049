"""The records of a period at a glance: what is there, what is lacking, what that blocks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhijian.accounts.access import requires
from zhijian.domain.dates.period import MONTHS_IN, Period
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.intake import given, queries
from zhijian.intake.book import Book
from zhijian.intake.completeness import matrix_of
from zhijian.intake.services import may_enter_kind
from zhijian.intake.views.opening import book_or_404, seen_units, units_of
from zhijian.packs import queries as packs
from zhijian.packs.queries import VersionRef

_BACK = 8


@dataclass(frozen=True, slots=True)
class Shelf:
    """One regulation and the periods it is assessed in, the latest first."""

    version: VersionRef
    periods: tuple[Period, ...]


@require_safe
@requires("records.view")
def books(request: HttpRequest) -> HttpResponse:
    """Offer every regulation in force with its recent periods."""
    shelves = [_shelf(version, clock.today()) for version in packs.published_packs()]
    wanted = request.GET.get("pack"), request.GET.get("period")
    if all(wanted):
        return redirect("intake:book", pack_id=wanted[0], period=wanted[1])
    shown = [each for each in shelves if each.periods]
    return render(request, "intake/books.html", {"shelves": shown})


def _shelf(version: VersionRef, today: date) -> Shelf:
    pack = packs.typed_ref(version)
    kinds = {kind for scheme in pack.schemes.values() for kind in scheme.periods}
    regular = [kind for kind in MONTHS_IN if kind in kinds]
    if not regular or not pack.kinds:
        return Shelf(version, ())
    period, periods = Period.containing(today, regular[0]), []
    while len(periods) < _BACK and period.last >= version.effective:
        periods.append(period)
        period = period.previous()
    return Shelf(version, tuple(periods))


@require_safe
@requires("records.view")
def book(request: HttpRequest, pack_id: str, period: str) -> HttpResponse:
    """Show which records of a period are there and which are lacking."""
    found = book_or_404(pack_id, period)
    today = clock.today()
    units, seen = units_of(request.user, found), seen_units(request.user)
    matrix = matrix_of(found, units, queries.counts(found), f"{today:%Y-%m}")
    waiting = given.waiting_in(request.user, found, seen)
    context = {
        **frame(request, found),
        "matrix": matrix,
        "waiting": waiting,
        "alike": given.alike_in(found, seen),
        "is_complete": matrix.is_complete and not waiting,
        "registers": _registers(found, {each.kind.id for each in matrix.demands}),
        "imports": queries.batches(found)[:3],
        "earlier": found.period.previous(),
        "later": found.period.next() if found.period.last < today else None,
        "sees_all": seen is None,
    }
    return render(request, "intake/book.html", context)


def frame(request: HttpRequest, found: Book) -> dict[str, object]:
    """Return what every page of a book shows."""
    lang = language()
    lock = queries.lock_on(found.pack_id, found.period.first, found.period.last)
    kinds = () if lock else found.pack.kinds.values()
    return {
        "book": found,
        "pack_title": found.pack.header.title.to(lang),
        "period_title": found.period.title(lang),
        "lock": lock,
        "enterable": {kind.id for kind in kinds if may_enter_kind(request.user, kind)},
        "language": language(),
    }


def _registers(found: Book, demanded: Collection[str]) -> list[tuple[object, int]]:
    """Return the registers with their counts; those that are measured stand in the matrix."""
    counts = queries.counts(found)
    return [
        (kind, sum(n for (name, _, _), n in counts.items() if name == kind.id))
        for kind in found.pack.kinds.values()
        if kind.is_register and kind.id not in demanded
    ]
