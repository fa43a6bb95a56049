"""What a sweep compares: the clocks of a case as they stand, and the alarms still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhijian.cases.models import Case, CaseClock, NoticeWord
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.timing import clocks
from zhijian.domain.deadlines.alarms import falls_due, ladder, reminders
from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.deadlines.verdict import to_data, verdict

_SECOND = timedelta(seconds=1)
#: Where nothing can lapse, a case stands behind all others.
NEVER = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that comes at a moment, once by its key: a reminder, the due moment, a level."""

    key: str
    clock: str
    word: str
    at: datetime
    level: int = 0
    to: str = ""


def read_clocks(standing: Standing, at: datetime) -> dict[str, Clock]:
    """Return the clocks of a case that were started and have a limit."""
    found = clocks(standing.course, standing.around, at)
    return {name: clock for name, clock in found.items() if isinstance(clock, Clock)}


def alarms_of(name: str, clock: Clock) -> Iterator[Alarm]:
    """Yield what an open clock brings about; an alarm that moves is a new one."""
    for number, reminder in enumerate(reminders(clock), start=1):
        yield _alarm(name, NoticeWord.REMINDER, reminder.at, number)
    due = falls_due(clock)
    if due is not None:
        yield _alarm(name, NoticeWord.OVERDUE, due + _SECOND, 0)
    for rung in ladder(clock):
        yield _alarm(name, NoticeWord.ESCALATION, rung.at, rung.level, rung.rule.to)


def _alarm(name: str, word: str, at: datetime, level: int, to: str = "") -> Alarm:
    key = f"{name}/{word}/{level}/{at.isoformat(timespec='seconds')}"
    return Alarm(key, name, str(word), at, level if word == NoticeWord.ESCALATION else 0, to)


def earliest_due(read: dict[str, Clock]) -> datetime | None:
    """Return when the first of some clocks lapses."""
    return min((due for clock in read.values() if (due := falls_due(clock))), default=None)


def write_clocks(case: Case, read: dict[str, Clock], told: Collection[str]) -> None:
    """Write the copies of the clocks; ``told`` are the keys of the notices that were written."""
    rows = [_row(case, name, clock, told) for name, clock in read.items()]
    CaseClock.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case", "clock"],
        update_fields=["state", "due_at", "next_at", "level", "calendar", "is_over", "verdict"],
    )


def _row(case: Case, name: str, clock: Clock, told: Collection[str]) -> CaseClock:
    is_over = bool(clock.run and clock.run.ended)
    alarms = list(alarms_of(name, clock))
    waiting = (each.at for each in alarms if each.key not in told)
    reached = (each.level for each in alarms if each.at <= clock.moment)
    return CaseClock(
        case=case,
        clock=name,
        state=clock.state,
        due_at=falls_due(clock),
        next_at=min(waiting, default=None),
        level=max(reached, default=0),
        calendar=clock.calendar.digest,
        is_over=is_over,
        verdict=to_data(verdict(clock)) if is_over else None,
    )
