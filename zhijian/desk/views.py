"""The desk of a person, and the overview for office and leaders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires, requires_sign_in
from zhijian.assessments import queries as assessments
from zhijian.assessments.states import State
from zhijian.assessments.words import period_title
from zhijian.desk import figures, tasks
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.outcomes import queries as outcomes
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.assessments.models import Assessment


@require_safe
@requires_sign_in
def home(request: HttpRequest) -> HttpResponse:
    """Show what a person has to do and what was decided last."""
    lang, today = language(), clock.today()
    context = {
        "tasks": tasks.tasks_of(request.user, today, lang),
        "today": today,
        "recent": [(row, period_title(row.period, lang)) for row in tasks.recent(request.user)],
        "objections": tasks.objections_of(request.user),
        "may_overview": accounts.may(request.user, "desk.overview"),
    }
    return render(request, "desk/home.html", context)


@require_safe
@requires("desk.overview")
def overview(request: HttpRequest) -> HttpResponse:
    """Show one scheme in pictures: the period chosen, and those before it."""
    lang = language()
    rows = assessments.assessments_seen(request.user).exclude(state=State.OPEN)
    seen = list(rows.filter(is_current=True))
    books = list(dict.fromkeys((row.pack_id, row.scheme) for row in seen))
    chosen = _chosen(request, seen)
    context = {
        "choices": [
            (f"{row.pk}", f"{row.pack_version.label} · {period_title(row.period, lang)}")
            for row in seen
        ],
        "books": books,
        "chosen": chosen,
    }
    if chosen is not None:
        context |= _pictures(request, chosen, seen, lang)
    return render(request, "desk/overview.html", context)


def _chosen(request: HttpRequest, seen: list[Assessment]) -> Assessment | None:
    wanted = request.GET.get("assessment", "")
    return next((row for row in seen if str(row.pk) == wanted), seen[0] if seen else None)


def _pictures(
    request: HttpRequest, chosen: Assessment, seen: list[Assessment], lang: str
) -> dict[str, object]:
    pack = packs.typed(chosen.pack_version_id)
    scheme = pack.schemes[chosen.scheme]
    same = [
        row
        for row in seen
        if (row.pack_id, row.scheme) == (chosen.pack_id, chosen.scheme) and row.last <= chosen.last
    ]
    history = figures.history_of(request.user, same)
    sheets = next((rows for row, rows in history if row.pk == chosen.pk), [])
    satisfied = figures.satisfaction(pack, chosen, sheets)
    return {
        "title": period_title(chosen.period, lang),
        "pack": pack,
        "summary": assessments.summary(figures.sheets_of(request.user, chosen), chosen),
        "heat_map": figures.heat_map(scheme, sheets, lang) if sheets else None,
        "trend": figures.trend(history),
        "lost": figures.lost_points(scheme, sheets, lang),
        "money": figures.money(history),
        "satisfaction": satisfied[0] if satisfied else None,
        "remedies": outcomes.load(request.user, clock.today()),
    }
