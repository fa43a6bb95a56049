"""What a reading comes to, kept for good and said in both languages."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.domain.deadlines.calendars import CHINA
from tests.domain.deadlines.duties import FIVE_DAYS, at, hours, natural_days, read, working_days
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.clock import clock_at
from zhijian.domain.deadlines.events import (
    Agreed,
    Completed,
    Decided,
    Event,
    Paused,
    Reopened,
    Requested,
    Started,
    Stopped,
)
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.verdict import from_data, to_data, verdict
from zhijian.domain.deadlines.verdict_wording import verdict_lines
from zhijian.domain.deadlines.wording import length_title

START = "2026-02-13T09:00"
DIGEST = CHINA.digest[:12]


def said(limit: Limit, moment: str, *events: Event, start: str = START) -> list[str]:
    given = verdict(read(limit, start, moment, *events))
    assert from_data(json.loads(json.dumps(to_data(given)))) == given
    return [*verdict_lines(given), *verdict_lines(given, "en")]


def test_a_running_clock_tells_state_time_and_law() -> None:
    assert said(working_days(), "2026-02-24T12:00") == [
        "计时中，应在 2026-02-25 23:59:59 前办结(含该时刻)。",
        "计入的时间共 3 天，已用 1 天 12 小时(50%)，尚余 1 天 12 小时。",
        f"依据：时限〔第三条〕；工作日历 china {DIGEST}。",
        "Running; due by 2026-02-25 23:59:59, this second included.",
        "Of 3 days that count, 1 day 12 hours (50 %) are used and 1 day 12 hours are left.",
        f"Under the limit [Article 3]; working calendar china {DIGEST}.",
    ]


@pytest.mark.parametrize(
    ("limit", "moment", "events", "zh", "en"),
    [
        (working_days(), "2026-02-12T09:00", [], "尚未起算。", "Not started yet."),
        (
            working_days(),
            "2026-03-01T12:00",
            [],
            "已逾期：时限至 2026-02-25 23:59:59，到 2026-03-01 12:00:00 已逾期 4 天。",
            "Overdue: due by 2026-02-25 23:59:59, 4 days late at 2026-03-01 12:00:00.",
        ),
        (
            hours(24),
            "2026-02-15T09:30",
            [],
            "已逾期：时限至 2026-02-14 09:00:00，到 2026-02-15 09:30:00 已逾期 24 小时 30 分钟。",
            "Overdue: due by 2026-02-14 09:00:00, 24 hours 30 minutes late at 2026-02-15 09:30:00.",
        ),
        (
            natural_days(1, ends="to_the_minute"),
            "2026-02-14T09:30",
            [],
            "已逾期：时限至 2026-02-14 09:00:00，到 2026-02-14 09:30:00 已逾期 30 分钟。",
            "Overdue: due by 2026-02-14 09:00:00, 30 minutes late at 2026-02-14 09:30:00.",
        ),
        (
            working_days(),
            "2026-03-01T12:00",
            [Completed(at("2026-02-26T08:00"))],
            "逾期办结：2026-02-26 08:00:00 办结，时限至 2026-02-25 23:59:59，逾期 1 天。",
            "Done late: done at 2026-02-26 08:00:00, due by 2026-02-25 23:59:59, 1 day late.",
        ),
        (
            working_days(),
            "2026-03-01T12:00",
            [Completed(at("2026-02-25T08:00"))],
            "按时办结：2026-02-25 08:00:00 办结，时限至 2026-02-25 23:59:59。",
            "Met: done at 2026-02-25 08:00:00, due by 2026-02-25 23:59:59.",
        ),
        (
            working_days(),
            "2026-03-01T12:00",
            [Stopped(at("2026-02-25T08:00"))],
            "已终止：2026-02-25 08:00:00 终止，时限至 2026-02-25 23:59:59。",
            "Ended without being done at 2026-02-25 08:00:00; due by 2026-02-25 23:59:59.",
        ),
        (
            working_days(),
            "2026-03-01T12:00",
            [Stopped(at("2026-02-27T08:00"))],
            "已终止：2026-02-27 08:00:00 终止，时限至 2026-02-25 23:59:59，终止时已逾期 2 天。",
            "Ended without being done at 2026-02-27 08:00:00; due by 2026-02-25 23:59:59, "
            "2 days late by then.",
        ),
        (
            hours(24),
            "2026-02-13T12:00",
            [Paused(at("2026-02-13T10:00"), "rain")],
            "暂停中；如在 2026-02-13 12:00:00 恢复，应在 2026-02-14 11:00:00 前办结(含该时刻)。",
            "Paused; if it ran again at 2026-02-13 12:00:00, it would be due by "
            "2026-02-14 11:00:00, this second included.",
        ),
        (
            hours(24),
            "2026-02-13T12:00",
            [Paused(at("2026-02-13T10:00"), "rain", until=at("2026-02-13T13:00"))],
            "暂停中，应在 2026-02-14 12:00:00 前办结(含该时刻)。",
            "Paused; due by 2026-02-14 12:00:00, this second included.",
        ),
    ],
)
def test_every_state_has_its_sentence(
    limit: Limit, moment: str, events: list[Event], zh: str, en: str
) -> None:
    lines = said(limit, moment, *events)

    assert (lines[0], lines[len(lines) // 2]) == (zh, en)


def test_everything_the_due_moment_rests_on_is_named_in_order() -> None:
    limit = working_days(extension=FIVE_DAYS, reopening="continue")
    events = [
        Paused(at("2026-02-14T09:00"), "user", until=at("2026-02-14T10:00"), consent=True),
        Completed(at("2026-02-24T09:00")),
        Reopened(at("2026-02-24T10:00")),
        Requested(at("2026-02-25T09:00"), 1),
        Decided(at("2026-02-25T10:00"), approved=True),
        Agreed(at("2026-02-25T11:00"), date(2026, 3, 6), consent=True),
    ]

    lines = said(limit, "2026-02-26T09:00", *events)

    assert lines[2] == (
        "依据：时限〔第三条〕，2026-02-14 09:00:00 起暂停(用户要求)〔第五条〕，"
        "2026-02-24 09:00:00 起至重新办理不计〔第三条〕，2026-02-25 10:00:00 准予延长〔第七条〕，"
        f"2026-02-25 11:00:00 约定新时间〔第三条〕；工作日历 china {DIGEST}。"
    )
    assert "paused from 2026-02-14 09:00:00 (wish of the user) [Article 5]" in lines[5]


def test_a_pause_cites_its_reason_or_the_rule_on_pauses() -> None:
    clock = read(working_days(), START, "2026-02-24T12:00", Paused(at("2026-02-24T08:00"), "rain"))

    assert [each.cites for each in verdict(clock).grounds] == ["第三条", "第四条"]


def test_a_pause_after_the_end_is_no_ground() -> None:
    late = Paused(at("2026-02-26T08:00"), "rain")

    clock = read(working_days(), START, "2026-02-27T12:00", late)

    assert [each.kind for each in verdict(clock).grounds] == ["limit"]


def test_a_year_without_a_notice_is_said_right_after_the_state() -> None:
    lines = said(working_days(), "2026-12-31T12:00", start="2026-12-30T09:00")

    assert lines[1] == "2027 年放假安排尚未公布，到期时刻为暂定。"
    assert lines[5] == (
        "The holidays of 2027 are not published yet, so the due moment is provisional."
    )


def test_a_year_that_only_the_calendar_lacks_is_not_called_unpublished() -> None:
    lines = said(working_days(), "2022-02-09T12:00", start="2022-02-08T09:00")

    assert lines[1] == "所用日历没有 2022 年的放假安排，到期时刻只按星期推算。"
    assert lines[5] == (
        "The calendar in use does not have the holidays of 2022, so the due moment rests on "
        "weekends alone."
    )


def test_a_later_edit_of_the_calendar_leaves_the_verdict_as_it_was() -> None:
    events, moment = [Started(at(START))], at("2026-02-25T12:00")
    before = verdict(clock_at(events, working_days(), CHINA, moment))
    edited = WorkingCalendar(
        CHINA.published_years,
        CHINA.holidays,
        {day: name for day, name in CHINA.make_up_days.items() if day != date(2026, 2, 14)},
        id="china",
    )

    kept = from_data(to_data(before))
    after = verdict(clock_at(events, working_days(), edited, moment))

    assert kept.due == at("2026-02-25T23:59:59")
    assert kept.was_given_by(CHINA)
    assert not kept.was_given_by(edited)
    # Judging again is a second verdict, and says by which calendar.
    assert (after.due, after.digest) == (at("2026-02-26T23:59:59"), edited.digest)
    assert not kept.provisional


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0, "0 分钟", "0 minutes"),
        (59, "59 秒", "59 seconds"),
        (86_400, "1 天", "1 day"),
        (2 * 86_400 + 3_661, "2 天 1 小时 1 分钟 1 秒", "2 days 1 hour 1 minute 1 second"),
    ],
)
def test_lengths_in_words(seconds: int, zh: str, en: str) -> None:
    length = timedelta(seconds=seconds)

    assert (length_title(length), length_title(length, "en")) == (zh, en)
