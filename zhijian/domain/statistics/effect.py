"""Whether an action had its effect: at most so many cases alike within so many days after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

RUNNING, MET, MISSED = "running", "met", "missed"


@dataclass(frozen=True, slots=True)
class Effect:
    """What was found from the day after the action to ``last``: the days of the cases, and whether
    that is in order. ``running`` while more may still come."""

    state: str
    first: date
    last: date
    found: tuple[date, ...]


def effect_of(
    found_on: Iterable[date], *, starts: date, days: int, most: int, today: date
) -> Effect:
    """Judge an action that was carried out on ``starts``. The last day counts whole.

    Too many are too many at once; few enough are only in order when the time is over.
    """
    first, last = starts + timedelta(days=1), starts + timedelta(days=days)
    found = tuple(sorted(each for each in found_on if first <= each <= min(last, today)))
    in_order = MET if today > last else RUNNING
    return Effect(MISSED if len(found) > most else in_order, first, last, found)
