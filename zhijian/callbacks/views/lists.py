"""Who is to be called back, and every row behind a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.callbacks import queries
from zhijian.callbacks.models import CallBack, CallState, Outcome
from zhijian.callbacks.queries import Wanted
from zhijian.callbacks.showing import LOOKS
from zhijian.cases import queries as cases
from zhijian.cases.queries import FewCounted
from zhijian.foundation import clock
from zhijian.foundation.lists import PLAIN, Column, List, as_file
from zhijian.organizations import queries as organizations

_PER_PAGE = 50
_FIGURES = 10
_MOST_EXPORTED = 10_000


@require_safe
@requires("cases.view")
def call_backs(request: HttpRequest) -> HttpResponse:
    """List the call-backs that match, the one that fell due first in front; also as a file."""
    wanted = wanted_of(request.GET)
    found = queries.with_names(queries.rows(request.user, wanted))
    if request.GET.get("as"):
        return as_file(_listed(found), _("回访"), request.GET["as"])
    pages = FewCounted(found, _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    today = clock.today()
    context = {
        "page_obj": page,
        "is_more": pages.is_more,
        "lines": [_line(row, today) for row in page],
        "wanted": wanted,
        "asked": request.GET.urlencode(),
        "shown": shown_words(),
        "kinds": [(each.id, each.label) for each in queries.kinds()],
        "units": organizations.unit_refs(request.user, "cases.view"),
        "may_act": accounts.may(request.user, "cases.act"),
    }
    return render(request, "callbacks/call_backs.html", context)


def shown_words() -> list[tuple[str, str]]:
    """Return what may be looked for, with its words."""
    words = {
        queries.MINE: _("由我回访"),
        queries.ALL: _("全部"),
        queries.SATISFIED: _("满意"),
        queries.DISSATISFIED: _("不满意"),
        queries.CONCLUDED: _("已办回访"),
        queries.DUE: _("应回访"),
    }
    return [(each, words.get(each) or str(CallState(each).label)) for each in queries.SHOWN]


def wanted_of(asked: Any, shown: str = CallState.PENDING) -> Wanted:
    """Return what an address asks for; what cannot be is left out."""
    unit, told = asked.get("unit", ""), asked.get("shown", "")
    return Wanted(
        shown=told if told in queries.SHOWN else shown,
        kind=asked.get("kind", "")[:200],
        unit=int(unit) if unit.isdecimal() and len(unit) < _FIGURES else None,
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
        text=asked.get("q", "").strip()[:40],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _line(row: CallBack, today: date) -> dict[str, object]:
    attempts = list(row.attempts.all())
    return {
        "row": row,
        "words": cases.words_of(row.case),
        "rule": rule_title(row),
        "waits": (today - row.due_on).days,
        "tries": len(attempts),
        "last": Outcome(attempts[-1].outcome).label if attempts else "",
        "looks": LOOKS[CallState(row.state)],
    }


def rule_title(row: CallBack) -> Any:
    """Return what the regulation calls a call-back."""
    return cases.kind_of(row.case).call_backs[row.rule].title


def _listed(found: QuerySet[CallBack]) -> List:
    columns = (
        Column(_("编号")),
        Column(_("案件")),
        Column(_("单位")),
        Column(_("产生日期")),
        Column(_("状态")),
        Column(_("满意")),
        Column(_("联系次数"), PLAIN),
        Column(_("回访人")),
        Column(_("完成时间")),
        Column(_("理由")),
    )
    return List(_("回访"), columns, _lines(found))


def _lines(found: QuerySet[CallBack]) -> Iterator[Sequence[str]]:
    words = {True: _("满意"), False: _("不满意"), None: ""}
    for row in found[:_MOST_EXPORTED]:
        settled = timezone.localtime(row.settled_at) if row.settled_at else None
        yield (
            row.number,
            row.case.number,
            row.unit.name,
            row.due_on.isoformat(),
            str(row.get_state_display()),
            words[row.satisfied],
            str(len(row.attempts.all())),
            row.caller.display_name if row.caller else "",
            f"{settled:%Y-%m-%d %H:%M}" if settled else "",
            str(row.get_cause_display() or ""),
        )
