"""How far the time of a duty is used up, when it reminds and when it climbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.deadlines.calendars import CHINA
from tests.domain.deadlines.duties import (
    FIVE_DAYS,
    HALF,
    LADDER,
    ONE_DAY_BEFORE,
    TIMED,
    at,
    desk_hours,
    hours,
    natural_days,
    read,
    remarks,
    working_days,
)
from zhijian.domain.deadlines.alarms import falls_due, is_soon, ladder, reminders
from zhijian.domain.deadlines.clock import CLOCK_CODES, STATES, clock_at, stricter_first
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.events import (
    Agreed,
    Completed,
    Decided,
    Paused,
    Requested,
    Started,
    Withdrawn,
)
from zhijian.domain.deadlines.limit import FixedDay, Limit
from zhijian.domain.deadlines.terms import Reminder, Rung, Stretch

START = "2026-02-13T09:00"
DONE = Completed(at("2026-02-26T00:00"))


@pytest.mark.req("SYS-02")
@pytest.mark.parametrize(
    ("limit", "moment", "state", "used", "overdue"),
    [
        (working_days(), "2026-02-13T08:59", "not_started", timedelta(), 0),
        (working_days(), "2026-02-13T09:00", "running", timedelta(), 0),
        (working_days(), "2026-02-14T12:00", "running", timedelta(hours=12), 0),
        (working_days(), "2026-02-20T12:00", "running", timedelta(days=1), 0),
        (working_days(), "2026-02-25T23:59:59.999999", "running", None, 0),
        (working_days(), "2026-02-26T00:00", "overdue", timedelta(days=3), 1),
        (working_days(), "2026-03-01T00:00", "overdue", timedelta(days=3), 4),
        (hours(24), "2026-02-14T09:00", "running", timedelta(hours=24), 0),
        (hours(24), "2026-02-14T09:00:01", "overdue", timedelta(hours=24), 0),
        (desk_hours(8), "2026-02-13T13:00", "running", timedelta(hours=3), 0),
        # Three hours on Friday morning, four in the afternoon, one on the Saturday that is worked.
        (desk_hours(8), "2026-02-14T09:00", "running", timedelta(hours=8), 0),
        (desk_hours(8), "2026-02-14T10:00", "overdue", timedelta(hours=8), 0),
        (natural_days(2), "2026-02-15T12:00", "running", timedelta(hours=36), 0),
        (natural_days(2, roll="forward"), "2026-02-20T12:00", "running", timedelta(days=1), 0),
        (natural_days(2, first_day_counted=True), "2026-02-14T09:00", "running", None, 0),
        (Limit("it", "same_day"), "2026-02-13T16:30", "running", timedelta(hours=7.5), 0),
        (Limit("it", "at_once", **TIMED), "2026-02-13T09:00", "running", timedelta(), 0),
        (Limit("it", "at_once", **TIMED), "2026-02-13T09:01", "overdue", timedelta(), 0),
    ],
)
def test_a_clock_shows_its_state_and_how_much_is_used(
    limit: Limit, moment: str, state: str, used: timedelta | None, overdue: int
) -> None:
    clock = read(limit, START, moment)

    assert (clock.state, clock.overdue_days) == (state, overdue)
    assert clock.used == used or used is None
    assert clock.remaining == clock.allowed - clock.used
    assert 0 <= clock.share <= 1
    assert state in STATES


def test_the_share_is_exact_and_the_remaining_time_too() -> None:
    clock = read(working_days(), START, "2026-02-24T08:00")

    assert (clock.allowed, clock.used) == (timedelta(days=3), timedelta(days=1, hours=8))
    assert (clock.remaining, clock.share) == (timedelta(days=1, hours=16), Fraction(4, 9))
    assert read(Limit("it", "at_once", **TIMED), START, START).share == 1


def test_a_day_that_is_moved_takes_the_place_of_the_one_it_moved_from() -> None:
    # The second day is the 15th, a holiday; the 24th stands in for it.
    clock = read(natural_days(2, roll="forward"), START, "2026-02-24T12:00")

    assert (clock.allowed, clock.used) == (timedelta(days=2), timedelta(days=1, hours=12))


def test_what_was_done_is_judged_by_when_it_was_done() -> None:
    in_time = read(working_days(), START, "2026-03-01T00:00", Completed(at("2026-02-25T23:59:59")))
    late = read(working_days(), START, "2026-03-01T00:00", DONE)

    assert (in_time.state, in_time.overdue_by) == ("met", timedelta())
    assert (late.state, late.overdue_by, late.overdue_days) == ("overdue", timedelta(seconds=1), 1)
    assert late.asked == DONE.at


def test_the_order_in_which_events_are_told_does_not_matter_nor_what_comes_later() -> None:
    limit = working_days(extension=FIVE_DAYS)
    events = [
        Started(at(START)),
        Requested(at("2026-02-24T09:00"), 2),
        Decided(at("2026-02-24T10:00"), approved=True),
        Completed(at("2026-02-27T10:00")),
    ]
    moment = at("2026-02-26T12:00")

    clock = clock_at(events, limit, CHINA, moment)

    assert clock.state == "running"
    assert clock == clock_at(events[::-1], limit, CHINA, moment)
    assert clock == clock_at(events[:3], limit, CHINA, moment)


def test_a_duty_that_is_counted_back_has_an_earliest_day_too() -> None:
    limit = Limit("it", "natural_day", 2, direction="before", earliest=3)
    started = Started(at("2024-06-01T09:00"), date(2024, 6, 20))

    def codes(done: str) -> list[str]:
        return remarks(
            clock_at([started, Completed(at(done))], limit, CHINA, at("2024-07-01T00:00"))
        )

    assert codes("2024-06-16T23:59") == ["too_early"]
    assert codes("2024-06-17T00:00") == []
    clock = clock_at([started], limit, CHINA, at("2024-06-10T09:00"))
    assert clock.allowed == at("2024-06-19T00:00") - at("2024-06-01T09:00")
    assert clock.used == timedelta(days=9)


@pytest.mark.parametrize(
    ("words", "start", "opens"),
    [
        ({"kind": "working_day"}, "2024-06-20T09:00", "2024-06-17T00:00"),
        ({"kind": "week"}, "2024-06-20T09:00", "2024-05-30T00:00"),
        ({"kind": "month"}, "2024-05-31T09:00", "2024-02-29T00:00"),
        ({"kind": "natural_day", **TIMED}, "2024-06-20T09:00", "2024-06-17T09:00"),
        ({"kind": "elapsed", "unit": "hour", **TIMED}, "2024-06-20T09:00", "2024-06-20T06:00"),
    ],
)
def test_the_earliest_day_is_counted_like_the_limit(
    words: dict[str, Any], start: str, opens: str
) -> None:
    limit = Limit("it", count=2, direction="before", earliest=3, **words)

    assert due(limit, at(start), CHINA).opens == at(opens)


def test_two_regulations_on_one_duty_both_run_and_the_stricter_stands_first() -> None:
    """AMB-90."""
    moment = "2026-02-14T10:00"
    three, one, waiting = (
        read(working_days(), START, moment),
        read(hours(24), START, moment),
        read(hours(1), "2026-02-15T09:00", moment),
    )

    assert stricter_first([waiting, three, one]) == [one, three, waiting]


def test_a_clock_that_runs_into_an_unknown_year_says_so() -> None:
    clock = read(working_days(), "2026-12-30T09:00", "2026-12-31T09:00")

    assert clock.provisional
    assert clock.unpublished == (2027,)
    assert [each.code for each in clock.warnings] == ["deadline.provisional"]
    # An agreed time rests on no calendar.
    agreed = Agreed(at("2026-12-31T08:00"), date(2027, 1, 8), consent=True)
    clock = read(working_days(), "2026-12-30T09:00", "2026-12-31T09:00", agreed)
    assert clock.warnings == ()


def test_a_moment_in_utc_is_refused() -> None:
    with pytest.raises(ValueError, match="not in UTC"):
        clock_at([], working_days(), CHINA, datetime.fromisoformat("2026-02-13T09:00+00:00"))


def test_every_code_of_a_clock_has_its_test() -> None:
    tried = {"pause_after_due", "pause_under_agreed", "too_early"}

    assert {f"clock.{each}" for each in tried} == set(CLOCK_CODES)


# --- what a sweep compares ----------------------------------------------------------------------


def test_what_cannot_lapse_is_not_swept() -> None:
    limit = working_days(extension=FIVE_DAYS)

    assert falls_due(read(limit, START, "2026-02-12T09:00")) is None
    assert falls_due(read(limit, START, START)) == at("2026-02-25T23:59:59")
    assert falls_due(read(limit, START, "2026-03-01T00:00", DONE)) is None
    planned = Paused(at("2026-02-24T08:00"), "rain", until=at("2026-02-24T09:00"))
    assert falls_due(read(limit, START, "2026-02-24T08:30", planned)) == at("2026-02-26T23:59:59")


def test_a_pause_without_an_end_holds_the_due_moment_off_as_far_as_it_can() -> None:
    noon = Paused(at("2026-02-25T12:00"), "rain")
    asked = [Requested(at("2026-02-24T09:00"), 2), Decided(at("2026-02-24T10:00"), approved=True)]
    moment = "2026-02-25T13:00"

    assert falls_due(read(working_days(3, "touched"), START, moment, noon)) is None
    # The last day is not paused as a whole, and ends whatever comes.
    whole = read(working_days(3, "whole"), START, moment, noon)
    assert falls_due(whole) == at("2026-02-25T23:59:59")
    assert falls_due(read(hours(48), "2026-02-24T09:00", moment, noon)) is None
    # What was granted on top would have to wait as well.
    longer = working_days(3, "whole", extension=FIVE_DAYS)
    assert falls_due(read(longer, START, moment, noon, *asked)) is None
    agreed = Agreed(at("2026-02-24T11:00"), date(2026, 3, 6), consent=True)
    asked_again = [
        Requested(at("2026-02-24T12:00"), 2),
        Decided(at("2026-02-24T13:00"), approved=True),
    ]
    assert falls_due(read(longer, START, moment, noon, agreed, *asked_again)) is None


def test_alarms_of_a_day_that_ends_whatever_comes_are_known() -> None:
    noon = Paused(at("2026-02-25T12:00"), "rain")
    limit = working_days(3, "whole", escalation=LADDER)

    clock = read(limit, START, "2026-02-25T13:00", noon)

    assert [each.at for each in ladder(clock)] == [at("2026-02-26T00:00")] * 2


# --- reminders and escalation -------------------------------------------------------------------


def moments(limit: Limit, moment: str, *events: Any, start: str = START) -> list[str]:
    clock = read(limit, start, moment, *events)
    return [f"{each.at:%m-%d %H:%M:%S}" for each in reminders(clock)]


def test_reminders_come_at_shares_and_before_the_end() -> None:
    limit = working_days(reminders=(ONE_DAY_BEFORE, HALF, Reminder(Fraction(1))))

    # Half of three days: the Saturday that is worked, and half of the Tuesday after the holiday.
    assert moments(limit, START) == ["02-24 09:00:00", "02-24 12:00:00", "02-25 23:59:59"]
    clock = read(limit, START, "2026-02-24T08:59")
    assert not is_soon(clock)
    assert is_soon(read(limit, START, "2026-02-24T09:00"))
    assert not is_soon(read(limit, START, "2026-02-26T00:00"))


@pytest.mark.parametrize(
    ("limit", "reminder", "expected"),
    [
        (hours(24), HALF, ["02-13 21:00:00"]),
        (hours(24), Reminder(Fraction(4, 5)), ["02-14 04:12:00"]),
        (hours(1), Reminder(Fraction(1, 7)), ["02-13 09:08:35"]),
        (hours(24), Reminder(before=Stretch("elapsed", 30, "minute")), ["02-14 08:30:00"]),
        (hours(24), Reminder(before=Stretch("natural_day", 1)), []),
        (hours(48), Reminder(before=Stretch("natural_day", 1)), ["02-14 09:00:00"]),
        (desk_hours(8), Reminder(before=Stretch("working_time", 2, "hour")), ["02-13 17:00:00"]),
        (desk_hours(7), Reminder(before=Stretch("working_time", 4, "hour")), ["02-13 14:00:00"]),
        (natural_days(5), Reminder(before=Stretch("natural_day", 2)), ["02-16 00:00:00"]),
        # It would come before the duty arose.
        (working_days(1), ONE_DAY_BEFORE, []),
    ],
)
def test_each_way_of_reminding(limit: Limit, reminder: Reminder, expected: list[str]) -> None:
    assert moments(replace(limit, reminders=(reminder,)), START) == expected


def test_a_pause_and_an_extension_move_what_has_not_come_yet() -> None:
    limit = working_days(reminders=(HALF, ONE_DAY_BEFORE), extension=FIVE_DAYS)
    rain = Paused(at("2026-02-24T08:00"), "rain")
    asked = [Requested(at("2026-02-24T09:00"), 2), Decided(at("2026-02-24T10:00"), approved=True)]

    # Nobody knows when it ends, so nothing is known of what comes after.
    assert moments(limit, "2026-02-24T11:00", rain) == []
    late = hours(24, reminders=(HALF, Reminder(Fraction(9, 10))))
    assert moments(late, "2026-02-14T08:00", Paused(at("2026-02-14T00:00"), "rain")) == [
        "02-13 21:00:00"
    ]
    # Five days now: the half lies in the middle of the third, the last but one is the 26th.
    assert moments(limit, "2026-02-24T11:00", *asked) == ["02-25 12:00:00", "02-26 09:00:00"]


def test_a_share_may_lie_in_the_extension() -> None:
    limit = working_days(reminders=(Reminder(Fraction(4, 5)),), extension=FIVE_DAYS)
    asked = [Requested(at("2026-02-24T09:00"), 2), Decided(at("2026-02-24T10:00"), approved=True)]

    assert moments(limit, "2026-02-24T11:00", *asked) == ["02-27 00:00:00"]


def test_what_has_ended_neither_reminds_nor_climbs() -> None:
    limit = working_days(reminders=(HALF,), escalation=LADDER)
    ended = read(limit, START, "2026-02-27T09:00", Withdrawn(at("2026-02-14T09:00")))
    waiting = read(limit, START, "2026-02-12T09:00")

    assert reminders(ended) == ladder(ended) == reminders(waiting) == ladder(waiting) == ()


@pytest.mark.parametrize(
    ("limit", "rung", "expected"),
    [
        (working_days(), Rung("leader"), "2026-02-26T00:00:00"),
        (working_days(), Rung("leader", Stretch("working_day", 1)), "2026-02-26T00:00:00"),
        (working_days(), Rung("leader", Stretch("working_day", 3), time(9)), "2026-02-28T09:00:00"),
        (working_days(), Rung("leader", Stretch("natural_day", 4)), "2026-03-01T00:00:00"),
        (working_days(), Rung("leader", Stretch("elapsed", 2, "hour")), "2026-02-26T01:59:59"),
        (hours(24), Rung("leader"), "2026-02-14T09:00:01"),
        (hours(24), Rung("leader", Stretch("working_day", 1)), "2026-02-24T09:00:00"),
        (
            desk_hours(7),
            Rung("leader", Stretch("working_time", 4, "hour")),
            "2026-02-14T12:00:00",
        ),
    ],
)
def test_the_ladder_climbs_from_the_due_moment(limit: Limit, rung: Rung, expected: str) -> None:
    clock = read(replace(limit, escalation=(rung,)), START, START)

    (found,) = ladder(clock)
    assert (found.at, found.level, found.rule.to) == (at(expected), 1, "leader")


def test_an_agreed_day_and_a_fixed_day_remind_like_days() -> None:
    meeting = Limit("it", "day_of_month", fixed=FixedDay(10), reminders=(ONE_DAY_BEFORE, HALF))
    agreed = Agreed(at("2026-02-14T08:00"), date(2026, 3, 6), consent=True)

    # From the 13th at nine to the midnight after the 10th of March, half of it.
    assert moments(meeting, START) == ["02-26 04:30:00", "03-09 09:00:00"]
    limit = working_days(reminders=(ONE_DAY_BEFORE,))
    assert moments(limit, "2026-02-14T09:00", agreed) == ["03-05 09:00:00"]
