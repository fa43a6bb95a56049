"""The list of papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from zhijian.accounts.access import requires
from zhijian.cases.queries import FewCounted
from zhijian.domain.words import Words
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.lists import Column, List, as_file
from zhijian.organizations import queries as organizations
from zhijian.papers import queries
from zhijian.papers.models import OPEN, Paper
from zhijian.papers.queries import Sought

_PER_PAGE = 50
_FIGURES = 10
_MOST_EXPORTED = 10_000


@require_safe
@requires("papers.view")
def papers(request: HttpRequest) -> HttpResponse:
    """List the papers that match, the latest first; with ``as`` as a file."""
    sought, now = sought_of(request.GET), clock.now()
    rows = queries.papers_seen(request.user, sought, now)
    if request.GET.get("as"):
        return as_file(_listed(rows), _("单据"), request.GET["as"])
    pages = FewCounted(rows, _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    lang = language()
    context = {
        "page_obj": page,
        "is_more": pages.is_more,
        "lines": [(row, is_late(row, now)) for row in page],
        "sought": sought,
        "asked": request.GET.urlencode(),
        "shown": (
            (queries.ALL, _("全部")),
            (queries.WAITING, _("待答复")),
            (queries.OVERDUE, _("逾期未答复")),
            (queries.VALID, pgettext("paper", "有效")),
            (queries.VOID, _("已撤回或换发")),
        ),
        "forms": [(zh, Words(zh, en).to(lang)) for zh, en in queries.forms_seen(request.user)],
        "units": organizations.unit_refs(request.user, "papers.view"),
    }
    return render(request, "papers/papers.html", context)


def sought_of(asked: Any) -> Sought:
    """Return what an address asks for; what cannot be is left out."""
    shown, unit = asked.get("shown", ""), asked.get("unit", "")
    return Sought(
        shown=shown if shown in queries.SHOWN else queries.ALL,
        form=asked.get("form", "")[:200],
        unit=int(unit) if unit.isdecimal() and len(unit) < _FIGURES else None,
        receiver=queries.MINE if asked.get("receiver") == queries.MINE else "",
        text=asked.get("q", "").strip()[:40],
    )


def is_late(paper: Paper, now: datetime) -> bool:
    """Tell whether a paper is to be answered and its time is over."""
    return paper.state in OPEN and paper.reply_by is not None and paper.reply_by < now


def _listed(rows: QuerySet[Paper]) -> List:
    titles = (
        pgettext("paper", "编号"), _("表单"), _("案件"), _("单位"), _("状态"), _("签发时间"),
        _("答复期限"),
    )  # fmt: skip
    return List(_("单据"), [Column(str(each)) for each in titles], _lines(rows))


def _lines(rows: QuerySet[Paper]) -> Iterator[Sequence[str]]:
    for row in rows[:_MOST_EXPORTED]:
        yield (
            row.number,
            row.label,
            row.case.number,
            row.case.unit.name,
            str(row.get_state_display()),
            _moment(row.issued_at),
            _moment(row.reply_by),
        )


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
