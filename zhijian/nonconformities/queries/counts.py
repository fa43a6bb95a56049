"""Counts of nonconformities by unit, service line, area, clause, kind, source, domain and level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count as CountOf
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from zhijian.cases import queries as cases
from zhijian.domain.exact import rounded, to_decimal
from zhijian.domain.statistics.pareto import Bar, pareto
from zhijian.domain.statistics.trend import Trend, trend
from zhijian.nonconformities.queries.register import Wanted, register
from zhijian.nonconformities.queries.words import english_words

DIMENSIONS: Final = ("unit", "item", "area", "clause", "kind", "source", "domain", "rank")
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": ("unit_id", "unit__name"),
    "kind": ("pack_id", "kind"),
    "rank": ("nonconformity__rank",),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One bar with what it is called; ``key`` finds its cases in the register."""

    bar: Bar
    label: str

    @property
    def key(self) -> str:
        """What finds its cases; empty where nothing was told."""
        return self.bar.key

    @property
    def share(self) -> str:
        """The running share in percent, with one decimal."""
        return f"{to_decimal(rounded(self.bar.running * 100, 1))}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its count, and whether it stands out."""

    first: date
    last: date
    count: int
    is_beyond: bool
    is_run: bool


def counted(user: Any, wanted: Wanted, by: str, now: datetime) -> tuple[Counted, ...]:
    """Count what a person may see by one of ``DIMENSIONS``, the most frequent first."""
    columns = _COLUMNS.get(by, (f"nonconformity__{by}",))
    rows = list(_rows(user, wanted, now).values(*columns).annotate(total=CountOf("pk")))
    keys = {_key(by, row): row for row in rows}
    bars = pareto({key: row["total"] for key, row in keys.items()})
    labels = _labels(by)
    return tuple(Counted(each, _label(by, each.key, keys[each.key], labels)) for each in bars)


def by_month(user: Any, wanted: Wanted, now: datetime) -> tuple[tuple[Month, ...], Trend]:
    """Count what a person may see in each month of the span, and judge the months."""
    rows = _rows(user, wanted, now).annotate(month=TruncMonth("nonconformity__found_on"))
    found = {
        row["month"]: row["total"] for row in rows.values("month").annotate(total=CountOf("pk"))
    }
    firsts = _months(wanted.first or now.date(), wanted.last or now.date())
    judged = trend([found.get(each, 0) for each in firsts])
    return (
        tuple(
            Month(each, _next(each) - timedelta(days=1), found.get(each, 0), *signals)
            for each, signals in zip(
                firsts, zip(judged.beyond, judged.run, strict=True), strict=True
            )
        ),
        judged,
    )


def _rows(user: Any, wanted: Wanted, now: datetime) -> Any:
    return register(user, replace(wanted, shown=cases.ALL, counted=True), now).order_by()


def _months(first: date, last: date) -> list[date]:
    month, found = first.replace(day=1), list[date]()
    while month <= last:
        found.append(month)
        month = _next(month)
    return found


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _key(by: str, row: Mapping[str, Any]) -> str:
    if by == "kind":
        return f"{row['pack_id']}:{row['kind']}"
    if by == "rank":
        return str(row["nonconformity__rank"] or "")
    return str(row["unit_id"] if by == "unit" else row[f"nonconformity__{by}"])


def _labels(by: str) -> Mapping[str, str]:
    if by == "kind":
        return {ref.id: ref.label for ref in cases.kinds_in_force()}
    if by == "rank":
        return ranks()
    return english_words()


def ranks() -> dict[str, str]:
    """Return what the common ranks of levels are called."""
    return {"1": _("一级(最轻)"), "2": _("二级"), "3": _("三级"), "4": _("四级(最重)")}


def _label(by: str, key: str, row: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    if by == "unit":
        return str(row["unit__name"])
    if not key:
        return _("不分级") if by == "rank" else _("尚未填写")
    return labels.get(key, key)
