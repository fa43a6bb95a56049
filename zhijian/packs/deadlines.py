"""From the names a person types to a deadline: pack, limit, start, calendar. No framework."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.alarms import ReminderAt, RungAt, ladder, reminders
from zhijian.domain.deadlines.clock import Clock, clock_at
from zhijian.domain.deadlines.due import Due, due
from zhijian.domain.deadlines.events import Event, Started
from zhijian.domain.deadlines.events_reading import read_event
from zhijian.domain.deadlines.rule import LimitOn, LimitRule
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.policy.raw import Reading, as_list
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.calendars import check_calendar
from zhijian.packs.files import Unparsable, load_pack, parse
from zhijian.packs.folders import find_folder

MISUSE = frozenset(
    {
        "pack.not_found",
        "deadline.unknown_limit",
        "deadline.bad_start",
        "deadline.out_of_reach",
        "deadline.needs_moment",
        "deadline.no_events",
    }
)
"""The codes that mean the question was wrong, not the pack."""

_ZONE = ZoneInfo("Asia/Shanghai")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_YEARS = range(1900, 2200)
_LONG = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks: names as typed, not yet looked up.

    ``at`` is the moment at which the clock is read, ``events`` a file with what happened since the
    start; without both, only the deadline is asked for.
    """

    pack: str
    limit: str
    start: str
    calendar: str = "calendar-cn"
    at: str = ""
    events: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A deadline, the calendar it was counted with, and all a reader should know about it.

    ``clock`` is read at the moment asked for, or else at the start; ``was_read`` tells which.
    """

    due: Due
    calendar: WorkingCalendar
    clock: Clock
    was_read: bool
    reminders: tuple[ReminderAt, ...]
    ladder: tuple[RungAt, ...]
    remarks: tuple[Problem, ...]

    @property
    def start(self) -> str:
        """The start: a day, or a moment in Chinese time."""
        return self.due.start.isoformat()

    @property
    def at(self) -> datetime:
        """The last second in time, in Chinese time, with everything that has happened."""
        return self.clock.due or self.due.at.replace(tzinfo=_ZONE)

    @property
    def provisional(self) -> bool:
        """Whether a notice of holidays may still move it."""
        return self.clock.provisional if self.clock.legs else self.due.provisional


class Unanswered(Exception):
    """The question has no answer; ``problems`` says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(each.code for each in problems))
        self.problems = problems


def answer(question: Question) -> Answer:
    """Compute the deadline, or raise ``Unanswered`` with everything that stands in the way."""
    start = read_start(question.start)
    folder = find_folder(question.pack)
    if isinstance(folder, Problem):
        raise Unanswered(folder)
    pack = load_pack(folder)
    if not isinstance(pack, Pack):
        raise Unanswered(*pack)
    rule = _rule(pack, question.limit)
    day = start.date() if isinstance(start, datetime) else start
    ruling = rule.on(day)
    if isinstance(ruling, NotInForce):
        raise Unanswered(_about(rule, f"deadline.{ruling.reason}", day))
    if ruling.limit.is_timed and not isinstance(start, datetime):
        raise Unanswered(Problem.at("--from", "deadline.needs_moment", limit=question.limit))
    calendar_folder = find_folder(question.calendar, beside=folder)
    if isinstance(calendar_folder, Problem):
        raise Unanswered(calendar_folder)
    calendar = check_calendar(calendar_folder)
    if not isinstance(calendar, WorkingCalendar):
        raise Unanswered(*calendar)
    found = due(ruling.limit, start, calendar)
    clock = _read_clock(question, found)
    warnings = clock.warnings if clock.legs else found.warnings
    alarms = _known_long_before(found) if ruling.limit.direction == "before" else clock
    return Answer(
        found,
        calendar,
        clock,
        bool(question.at or question.events),
        reminders(alarms),
        ladder(alarms),
        (*warnings, *clock.remarks, *_remarks(rule, ruling, day)),
    )


def _read_clock(question: Question, found: Due) -> Clock:
    """Read the clock at the moment asked for, or at the last event, or at the start."""
    events = _read_events(question.events)
    start = _moment(found.start)
    at = _moment(read_start(question.at, "--at")) if question.at else None
    happened = (start, *(each.at for each in events))
    moment = at or max(happened)
    # A planned day is known before it comes: at the latest when somebody does or asks something.
    began = min(moment, *happened) if found.limit.direction == "before" else start
    started = Started(began, found.start)
    return clock_at([started, *events], found.limit, found.counting.calendar, moment)


def _known_long_before(found: Due) -> Clock:
    """Return the clock of a planned day that everybody knew of; shares of its time mean nothing."""
    timed = tuple(each for each in found.limit.reminders if each.share is None)
    limit = replace(found.limit, reminders=timed)
    began = _moment(found.at) - _LONG
    return clock_at([Started(began, found.start)], limit, found.counting.calendar, began)


def _read_events(path: str) -> list[Event]:
    """Read the events of a file: a list of ``{event: …, at: …}``."""
    if not path:
        return []
    try:
        raw = parse(Path(path).read_bytes(), path)
    except OSError:
        raise Unanswered(Problem.at(path, "deadline.no_events", found=path)) from None
    except Unparsable as error:
        raise Unanswered(error.problem) from None
    reading = Reading()
    rows = reading.attempt(lambda: as_list(raw)) or ()
    found = [reading.attempt(lambda each=each: read_event(reading, each, _ZONE)) for each in rows]
    if reading.problems:
        raise Unanswered(*reading.problems)
    return [each for each in found if each]


def _moment(start: date | datetime) -> datetime:
    """Return a moment in Chinese time; a day is its first moment."""
    if isinstance(start, datetime):
        return start.replace(tzinfo=_ZONE)
    return datetime.combine(start, time(), _ZONE)


def read_start(text: str, option: str = "--from") -> date | datetime:
    """Read a day, or a moment in Chinese time; one with another zone is carried over."""
    wrong = Unanswered(Problem.at(option, "deadline.bad_start", found=text))
    if not _DAY.fullmatch(text) and not _MOMENT.fullmatch(text):
        raise wrong
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(_ZONE) if moment.tzinfo else moment.replace(tzinfo=_ZONE)
    except (ValueError, OverflowError):
        raise wrong from None
    # A limit lasts a hundred years at most, so from these years no count leaves the calendar.
    if moment.year not in _YEARS:
        raise Unanswered(Problem.at(option, "deadline.out_of_reach", found=text))
    return moment.date() if _DAY.fullmatch(text) else moment


def _rule(pack: Pack, name: str) -> LimitRule:
    if name in pack.limits:
        return pack.limits[name]
    known = ", ".join(sorted(pack.limits)) or "–"
    raise Unanswered(
        Problem.at(pack.id, "deadline.unknown_limit", pack=pack.id, limit=name, known=known)
    )


def _remarks(rule: LimitRule, ruling: LimitOn, day: date) -> Iterator[Problem]:
    if ruling.value is None:
        return
    if ruling.value.proposed:
        yield _about(rule, "deadline.proposed_count", day)
    if ruling.value.review_overdue:
        yield _about(rule, "deadline.review_overdue", day)


def _about(rule: LimitRule, code: str, day: date) -> Problem:
    parameter = rule.parameter.id if rule.parameter else ""
    return Problem.at(rule.id, code, limit=rule.id, parameter=parameter, day=day)
