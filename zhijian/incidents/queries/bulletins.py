"""Bulletins and which units took note of them.

Everybody who may see cases of some unit reads every bulletin: that is what it is for.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from zhijian.accounts import queries as accounts
from zhijian.incidents.models import Acknowledgement, Bulletin

TAKE_NOTE = "cases.act"


def bulletins() -> QuerySet[Bulletin]:
    """Return every bulletin with how many units have it and took note, the latest first."""
    return (
        Bulletin.objects.select_related("case__unit", "case__pack_version", "case__incident")
        .defer("case__pack_version__files")
        .annotate(
            units=Count("acknowledgements"),
            noted=Count("acknowledgements", filter=Q(acknowledgements__at__isnull=False)),
        )
        .order_by("-issued_at", "-pk")
    )


def bulletin(bulletin_id: int) -> Bulletin | None:
    """Return one of them."""
    return bulletins().filter(pk=bulletin_id).first()


def bulletins_of(case_id: int) -> list[Bulletin]:
    """Return the bulletins about a case, the latest first."""
    return list(bulletins().filter(case_id=case_id))


def acknowledgements(row: Bulletin) -> list[Acknowledgement]:
    """Return the units of a bulletin, those that have not taken note in front."""
    rows = row.acknowledgements.select_related("unit", "by")
    return sorted(rows, key=lambda each: (each.at is not None, each.unit.position, each.unit_id))


def owed_by(user: Any, bulletin_id: int | None = None) -> QuerySet[Acknowledgement]:
    """Return what a person has to take note of for the units that they look after."""
    rows = Acknowledgement.objects.filter(at=None).select_related("bulletin__case", "unit")
    rows = rows.filter(bulletin_id=bulletin_id) if bulletin_id else rows
    units = accounts.units_allowed(user, TAKE_NOTE)
    if units is accounts.ALL:
        named = [each.unit_id for each in accounts.grants_of(user) if each.unit_id]
        return rows.filter(unit_id__in=named)
    return rows.filter(unit_id__in=units).order_by("-bulletin_id", "unit_id")
