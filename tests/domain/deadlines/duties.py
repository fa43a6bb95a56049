"""Limits and moments that the tests of clocks share."""

from __future__ import annotations

from datetime import datetime, time
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.domain.deadlines.calendars import CHINA
from zhijian.domain.deadlines.clock import Clock, clock_at
from zhijian.domain.deadlines.events import Event, Started
from zhijian.domain.deadlines.hours import Span
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.terms import (
    Agreement,
    Extension,
    Pauses,
    Reason,
    Reminder,
    Rung,
    Stretch,
)
from zhijian.domain.words import Words

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (Span(480, 720), Span(840, 1080))
TIMED: dict[str, Any] = {"ends": "to_the_minute"}
RAIN = Reason("rain", Words("下雨", "rain"))
USER = Reason("user", Words("用户要求", "wish of the user"), consent=True, cites="第五条")
TRAFFIC = Reason("traffic", Words("交通", "traffic"), stops=False)
REASONS = (RAIN, USER, TRAFFIC)
FIVE_DAYS = Extension(Stretch("working_day", 5), cites="第七条")
ONE_DAY_BEFORE = Reminder(before=Stretch("working_day", 1), at=time(9))
HALF = Reminder(Fraction(1, 2))


def at(text: str) -> datetime:
    """A moment in China."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def working_days(count: int = 3, days: str = "touched", **words: Any) -> Limit:
    terms: dict[str, Any] = {"pauses": Pauses(REASONS, days, "第四条"), "agreed": Agreement()}
    terms |= {"cites": "第三条", "title": Words("整改", "Correction"), **words}
    return Limit("it", "working_day", count, **terms)


def natural_days(count: int, days: str = "touched", **words: Any) -> Limit:
    return Limit("it", "natural_day", count, pauses=Pauses(REASONS, days), **words)


def hours(count: int, **words: Any) -> Limit:
    """Hours that run day and night."""
    words = {"pauses": Pauses(REASONS), **TIMED, **words}
    return Limit("it", "elapsed", count, "hour", **words)


def desk_hours(count: int, **words: Any) -> Limit:
    """Hours within the working hours, 8 to 12 and 14 to 18."""
    words = {"pauses": Pauses(REASONS), "hours": OFFICE, **TIMED, **words}
    return Limit("it", "working_time", count, "hour", **words)


def read(limit: Limit, start: str, moment: str, *events: Event) -> Clock:
    """The clock of a duty that arose at ``start``."""
    return clock_at([Started(at(start)), *events], limit, CHINA, at(moment))


def due_of(limit: Limit, start: str, moment: str, *events: Event) -> str:
    due = read(limit, start, moment, *events).due
    return f"{due:%Y-%m-%d %H:%M:%S}"


def remarks(clock: Clock) -> list[str]:
    return [each.code.removeprefix("clock.") for each in clock.remarks]


LADDER = (Rung("leader"), Rung("committee", Stretch("working_day", 1)))
