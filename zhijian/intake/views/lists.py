"""Lists of one kind of record, on the page and as a file."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts.access import requires
from zhijian.foundation.language import language
from zhijian.foundation.lists import PLAIN, Column, List, as_file
from zhijian.foundation.refused import refusal_above
from zhijian.intake import services
from zhijian.intake.listing import Listing
from zhijian.intake.models import Record
from zhijian.intake.views.books import frame
from zhijian.intake.views.opening import (
    book_or_404,
    kind_or_404,
    seen_units,
    units_of,
)

_PER_PAGE = 50


def _listing(request: HttpRequest, pack_id: str, period: str, kind: str) -> Listing:
    book = book_or_404(pack_id, period)
    return Listing(book, kind_or_404(book, kind), seen_units(request.user), request.GET.dict())


@require_safe
@requires("records.view")
def records(request: HttpRequest, pack_id: str, period: str, kind: str) -> HttpResponse:
    """Show the records of one kind; filters, order and page stand in the address."""
    listing = _listing(request, pack_id, period, kind)
    page = Paginator(listing.rows(), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, listing.book),
        "kind": listing.kind,
        "title": listing.kind.title.to(language()),
        "listing": listing,
        "page_obj": page,
        "rows": [(row, _cells(listing, row)) for row in page.object_list],
        "totals": _totals(listing),
        "units": units_of(request.user, listing.book),
        "asked": request.GET.dict(),
        "is_filtered": any(v for k, v in request.GET.items() if k not in ("page", "sort")),
        "may_carry": services.may_enter_kind(request.user, listing.kind)
        and listing.kind.is_register,
    }
    return render(request, "intake/records.html", context)


def _cells(listing: Listing, row: Record) -> list[dict[str, object]]:
    return [
        {"text": text, "is_number": column.is_number}
        for column, text in zip(listing.columns, listing.cells(row), strict=True)
    ]


def _totals(listing: Listing) -> list[tuple[str, str]]:
    """Return sum and mean below each column of numbers."""
    found = listing.totals()
    return [
        (found.get(f"sum.{column.name}", ""), found.get(f"mean.{column.name}", ""))
        for column in listing.columns
    ]


@require_safe
@requires("records.view")
def export(request: HttpRequest, pack_id: str, period: str, kind: str, form: str) -> HttpResponse:
    """Give the list that is seen, all pages of it, as a file."""
    listing = _listing(request, pack_id, period, kind)
    columns = [Column(each.title, PLAIN if each.is_number else "") for each in listing.columns]
    title = listing.kind.title.to(language())
    under = listing.book.pack.header.named(language())
    listed = List(title, columns, listing.lines(), under)
    return as_file(listed, f"{title}-{listing.book.period}", form)


@require_POST
@requires("records.enter")
def carry(request: HttpRequest, pack_id: str, period: str, kind: str) -> HttpResponse:
    """Take over a register from the period before."""
    book = book_or_404(pack_id, period)
    register = kind_or_404(book, kind)
    with refusal_above(request):
        count = services.carry_register(actor=request.user, book=book, kind=register.id)
        words = ngettext("已沿用上期 %(count)s 条。", "已沿用上期 %(count)s 条。", count)
        messages.success(request, words % {"count": count} if count else _("没有可沿用的条目。"))
    return redirect("intake:records", pack_id=pack_id, period=period, kind=kind)
