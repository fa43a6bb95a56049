"""Incidents: filtered and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from zhijian.cases import queries as cases
from zhijian.cases.queries import Sought
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


def by_level(user: Any, now: datetime) -> tuple[cases.LevelCount, ...]:
    """Return how many incidents of each level are open, the gravest first."""
    rows = cases.seen_by(user).filter(incident__isnull=False)
    return cases.open_by_level(rows, kinds("incident"), now)


def incident_of(case_id: int) -> Incident | None:
    """Return the incident that a case is."""
    return Incident.objects.filter(case_id=case_id).first()
