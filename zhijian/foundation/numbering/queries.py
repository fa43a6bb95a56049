"""Reading the series of numbers."""

from __future__ import annotations

from zhijian.foundation.numbering.models import NumberSeries


def last_number(*, kind: str, year: int) -> int:
    """Return the last number that was given in a series, 0 before the first."""
    found = NumberSeries.objects.filter(kind=kind, year=year).values_list("last", flat=True)
    return found.first() or 0
