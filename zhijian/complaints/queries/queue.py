"""Complaints that wait and that are done: filtered, the one due first in front."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from zhijian.cases import queries as cases
from zhijian.cases.queries import Sought
from zhijian.complaints.queries.kinds import intakes


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which complaints somebody looks for; empty fields do not restrict.

    ``channel`` and ``cause`` are stored words; ``hour`` is an hour of the day in Chinese time;
    ``none`` names fields that must be empty. ``last`` is included.
    """

    shown: str = cases.OPEN
    kind: str = ""
    level: str = ""
    unit: int | None = None
    text: str = ""
    channel: str = ""
    cause: str = ""
    hour: int | None = None
    first: date | None = None
    last: date | None = None
    none: frozenset[str] = frozenset()


def queue(user: Any, wanted: Wanted, now: datetime) -> QuerySet[Any]:
    """Return the cases of the complaints that match and that a person may see."""
    sought = Sought(
        shown=wanted.shown,
        kind=wanted.kind,
        level=wanted.level,
        unit=wanted.unit,
        text=wanted.text,
    )
    rows = cases.cases_seen(user, sought, now).filter(_own(wanted))
    return rows.select_related("unit", "owner", "pack_version", "complaint")


def _own(wanted: Wanted) -> Q:
    told = {
        "channel": wanted.channel,
        "cause": wanted.cause,
        "hour": wanted.hour,
        "received_on__gte": wanted.first,
        "received_on__lte": wanted.last,
    }
    given = {name: value for name, value in told.items() if value not in ("", None)}
    found = Q(complaint__isnull=False)
    for name, value in given.items():
        found &= Q(**{f"complaint__{name}": value})
    for name in wanted.none:
        found &= Q(**{f"complaint__{name}": ""})
    return found


def by_level(user: Any, now: datetime) -> tuple[cases.LevelCount, ...]:
    """Return how many complaints of each level are open, the gravest first."""
    rows = cases.seen_by(user).filter(complaint__isnull=False)
    return cases.open_by_level(rows, (each.ref for each in intakes()), now)
