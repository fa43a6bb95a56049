"""How days, moments, scores and money are written on pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from zhijian.foundation.language import language

register = template.Library()

_NOTHING = "—"
_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


@register.filter
def long_date(day: date | None) -> str:
    """Write a day to be read: 2026年7月21日(星期二)."""
    if day is None:
        return _NOTHING
    day = _local(day)
    if language() == "en":
        return f"{_WEEKDAYS['en'][day.weekday()]} {day:%Y-%m-%d}"
    return f"{day.year}年{day.month}月{day.day}日(星期{_WEEKDAYS['zh'][day.weekday()]})"


@register.filter
def short_date(day: date | None) -> str:
    """Write a day to be compared: 2026-07-21."""
    return _NOTHING if day is None else f"{_local(day):%Y-%m-%d}"


@register.filter
def moment(at: datetime | None) -> str:
    """Write a moment on the clocks of the office, to the minute, as one piece that never wraps."""
    return _NOTHING if at is None else f"{timezone.localtime(at):%Y-%m-%d\u00a0%H:%M}"


@register.filter
def money(amount: Decimal | None) -> str:
    """Write an amount with thousands separators and to the fen."""
    return _NOTHING if amount is None else f"{amount:,.2f}"


@register.filter
def score(value: Decimal | None, places: int = 2) -> str:
    """Write a score with its places; a missing one is a dash, never a zero."""
    return _NOTHING if value is None else f"{value:.{places}f}"


@register.filter
def share(value: Decimal | None, places: int = 1) -> str:
    """Write a share between 0 and 1 as a percentage."""
    return _NOTHING if value is None else f"{value * 100:.{places}f} %"


def _local(day: date) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day
