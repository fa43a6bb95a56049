"""The only place that reads the clock, so that everything else can be given its moment."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now()


def day_of(at: datetime) -> date:
    """Return the day of a moment where the offices are; in UTC it may still be the day before."""
    return timezone.localtime(at).date()


def today() -> date:
    """Return the present day where the offices are (the time zone of the settings)."""
    return timezone.localdate()
