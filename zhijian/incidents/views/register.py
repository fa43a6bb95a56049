"""The register of incidents, by level and limit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.cases import queries as cases
from zhijian.cases.queries import FewCounted
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.lists import as_file
from zhijian.incidents import queries
from zhijian.incidents.exports import register_list
from zhijian.incidents.queries import Wanted
from zhijian.organizations import queries as organizations

_PER_PAGE = 50
_FIGURES = 10
_MOST_EXPORTED = 5000


@require_safe
@requires("cases.view")
def register(request: HttpRequest) -> HttpResponse:
    """List the incidents that match, the one due first in front."""
    now, user = clock.now(), request.user
    wanted = wanted_of(request.GET)
    sorts = sort_words()
    pages = FewCounted(queries.register(user, wanted, now), _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "is_more": pages.is_more,
        "limit": cases.COUNTED,
        "lines": [line_of(row, now, sorts) for row in page],
        "levels": queries.by_level(user, now),
        "compared": queries.compared(user),
        "owed": queries.owed_by(user).count(),
        "wanted": wanted,
        "shown": (
            (cases.OPEN, _("在办")),
            (cases.OVERDUE, _("已逾期")),
            (cases.ENDED, _("已结束")),
            (cases.ALL, _("全部")),
        ),
        "sorts": sorts.items(),
        "units": organizations.unit_refs(user, "cases.view"),
        "may_act": accounts.may(user, "cases.act"),
    }
    return render(request, "incidents/register.html", context)


@require_safe
@requires("cases.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send the incidents that match as a file, the first five thousand."""
    now = clock.now()
    rows = queries.register(request.user, wanted_of(request.GET), now)[:_MOST_EXPORTED]
    sorts = sort_words()
    return as_file(register_list([line_of(row, now, sorts) for row in rows]), "incidents", form)


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """Return what an address asks for; what cannot be is left out."""
    shown, unit = asked.get("shown", ""), asked.get("unit", "")
    return Wanted(
        shown=shown if shown in cases.SHOWN else cases.OPEN,
        kind=asked.get("kind", "")[:200],
        level=asked.get("level", "")[:80],
        unit=int(unit) if unit.isdecimal() and len(unit) < _FIGURES else None,
        text=asked.get("q", "").strip()[:60],
        sort=asked.get("sort", "")[:60],
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
        late=asked.get("late") == "1",
        regraded=asked.get("regraded") == "1",
    )


def line_of(case: Any, now: datetime, sorts: Mapping[str, str]) -> dict[str, Any]:
    """Return a case of the register as a line of the list."""
    is_late = not case.ends and case.due_at is not None and case.due_at < now
    told = {"case": case, "words": cases.words_of(case), "is_late": is_late}
    kind = cases.kind_of(case)
    first = kind.levels.get(case.incident.first_level)
    return {
        **told,
        "sort": sorts.get(case.incident.sort, case.incident.sort),
        "former": first.title.to(language()) if first and first.id != case.level else "",
    }


def sort_words() -> dict[str, str]:
    """Return the classes of incidents in the language of the page."""
    return {key: words.to(language()) for key, words in queries.options("incident").items()}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
