"""Counts of complaints by hour of the day, channel, unit, cause and level (CMP-40)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count as CountOf
from django.db.models import Q
from django.utils.translation import gettext as _

from zhijian.complaints.queries.kinds import Intake, intakes
from zhijian.complaints.queries.queue import Wanted, queue
from zhijian.domain.words import Words
from zhijian.foundation.language import language

DIMENSIONS: Final = ("hour", "channel", "unit", "cause")
_HOURS = 24
_COLUMNS = {
    "hour": ("complaint__hour",),
    "channel": ("complaint__channel",),
    "unit": ("unit_id", "unit__name"),
    "cause": ("complaint__cause",),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many complaints there are of one sort; ``key`` finds them in the queue."""

    key: str
    label: str
    total: int
    open: int
    overdue: int
    ended: int


def counted(user: Any, wanted: Wanted, by: str, now: datetime) -> tuple[Count, ...]:
    """Count the complaints of a span that a person may see, by one of ``DIMENSIONS``.

    Hours come in their order with those at which nothing came; anything else the most first.
    """
    rows = (
        queue(user, wanted, now)
        .order_by()
        .values(*_COLUMNS[by])
        .annotate(
            total=CountOf("pk"),
            open=CountOf("pk", filter=Q(ends="")),
            overdue=CountOf("pk", filter=Q(ends="", sorts_at__lt=now)),
        )
    )
    words = _words(by)
    found = {str(row[_COLUMNS[by][0]]): row for row in rows}
    if by == "hour":
        return tuple(
            _count(str(hour), found.get(str(hour)), f"{hour:02d}:00–{hour:02d}:59")
            for hour in range(_HOURS)
        )
    told = [_count(key, row, _label(key, row, words)) for key, row in found.items()]
    return tuple(sorted(told, key=lambda each: (-each.total, each.label)))


def _count(key: str, row: dict[str, Any] | None, label: str) -> Count:
    if row is None:
        return Count(key, label, 0, 0, 0, 0)
    return Count(key, label, row["total"], row["open"], row["overdue"], row["total"] - row["open"])


def _label(key: str, row: dict[str, Any], words: dict[str, Words]) -> str:
    if "unit__name" in row:
        return str(row["unit__name"])
    if not key:
        return _("尚未填写")
    return words[key].to(language()) if key in words else key


def _words(by: str) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for each in intakes():
        found = {**_options(each, by), **found}
    return found


def _options(intake: Intake, by: str) -> dict[str, Words]:
    receiving = intake.receiving
    named = {"channel": receiving.channel, "cause": receiving.cause}.get(by, "")
    return intake.words_of(named)
