"""Pages of the remedial measures: what is to be put right, by whom, until when."""

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
from zhijian.foundation import clock
from zhijian.foundation.lists import as_file
from zhijian.foundation.refused import refusal_in
from zhijian.organizations import queries as organizations
from zhijian.outcomes import queries, services
from zhijian.outcomes.forms import DoneForm, VerdictForm
from zhijian.outcomes.models import Remedy, RemedyState
from zhijian.outcomes.remedy_list import remedies_list

_PER_PAGE = 50


def _sought(request: HttpRequest) -> queries.Sought:
    state, unit = request.GET.get("state", ""), request.GET.get("unit", "")
    return queries.Sought(
        state=state if state in (*RemedyState.values, queries.OVERDUE) else "",
        unit=int(unit) if unit.isdecimal() and len(unit) < 10 else None,
        text=request.GET.get("q", "").strip()[:60],
    )


@require_safe
@requires("outcomes.view")
def remedies(request: HttpRequest) -> HttpResponse:
    """List the measures that match, the one due first in front."""
    sought, today = _sought(request), clock.today()
    rows = queries.remedies_seen(request.user, sought, today)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [(each, queries.is_late(each, today)) for each in page],
        "load": queries.load(request.user, today),
        "sought": sought,
        "states": [*RemedyState.choices, (queries.OVERDUE, _("已逾期"))],
        "units": organizations.unit_refs(request.user, "outcomes.view"),
    }
    return render(request, "outcomes/remedies.html", context)


@require_safe
@requires("outcomes.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send exactly the rows that the page shows, all pages of them."""
    rows = queries.remedies_seen(request.user, _sought(request), clock.today())
    return as_file(remedies_list(rows, clock.today()), "remedies", form)


@require_safe
@requires("outcomes.view")
def remedy(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """Show one measure: what is ordered, what was done, and what is to be done next."""
    return _show(request, _remedy_or_404(request.user, remedy_id))


@require_POST
@requires("outcomes.do_remedy")
def done(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """Report a measure as done."""
    found = _remedy_or_404(request.user, remedy_id)
    form = DoneForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_in(form):
            services.report_done(actor=request.user, remedy_id=remedy_id, done=form.done())
            messages.success(request, _("已报告完成，等待他人验证。"))
            return redirect("outcomes:remedy", remedy_id=remedy_id)
    return _show(request, found, done=form)


@require_POST
@requires("outcomes.verify_remedy")
def verdict(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """Accept what was reported, or return it."""
    found = _remedy_or_404(request.user, remedy_id)
    form = VerdictForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            services.verify(actor=request.user, remedy_id=remedy_id, **form.cleaned_data)
            messages.success(request, _("已记录验证意见。"))
            return redirect("outcomes:remedy", remedy_id=remedy_id)
    return _show(request, found, verdict=form)


def _show(request: HttpRequest, found: Remedy, **forms: Any) -> HttpResponse:
    user, today = request.user, clock.today()
    steps = queries.steps_of(found)
    context = {
        "remedy": found,
        "entry": found.entry,
        "steps": steps,
        "is_late": queries.is_late(found, today),
        "may_do": found.state == RemedyState.OPEN
        and accounts.may(user, "outcomes.do_remedy", found.entry.unit_id),
        "may_verify": found.state == RemedyState.DONE
        and accounts.may(user, "outcomes.verify_remedy"),
        "is_own": queries.was_reported_by(found, user),
        "done_form": forms.get("done") or DoneForm(initial={"on": today}),
        "verdict_form": forms.get("verdict") or VerdictForm(),
        "bound": next(iter(forms.values()), None),
    }
    return render(request, "outcomes/remedy.html", context, status=422 if forms else 200)


def _remedy_or_404(user: Any, remedy_id: int) -> Remedy:
    found = queries.remedy_for(user, remedy_id)
    if found is None:
        raise Http404
    return found
