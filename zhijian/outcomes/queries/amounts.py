"""Amounts left to the approver: which are open, who may type them, who typed them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from zhijian.accounts import queries as accounts
from zhijian.outcomes.models import AmountState, LedgerEntry, OpenAmount, TypedAmount

_TYPE = "outcomes.type_amount"


def awaiting(user: Any) -> int:
    """Count the open amounts of the units a person may look at."""
    allowed = accounts.units_allowed(user, "outcomes.view")
    rows = _open()
    return (rows if allowed is accounts.ALL else rows.filter(entry__unit_id__in=allowed)).count()


def to_type(user: Any) -> int:
    """Count the open amounts that a person has to type."""
    allowed = accounts.units_allowed(user, _TYPE)
    rows = _open().filter(approver__in=accounts.roles_of(user))
    return (rows if allowed is accounts.ALL else rows.filter(entry__unit_id__in=allowed)).count()


def may_type(user: Any, entry: LedgerEntry) -> bool:
    """Tell whether a person may type the amount of an entry now."""
    row = OpenAmount.objects.filter(entry=entry).first()
    return (
        row is not None
        and row.is_open
        and row.approver in accounts.roles_of(user)
        and accounts.may(user, _TYPE, entry.unit_id)
    )


def typed_for(entry: LedgerEntry) -> list[TypedAmount]:
    """Return every amount that was typed for an entry, the latest first, reversed ones too."""
    rows = TypedAmount.objects.filter(open_amount__entry=entry)
    rows = rows.select_related("by", "entry", "entry__reversed_by").defer("entry__working")
    return list(rows.order_by("-pk"))


def _open() -> QuerySet[OpenAmount]:
    return OpenAmount.objects.filter(state=AmountState.OPEN)
