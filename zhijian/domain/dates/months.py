"""Months as plain text ("2024-03"), and steps of whole months between days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def parse_month(text: str) -> date:
    """Return the first day of the month written as ``2024-03``."""
    found = _MONTH.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is not a month; write it like 2024-03")
    year, month = int(found[1]), int(found[2])
    if year == 0 or not 1 <= month <= 12:
        raise ValueError(f"“{text}” is not a month; months run from 01 to 12")
    return date(year, month, 1)


def month_of(day: date) -> str:
    """Return the month of ``day`` as text, ``2024-03``."""
    return f"{day.year:04d}-{day.month:02d}"


def end_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def shift_months(day: date, count: int) -> date:
    """Return the same day number ``count`` months on, or the end of that month if it is shorter."""
    years, month = divmod(day.month - 1 + count, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, end_of_month(first).day))
