"""Counts of complaints by hour of the day, channel, unit and cause; each leads to its cases."""

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
from zhijian.cases import queries as cases
from zhijian.complaints import queries
from zhijian.complaints.exports import counts_list
from zhijian.complaints.queries import DIMENSIONS, Count, Wanted
from zhijian.complaints.views.queue import wanted_of
from zhijian.foundation import clock
from zhijian.foundation.charts import Bars, Series
from zhijian.foundation.lists import as_file

_DAYS = 90


@require_safe
@requires("cases.view")
def report(request: HttpRequest) -> HttpResponse:
    """Show the counts of a span of days, the last ninety unless others are chosen."""
    wanted, now = _wanted(request), clock.now()
    titles = _titles()
    tables = []
    for by in DIMENSIONS:
        counts = queries.counted(request.user, wanted, by, now)
        tables.append(
            {
                "by": by,
                "title": titles[by],
                "lines": [(each, _links(each, by, wanted)) for each in counts],
                "chart": _chart(counts, wanted) if by == "hour" else None,
                "total": sum(each.total for each in counts),
            }
        )
    context = {
        "tables": tables,
        "wanted": wanted,
        "kinds": [(each.ref.id, each.ref.label) for each in queries.intakes()],
        "query": urlencode(_span(wanted)),
    }
    return render(request, "complaints/report.html", context)


@require_safe
@requires("cases.view")
def export(request: HttpRequest, by: str, form: str) -> HttpResponse:
    """Send one of the tables as a file."""
    if by not in DIMENSIONS:
        raise Http404
    wanted, now = _wanted(request), clock.now()
    counts = queries.counted(request.user, wanted, by, now)
    return as_file(counts_list(_titles()[by], counts), f"complaints-{by}", form)


def _wanted(request: HttpRequest) -> Wanted:
    """What is counted: a kind and a span; every complaint of it, however it stands."""
    asked, today = wanted_of(request.GET), clock.today()
    last = asked.last or today
    first = asked.first or last - timedelta(days=_DAYS - 1)
    return Wanted(shown=cases.ALL, kind=asked.kind, first=first, last=last)


def _titles() -> dict[str, str]:
    return {
        "hour": _("接到时段"),
        "channel": _("渠道"),
        "unit": _("责任单位"),
        "cause": _("投诉原因"),
    }


def _span(wanted: Wanted) -> dict[str, Any]:
    told = {"first": wanted.first, "last": wanted.last}
    return {**told, "kind": wanted.kind} if wanted.kind else told


def _links(count: Count, by: str, wanted: Wanted) -> dict[str, str]:
    """Return the addresses of the cases behind the figures of a line."""
    named = {by: count.key} if count.key else {"none": by}
    shown = (cases.ALL, cases.OPEN, cases.OVERDUE, cases.ENDED)
    place = reverse("complaints:queue")
    return {
        each: f"{place}?{urlencode({**_span(wanted), **named, 'shown': each})}" for each in shown
    }


def _chart(counts: tuple[Count, ...], wanted: Wanted) -> Bars:
    shown = replace(wanted, shown=cases.ALL)
    return Bars(
        _("各时段接到的投诉"),
        tuple(each.label[:2] for each in counts),
        (Series(_("件数"), tuple(each.total for each in counts)),),
        unit=_("件"),
        links=tuple(_links(each, "hour", shown)[cases.ALL] for each in counts),
    )
