"""Nonconformities that are like one: same regulation, same unit, and same in something told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from zhijian.cases import queries as cases
from zhijian.domain.casework.register import DO_NOT_COUNT
from zhijian.nonconformities.models import Entry

WINDOW_DAYS = 90
"""How far back a page looks for what is alike. What repetition does is said by the regulation."""
ALIKE = ("clause", "item", "area")


@dataclass(frozen=True, slots=True)
class Alike:
    """What is compared: the regulation and unit, and what was told in each of ``ALIKE``."""

    pack_id: str
    kind: str
    unit_id: int
    on: date
    told: tuple[tuple[str, str], ...]


def entry_of(case_id: int) -> Entry | None:
    """Return the row of a case in the register, if it has one."""
    return Entry.objects.select_related("case").filter(case_id=case_id).first()


def of_entry(entry: Entry) -> Alike:
    """Return in what others may be like a case of the register."""
    case = entry.case
    told = tuple((name, getattr(entry, name)) for name in ALIKE)
    return Alike(case.pack_id, case.kind, case.unit_id, entry.found_on, told)


def alike(user: Any, wanted: Alike, but: int | None = None, most: int = 10) -> QuerySet[Any]:
    """Return the latest cases that are alike within the window, as far as a person may see them."""
    same = Q(pk__in=())
    for name, value in wanted.told:
        if value:
            same |= Q(**{f"nonconformity__{name}": value})
    rows = cases.seen_by(user).filter(
        same,
        pack_id=wanted.pack_id,
        kind=wanted.kind,
        unit_id=wanted.unit_id,
        nonconformity__found_on__range=(wanted.on - timedelta(days=WINDOW_DAYS), wanted.on),
    )
    rows = rows.exclude(pk=but).exclude(ends__in=DO_NOT_COUNT)
    found = rows.select_related("unit", "pack_version", "nonconformity")
    return found.order_by("-nonconformity__found_on", "-pk")[:most]
