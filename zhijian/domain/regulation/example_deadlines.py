"""Examples about time: a due moment, and a clock after a course of events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.alarms import is_soon, ladder, reminders
from zhijian.domain.deadlines.clock import Clock, clock_at
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.events import Started
from zhijian.domain.deadlines.events_reading import read_day_or_moment, read_event, read_moment
from zhijian.domain.deadlines.rule import LimitRule
from zhijian.domain.deadlines.wording import length_title
from zhijian.domain.exact import plain
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.policy.raw import Fields, Raw, Reading, refuse
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack

Answers = dict[str, str]


def ask_due(pack: Pack, reading: Reading, given: Raw, calendar: WorkingCalendar) -> Answers:
    """Answer ``{limit, from}`` with the last day and moment and what to know about them."""
    fields = reading.fields(given)
    rule = _rule(pack, fields)
    start = read_day_or_moment(fields.need("from"))
    fields.close()
    ruling = rule.on(_day(start))
    if isinstance(ruling, NotInForce):
        return {"refused": ruling.reason}
    if ruling.limit.is_timed and not isinstance(start, datetime):
        raise refuse(given, "deadline.needs_moment", limit=ruling.limit.id)
    answer = due(ruling.limit, start, calendar)
    return {
        "on": answer.on.isoformat(),
        "at": answer.at.isoformat(),
        "opens": answer.opens.isoformat() if answer.opens else "none",
        "provisional": _flag(answer.provisional),
        "warnings": _codes(answer.warnings),
    }


def ask_clock(pack: Pack, reading: Reading, given: Raw, calendar: WorkingCalendar) -> Answers:
    """Answer ``{limit, from, counted_from, events, at}`` with the clock at that moment."""
    fields = reading.fields(given)
    rule = _rule(pack, fields)
    began = read_moment(fields.need("from"))
    raw = fields.maybe("counted_from")
    start = read_day_or_moment(raw) if raw else began
    at = read_moment(fields.need("at"))
    events = [read_event(reading, each) for each in fields.items("events")]
    fields.close()
    ruling = rule.on(_day(start))
    if isinstance(ruling, NotInForce):
        return {"refused": ruling.reason}
    if ruling.limit.is_timed and not isinstance(start, datetime):
        raise refuse(given, "deadline.needs_moment", limit=ruling.limit.id)
    started = Started(began, None if raw is None else start)
    return _told(clock_at([started, *events], ruling.limit, calendar, at))


def _told(clock: Clock) -> Answers:
    in_days = clock.limit.is_in_days
    used, remaining, overdue = (
        length_title(each, "en", in_days=in_days)
        for each in (clock.used, clock.remaining, clock.overdue_by)
    )
    return {
        "state": clock.state,
        "soon": _flag(is_soon(clock)),
        "due": clock.due.isoformat() if clock.due else "none",
        "used": used,
        "remaining": remaining,
        "share": plain(clock.share),
        "overdue": overdue,
        "overdue_days": str(clock.overdue_days),
        "provisional": _flag(clock.provisional),
        "reminders": " ".join(each.at.isoformat() for each in reminders(clock)) or "none",
        "escalation": " ".join(each.at.isoformat() for each in ladder(clock)) or "none",
        "remarks": _codes(clock.remarks),
    }


def _rule(pack: Pack, fields: Fields) -> LimitRule:
    """Return the limit that is named."""
    name = fields.text("limit")
    if name not in pack.limits:
        known = ", ".join(pack.limits)
        raise refuse(fields.need("limit"), "policy.unknown_word", found=name, allowed=known)
    return pack.limits[name]


def _day(start: date | datetime) -> date:
    return start.date() if isinstance(start, datetime) else start


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _codes(problems: Iterable[Problem]) -> str:
    return " ".join(sorted({each.code for each in problems})) or "none"
