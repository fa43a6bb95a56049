"""Offices with a public page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from zhijian.accounts import queries as accounts
from zhijian.complaints.models import Office


def offices_of(user: Any) -> QuerySet[Office]:
    """Return the offices of the units for which a person keeps them."""
    units = accounts.units_allowed(user, "complaints.offices")
    rows = Office.objects.select_related("unit").order_by("-is_open", "title", "pk")
    return rows if units is accounts.ALL else rows.filter(unit_id__in=units)


def office_for(user: Any, office_id: int) -> Office | None:
    """Return one of them."""
    return offices_of(user).filter(pk=office_id).first()


def office_at(code: str) -> Office | None:
    """Return the office at an address, while its page is open."""
    return Office.objects.select_related("unit").filter(code=code, is_open=True).first()
