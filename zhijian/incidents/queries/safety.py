"""Hazards that are followed, and duties that come round."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from zhijian.cases import queries as cases
from zhijian.cases.queries import KindRef, Sought
from zhijian.foundation.language import language
from zhijian.incidents.models import Duty
from zhijian.incidents.queries.kinds import kinds, options
from zhijian.organizations import queries as organizations

NO_AREA = ""


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Hazards of an area of safety: followed now, removed at once, gone after being followed."""

    key: str
    title: str
    open: int
    on_spot: int
    gone: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A duty that a unit keeps in no round: in some areas, or at all where it has none."""

    title: str
    unit: str
    areas: tuple[str, ...]


def hazards(user: Any, sought: Sought, area: str, now: datetime) -> QuerySet[Any]:
    """Return the cases of the hazards that match, those that are followed the longest in front."""
    rows = cases.cases_seen(user, sought, now).filter(hazard__isnull=False)
    rows = rows.filter(hazard__area=area) if area else rows
    rows = rows.select_related("unit", "owner", "pack_version", "hazard")
    return rows.order_by("opened_at", "pk") if sought.shown == cases.OPEN else rows


def by_area(user: Any) -> tuple[AreaCount, ...]:
    """Return the hazards of each area that some regulation names, and of those without one."""
    rows = (
        cases.seen_by(user)
        .filter(hazard__isnull=False)
        .values("hazard__area")
        .annotate(
            open=Count("pk", filter=Q(ends="")),
            on_spot=Count("pk", filter=Q(hazard__on_spot=True)),
            gone=Count("pk", filter=Q(ends="closed", hazard__on_spot=False)),
        )
        .order_by()
    )
    found = {row["hazard__area"]: row for row in rows}
    words = {key: each.to(language()) for key, each in options("hazard").items()}
    names = [*words, *(key for key in found if key not in words)]
    return tuple(AreaCount(key, words.get(key, key), *_told(found.get(key))) for key in names)


def _told(row: dict[str, Any] | None) -> tuple[int, int, int]:
    return (row["open"], row["on_spot"], row["gone"]) if row else (0, 0, 0)


def duties(user: Any, *, is_open: bool, area: str = "", unit: int | None = None) -> QuerySet[Duty]:
    """Return the rounds that a person may see: open ones due first, else the latest done."""
    rows = Duty.objects.filter(case__in=cases.seen_by(user)).select_related(
        "case__unit", "case__owner", "case__pack_version"
    )
    rows = rows.defer("case__pack_version__files")
    rows = rows.filter(area=area) if area else rows
    rows = rows.filter(case__unit_id=unit) if unit else rows
    if is_open:
        return rows.filter(done_at=None, case__ends="").order_by("due_at", "pk")
    return rows.exclude(done_at=None).order_by("-done_at", "-pk")


def gaps(user: Any) -> tuple[Gap, ...]:
    """Return which duties no round is open of, in the units that keep some duty of the same
    regulation."""
    told = Duty.objects.filter(case__in=cases.seen_by(user)).values_list(
        "case__pack_id", "case__kind", "area", "case__unit_id", "case__ends"
    )
    kept, held = set(), set()
    for pack_id, kind, area, unit_id, ends in told:
        held.add((pack_id, unit_id))
        if not ends:
            kept.add((pack_id, kind, area, unit_id))
    names = organizations.units_by_id({unit for _, unit in held})
    return tuple(
        Gap(ref.kind.title.to(language()), names[unit_id].name, lacking)
        for ref in kinds("recurring")
        for unit_id in sorted(unit for pack_id, unit in held if pack_id == ref.pack_id)
        if (lacking := _lacking(ref, unit_id, kept)) is not None
    )


def _lacking(
    ref: KindRef, unit_id: int, kept: Collection[tuple[str, str, str, int]]
) -> tuple[str, ...] | None:
    """Return the areas in which a unit keeps no round, none of them where the kind has no areas;
    nothing where no round is lacking."""
    rule = ref.kind.safety.recurring if ref.kind.safety else None
    if rule is None or not rule.area:
        return None if (ref.pack_id, ref.kind.id, NO_AREA, unit_id) in kept else ()
    areas = ref.kind.facts[rule.area].field.options
    found = tuple(
        words.to(language())
        for key, words in areas.items()
        if (ref.pack_id, ref.kind.id, key, unit_id) not in kept
    )
    return found or None
