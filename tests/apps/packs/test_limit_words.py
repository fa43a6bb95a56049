"""Limits as sentences of the printed regulation."""

from __future__ import annotations

from typing import Any

import pytest

from zhijian.domain.deadlines.rule import read_limit
from zhijian.domain.policy.raw import Raw, Reading
from zhijian.packs.files import parse
from zhijian.packs.printing.limits import limit_in_words
from zhijian.packs.printing.naming import Namer

FIRST = "id: it\ntitle: 时限\ncites: 第一条\n"


def words(text: str, language: str) -> str:
    raw: Raw = parse((FIRST + text).encode(), "limits/it.yaml")
    reading = Reading()
    rule = read_limit(reading, raw, {})
    assert reading.problems == []
    nothing: Any = {}
    return limit_in_words(rule, Namer(nothing, nothing, nothing, language))


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("kind: at_once", "立即", "at once"),
        ("kind: same_day", "当日", "the same day"),
        ("kind: elapsed\nunit: hour\ncount: 24", "24 小时", "24 hours"),
        (
            "kind: working_time\nunit: hour\ncount: 4\nhours: ['08:30-12:00', '14:00-17:30']",
            "办公时间(08:30-12:00、14:00-17:30)内 4 小时",
            "4 hours of working time (08:30-12:00, 14:00-17:30)",
        ),
        (
            "kind: natural_day\ncount: 1\ndirection: before\nearliest: 3",
            "1 个自然日，最早提前 3、倒算",
            "1 natural day, 3 at the earliest, counted back",
        ),
        (
            "kind: natural_day\ncount: 2\nends: to_the_minute\nfirst_day_counted: true",
            "2 个自然日、首日计入、计时到分",
            "2 natural days, the first day counts, to the minute",
        ),
        ("kind: day_of_week\nday: 7\nwhich: current", "本周星期日", "current week, Sunday"),
        (
            "kind: day_of_month\nday: 10\nperiod: quarter\nroll: forward",
            "下一季度第 1 个月 10 日、遇休息日顺延",
            "day 10 of month 1 of the following quarter, moved to the next working day",
        ),
    ],
)
def test_each_kind_has_its_words(text: str, zh: str, en: str) -> None:
    assert (words(text, "zh"), words(text, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "pauses: {days: whole, reasons: [{id: a, title: {zh: 下雨, en: rain}}]}",
            "因下雨可暂停，全天暂停的日子不计",
            "pauses for rain; days paused from beginning to end do not count",
        ),
        ("pauses: {days: touched}\nreopening: continue", "重新办理时扣除其间时间", None),
        ("agreed: {}", "可约定新时间", "a new time may be agreed"),
        (
            "extension: {most: 5, kind: working_day, times: 2}",
            "经批准可延长 2 次，每次至多 5 个工作日",
            "extended up to 2 times by 5 working days at most",
        ),
        ("reopening: restart", "重新办理时重新起算", "reopened, it begins anew"),
        (
            "reminders: [{share: '0.8'}, {before: 1, kind: working_day, at: '09:00'}]",
            "提醒：用时 80%、到期前 1 个工作日 09:00",
            "reminders: 80 % used, 1 working day 09:00 before the end",
        ),
        (
            "escalation: [{to: leader}, {to: committee, after: 2, kind: natural_day, at: '08:00'}]",
            "逾期升级：到期即报领导、逾期 2 个自然日 08:00 报质量管理委员会",
            "escalation: at once to the Leader, "
            "after 2 natural days 08:00 to the Quality committee",
        ),
        (
            "hours: ['09:00-17:00']\n"
            "escalation: [{to: leader, after: 2, kind: working_time, unit: hour}]",
            "逾期升级：逾期 2 小时(办公时间) 报领导",
            "escalation: after 2 hours of working time to the Leader",
        ),
    ],
)
def test_each_term_has_its_words(text: str, zh: str, en: str | None) -> None:
    whole = f"kind: natural_day\ncount: 3\n{text}"

    assert words(whole, "zh") == f"3 个自然日、{zh}"
    assert en is None or words(whole, "en") == f"3 natural days, {en}"


def test_minutes_say_that_a_pause_costs_its_exact_time() -> None:
    text = "kind: elapsed\nunit: minute\ncount: 30\npauses: {reasons: [{id: a, title: 下雨}]}"

    assert words(text, "zh") == "30 分钟、因下雨可暂停，按实际时间扣除"
