"""Pages of the budget books."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.foundation import clock
from zhijian.foundation.charts import Gauge, Limit
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.outcomes import queries, services
from zhijian.outcomes.forms import ReasonForm, SpendForm


@require_safe
@requires("outcomes.view")
def books(request: HttpRequest) -> HttpResponse:
    """List the budgets of the regulations in force."""
    if not queries.sees_books(request.user):
        raise Http404
    return render(request, "outcomes/books.html", {"books": queries.books(clock.today())})


@require_safe
@requires("outcomes.view")
def book(request: HttpRequest, pack_id: str, budget_id: str) -> HttpResponse:
    """Show a budget in one period: gauge, items, and the form to spend."""
    if not queries.sees_books(request.user):
        raise Http404
    return _show(request, pack_id, budget_id, SpendForm(initial={"spent_on": clock.today()}))


@require_http_methods(["POST"])
@requires("outcomes.spend_budget")
def spend(request: HttpRequest, pack_id: str, budget_id: str) -> HttpResponse:
    """Book an item."""
    form = SpendForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_in(form):
            row = services.spend(
                actor=request.user, pack_id=pack_id, budget_id=budget_id, item=form.item()
            )
            messages.success(request, _("已登记支出。"))
            return redirect(_address(pack_id, budget_id, row.spent_on))
    return _show(request, pack_id, budget_id, form)


@require_POST
@requires("outcomes.spend_budget")
def take_back(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item back."""
    found = queries.item(item_id)
    if found is None:
        raise Http404
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusal_above(request):
            services.take_back(
                actor=request.user, item_id=item_id, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("已冲回支出。"))
    else:
        messages.error(request, _("请写明冲回的理由。"))
    return redirect(_address(found.book.pack_id, found.book.budget, found.spent_on))


def _address(pack_id: str, budget_id: str, day: date) -> str:
    path = reverse("outcomes:book", kwargs={"pack_id": pack_id, "budget_id": budget_id})
    return f"{path}?on={day.isoformat()}"


def _show(request: HttpRequest, pack_id: str, budget_id: str, form: SpendForm) -> HttpResponse:
    day = _day(request.GET.get("on", ""))
    view = queries.book_view(pack_id, budget_id, day)
    if view is None:
        raise Http404
    context = {
        "book": view,
        "chart": _gauge(view),
        "form": form,
        "earlier": view.period.previous().first,
        "later": view.period.next().first if view.period.last < clock.today() else None,
        "may_spend": accounts.may(request.user, "outcomes.spend_budget"),
    }
    return render(request, "outcomes/book.html", context, status=422 if form.is_bound else 200)


def _day(text: str) -> date:
    try:
        return parse_date(text) or clock.today()
    except ValueError:
        return clock.today()


def _gauge(view: queries.BookView) -> Gauge | None:
    if view.limit is None:
        return None
    return Gauge(
        title=_("已支出"),
        value=view.spent,
        high=view.limit,
        limit=Limit(_("额度"), view.limit),
        unit=_("元"),
    )
