"""The queue of complaints, by level and limit."""

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
from zhijian.complaints import queries
from zhijian.complaints.queries import Wanted
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.organizations import queries as organizations

_PER_PAGE = 50
_FIGURES, _HOURS = 10, 24
_EMPTY = ("channel", "cause")


@require_safe
@requires("cases.view")
def queue(request: HttpRequest) -> HttpResponse:
    """List the complaints that match, the one due first in front."""
    now = clock.now()
    wanted, channels = wanted_of(request.GET), _channels()
    pages = FewCounted(queries.queue(request.user, wanted, now), _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "is_more": pages.is_more,
        "limit": cases.COUNTED,
        "lines": [_line(row, now, channels) for row in page],
        "levels": queries.by_level(request.user, now),
        "wanted": wanted,
        "filters": filters_in_words(wanted),
        "shown": (
            (cases.OPEN, _("在办")),
            (cases.OVERDUE, _("已逾期")),
            (cases.ENDED, _("已结束")),
            (cases.ALL, _("全部")),
        ),
        "channels": channels.items(),
        "units": organizations.unit_refs(request.user, "cases.view"),
        "may_act": accounts.may(request.user, "cases.act"),
        "may_keep_offices": accounts.may(request.user, "complaints.offices"),
    }
    return render(request, "complaints/queue.html", context)


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """Return what an address asks for; what cannot be is left out."""
    shown, unit, hour = asked.get("shown", ""), asked.get("unit", ""), asked.get("hour", "")
    return Wanted(
        shown=shown if shown in cases.SHOWN else cases.OPEN,
        kind=asked.get("kind", "")[:200],
        level=asked.get("level", "")[:80],
        unit=int(unit) if unit.isdecimal() and len(unit) < _FIGURES else None,
        text=asked.get("q", "").strip()[:60],
        channel=asked.get("channel", "")[:60],
        cause=asked.get("cause", "")[:60],
        hour=int(hour) if hour.isascii() and hour.isdigit() and int(hour[:3]) < _HOURS else None,
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
        none=frozenset(name for name in _EMPTY if asked.get("none") == name),
    )


def filters_in_words(wanted: Wanted) -> list[str]:
    """Say which filters of a report hold, that the form above the list does not show."""
    told = []
    if wanted.first or wanted.last:
        told.append(f"{wanted.first or '…'} – {wanted.last or '…'}")
    if wanted.hour is not None:
        told.append(f"{wanted.hour:02d}:00–{wanted.hour:02d}:59")
    if wanted.cause:
        words = {key: each for one in queries.intakes() for key, each in one.words_of(
            one.receiving.cause).items()}  # fmt: skip
        told.append(words[wanted.cause].to(language()) if wanted.cause in words else wanted.cause)
    if wanted.none:
        told.append(_("尚未填写"))
    return told


def _line(case: Any, now: datetime, channels: Mapping[str, str]) -> dict[str, object]:
    is_late = not case.ends and case.due_at is not None and case.due_at < now
    told = {"case": case, "words": cases.words_of(case), "is_late": is_late}
    return {**told, "channel": channels.get(case.complaint.channel, case.complaint.channel)}


def _channels() -> dict[str, str]:
    return {
        key: words.to(language())
        for each in queries.intakes()
        for key, words in each.words_of(each.receiving.channel).items()
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
