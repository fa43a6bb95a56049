"""How a verdict reads: one sentence for the state, one for the time, one for the law."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from zhijian.domain.dates.titles import is_english
from zhijian.domain.deadlines.verdict import Ground, Verdict
from zhijian.domain.deadlines.wording import length_title
from zhijian.domain.exact import plain, rounded
from zhijian.domain.policy.citing import cited

_STATES: Final = {
    "not_started": ("尚未起算。", "Not started yet."),
    "running": (
        "计时中，应在 {due} 前办结(含该时刻)。",
        "Running; due by {due}, this second included.",
    ),
    "paused": (
        "暂停中，应在 {due} 前办结(含该时刻)。",
        "Paused; due by {due}, this second included.",
    ),
    "paused open": (
        "暂停中；如在 {at} 恢复，应在 {due} 前办结(含该时刻)。",
        "Paused; if it ran again at {at}, it would be due by {due}, this second included.",
    ),
    "met": ("按时办结：{at} 办结，时限至 {due}。", "Met: done at {at}, due by {due}."),
    "overdue": (
        "已逾期：时限至 {due}，到 {at} 已逾期 {late}。",
        "Overdue: due by {due}, {late} late at {at}.",
    ),
    "overdue ended": (
        "逾期办结：{at} 办结，时限至 {due}，逾期 {late}。",
        "Done late: done at {at}, due by {due}, {late} late.",
    ),
    "stopped": (
        "已终止：{at} 终止，时限至 {due}。",
        "Ended without being done at {at}; due by {due}.",
    ),
    "stopped late": (
        "已终止：{at} 终止，时限至 {due}，终止时已逾期 {late}。",
        "Ended without being done at {at}; due by {due}, {late} late by then.",
    ),
}
_TIME: Final = (
    "计入的时间共 {allowed}，已用 {used}({share}%)，尚余 {remaining}。",
    "Of {allowed} that count, {used} ({share} %) are used and {remaining} are left.",
)
_PROVISIONAL: Final = (
    "{years} 年放假安排尚未公布，到期时刻为暂定。",
    "The holidays of {years} are not published yet, so the due moment is provisional.",
)
_LACKING: Final = (
    "所用日历没有 {years} 年的放假安排，到期时刻只按星期推算。",
    "The calendar in use does not have the holidays of {years}, so the due moment rests on "
    "weekends alone.",
)
_GROUNDS: Final = {
    "limit": ("时限〔{cites}〕", "the limit [{cites}]"),
    "pause": ("{at} 起暂停({title})〔{cites}〕", "paused from {at} ({title}) [{cites}]"),
    "reopening": (
        "{at} 起至重新办理不计〔{cites}〕",
        "not counted from {at} to reopening [{cites}]",
    ),
    "extension": ("{at} 准予延长〔{cites}〕", "extended at {at} [{cites}]"),
    "agreed": ("{at} 约定新时间〔{cites}〕", "new time agreed at {at} [{cites}]"),
}
_LAW: Final = (
    "依据：{grounds}；工作日历 {calendar} {digest}。",
    "Under {grounds}; working calendar {calendar} {digest}.",
)


def verdict_lines(given: Verdict, language: str = "zh") -> tuple[str, ...]:
    """Return the verdict in sentences; a provisional one says so right after the state."""
    english = is_english(language)
    lines = [_state(given, language)]
    # The holidays of a year are published before it begins: later, only the calendar lacks them.
    lacking = [year for year in given.unpublished if year <= given.at.year]
    to_come = [year for year in given.unpublished if year > given.at.year]
    for years, words in ((to_come, _PROVISIONAL), (lacking, _LACKING)):
        if years:
            joined = (", " if english else "、").join(map(str, years))
            lines.append(words[english].format(years=joined))
    if given.started:
        lines += [_time(given, language), _law(given, language)]
    return tuple(lines)


def _state(given: Verdict, language: str) -> str:
    key: str = given.state
    if given.state == "paused" and given.pause_is_open:
        key = "paused open"
    elif given.state == "overdue" and given.ended:
        key = "overdue ended"
    elif given.state == "stopped" and given.overdue:
        key = "stopped late"
    late = timedelta(seconds=given.overdue)
    if given.in_days and given.overdue_days:
        late = timedelta(days=given.overdue_days)
    return _STATES[key][is_english(language)].format(
        at=_shown(given.at),
        due=_shown(given.due) if given.due else "",
        late=length_title(late, language, in_days=given.in_days),
    )


def _time(given: Verdict, language: str) -> str:
    allowed, used, remaining = (
        length_title(timedelta(seconds=each), language, in_days=given.in_days)
        for each in (given.allowed, given.used, given.remaining)
    )
    percent = plain(rounded(given.share * Fraction(100), 0, "down"))
    return _TIME[is_english(language)].format(
        allowed=allowed, used=used, remaining=remaining, share=percent
    )


def _law(given: Verdict, language: str) -> str:
    english = is_english(language)
    grounds = (", " if english else "，").join(_ground(each, language) for each in given.grounds)
    return _LAW[english].format(grounds=grounds, calendar=given.calendar, digest=given.digest[:12])


def _ground(ground: Ground, language: str) -> str:
    return _GROUNDS[ground.kind][is_english(language)].format(
        at=_shown(ground.at),
        cites=cited(ground.cites, language),
        title=ground.title.to(language),
    )


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
