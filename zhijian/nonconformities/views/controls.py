"""Counts against control numbers."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijian.accounts.access import requires
from zhijian.foundation import clock
from zhijian.nonconformities import queries

_DAYS = 370


@require_safe
@requires("cases.view")
def controls(request: HttpRequest) -> HttpResponse:
    """Show each count with its limit, the cases it counts, and what was proposed."""
    since = clock.today() - timedelta(days=_DAYS)
    found = queries.standings(request.user, since)
    if request.GET.get("over"):
        found = tuple(each for each in found if each.exceeds)
    context = {"standings": found, "only_over": bool(request.GET.get("over"))}
    return render(request, "nonconformities/controls.html", context)
