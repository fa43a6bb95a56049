"""What is booked for units in periods: the answer that results ask the ledger for."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.db.models import QuerySet, Sum

from zhijian.assessments.booked import Asked, Awaited, Booked, Booking, Typed
from zhijian.domain.words import Words
from zhijian.outcomes.models import AmountState, Kind, LedgerEntry, OpenAmount, TypedAmount

#: Beyond this many units all of the period are read; a statement names only so many values.
_MOST_NAMED = 500


def booked(asked: Asked) -> dict[Booking, Booked]:
    """Return rewards and penalties with reversals, what is still open, and what was typed."""
    rows = LedgerEntry.objects.filter(
        assessment__pack_id=asked.pack_id,
        assessment__scheme=asked.scheme,
        period__in=asked.periods,
    )
    if len(asked.unit_ids) <= _MOST_NAMED:
        rows = rows.filter(unit_id__in=asked.unit_ids)
    sums: defaultdict[Booking, dict[str, Decimal]] = defaultdict(dict)
    grouped = rows.order_by().values_list("period", "unit_id", "kind")
    for period, unit, kind, total in grouped.annotate(total=Sum("amount")):
        sums[period, unit][kind] = total
    awaited, typed = _awaited(rows), _typed(rows)
    return {
        key: Booked(
            rewards=by_kind.get(Kind.REWARD, Decimal(0)),
            penalties=by_kind.get(Kind.PENALTY, Decimal(0)),
            awaited=tuple(awaited.get(key, ())),
            typed=tuple(typed.get(key, ())),
        )
        for key, by_kind in sums.items()
    }


def _awaited(rows: QuerySet[LedgerEntry]) -> dict[Booking, list[Awaited]]:
    found: defaultdict[Booking, list[Awaited]] = defaultdict(list)
    open_rows = OpenAmount.objects.filter(entry__in=rows, state=AmountState.OPEN)
    for row in open_rows.select_related("entry").defer("entry__working").order_by("pk"):
        entry = row.entry
        told = Awaited(
            entry.rule, Words(entry.title, entry.title_en), entry.kind, row.approver, row.limits
        )
        found[entry.period, entry.unit_id].append(told)
    return found


def _typed(rows: QuerySet[LedgerEntry]) -> dict[Booking, list[Typed]]:
    found: defaultdict[Booking, list[Typed]] = defaultdict(list)
    standing = TypedAmount.objects.filter(entry__in=rows, entry__reversed_by=None)
    for row in standing.select_related("entry").defer("entry__working").order_by("pk"):
        entry = row.entry
        told = Typed(
            entry.rule, Words(entry.title, entry.title_en), entry.code, entry.amount, row.reason
        )
        found[entry.period, entry.unit_id].append(told)
    return found
