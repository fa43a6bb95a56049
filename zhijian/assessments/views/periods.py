"""The list of assessments, and opening a period."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.assessments import forms, queries
from zhijian.assessments.services import opening
from zhijian.assessments.words import period_title
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_in

_PER_PAGE = 24


@require_safe
@requires("assessments.view")
def assessments(request: HttpRequest) -> HttpResponse:
    """List the assessments of all periods."""
    rows = queries.assessments_seen(request.user)
    pack = request.GET.get("pack", "")
    if pack:
        rows = rows.filter(pack_id=pack)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    lines = [{"assessment": row, "title": period_title(row.period, language())} for row in page]
    context = {
        "page_obj": page,
        "lines": lines,
        "may_open": accounts.may(request.user, "assessments.open_period"),
    }
    return render(request, "assessments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.open_period")
def open_period(request: HttpRequest) -> HttpResponse:
    """Open the assessment of a period."""
    form = forms.OpenPeriod(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pack_id, _, scheme = form.cleaned_data["scheme"].partition("/")
        with refusal_in(form, "period"):
            assessment = opening.open_period(
                actor=request.user,  # type: ignore[arg-type]
                pack_id=pack_id,
                scheme=scheme,
                period=form.cleaned_data["period"],
            )
            return redirect("assessments:matrix", assessment_id=assessment.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/open.html", {"form": form}, status=status)
