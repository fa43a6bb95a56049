"""What the addresses of this room ask for, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from zhijian.cases import queries as cases
from zhijian.domain.casework.register import ASPECTS
from zhijian.foundation import clock
from zhijian.nonconformities.queries import Wanted

DAYS = 365
_FIGURES = 10
_LONGEST = 200


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """Return what an address asks for; what cannot be is left out."""
    shown, unit, rank = asked.get("shown", ""), asked.get("unit", ""), asked.get("rank", "")
    told = ((name, asked.get(name, "")[:_LONGEST]) for name in ASPECTS)
    return Wanted(
        shown=shown if shown in cases.SHOWN else cases.ALL,
        kind=asked.get("kind", "")[:_LONGEST],
        level=asked.get("level", "")[:80],
        rank=int(rank) if rank in ("0", "1", "2", "3", "4") else None,
        unit=int(unit) if unit.isdecimal() and len(unit) < _FIGURES else None,
        text=asked.get("q", "").strip()[:60],
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
        aspects=tuple((name, value) for name, value in told if value),
        none=frozenset(name for name in ASPECTS if asked.get("none") == name),
        counted="counted" in asked,
    )


def spanned(asked: Mapping[str, str]) -> Wanted:
    """Return what is counted: a span, the last year unless another is chosen, and its filters."""
    wanted = wanted_of(asked)
    last = wanted.last or clock.today()
    first = wanted.first or last - timedelta(days=DAYS - 1)
    if first > last:
        first = last
    return Wanted(
        kind=wanted.kind, unit=wanted.unit, rank=wanted.rank, first=first, last=last,
        aspects=wanted.aspects, none=wanted.none,
    )  # fmt: skip


def query_of(wanted: Wanted, **more: Any) -> str:
    """Return what an address must ask to get the same again."""
    told: dict[str, Any] = {
        "kind": wanted.kind, "unit": wanted.unit, "first": wanted.first, "last": wanted.last,
        "rank": wanted.rank, "none": next(iter(wanted.none), ""), **dict(wanted.aspects), **more,
    }  # fmt: skip
    return urlencode({name: value for name, value in told.items() if value not in ("", None)})


def query_of_bar(wanted: Wanted, by: str, key: str) -> str:
    """Return the address of the cases behind a bar."""
    if by == "rank":
        return query_of(wanted, counted=1, rank=key or "0")
    named = {by: key} if key else {"none": by}
    return query_of(wanted, counted=1, **named)


def titles() -> dict[str, str]:
    """Return what the dimensions of the register are called."""
    return {
        "unit": _("单位"),
        "item": _("服务项目"),
        "area": _("过程或区域"),
        "clause": _("条款"),
        "kind": _("案件种类"),
        "source": _("来源"),
        "domain": _("领域"),
        "rank": _("等级"),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
