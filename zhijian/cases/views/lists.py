"""The list of cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.cases import queries
from zhijian.cases.models import Case
from zhijian.cases.queries import FewCounted, Sought
from zhijian.domain.casework.kind import CaseKind
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.organizations import queries as organizations

_PER_PAGE = 50
_FIGURES = 10


@require_safe
@requires("cases.view")
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that match, the one due first in front."""
    sought, now = sought_of(request.GET), clock.now()
    rows = queries.cases_seen(request.user, sought, now)
    pages = FewCounted(rows, _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    kinds = queries.kinds_in_force()
    chosen = next((each.kind for each in kinds if each.id == sought.kind), None)
    context = {
        "page_obj": page,
        "is_more": pages.is_more,
        "limit": queries.COUNTED,
        "lines": [line_of(row, now) for row in page],
        "sought": sought,
        "shown": (
            (queries.OPEN, _("在办")),
            (queries.OVERDUE, _("已逾期")),
            (queries.ENDED, _("已结束")),
            (queries.ALL, _("全部")),
        ),
        "kinds": [(each.id, each.label) for each in kinds],
        "states": _titles(chosen, "states"),
        "levels": _titles(chosen, "levels"),
        "units": organizations.unit_refs(request.user, "cases.view"),
        "may_act": accounts.may(request.user, "cases.act"),
    }
    return render(request, "cases/cases.html", context)


@require_safe
@requires("cases.view")
def number(request: HttpRequest, number: str) -> HttpResponse:
    """Lead from a number to its case."""
    found = queries.seen_by(request.user).filter(number=number.upper()).first()
    if found is None:
        return redirect("cases:cases")
    return redirect("cases:case", case_id=found.pk)


def sought_of(asked: Any) -> Sought:
    """Return what an address asks for; what cannot be is left out."""
    shown, unit = asked.get("shown", ""), asked.get("unit", "")
    return Sought(
        shown=shown if shown in queries.SHOWN else queries.OPEN,
        kind=asked.get("kind", "")[:200],
        state=asked.get("state", "")[:80],
        level=asked.get("level", "")[:80],
        unit=int(unit) if unit.isdecimal() and len(unit) < _FIGURES else None,
        owner=queries.MINE if asked.get("owner") == queries.MINE else "",
        text=asked.get("q", "").strip()[:60],
    )


def line_of(case: Case, now: datetime) -> dict[str, object]:
    """Return a line of the list: the case with its words."""
    is_late = not case.ends and case.due_at is not None and case.due_at < now
    return {"case": case, "words": queries.words_of(case), "is_late": is_late}


def _titles(kind: CaseKind | None, part: str) -> list[tuple[str, str]]:
    if kind is None:
        return []
    return [(each.id, each.title.to(language())) for each in getattr(kind, part).values()]
