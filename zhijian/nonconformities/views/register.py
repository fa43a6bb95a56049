"""The register of all nonconformities."""

from __future__ import annotations

from datetime import datetime
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
from zhijian.foundation.lists import Column, List, as_file
from zhijian.nonconformities import queries
from zhijian.nonconformities.models import ProposalState
from zhijian.nonconformities.queries import Wanted
from zhijian.nonconformities.views.asking import query_of, titles, wanted_of
from zhijian.organizations import queries as organizations

_PER_PAGE = 50
_EXPORTED = 10_000


@require_safe
@requires("cases.view")
def register(request: HttpRequest) -> HttpResponse:
    """List the nonconformities that match, the latest first."""
    now = clock.now()
    wanted, words = wanted_of(request.GET), queries.english_words()
    pages = FewCounted(queries.register(request.user, wanted, now), _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "is_more": pages.is_more,
        "limit": cases.COUNTED,
        "lines": [_line(row, now, words) for row in page],
        "wanted": wanted,
        "filters": [
            (name, title, [(each, words.get(each, each)) for each in found], wanted.aspect(name))
            for name, title, found in _offered(request.user, now)
        ],
        "beside": _beside(wanted),
        "shown": (
            (cases.ALL, _("全部")),
            (cases.OPEN, _("在办")),
            (cases.OVERDUE, _("已逾期")),
            (cases.ENDED, _("已结束")),
        ),
        "kinds": [(each.ref.id, each.ref.label) for each in queries.listed_kinds()],
        "ranks": queries.ranks().items(),
        "units": organizations.unit_refs(request.user, "cases.view"),
        "waiting": queries.by_state(request.user)[ProposalState.WAITING],
        "may_act": accounts.may(request.user, "cases.act"),
        "query": query_of(wanted),
    }
    return render(request, "nonconformities/register.html", context)


@require_safe
@requires("cases.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send the lines that match as a file."""
    now = clock.now()
    words, named = queries.english_words(), titles()
    aspects = ("item", "area", "clause", "source", "domain")
    columns = (
        Column(_("编号")), Column(_("案件种类")), Column(_("发现日期")), Column(_("单位")),
        *(Column(named[each]) for each in aspects), Column(_("等级")), Column(_("状态")),
    )  # fmt: skip
    rows = queries.register(request.user, wanted_of(request.GET), now)[:_EXPORTED]
    lines = []
    for row in rows:
        line = _line(row, now, words)
        lines.append((
            row.number, line["words"].kind, row.nonconformity.found_on.isoformat(), row.unit.name,
            *(line[each] for each in aspects), line["words"].level, line["words"].state,
        ))  # fmt: skip
    return as_file(List(_("不合格登记簿"), columns, lines), "nonconformities", form)


def _offered(user: Any, now: datetime) -> list[tuple[str, str, tuple[str, ...]]]:
    named = titles()
    return [
        (each, named[each], found)
        for each in ("item", "area", "clause", "source", "domain")
        if (found := queries.words_found(user, each, now))
    ]


def _beside(wanted: Wanted) -> list[str]:
    """Say which filters of a count hold, that the form above the list does not show."""
    told = [_("%(field)s尚未填写") % {"field": titles()[each]} for each in wanted.none]
    return [*told, _("不计未认定、撤回和并案的")] if wanted.counted else told


def _line(case: Any, now: datetime, words: dict[str, str]) -> dict[str, Any]:
    entry = case.nonconformity
    told = {
        name: words.get(getattr(entry, name), getattr(entry, name))
        for name in ("item", "area", "clause", "source", "domain")
    }
    is_late = not case.ends and case.due_at is not None and case.due_at < now
    return {**told, "case": case, "words": cases.words_of(case), "is_late": is_late}
