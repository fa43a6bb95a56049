"""Incident bulletins: what every unit learns from an incident, and which have taken note."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts.access import requires
from zhijian.cases import queries as cases
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_in
from zhijian.incidents import queries, services
from zhijian.incidents.forms import NoteForm
from zhijian.incidents.lessons import lessons

_PER_PAGE = 30


@require_safe
@requires("cases.view")
def bulletins(request: HttpRequest) -> HttpResponse:
    """List every bulletin, the latest first, and what the person still has to take note of."""
    page = Paginator(queries.bulletins(), _PER_PAGE).get_page(request.GET.get("page"))
    owed = set(queries.owed_by(request.user).values_list("bulletin_id", flat=True))
    lines = [
        {"row": row, "words": cases.words_of(row.case), "is_owed": row.pk in owed} for row in page
    ]
    return render(request, "incidents/bulletins.html", {"page_obj": page, "lines": lines})


@require_safe
@requires("cases.view")
def bulletin(request: HttpRequest, bulletin_id: int) -> HttpResponse:
    """Show what a bulletin says, and the units that have taken note."""
    return _show(request, bulletin_id, NoteForm())


@require_POST
@requires("cases.act")
def note(request: HttpRequest, bulletin_id: int) -> HttpResponse:
    """Take note of a bulletin for every unit that the person looks after."""
    form = NoteForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            count = services.take_note(
                actor=request.user, bulletin_id=bulletin_id, at=clock.now(), **form.cleaned_data
            )
            told = ngettext("已代表 %(n)d 个单位签收。", "已代表 %(n)d 个单位签收。", count)
            messages.success(request, told % {"n": count})
            return redirect("incidents:bulletin", bulletin_id=bulletin_id)
    return _show(request, bulletin_id, form)


def _show(request: HttpRequest, bulletin_id: int, form: NoteForm) -> HttpResponse:
    row = queries.bulletin(bulletin_id)
    if row is None:
        raise Http404
    context = {
        "row": row,
        "words": cases.words_of(row.case),
        "parts": lessons(row),
        "acknowledgements": queries.acknowledgements(row),
        "owed": list(queries.owed_by(request.user, row.pk)),
        "form": form,
        "is_seen": cases.case_for(request.user, row.case_id) is not None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "incidents/bulletin.html", context, status=status)
