"""Pages of compensation: the book, one entry, and what would be owed without a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhijian.accounts.access import requires
from zhijian.cases import queries as cases
from zhijian.cases.step_forms import Offered, StepForm
from zhijian.domain.casework.owing import Owed
from zhijian.domain.casework.paying import trial_of
from zhijian.domain.explain.document import from_document
from zhijian.foundation.language import language
from zhijian.foundation.lists import as_file
from zhijian.organizations import queries as organizations
from zhijian.outcomes import queries
from zhijian.outcomes.compensation_list import compensation_list
from zhijian.outcomes.compensation_page import rows_of, view_of
from zhijian.outcomes.models import CompensationEntry, CompensationWord
from zhijian.packs import queries as packs

_PER_PAGE = 50
_NOBODY = Offered(tuple, tuple)
_FIGURES = 10


def _sought(request: HttpRequest) -> queries.SoughtCompensation:
    asked = request.GET
    word, unit = asked.get("word", ""), asked.get("unit", "")
    return queries.SoughtCompensation(
        word=word if word in CompensationWord.values else "",
        unit=int(unit) if unit.isdecimal() and len(unit) < _FIGURES else None,
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
        text=asked.get("q", "").strip()[:60],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_safe
@requires("outcomes.view_compensation")
def book(request: HttpRequest) -> HttpResponse:
    """Show the entries that match, with what they come to."""
    sought = _sought(request)
    rows = queries.compensation_seen(request.user, sought)
    context = {
        "page_obj": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "totals": queries.compensation_totals(rows),
        "sought": sought,
        "words": CompensationWord.choices,
        "units": organizations.unit_refs(request.user, queries.VIEW_COMPENSATION),
        "has_kinds": bool(queries.compensating_kinds()),
    }
    return render(request, "outcomes/compensation.html", context)


@require_safe
@requires("outcomes.view_compensation")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send exactly the rows that the page shows, all pages of them."""
    rows = queries.compensation_seen(request.user, _sought(request))
    return as_file(compensation_list(rows), "compensation", form)


@require_safe
@requires("outcomes.view_compensation")
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Show one entry with the working-out as it was when it was booked."""
    found = queries.compensation_for(request.user, entry_id)
    if found is None:
        raise Http404
    context = {
        "entry": found,
        "rows": _rows(found),
        "may_see_case": cases.case_for(request.user, found.case_id) is not None,
        "regulation": packs.typed(found.case.pack_version_id).header.title,
    }
    return render(request, "outcomes/compensation_entry.html", context)


@require_safe
@requires("outcomes.view_compensation")
def kinds(request: HttpRequest) -> HttpResponse:
    """Lead to what would be owed, or let choose where several regulations say so."""
    offered = queries.compensating_kinds()
    if len(offered) == 1:
        (only,) = offered
        return redirect("outcomes:owed", pack_id=only.pack_id, kind=only.kind.id)
    return render(request, "outcomes/owed_kinds.html", {"kinds": offered})


@require_safe
@requires("outcomes.view_compensation")
def owed(request: HttpRequest, pack_id: str, kind: str) -> HttpResponse:
    """Work out what would be owed by what is typed; nothing is stored."""
    ref = queries.compensating_kind(pack_id, kind)
    if ref is None:
        raise Http404
    step = trial_of(ref.kind)
    asked = request.GET if any(name in request.GET for name in step.asks) else None
    form = StepForm(ref.kind, step, _NOBODY, data=asked, prefix="")
    del form.fields["key_"]
    for name in step.asks:
        # Which facts are needed depends on the others, and the answer says so.
        form.fields[name].label = ref.kind.facts[name].title.to(language())
    found: Any = None
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in step.asks}
        found = queries.would_be_owed(ref, told)
        if not isinstance(found, Owed):
            form.tell(found or ())
    context = {
        "ref": ref,
        "form": form,
        "rules": ref.kind.compensation.rules if ref.kind.compensation else (),
        "owed": view_of(ref.kind, found) if isinstance(found, Owed) else None,
        "regulation": packs.typed(ref.version_id).header.title,
    }
    status = 422 if form.is_bound and not isinstance(found, Owed) else 200
    return render(request, "outcomes/owed.html", context, status=status)


def _rows(found: CompensationEntry) -> list[Any]:
    if not found.working:
        return []
    kind = packs.typed(found.case.pack_version_id).cases[found.case.kind]
    return rows_of(kind, from_document(found.working))
