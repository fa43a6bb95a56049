"""How long deadlines and clocks take: a due moment from scratch, a clock with its history, and a
sweep that only compares stored due moments. Prints microseconds of the processor as JSON.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from zhijian.domain.deadlines.alarms import ladder, reminders
from zhijian.domain.deadlines.clock import clock_at
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.events import Decided, Event, Paused, Requested, Resumed, Started
from zhijian.domain.deadlines.hours import Span
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.terms import Extension, Pauses, Reason, Reminder, Rung, Stretch
from zhijian.domain.words import Words
from zhijian.packs.calendars import load_calendar

COUNT = 20_000
SWEPT = 1_000_000
_PACKS = Path(__file__).parents[1] / "packs"
_ZONE = ZoneInfo("Asia/Shanghai")
_START = datetime(2026, 2, 13, 9, tzinfo=_ZONE)
_RAIN = (Reason("rain", Words("下雨")),)
_OFFICE = (Span.parse("08:30-12:00"), Span.parse("14:00-17:30"))
PLAIN = Limit("it", "working_day", 3)
LONG = Limit("it", "working_day", 250)
OFFICE = Limit("it", "working_time", 16, "hour", ends="to_the_minute", hours=_OFFICE)
FULL = Limit(
    "it",
    "working_day",
    10,
    pauses=Pauses(_RAIN, "touched"),
    extension=Extension(Stretch("working_day", 5)),
    reminders=(Reminder(before=Stretch("working_day", 1)),),
    escalation=(Rung("leader"), Rung("committee", Stretch("working_day", 2))),
)


def _event(days: int, kind: type, *args: object) -> Event:
    event: Event = kind(_START + timedelta(days=days), *args)
    return event


HISTORY: list[Event] = [
    Started(_START),
    _event(12, Paused, "rain"),
    _event(13, Resumed),
    _event(14, Requested, 3),
    _event(15, Decided, True),
]


def main() -> None:
    """Measure and print."""
    calendar = load_calendar(_PACKS / "calendar-cn")
    moment = _START + timedelta(days=16)

    def clock() -> object:
        read = clock_at(HISTORY, FULL, calendar, moment)
        return reminders(read), ladder(read)

    found = {
        "due": _each(lambda: due(PLAIN, _START, calendar)),
        "due_long": _each(lambda: due(LONG, _START, calendar)),
        "due_office": _each(lambda: due(OFFICE, _START, calendar)),
        "clock": _each(lambda: clock_at(HISTORY[:1], PLAIN, calendar, moment)),
        "clock_with_history_and_alarms": _each(clock),
        "sweep_seconds": _sweep(),
    }
    print(json.dumps({name: round(value, 2) for name, value in found.items()}))


def _each(work: Callable[[], object]) -> float:
    begun = time.process_time()
    for _ in range(COUNT):
        work()
    return (time.process_time() - begun) / COUNT * 1e6


def _sweep() -> float:
    """Compare a million stored due moments with now, as the sweep does; seconds."""
    stored = [_START + timedelta(minutes=each % 50_000) for each in range(SWEPT)]
    now = _START + timedelta(days=10)
    begun = time.process_time()
    late = sum(each < now for each in stored)
    taken = time.process_time() - begun
    if not 0 < late < SWEPT:
        raise SystemExit("the sweep found nothing to do")
    return taken


if __name__ == "__main__":
    main()
