"""Pareto and trend of nonconformities; each bar opens its cases and may be proposed for action."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.cases import queries as cases
from zhijian.foundation import clock
from zhijian.foundation.charts import Bars, Limit, Pareto, Series
from zhijian.foundation.lists import PLAIN, Column, List, as_file
from zhijian.foundation.refused import refusal_above
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.models import Origin
from zhijian.nonconformities.queries import DIMENSIONS, Counted, Month, Wanted
from zhijian.nonconformities.services import NewProposal
from zhijian.nonconformities.views.asking import query_of, query_of_bar, spanned, titles
from zhijian.organizations import queries as organizations

_BARS = 12


@require_safe
@requires("cases.view")
def counts(request: HttpRequest) -> HttpResponse:
    """Show by one dimension how nonconformities are distributed, and how they run over months."""
    wanted, now, by = spanned(request.GET), clock.now(), _by(request.GET.get("by", "item"))
    found = queries.counted(request.user, wanted, by, now)
    months, judged = queries.by_month(request.user, wanted, now)
    named = titles()
    place = reverse("nonconformities:register")
    lines = [(each, f"{place}?{query_of_bar(wanted, by, each.key)}") for each in found]
    context = {
        "by": by,
        "dimensions": [(each, named[each]) for each in DIMENSIONS],
        "title": named[by],
        "wanted": wanted,
        "lines": lines,
        "total": sum(each.bar.count for each in found),
        "pareto": _pareto(named[by], lines) if found else None,
        "trend": _trend(months, judged.upper, wanted),
        "signals": [each for each in months if each.is_beyond or each.is_run],
        "kinds": [(each.ref.id, each.ref.label) for each in queries.listed_kinds()],
        "units": organizations.unit_refs(request.user, "cases.view"),
        "may_propose": accounts.may(request.user, "cases.act"),
        "query": query_of(wanted, by=by),
    }
    return render(request, "nonconformities/counts.html", context)


@require_safe
@requires("cases.view")
def export(request: HttpRequest, by: str, form: str) -> HttpResponse:
    """Send the counts of a dimension as a file."""
    if by not in DIMENSIONS:
        raise Http404
    found = queries.counted(request.user, spanned(request.GET), by, clock.now())
    title = titles()[by]
    columns = (Column(title), Column(_("件数"), PLAIN), Column(_("累计占比(%)"), PLAIN))
    lines = [(each.label, str(each.bar.count), each.share) for each in found]
    return as_file(List(title, columns, lines), f"nonconformities-{by}", form)


@require_POST
@requires("cases.act")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose corrective action for the cases behind a bar."""
    wanted, now, by = spanned(request.POST), clock.now(), _by(request.POST.get("by", "item"))
    key = request.POST.get("key", "")
    bar = next((e for e in queries.counted(request.user, wanted, by, now) if e.key == key), None)
    back = f"{reverse('nonconformities:counts')}?{query_of(wanted, by=by)}"
    if bar is None:
        messages.error(request, _("这一条已经没有件；请刷新后再选。"))
        return redirect(back)
    rows = list(queries.register(request.user, _behind(wanted, by, key), now)[:_MOST])
    units = [row.unit_id for row in rows]
    with refusal_above(request):
        row = services.make_proposal(
            actor=request.user,
            proposal=NewProposal(
                Origin.BAR,
                f"{titles()[by]}：{bar.label}",
                max(sorted(set(units)), key=units.count) if units else 0,
                [each.pk for each in rows],
                wanted.first or clock.today(),
                wanted.last or clock.today(),
                f"{by}:{key}",
            ),
            at=now,
        )
        messages.success(request, _("已列入待分流的建议。"))
        return redirect("nonconformities:proposal", proposal_id=row.pk)
    return redirect(back)


_MOST = 500


def _behind(wanted: Wanted, by: str, key: str) -> Wanted:
    told = replace(wanted, shown=cases.ALL, counted=True)
    if by == "unit":
        return replace(told, unit=int(key))
    if by == "kind":
        return replace(told, kind=key)
    if by == "rank":
        return replace(told, rank=int(key or 0))
    if not key:
        return replace(told, none=wanted.none | {by})
    return replace(told, aspects=(*((n, v) for n, v in wanted.aspects if n != by), (by, key)))


def _by(asked: str) -> str:
    return asked if asked in DIMENSIONS else "item"


def _pareto(title: str, lines: list[tuple[Counted, str]]) -> Pareto:
    shown = lines[:_BARS]
    return Pareto(
        title,
        {each.label: each.bar.count for each, _link in shown},
        unit=_("件"),
        links={each.label: link for each, link in shown},
    )


def _trend(months: tuple[Month, ...], upper: Any, wanted: Wanted) -> Bars:
    place = reverse("nonconformities:register")
    return Bars(
        _("每月不合格件数"),
        tuple(f"{each.first:%Y-%m}" for each in months),
        (Series(_("件数"), tuple(each.count for each in months)),),
        unit=_("件"),
        limits=(Limit(_("控制上限"), upper),),
        links=tuple(
            f"{place}?{query_of(replace(wanted, first=e.first, last=e.last), counted=1)}"
            for e in months
        ),
    )
