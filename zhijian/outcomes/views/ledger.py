"""Pages of the ledger of rewards and penalties."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.assessments import sheet_page
from zhijian.domain.explain.document import from_document
from zhijian.domain.outcomes.typed import limits_of
from zhijian.foundation.language import language
from zhijian.foundation.lists import as_file
from zhijian.foundation.refused import refusal_in
from zhijian.organizations import queries as organizations
from zhijian.outcomes import queries, services
from zhijian.outcomes.exports import ledger_list
from zhijian.outcomes.forms import AmountForm, ReasonForm
from zhijian.outcomes.models import Kind, LedgerEntry
from zhijian.packs import queries as packs
from zhijian.packs.printing import limits_in_words

_PER_PAGE = 50


def _wanted(request: HttpRequest) -> queries.Wanted:
    unit = request.GET.get("unit", "")
    kind = request.GET.get("kind", "")
    return queries.Wanted(
        period=request.GET.get("period", "")[:24],
        unit=int(unit) if unit.isdecimal() and len(unit) < 10 else None,
        kind=kind if kind in Kind.values else "",
        text=request.GET.get("q", "").strip()[:60],
        awaiting=request.GET.get("awaiting") == "1",
    )


@require_safe
@requires("outcomes.view")
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the entries that match, with their totals."""
    wanted = _wanted(request)
    rows = queries.entries_seen(request.user, wanted)
    context = {
        "page_obj": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "totals": queries.totals(rows),
        "wanted": wanted,
        "periods": queries.periods_seen(request.user),
        "units": organizations.unit_refs(request.user, "outcomes.view"),
        "kinds": Kind.choices,
        "has_capitals": language() == "zh",
        "awaiting": queries.awaiting(request.user),
        "sees_all": accounts.units_allowed(request.user, "outcomes.view") is accounts.ALL,
    }
    return render(request, "outcomes/ledger.html", context)


@require_safe
@requires("outcomes.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send exactly the rows that the page shows, all pages of them."""
    rows = queries.entries_seen(request.user, _wanted(request))
    return as_file(ledger_list(rows), "ledger", form)


@require_safe
@requires("outcomes.view")
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Show one entry: amount, working-out, who proposed and approved it."""
    return _show(request, _entry_or_404(request.user, entry_id), ReasonForm())


@require_POST
@requires("assessments.approve")
def reverse(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Take an entry back."""
    found = _entry_or_404(request.user, entry_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            reversal = services.reverse(
                actor=request.user, entry_id=entry_id, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("已冲销，冲销记录见本页。"))
            return redirect("outcomes:entry", entry_id=reversal.pk)
    return _show(request, found, form)


@require_POST
@requires("outcomes.type_amount")
def amount(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Type the amount that an entry leaves open."""
    found = _entry_or_404(request.user, entry_id)
    form = AmountForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        with refusal_in(form):
            booked = services.type_amount(actor=request.user, entry_id=entry_id, **told)
            messages.success(request, _("已填写金额并记入台账。"))
            return redirect("outcomes:entry", entry_id=booked.pk)
    return _show(request, found, ReasonForm(), form)


def _show(
    request: HttpRequest,
    found: LedgerEntry,
    form: ReasonForm,
    amount_form: AmountForm | None = None,
) -> HttpResponse:
    standing = not found.is_reversal and not hasattr(found, "reversed_by")
    turn = queries.turn_of(found)
    context = {
        "entry": found,
        "rows": sheet_page.rows(
            from_document(found.working),
            sheet_page.Reader(language(), packs.english_words(found.assessment, language())),
        ),
        "form": form,
        "former": turn.former,
        "successor": turn.successor,
        "stands_on_former": standing and found.assessment.is_superseded,
        "may_reverse": standing and accounts.may(request.user, "assessments.approve"),
        "typed": queries.typed_for(found),
        "limits": _limits(found),
        "may_type": queries.may_type(request.user, found),
        "amount_form": amount_form or AmountForm(),
    }
    status = 422 if form.is_bound or amount_form is not None else 200
    return render(request, "outcomes/entry.html", context, status=status)


def _limits(found: LedgerEntry) -> str:
    """Say within which limits the amount of an entry is typed; nothing where it is worked out."""
    limits = limits_of(from_document(found.working))
    return "" if limits is None else limits_in_words(limits, language())


def _entry_or_404(user: Any, entry_id: int) -> LedgerEntry:
    found = queries.entry_for(user, entry_id)
    if found is None:
        raise Http404
    return found
