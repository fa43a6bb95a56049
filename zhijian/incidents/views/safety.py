"""The ledger of hazards, and the calendar of drills, checks and trainings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.cases import offering
from zhijian.cases import queries as cases
from zhijian.cases.queries import FewCounted, KindRef, Sought
from zhijian.domain.casework.step import CaseStep
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.incidents import queries
from zhijian.incidents.models import Duty
from zhijian.organizations import queries as organizations

_PER_PAGE = 50
_FIGURES = 10
_MOST_ROUNDS = 200
_MOST_DONE = 30


@require_safe
@requires("cases.view")
def hazards(request: HttpRequest) -> HttpResponse:
    """List the hazards that match, those that are followed the longest in front."""
    user, now = request.user, clock.now()
    shown, area = request.GET.get("shown", ""), request.GET.get("area", "")[:60]
    sought = Sought(
        shown=shown if shown in cases.SHOWN else cases.OPEN,
        unit=_unit(request),
        text=request.GET.get("q", "").strip()[:60],
    )
    words = _words("hazard")
    pages = FewCounted(queries.hazards(user, sought, area, now), _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [
            {
                "case": row,
                "words": cases.words_of(row),
                "area": words.get(row.hazard.area, row.hazard.area),
                "days": (now - row.opened_at).days,
                "is_late": not row.ends and row.due_at is not None and row.due_at < now,
            }
            for row in page
        ],
        "areas": queries.by_area(user),
        "area": area,
        "sought": sought,
        "shown": (
            (cases.OPEN, _("跟踪中")),
            (cases.OVERDUE, _("已逾期")),
            (cases.ENDED, _("已消除")),
            (cases.ALL, _("全部")),
        ),
        "units": organizations.unit_refs(user, "cases.view"),
        "ways": list(_ways(user)),
    }
    return render(request, "incidents/hazards.html", context)


def _ways(user: Any) -> Iterator[tuple[KindRef, list[CaseStep]]]:
    """Yield how a person may enter a hazard: removed on the spot, or followed."""
    if not accounts.may(user, "cases.act"):
        return
    for ref in queries.kinds("hazard"):
        rule = ref.kind.safety.hazard if ref.kind.safety else None
        steps = offering.openings(user, ref)
        own = [each for each in steps if rule and each.id in (rule.on_spot, rule.follow)]
        if own:
            yield ref, own


@require_safe
@requires("cases.view")
def duties(request: HttpRequest) -> HttpResponse:
    """Show what comes round month by month, what nobody keeps, and what was done last."""
    user, now = request.user, clock.now()
    unit, area = _unit(request), request.GET.get("area", "")[:60]
    words = _words("recurring")
    open_rows = list(queries.duties(user, is_open=True, area=area, unit=unit)[:_MOST_ROUNDS])
    done = queries.duties(user, is_open=False, area=area, unit=unit)[:_MOST_DONE]
    lines = [_round(row, words, now) for row in open_rows]
    gaps = queries.gaps(user)
    context = {
        "months": [
            (month, list(rows)) for month, rows in groupby(lines, key=lambda each: each["month"])
        ],
        "late": sum(each["is_late"] for each in lines),
        "open": len(lines),
        "done": [_round(row, words, now) for row in done],
        "gaps": gaps,
        "lacking": sum(max(1, len(each.areas)) for each in gaps),
        "units": organizations.unit_refs(user, "cases.view"),
        "unit": unit,
        "area": area,
        "areas": words.items(),
        "ways": list(_first_rounds(user)),
    }
    return render(request, "incidents/duties.html", context)


def _first_rounds(user: Any) -> Iterator[tuple[KindRef, str]]:
    for ref in queries.kinds("recurring"):
        rule = ref.kind.safety.recurring if ref.kind.safety else None
        if rule and any(each.id == rule.step for each in offering.openings(user, ref)):
            yield ref, rule.step


def _round(row: Duty, words: dict[str, str], now: Any) -> dict[str, Any]:
    due = timezone.localtime(row.due_at) if row.due_at else None
    return {
        "row": row,
        "words": cases.words_of(row.case),
        "area": words.get(row.area, row.area),
        "month": f"{due:%Y-%m}" if due else "—",
        "is_late": bool(row.done_at is None and row.due_at and row.due_at < now),
    }


def _words(role: str) -> dict[str, str]:
    return {key: each.to(language()) for key, each in queries.options(role).items()}


def _unit(request: HttpRequest) -> int | None:
    asked = request.GET.get("unit", "")
    return int(asked) if asked.isdecimal() and len(asked) < _FIGURES else None
