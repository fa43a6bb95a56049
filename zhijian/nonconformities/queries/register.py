"""The register: every nonconformity of every regulation, filtered, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from zhijian.cases import queries as cases
from zhijian.cases.queries import Sought
from zhijian.domain.casework.register import ASPECTS, DO_NOT_COUNT


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which nonconformities somebody looks for; empty fields do not restrict.

    ``aspects`` holds a stored word for some of ``ASPECTS``; ``none`` names those that must be
    empty. ``last`` is included. ``counted`` leaves out what was rejected, taken back or merged.
    """

    shown: str = cases.ALL
    kind: str = ""
    level: str = ""
    rank: int | None = None
    unit: int | None = None
    text: str = ""
    first: date | None = None
    last: date | None = None
    aspects: tuple[tuple[str, str], ...] = ()
    none: frozenset[str] = frozenset()
    counted: bool = False

    def aspect(self, name: str) -> str:
        """Return the word that is looked for in one aspect."""
        return dict(self.aspects).get(name, "")


def register(user: Any, wanted: Wanted, now: datetime) -> QuerySet[Any]:
    """Return the cases in the register that match and that a person may see."""
    sought = Sought(wanted.shown, wanted.kind, "", wanted.level, wanted.unit, "", wanted.text)
    rows = cases.cases_seen(user, sought, now).filter(_own(wanted))
    if wanted.counted:
        rows = rows.exclude(ends__in=DO_NOT_COUNT)
    return rows.select_related("unit", "owner", "pack_version", "nonconformity")


def _own(wanted: Wanted) -> Q:
    found = Q(nonconformity__isnull=False)
    told = {
        "rank": wanted.rank,
        "found_on__gte": wanted.first,
        "found_on__lte": wanted.last,
        **{name: value for name, value in wanted.aspects if name in ASPECTS},
    }
    for name, value in told.items():
        if value not in ("", None):
            found &= Q(**{f"nonconformity__{name}": value})
    for name in wanted.none:
        found &= Q(**{f"nonconformity__{name}": ""})
    return found


def words_found(user: Any, aspect: str, now: datetime, most: int = 200) -> tuple[str, ...]:
    """Return the words that cases in sight have in one aspect, for filters."""
    rows = register(user, Wanted(), now).exclude(**{f"nonconformity__{aspect}": ""})
    column = f"nonconformity__{aspect}"
    return tuple(rows.order_by(column).values_list(column, flat=True).distinct()[:most])
