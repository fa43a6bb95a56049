"""A limit as a sentence: how long, how it is counted, what happens on a rest day."""

from __future__ import annotations

from datetime import date

from zhijian.domain.dates.titles import KINDS, weekday_title
from zhijian.domain.deadlines.limit import FixedDay
from zhijian.domain.deadlines.rule import LimitRule
from zhijian.packs.printing.naming import Namer
from zhijian.packs.printing.terms import counted, terms_in_words

_WITHOUT_COUNT = {
    "at_once": ("立即", "at once"),
    "same_day": ("当日", "the same day"),
}
_ROLLS = {
    "none": ("", ""),
    "forward": ("遇休息日顺延", "moved to the next working day"),
    "backward": ("遇休息日提前", "moved to the working day before"),
}


def limit_in_words(rule: LimitRule, namer: Namer) -> str:
    """Return the limit as a sentence."""
    limit = rule.limit
    english = namer.language == "en"
    told = [_length(rule, namer)]
    if limit.direction == "before":
        told.append(namer.say("倒算", "counted back"))
    if limit.first_day_counted:
        told.append(namer.say("首日计入", "the first day counts"))
    if limit.is_timed and limit.is_in_days:
        told.append(namer.say("计时到分", "to the minute"))
    told.append(_ROLLS[limit.roll][english])
    told += terms_in_words(limit, namer)
    return namer.listed([*filter(None, told)])


def _length(rule: LimitRule, namer: Namer) -> str:
    limit, english = rule.limit, namer.language == "en"
    if limit.kind in _WITHOUT_COUNT:
        return _WITHOUT_COUNT[limit.kind][english]
    if limit.fixed is not None:
        return _fixed(limit.fixed, namer)
    count = f"“{rule.parameter.title.to(namer.language)}”" if rule.parameter else str(limit.count)
    text = counted(limit.unit or limit.kind, count, namer)
    if limit.kind == "working_time":
        hours = namer.listed([str(each) for each in limit.hours])
        return namer.say("办公时间({1})内 {0}", "{0} of working time ({1})").format(text, hours)
    if limit.earliest:
        earliest = namer.say("，最早提前 {}", ", {} at the earliest").format(limit.earliest)
        return text + earliest
    return text


def _fixed(fixed: FixedDay, namer: Namer) -> str:
    following = fixed.which == "following"
    which = namer.say("下一" if following else "本", "following" if following else "current")
    if fixed.period == "week":
        day = date.fromisocalendar(2024, 1, fixed.day)
        text = namer.say("{}周{}", "{} week, {}")
        return text.format(which, weekday_title(day, namer.language))
    text = namer.say("{0}{1}第 {2} 个月 {3} 日", "day {3} of month {2} of the {0} {1}")
    return text.format(which, KINDS[fixed.period].to(namer.language), fixed.month, fixed.day)
