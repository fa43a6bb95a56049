"""In which order rows of money are held, so that no two people wait for each other.

Amounts that are open, then measures, then entries of the ledger; after them the numbers, and the
audit trail last. Typing an amount, taking an entry back, following a measure up and settling a
result all keep to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from zhijian.outcomes.models import LedgerEntry, OpenAmount, Remedy

if TYPE_CHECKING:
    from zhijian.assessments.models import Assessment


def hold(assessment: Assessment) -> None:
    """Hold everything booked for the period of an assessment, whatever the edition."""
    _hold(booked(assessment))


def hold_entry(entry_id: int) -> None:
    """Hold one entry with its open amount, its measure, and what was typed for it."""
    rows = LedgerEntry.objects.filter(
        Q(pk=entry_id)
        | Q(typed_as__open_amount__entry=entry_id)
        | Q(open_amount__typed__entry=entry_id)
    )
    _hold(rows)


def booked(assessment: Assessment) -> QuerySet[LedgerEntry]:
    """Return everything booked for the period of an assessment, reversals too."""
    return LedgerEntry.objects.filter(
        assessment__pack_id=assessment.pack_id,
        assessment__scheme=assessment.scheme,
        assessment__period=assessment.period,
    )


def _hold(entries: QuerySet[LedgerEntry]) -> None:
    keys = list(entries.order_by("pk").values_list("pk", flat=True).distinct())
    for rows in (OpenAmount.objects.filter(entry__in=keys), Remedy.objects.filter(entry__in=keys)):
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    held = LedgerEntry.objects.filter(pk__in=keys).select_for_update(of=("self",))
    list(held.order_by("pk").values_list("pk"))
