"""Incidents: filtered and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from zhijian.cases import queries as cases
from zhijian.cases.queries import Sought
from zhijian.foundation.language import language
from zhijian.incidents.models import Incident
from zhijian.incidents.queries.kinds import kinds


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents somebody looks for; empty fields do not restrict. ``last`` is included.

    ``late`` are those reported too late, ``regraded`` those whose level has changed.
    """

    shown: str = cases.OPEN
    kind: str = ""
    level: str = ""
    unit: int | None = None
    text: str = ""
    sort: str = ""
    first: date | None = None
    last: date | None = None
    late: bool = False
    regraded: bool = False


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many incidents of a level are open and overdue."""

    kind: str
    level: str
    title: str
    open: int
    overdue: int


def register(user: Any, wanted: Wanted, now: datetime) -> QuerySet[Any]:
    """Return the cases of the incidents that match and that a person may see."""
    sought = Sought(
        shown=wanted.shown,
        kind=wanted.kind,
        level=wanted.level,
        unit=wanted.unit,
        text=wanted.text,
    )
    rows = cases.cases_seen(user, sought, now).filter(_own(wanted))
    return rows.select_related("unit", "owner", "pack_version", "incident")


def _own(wanted: Wanted) -> Q:
    found = Q(incident__isnull=False)
    if wanted.sort:
        found &= Q(incident__sort=wanted.sort)
    if wanted.first:
        found &= Q(incident__happened_at__date__gte=wanted.first)
    if wanted.last:
        found &= Q(incident__happened_at__date__lte=wanted.last)
    if wanted.late:
        found &= Q(incident__was_late=True)
    if wanted.regraded:
        found &= ~Q(incident__first_level=F("level"))
    return found


def by_level(user: Any, now: datetime) -> tuple[LevelCount, ...]:
    """Return how many incidents of each level are open, the gravest first."""
    rows = (
        cases.seen_by(user)
        .filter(incident__isnull=False, ends="")
        .values("pack_id", "kind", "level")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(sorts_at__lt=now)))
        .order_by()
    )
    counts = {(row["pack_id"], row["kind"], row["level"]): row for row in rows}
    found = []
    for ref in kinds("incident"):
        for level in reversed(ref.kind.levels.values()):
            row = counts.get((ref.pack_id, ref.kind.id, level.id))
            told = (row["open"], row["overdue"]) if row else (0, 0)
            found.append(LevelCount(ref.id, level.id, level.title.to(language()), *told))
    return tuple(found)


def incident_of(case_id: int) -> Incident | None:
    """Return the incident that a case is."""
    return Incident.objects.filter(case_id=case_id).first()
