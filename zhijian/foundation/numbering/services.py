"""Numbers without gaps: a number is given inside the transaction that uses it."""

from __future__ import annotations

from django.db import transaction

from zhijian.foundation.numbering.models import NumberSeries


@transaction.atomic
def next_number(*, kind: str, year: int) -> int:
    """Return the next number of the series, starting at 1.

    The series stays locked until the caller's transaction ends; when that is rolled back the
    number is given again. Call it inside the transaction that stores the paper.
    """
    NumberSeries.objects.bulk_create([NumberSeries(kind=kind, year=year)], ignore_conflicts=True)
    series = NumberSeries.objects.select_for_update().get(kind=kind, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
