"""The ledger by day, month or unit, and the three rates with what they rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhijian.accounts.access import requires
from zhijian.callbacks import queries
from zhijian.callbacks.exports import ledger_list
from zhijian.callbacks.queries import ALL, BY, Line, Wanted
from zhijian.callbacks.showing import rates_of
from zhijian.callbacks.views.lists import wanted_of
from zhijian.domain.callbacks.ledger import STATES
from zhijian.foundation import clock
from zhijian.foundation.lists import as_file
from zhijian.organizations import queries as organizations

_DAYS = 30


@require_safe
@requires("cases.view")
def ledger(request: HttpRequest, by: str) -> HttpResponse:
    """Show the ledger of a span of days, the last thirty unless others are chosen."""
    wanted = _wanted(request, by)
    found = queries.ledger(request.user, wanted, by)
    context = {
        "by": by,
        "ways": [(each, _titles()[each], _query(wanted)) for each in BY],
        "title": _titles()[by],
        "wanted": wanted,
        "lines": [(each, links(each, wanted), rates_of(each.balance)) for each in found.lines],
        "whole": found.whole,
        "whole_links": links(None, wanted),
        "rates": rates_of(found.whole),
        "kinds": [(each.id, each.label) for each in queries.kinds()],
        "units": organizations.unit_refs(request.user, "cases.view"),
        "query": _query(wanted),
    }
    return render(request, "callbacks/ledger.html", context)


@require_safe
@requires("cases.view")
def export(request: HttpRequest, by: str, form: str) -> HttpResponse:
    """Send the ledger as a file."""
    found = queries.ledger(request.user, _wanted(request, by), by)
    return as_file(ledger_list(_titles()[by], found), f"callbacks-{by}", form)


def _wanted(request: HttpRequest, by: str) -> Wanted:
    if by not in BY:
        raise Http404
    asked, today = wanted_of(request.GET, ALL), clock.today()
    last = asked.last or today
    first = asked.first or last - timedelta(days=_DAYS - 1)
    return replace(asked, shown=ALL, first=first, last=last, text="")


def _titles() -> dict[str, str]:
    return {"day": _("按日"), "month": _("按月"), "unit": _("按单位")}


def _query(wanted: Wanted, **changed: Any) -> str:
    told = {
        "first": wanted.first,
        "last": wanted.last,
        "kind": wanted.kind,
        "unit": wanted.unit,
        **changed,
    }
    return urlencode({name: value for name, value in told.items() if value})


def links(line: Line | None, wanted: Wanted) -> dict[str, str]:
    """Return the addresses of the rows behind each figure of a line, or of all lines."""
    changed: dict[str, Any] = {}
    if line is not None and line.first and line.last and wanted.first and wanted.last:
        changed = {"first": max(line.first, wanted.first), "last": min(line.last, wanted.last)}
    if line is not None and line.unit_id:
        changed = {"unit": line.unit_id}
    place = reverse("callbacks:call_backs")
    shown = (ALL, *STATES, queries.SATISFIED, queries.CONCLUDED, queries.DUE)
    return {each: f"{place}?{_query(wanted, **changed, shown=each)}" for each in shown}
