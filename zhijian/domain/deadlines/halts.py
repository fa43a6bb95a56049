"""Stretches in which a clock stands, and the days they take out of a limit in days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhijian.domain.deadlines.meter import DAY, Dial, Gap, merged
from zhijian.domain.words import Words


@dataclass(frozen=True, slots=True)
class Halt:
    """The clock stands from ``since`` on, up to ``until``, when it runs again.

    ``is_open`` while nobody has said when it ends; ``until`` is then the moment of asking.
    """

    since: datetime
    until: datetime
    title: Words
    cites: str = ""
    is_open: bool = False

    def covers(self, moment: datetime) -> bool:
        """Tell whether the clock stands at ``moment``; an open halt covers the moment of asking."""
        return self.since <= moment and (self.is_open or moment < self.until)

    def touches(self, day: date) -> bool:
        """Tell whether the clock stands at any time of a day."""
        return (
            self.since < self.until
            and self.since.date() <= day <= (self.until - timedelta(microseconds=1)).date()
        )


def gaps_of(halts: Iterable[Halt], dial: Dial) -> tuple[Gap, ...]:
    """Return the halts as gaps in time, in order; those that overlap count once."""
    return merged((dial.instant(each.since), dial.instant(each.until)) for each in halts)


def paused_days(halts: Iterable[Halt], dial: Dial, which: str) -> tuple[Gap, ...]:
    """Return the days that halts take out, as ordinals from one on up to another.

    ``touched``: every day on which the clock stood at all. ``whole``: days on which it stood from
    beginning to end; two halts that follow each other without a break may make up such a day.
    """
    touched = which == "touched"
    return merged(
        (
            (since if touched else since + DAY - 1) // DAY + 1,
            (until + DAY - 1 if touched else until) // DAY + 1,
        )
        for since, until in gaps_of(halts, dial)
    )


def is_paused(day: int, days: tuple[Gap, ...]) -> bool:
    """Tell whether the day with that ordinal is among those taken out."""
    return any(since <= day < until for since, until in days)


def as_gaps(days: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Return days taken out as gaps in time, midnight to midnight."""
    return tuple(((since - 1) * DAY, (until - 1) * DAY) for since, until in days)
