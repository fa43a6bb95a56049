"""How a line of the day-by-day strip reads, in both languages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from zhijian.domain.dates.titles import is_english, weekday_title
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.line import StripLine

_NUMBERED: Final = {
    "same_day": ("当日", "same day"),
    "natural_day": ("第 {} 日", "day {}"),
    "working_day": ("第 {} 个工作日", "working day {}"),
    "week": ("第 {} 周届满", "week {} is full"),
    "month": ("第 {} 个月届满", "month {} is full"),
}
_SAID: Final = {
    "start counted": ("起算日，计入", "start, counted"),
    "start skipped": ("起算日，不计入", "start, not counted"),
    "count skipped": ("不计入", "not counted"),
    "fixed counted": ("规定日", "the day fixed by the rule"),
    "roll skipped": ("移过", "passed over"),
    "roll counted": ("移至本日", "moved to this day"),
    "pause skipped": ("暂停，不计入", "paused, not counted"),
    "shift counted": ("因暂停顺延 {} 日至本日", "moved to this day by {} paused days"),
    "extension counted": ("自此延长", "extended from here"),
    "agreed counted": ("约定的新时间{}", "the agreed time{}"),
}
_DIRECTLY: Final = ("立即办理", "due at once")
_OUTSIDE: Final = ("办公时间外，不计入", "outside working hours, not counted")
_SPAN: Final = ("{} 计入，累计 {}", "{} counted, {} so far")
_STANDS: Final = ("{} 暂停，不计入", "{} paused, not counted")
_PARTLY: Final = ("(曾因{}暂停，不足一日)", " (paused for less than a day: {})")
_EXTENDS: Final = ("延长", "extension, ")
_REOPENED: Final = ("办结至重新办理之间", "between completion and reopening")
_LENGTHS: Final = (
    (86_400, "天", "day"),
    (3_600, "小时", "hour"),
    (60, "分钟", "minute"),
    (1, "秒", "second"),
)


def strip_line(each: StripLine, limit: Limit, language: str = "zh") -> str:
    """Return one line of the strip: 2026-02-24(星期二)第 2 个工作日：工作日."""
    english = is_english(language)
    weekday, said = weekday_title(each.day, language), _said(each, limit, english)
    why = each.why.title(language)
    if each.role == "pause":
        why = each.note.to(language) if each.note else _REOPENED[english]
    elif each.note and each.counted and each.run is None:
        said += _PARTLY[english].format(each.note.to(language))
    if each.extends:
        said = _EXTENDS[english] + said
    if english:
        return f"{each.day} ({weekday}) {said}: {why}"
    return f"{each.day}({weekday}){said}：{why}"


def length_title(length: timedelta, language: str = "zh", *, in_days: bool = True) -> str:
    """Return a length of time in words, to the second: 1 天 12 小时, 1 day 12 hours.

    A limit in minutes or hours is told in hours, however many they are.
    """
    rest, parts = int(length.total_seconds()), []
    for seconds, zh, en in _LENGTHS if in_days else _LENGTHS[1:]:
        count, rest = divmod(rest, seconds)
        if count and is_english(language):
            parts.append(f"{count} {en}{'s' if count > 1 else ''}")
        elif count:
            parts.append(f"{count} {zh}")
    return " ".join(parts) or ("0 minutes" if is_english(language) else "0 分钟")


def _said(each: StripLine, limit: Limit, english: bool) -> str:
    if each.since and each.until:
        span = f"{each.since:%H:%M}–{_closing(each.since, each.until)}"
        if each.run is None or not each.counted:
            return _STANDS[english].format(span)
        run = length_title(each.run, "en" if english else "zh", in_days=False)
        return _SPAN[english].format(span, run)
    if each.role == "count" and each.number is not None:
        return _NUMBERED[limit.kind][english].format(each.number)
    if each.role == "start" and limit.kind in ("at_once", "working_time"):
        return (_DIRECTLY if limit.kind == "at_once" else _OUTSIDE)[english]
    key = f"{each.role} {'counted' if each.counted else 'skipped'}"
    return _SAID[key][english].format(f" {each.until:%H:%M}" if each.until else each.number or "")


def _closing(since: datetime, until: datetime) -> str:
    """Return the end of a span on the clock; midnight is the end of its own day."""
    return f"{until:%H:%M}" if until.date() == since.date() else "24:00"
