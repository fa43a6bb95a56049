"""What may happen to a limit, as phrases: pauses, agreed times, extensions, reminders, levels."""

from __future__ import annotations

from collections.abc import Iterator

from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.terms import Extension, Pauses, Reminder, Rung, Stretch
from zhijian.domain.exact import plain
from zhijian.domain.regulation.roles import ROLES
from zhijian.domain.words import Words
from zhijian.packs.printing.naming import Namer

_COUNTED = {
    "minute": ("{} 分钟", "{} minutes"),
    "hour": ("{} 小时", "{} hours"),
    "natural_day": ("{} 个自然日", "{} natural days"),
    "working_day": ("{} 个工作日", "{} working days"),
    "week": ("{} 周", "{} weeks"),
    "month": ("{} 个月", "{} months"),
}

_DAYS = {
    "touched": ("触及的日子不计", "no day they touch counts"),
    "whole": ("全天暂停的日子不计", "days paused from beginning to end do not count"),
    "": ("按实际时间扣除", "their exact time does not count"),
}
_REOPENINGS = {
    "keep": ("", ""),
    "continue": ("重新办理时扣除其间时间", "reopened, the time in between does not count"),
    "restart": ("重新办理时重新起算", "reopened, it begins anew"),
}


def counted(kind: str, count: str, namer: Namer) -> str:
    """Return a count of minutes, hours, days, weeks or months; one day is no days."""
    told = namer.say(*_COUNTED[kind]).format(count)
    return told.removesuffix("s") if count == "1" else told


def stretch_in_words(stretch: Stretch, namer: Namer) -> str:
    """Return a stretch of time: 2 个工作日, 2 hours of working time."""
    told = counted(stretch.unit or stretch.kind, str(stretch.count), namer)
    if stretch.kind == "working_time":
        return namer.say("{}(办公时间)", "{} of working time").format(told)
    return told


def terms_in_words(limit: Limit, namer: Namer) -> Iterator[str]:
    """Yield what may happen to a limit, a phrase each."""
    if limit.pauses and limit.pauses.reasons:
        yield _pauses(limit.pauses, namer)
    if limit.agreed:
        yield namer.say("可约定新时间", "a new time may be agreed")
    if limit.extension:
        yield _extension(limit.extension, namer)
    if limit.reopening != "keep":
        yield namer.say(*_REOPENINGS[limit.reopening])
    if limit.reminders:
        told = namer.listed([_reminder(each, namer) for each in limit.reminders])
        yield namer.say("提醒：{}", "reminders: {}").format(told)
    if limit.escalation:
        told = namer.listed([_rung(each, namer) for each in limit.escalation])
        yield namer.say("逾期升级：{}", "escalation: {}").format(told)


def _pauses(pauses: Pauses, namer: Namer) -> str:
    reasons = namer.listed([namer.text(each.title) for each in pauses.reasons])
    text = namer.say("因{}可暂停，{}", "pauses for {}; {}")
    return text.format(reasons, namer.say(*_DAYS[pauses.days]))


def _extension(extension: Extension, namer: Namer) -> str:
    text = namer.say("经批准可延长 {} 次，每次至多 {}", "extended up to {} times by {} at most")
    return text.format(extension.times, stretch_in_words(extension.most, namer))


def _reminder(reminder: Reminder, namer: Namer) -> str:
    at = f" {reminder.at:%H:%M}" if reminder.at else ""
    if reminder.before:
        text = namer.say("到期前 {}{}", "{}{} before the end")
        return text.format(stretch_in_words(reminder.before, namer), at)
    share = plain((reminder.share or 0) * 100)
    return namer.say("用时 {}%", "{} % used").format(share)


def _rung(rung: Rung, namer: Namer) -> str:
    role = namer.text(ROLES.get(rung.to, Words(rung.to)))
    if rung.after is None:
        return namer.say("到期即报{}", "at once to the {}").format(role)
    at = f" {rung.at:%H:%M}" if rung.at else ""
    text = namer.say("逾期 {}{} 报{}", "after {}{} to the {}")
    return text.format(stretch_in_words(rung.after, namer), at, role)
