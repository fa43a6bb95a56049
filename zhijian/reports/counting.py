"""Records of a kind counted by unit: the database counts, whatever their number."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.fields.json import KT

from zhijian.domain.dates.period import Period
from zhijian.domain.exact import plain
from zhijian.domain.exact import rounded as round_half_up
from zhijian.domain.records.kind import RecordKind
from zhijian.intake import queries as intake
from zhijian.intake.names import UnitNames

_PLACES = 2


def of_kind(pack_id: str, period: Period, kind: RecordKind, by: str) -> dict[str, Any]:
    """Return count, values of the field ``by`` and, for a kind with a total, mean and spread."""
    rows = intake.records(pack_id, period, [kind.id]).order_by()
    names = UnitNames.load()
    units: dict[str, dict[str, Any]] = {
        names.name(unit_id): {"count": count, "by": {}}
        for unit_id, count in rows.values_list("unit_id").annotate(count=Count("pk"))
    }
    values = _count_by(rows, by, units, names) if by else []
    if kind.total:
        _spread(rows, pack_id, kind, units, names)
    return {
        "title": kind.title.zh,
        "count": sum(each["count"] for each in units.values()),
        "values": values,
        "units": dict(sorted(units.items())),
    }


def _count_by(
    rows: QuerySet[Any], by: str, units: dict[str, dict[str, Any]], names: UnitNames
) -> list[str]:
    counted = rows.values_list("unit_id", KT(f"values__{by}")).annotate(count=Count("pk"))
    seen: dict[str, int] = {}
    for unit_id, value, count in counted:
        told = value or "—"
        units[names.name(unit_id)]["by"][told] = count
        seen[told] = seen.get(told, 0) + count
    return sorted(seen, key=lambda each: (-seen[each], each))


def _spread(
    rows: QuerySet[Any],
    pack_id: str,
    kind: RecordKind,
    units: dict[str, dict[str, Any]],
    names: UnitNames,
) -> None:
    slot = intake.slots(pack_id, [kind.id]).get(kind.id, {}).get(kind.total)
    if slot is None:
        return
    found = rows.values_list("unit_id").annotate(
        count=Count(slot.column),
        total=Sum(slot.column),
        low=Min(slot.column),
        high=Max(slot.column),
    )
    for unit_id, count, total, low, high in found:
        if not count:
            continue
        mean = Fraction(slot.decode(int(total))) / count  # type: ignore[arg-type]
        units[names.name(unit_id)] |= {
            "mean": plain(round_half_up(mean, _PLACES), _PLACES),
            "lowest": plain(Fraction(slot.decode(low)), _PLACES),  # type: ignore[arg-type]
            "highest": plain(Fraction(slot.decode(high)), _PLACES),  # type: ignore[arg-type]
        }
