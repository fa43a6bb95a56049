"""The account of a clock, line by line, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.deadlines.calendars import CHINA
from tests.domain.deadlines.duties import (
    FIVE_DAYS,
    REASONS,
    TIMED,
    at,
    desk_hours,
    hours,
    natural_days,
    read,
    working_days,
)
from zhijian.domain.deadlines.account import account
from zhijian.domain.deadlines.clock import Clock, clock_at
from zhijian.domain.deadlines.events import (
    Agreed,
    Completed,
    Decided,
    Event,
    Paused,
    Reopened,
    Requested,
    Started,
)
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.line import ROLES
from zhijian.domain.deadlines.terms import Extension, Pauses, Stretch
from zhijian.domain.deadlines.wording import strip_line

START, LATER = "2024-06-20T09:00", "2024-07-30T12:00"


def told(clock: Clock, language: str = "zh") -> list[str]:
    lines = account(clock)
    assert {line.role for line, _ in lines} <= set(ROLES)
    return [strip_line(line, limit, language) for line, limit in lines]


def rain(since: str, until: str) -> Paused:
    return Paused(at(since), "rain", until=at(until))


def longer(count: int) -> list[Event]:
    when = "2024-06-20T10:00"
    return [Requested(at(when), count), Decided(at(when), approved=True)]


def test_days_show_pauses_extension_and_agreed_time() -> None:
    limit = working_days(2, extension=FIVE_DAYS)
    pause = rain("2024-06-21T10:00", "2024-06-21T11:00")
    new_time = Agreed(at("2024-06-25T10:00"), at("2024-06-28T10:00"), consent=True)

    clock = read(limit, START, LATER, pause, *longer(1), new_time)

    assert told(clock) == [
        "2024-06-20(星期四)起算日，不计入：工作日",
        "2024-06-21(星期五)暂停，不计入：下雨",
        "2024-06-22(星期六)不计入：周末",
        "2024-06-23(星期日)不计入：周末",
        "2024-06-24(星期一)第 1 个工作日：工作日",
        "2024-06-25(星期二)第 2 个工作日：工作日",
        "2024-06-25(星期二)自此延长：工作日",
        "2024-06-26(星期三)延长第 1 个工作日：工作日",
        "2024-06-28(星期五)约定的新时间 10:00：工作日",
    ]
    english = told(clock, "en")
    assert english[1] == "2024-06-21 (Friday) paused, not counted: rain"
    assert english[6:] == [
        "2024-06-25 (Tuesday) extended from here: weekday",
        "2024-06-26 (Wednesday) extension, working day 1: weekday",
        "2024-06-28 (Friday) the agreed time 10:00: weekday",
    ]


def test_an_agreed_day_has_no_time_of_day() -> None:
    new_time = Agreed(at("2024-06-21T10:00"), date(2024, 6, 29), consent=True)

    assert told(read(working_days(), START, LATER, new_time))[-1] == (
        "2024-06-29(星期六)约定的新时间：周末"
    )


def test_a_day_that_counts_although_it_was_paused_for_a_while_says_so() -> None:
    pauses = [
        rain("2024-06-21T10:00", "2024-06-21T11:00"),
        Paused(at("2024-06-21T12:00"), "user", until=at("2024-06-21T13:00"), consent=True),
    ]

    lines = told(read(working_days(1, "whole"), START, LATER, *pauses))

    assert lines[1] == ("2024-06-21(星期五)第 1 个工作日(曾因下雨、用户要求暂停，不足一日)：工作日")
    assert (
        "(paused for less than a day: rain, wish of the user)"
        in (told(read(working_days(1, "whole"), START, LATER, *pauses), "en")[1])
    )


def test_hours_are_told_span_by_span() -> None:
    pause = rain("2024-06-21T15:00", "2024-06-21T16:30")

    assert told(read(desk_hours(8), "2024-06-21T11:00", LATER, pause)) == [
        "2024-06-21(星期五)11:00–12:00 计入，累计 1 小时：工作日",
        "2024-06-21(星期五)14:00–15:00 计入，累计 2 小时：工作日",
        "2024-06-21(星期五)15:00–16:30 暂停，不计入：下雨",
        "2024-06-21(星期五)16:30–18:00 计入，累计 3 小时 30 分钟：工作日",
        "2024-06-22(星期六)不计入：周末",
        "2024-06-23(星期日)不计入：周末",
        "2024-06-24(星期一)08:00–12:00 计入，累计 7 小时 30 分钟：工作日",
        "2024-06-24(星期一)14:00–14:30 计入，累计 8 小时：工作日",
    ]


def test_a_start_after_hours_counts_nothing_on_its_day() -> None:
    lines = told(read(desk_hours(1), "2024-06-21T19:00", LATER))

    assert lines[0] == "2024-06-21(星期五)办公时间外，不计入：工作日"
    assert lines[-1] == "2024-06-24(星期一)08:00–09:00 计入，累计 1 小时：工作日"
    english = told(read(desk_hours(1), "2024-06-21T19:00", LATER), "en")
    assert english[0] == "2024-06-21 (Friday) outside working hours, not counted: weekday"


def test_hours_day_and_night_are_cut_by_pauses_and_midnights() -> None:
    pause = rain("2024-06-21T22:00", "2024-06-22T02:00")
    user = Paused(at("2024-06-22T01:00"), "user", until=at("2024-06-22T03:00"), consent=True)

    assert told(read(hours(8), "2024-06-21T18:00", LATER, pause, user), "en") == [
        "2024-06-21 (Friday) 18:00–22:00 counted, 4 hours so far: weekday",
        "2024-06-21 (Friday) 22:00–24:00 paused, not counted: rain",
        "2024-06-22 (Saturday) 00:00–03:00 paused, not counted: rain, wish of the user",
        "2024-06-22 (Saturday) 03:00–07:00 counted, 8 hours so far: weekend",
    ]


def test_what_lay_between_completion_and_reopening_has_its_own_words() -> None:
    events = [Completed(at("2024-06-21T12:00")), Reopened(at("2024-06-21T14:00"))]

    assert told(read(working_days(1, reopening="continue"), START, LATER, *events))[1] == (
        "2024-06-21(星期五)暂停，不计入：办结至重新办理之间"
    )
    clock = read(hours(24, reopening="continue"), "2024-06-21T10:00", LATER, *events)
    assert told(clock, "en")[1] == (
        "2024-06-21 (Friday) 12:00–14:00 paused, not counted: between completion and reopening"
    )


def test_weeks_and_months_list_paused_days_behind_the_full_ones() -> None:
    pause = rain("2024-06-22T10:00", "2024-06-23T10:00")
    week = Limit("it", "week", 1, pauses=Pauses(REASONS, "touched"))

    # On the day of the start nothing counted that a pause could take out.
    early = rain("2024-06-18T10:00", "2024-06-20T10:00")

    assert told(read(week, START, LATER, early, pause)) == [
        "2024-06-20(星期四)起算日，不计入：工作日",
        "2024-06-27(星期四)第 1 周届满：工作日",
        "2024-06-22(星期六)暂停，不计入：下雨",
        "2024-06-23(星期日)暂停，不计入：下雨",
        "2024-06-29(星期六)因暂停顺延 2 日至本日：周末",
    ]
    month = Limit("it", "month", 1, pauses=Pauses(REASONS, "touched"), roll="forward")
    assert told(read(month, START, LATER, pause), "en")[-1] == (
        "2024-07-22 (Monday) moved to this day by 2 paused days: weekday"
    )


def test_a_roll_passes_over_a_paused_day() -> None:
    pause = rain("2024-06-24T10:00", "2024-06-24T11:00")

    assert told(read(natural_days(2, roll="forward"), START, LATER, pause))[-4:] == [
        "2024-06-22(星期六)第 2 日：周末",
        "2024-06-23(星期日)移过：周末",
        "2024-06-24(星期一)移过：工作日",
        "2024-06-25(星期二)移至本日：工作日",
    ]


def test_an_extension_in_hours_goes_on_within_the_day() -> None:
    limit = hours(1, extension=Extension(Stretch("elapsed", 2, "hour")))

    assert told(read(limit, "2024-06-20T09:30", LATER, *longer(2))) == [
        "2024-06-20(星期四)09:30–10:30 计入，累计 1 小时：工作日",
        "2024-06-20(星期四)自此延长：工作日",
        "2024-06-20(星期四)延长10:30–12:30 计入，累计 2 小时：工作日",
    ]


@pytest.mark.parametrize(
    ("limit", "zh", "en"),
    [
        (Limit("it", "at_once", **TIMED), "立即办理：工作日", "due at once: weekday"),
        (Limit("it", "same_day"), "当日：工作日", "same day: weekday"),
    ],
)
def test_limits_of_one_line(limit: Limit, zh: str, en: str) -> None:
    clock = read(limit, START, LATER)

    assert told(clock) == [f"2024-06-20(星期四){zh}"]
    assert told(clock, "en") == [f"2024-06-20 (Thursday) {en}"]


def test_before_the_start_there_is_nothing_to_account_for() -> None:
    assert (
        account(clock_at([Started(at(START))], working_days(), CHINA, at("2024-06-19T09:00"))) == ()
    )
