"""All words that a pack may use for limits, and how a limit that cannot be is refused."""

from __future__ import annotations

from typing import Final

from zhijian.domain.dates.period import MONTHS_IN

KINDS: Final = (
    "elapsed",
    "working_time",
    "at_once",
    "same_day",
    "natural_day",
    "working_day",
    "week",
    "month",
    "day_of_month",
    "day_of_week",
)
"""How time is counted. ``elapsed`` runs day and night, ``working_time`` within working hours;
``day_of_month`` and ``day_of_week`` are fixed days; ``at_once`` leaves no time at all."""

UNITS: Final = ("minute", "hour")
"""What an ``elapsed`` and a ``working_time`` limit counts."""

DIRECTIONS: Final = ("after", "before")
"""Whether the duty falls after what started it, or is counted back from a planned day."""

ROLLS: Final = ("none", "forward", "backward")
"""What happens when the last day is not worked: it stays, or moves to the next or former one."""

ENDS: Final = ("end_of_day", "to_the_minute")
"""Whether the whole last day is left, or only until the time of day of the start."""

PERIODS: Final = tuple(MONTHS_IN)
"""The period whose month a ``day_of_month`` limit names."""

WHICH: Final = ("following", "current")
"""Whether that period is the one after the start, or the one the start lies in."""

PAUSED_DAYS: Final = ("touched", "whole")
"""Which days a pause takes out of a limit in days: every day it touches, or only days on which
the clock stood from beginning to end."""

REOPENINGS: Final = ("keep", "continue", "restart")
"""What reopening does: the old due moment stands; the time in between is taken out; the limit
begins anew."""

STRETCHES: Final = ("elapsed", "working_time", "natural_day", "working_day", "week", "month")
"""How an extension may be counted."""

OFFSETS: Final = ("elapsed", "working_time", "natural_day", "working_day")
"""How reminders and escalations may be counted from the due moment."""

MOST: Final = {
    "minute": 525_600,
    "hour": 87_600,
    "natural_day": 36_600,
    "working_day": 26_000,
    "week": 5_200,
    "month": 1_200,
}
"""The largest count of each kind; a larger one is a slip of the pen."""

TIMED: Final = frozenset({"elapsed", "working_time", "at_once"})
"""Kinds that always run out at a moment, never with a day."""

MEASURED: Final = frozenset({"elapsed", "working_time"})
"""Kinds that count minutes or hours."""

COUNTED: Final = frozenset(STRETCHES)
"""Kinds that have a count."""

COUNTED_BACK: Final = COUNTED - {"working_time"}
"""Kinds that can be counted back from a planned day."""

FIXED: Final = frozenset({"day_of_month", "day_of_week"})
"""Kinds that name a day; neither a count nor a pause moves it."""

ROLLING: Final = frozenset({"natural_day", "week", "month", *FIXED})
"""Kinds that may end on a rest day, so that the last day may be moved."""

FIRST_DAY: Final = frozenset({"natural_day", "working_day", "week", "month"})
"""Kinds with a first day that may be counted or not."""

LIMIT_CODES: Final = (
    "limit.unknown_word",
    "limit.out_of_range",
    "limit.unit_not_elapsed",
    "limit.count_not_wanted",
    "limit.fixed_day_and_kind",
    "limit.elapsed_is_timed",
    "limit.ends_with_day",
    "limit.not_before",
    "limit.not_rolled",
    "limit.no_first_day",
    "limit.earliest",
    "limit.hours_and_kind",
    "limit.bad_hours",
    "limit.no_pauses",
    "limit.paused_days",
    "limit.reason_twice",
    "limit.reopening",
    "limit.reminder",
    "limit.no_share",
    "limit.ladder_order",
)
"""Every code with which a limit can be refused."""


class BadLimit(ValueError):
    """A limit that cannot be; ``code`` is looked up for the wording, ``facts`` fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        said = ", ".join(f"{name} {value}" for name, value in facts.items())
        super().__init__(f"{code}: {said}" if said else code)
        self.code = code
        self.facts = facts


def one_of(name: str, found: str, allowed: tuple[str, ...]) -> None:
    """Refuse a word that is not among those allowed."""
    if found not in allowed:
        raise BadLimit("limit.unknown_word", name=name, found=found, allowed=", ".join(allowed))


def between(name: str, found: int, most: int, least: int = 1) -> None:
    """Refuse a number below ``least`` or above ``most``."""
    if not least <= found <= most:
        raise BadLimit("limit.out_of_range", name=name, found=found, least=least, most=most)
