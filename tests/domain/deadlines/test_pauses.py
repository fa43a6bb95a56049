"""What a pause means for limits in hours, and for limits in days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.deadlines.duties import (
    REASONS,
    at,
    desk_hours,
    due_of,
    hours,
    natural_days,
    read,
    remarks,
    working_days,
)
from zhijian.domain.deadlines.course import COURSE_CODES
from zhijian.domain.deadlines.events import Completed, Event, Paused, Resumed
from zhijian.domain.deadlines.limit import Limit
from zhijian.domain.deadlines.terms import Pauses

FRIDAY = "2024-06-21T18:00"
LATER = "2024-07-30T12:00"


def pause(since: str, until: str = "", reason: str = "rain", *, consent: bool = False) -> Paused:
    return Paused(at(since), reason, until=at(until) if until else None, consent=consent)


# --- hours lose exactly the time of the pause -------------------------------------------------


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], "2024-06-22 18:00:00"),
        ([pause("2024-06-21T20:00", "2024-06-21T22:30")], "2024-06-22 20:30:00"),
        # Two that overlap count once, two that meet count both.
        (
            [
                pause("2024-06-21T20:00", "2024-06-21T22:00"),
                pause("2024-06-21T21:00", "2024-06-21T23:00"),
            ],
            "2024-06-22 21:00:00",
        ),
        (
            [
                pause("2024-06-21T20:00", "2024-06-21T22:00"),
                pause("2024-06-21T22:00", "2024-06-21T23:00"),
            ],
            "2024-06-22 21:00:00",
        ),
        # Before the start nothing ran that could stand.
        ([pause("2024-06-21T10:00", "2024-06-21T17:00")], "2024-06-22 18:00:00"),
        ([pause("2024-06-21T10:00", "2024-06-21T19:00")], "2024-06-22 19:00:00"),
        # A pause that begins as the time is over comes too late; a second earlier it does not.
        ([pause("2024-06-22T18:00", "2024-06-22T20:00")], "2024-06-22 18:00:00"),
        ([pause("2024-06-22T17:59:59", "2024-06-22T20:00")], "2024-06-22 20:00:01"),
        # The first pause makes room for the second.
        (
            [
                pause("2024-06-21T20:00", "2024-06-21T22:00"),
                pause("2024-06-22T19:00", "2024-06-22T19:30"),
            ],
            "2024-06-22 20:30:00",
        ),
        ([pause("2024-06-21T20:00", "2024-06-21T20:00")], "2024-06-22 18:00:00"),
    ],
)
def test_hours_lose_the_exact_time_of_a_pause(pauses: list[Event], due: str) -> None:
    assert due_of(hours(24), FRIDAY, LATER, *pauses) == due


def test_working_hours_lose_only_the_working_time_of_a_pause() -> None:
    # Eight working hours from Friday noon: Friday 14 to 18, Monday 8 to 12.
    start, moment = "2024-06-21T12:00", LATER
    assert due_of(desk_hours(8), start, moment) == "2024-06-24 12:00:00"

    over_the_weekend = pause("2024-06-21T18:00", "2024-06-24T08:00")
    over_lunch = pause("2024-06-24T11:00", "2024-06-24T15:00")
    assert due_of(desk_hours(8), start, moment, over_the_weekend) == "2024-06-24 12:00:00"
    assert due_of(desk_hours(8), start, moment, over_lunch) == "2024-06-24 16:00:00"


# --- days are taken out whole -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "since", "until", "due"),
    [
        # Thursday 20 June: Friday, Monday, Tuesday.
        ("touched", "2024-06-21T10:00", "2024-06-21T10:01", "2024-06-26"),
        ("whole", "2024-06-21T10:00", "2024-06-21T10:01", "2024-06-25"),
        ("whole", "2024-06-21T00:00", "2024-06-22T00:00", "2024-06-26"),
        ("whole", "2024-06-21T00:00", "2024-06-21T23:59", "2024-06-25"),
        ("touched", "2024-06-21T23:59", "2024-06-24T00:01", "2024-06-27"),
        ("whole", "2024-06-21T23:59", "2024-06-24T00:01", "2024-06-25"),
        # Midnight belongs to the day that begins.
        ("touched", "2024-06-21T10:00", "2024-06-24T00:00", "2024-06-26"),
        # On days that do not count anyway a pause takes nothing out.
        ("touched", "2024-06-22T00:00", "2024-06-24T00:00", "2024-06-25"),
        ("touched", "2024-06-20T09:00", "2024-06-20T18:00", "2024-06-25"),
        ("touched", "2024-06-25T23:00", "2024-06-26T10:00", "2024-06-27"),
        ("touched", "2024-06-26T00:00", "2024-06-27T00:00", "2024-06-25"),
    ],
)
def test_working_days_that_a_pause_takes_out(days: str, since: str, until: str, due: str) -> None:
    assert due_of(working_days(3, days), "2024-06-20T09:00", LATER, pause(since, until)) == (
        f"{due} 23:59:59"
    )


def test_two_pauses_that_meet_may_make_up_a_whole_day() -> None:
    halves = [
        pause("2024-06-21T00:00", "2024-06-21T12:00"),
        pause("2024-06-21T12:00", "2024-06-22T00:00"),
    ]
    overlapping = [halves[0], pause("2024-06-21T08:00", "2024-06-22T00:00")]

    for pauses in (halves, overlapping):
        due = due_of(working_days(3, "whole"), "2024-06-20T09:00", LATER, *pauses)
        assert due == "2024-06-26 23:59:59"
    assert due_of(working_days(3, "whole"), "2024-06-20T09:00", LATER, halves[0]) == (
        "2024-06-25 23:59:59"
    )


def paused(kind: str, count: int = 0, **words: str) -> Limit:
    return Limit("it", kind, count, pauses=Pauses(REASONS, "touched"), **words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        # Sunday and Monday, 23 and 24 June, are out.
        (natural_days(5), "2024-06-27 23:59:59"),
        (paused("week", 1), "2024-06-29 23:59:59"),
        (paused("month", 1), "2024-07-22 23:59:59"),
        (paused("natural_day", 5, ends="to_the_minute"), "2024-06-27 09:00:00"),
        # The seventh day that counts is Saturday 29 June.
        (paused("natural_day", 7, roll="forward"), "2024-07-01 23:59:59"),
        (paused("natural_day", 7, roll="backward"), "2024-06-28 23:59:59"),
    ],
)
def test_other_limits_in_days_lose_the_days_of_a_pause(limit: Limit, due: str) -> None:
    two_days = pause("2024-06-23T12:00", "2024-06-24T12:00")

    assert due_of(limit, "2024-06-20T09:00", LATER, two_days) == due


def test_a_limit_does_not_roll_onto_a_day_on_which_the_clock_stands() -> None:
    # The fifth day is Saturday 22 June; Monday is paused.
    limit, monday = natural_days(5, roll="forward"), pause("2024-06-24T09:00", "2024-06-24T10:00")

    assert due_of(limit, "2024-06-17T09:00", LATER) == "2024-06-24 23:59:59"
    assert due_of(limit, "2024-06-17T09:00", LATER, monday) == "2024-06-25 23:59:59"


def test_the_same_day_becomes_the_first_day_without_a_pause() -> None:
    limit = Limit("it", "same_day", pauses=Pauses(REASONS, "touched"))
    storm = pause("2024-06-10T10:00", "2024-06-11T10:00")

    assert due_of(limit, "2024-06-10T09:00", LATER, storm) == "2024-06-12 23:59:59"


# --- pauses as events -------------------------------------------------------------------------


def test_an_open_pause_moves_the_due_moment_as_long_as_it_lasts() -> None:
    storm = pause("2024-06-21T20:00")

    before = read(hours(24), FRIDAY, "2024-06-21T19:59", storm)
    during = read(hours(24), FRIDAY, "2024-06-21T23:00", storm)
    resumed = Resumed(at("2024-06-21T23:30"))
    after = read(hours(24), FRIDAY, "2024-06-22T10:00", storm, resumed)

    assert (before.state, before.due) == ("running", at("2024-06-22T18:00"))
    assert (during.state, during.due) == ("paused", at("2024-06-22T21:00"))
    assert during.open_pause is not None
    assert (after.state, after.due) == ("running", at("2024-06-22T21:30"))
    assert after.open_pause is None
    assert during.used == timedelta(hours=2)
    assert during.remaining == timedelta(hours=22)


def test_a_pause_may_be_over_early_and_one_that_is_told_late_counts_from_its_beginning() -> None:
    planned = pause("2024-06-21T20:00", "2024-06-21T23:00")
    told_late = Paused(
        at("2024-06-22T09:00"), "rain", at("2024-06-21T20:00"), at("2024-06-22T08:00")
    )
    resumed = Resumed(at("2024-06-21T21:00"), "rain")

    assert due_of(hours(24), FRIDAY, LATER, planned, resumed) == "2024-06-22 19:00:00"
    assert due_of(hours(24), FRIDAY, "2024-06-22T08:59", told_late) == "2024-06-22 18:00:00"
    assert due_of(hours(24), FRIDAY, "2024-06-22T09:00", told_late) == "2024-06-23 06:00:00"


def test_an_announced_pause_begins_when_it_says_and_can_be_called_off() -> None:
    announced = Paused(
        at("2024-06-21T19:00"), "rain", at("2024-06-22T08:00"), at("2024-06-22T10:00")
    )
    open_end = Paused(at("2024-06-21T19:00"), "rain", at("2024-06-22T08:00"))
    called_off = Resumed(at("2024-06-21T20:00"))

    clock = read(hours(24), FRIDAY, "2024-06-21T20:00", announced)
    assert (clock.state, clock.due) == ("running", at("2024-06-22T20:00"))
    assert read(hours(24), FRIDAY, "2024-06-22T09:00", announced).state == "paused"
    assert read(hours(24), FRIDAY, "2024-06-21T20:00", open_end).state == "running"
    assert due_of(hours(24), FRIDAY, LATER, announced, called_off) == "2024-06-22 18:00:00"


def test_a_resumption_ends_the_pauses_of_its_reason_or_all() -> None:
    rain = pause("2024-06-21T20:00")
    wish = pause("2024-06-21T20:00", reason="user", consent=True)
    moment = "2024-06-22T00:00"

    one = read(hours(24), FRIDAY, moment, rain, wish, Resumed(at("2024-06-21T21:00"), "rain"))
    both = read(hours(24), FRIDAY, moment, rain, wish, Resumed(at("2024-06-21T21:00")))

    assert one.state == "paused"
    assert (both.state, both.due) == ("running", at("2024-06-22T19:00"))


IDLE: list[tuple[str, list[Event]]] = [
    ("pause_not_provided", [pause("2024-06-21T20:00", reason="holiday")]),
    ("pause_without_consent", [pause("2024-06-21T20:00", reason="user")]),
    ("pause_does_not_stop", [pause("2024-06-21T20:00", reason="traffic")]),
    ("no_pause", [Resumed(at("2024-06-21T20:00"))]),
    ("not_running", [Completed(at("2024-06-21T19:00")), pause("2024-06-21T20:00")]),
]


@pytest.mark.req("SYS-03")
@pytest.mark.parametrize(("code", "events"), IDLE)
def test_a_pause_that_the_regulation_does_not_provide_for_moves_nothing(
    code: str, events: list[Event]
) -> None:
    clock = read(hours(24), FRIDAY, "2024-06-21T21:00", *events)

    assert clock.due == at("2024-06-22T18:00")
    assert clock.state != "paused"
    assert remarks(clock) == [code]
    assert f"clock.{code}" in COURSE_CODES
    assert clock.remarks[0].fact("at") in ("2024-06-21 20:00", "2024-06-21 19:00")


def test_a_limit_without_pauses_knows_no_reason() -> None:
    clock = read(hours(24, pauses=None), FRIDAY, LATER, pause("2024-06-21T20:00"))

    assert remarks(clock) == ["pause_not_provided"]


def test_a_pause_after_the_end_stays_without_effect_and_is_told() -> None:
    late = read(hours(24), FRIDAY, LATER, pause("2024-06-22T18:30"))

    assert (late.state, late.due) == ("overdue", at("2024-06-22T18:00"))
    assert remarks(late) == ["pause_after_due"]
    assert late.open_pause is None


def test_a_pause_that_begins_as_the_time_is_over_finds_nothing_to_stop() -> None:
    for limit, since in ((hours(24), "2024-06-22T18:00"), (natural_days(1), "2024-06-23T00:00")):
        clock = read(limit, FRIDAY, since, pause(since))

        assert clock.state == ("running" if limit.is_timed else "overdue")
        assert remarks(clock) == ["pause_after_due"]
    last_second = read(natural_days(1), FRIDAY, "2024-06-22T23:59:59", pause("2024-06-22T23:59:59"))
    assert (last_second.state, remarks(last_second)) == ("paused", [])


def test_a_pause_that_takes_no_whole_day_out_does_not_save_the_day() -> None:
    # The clock stands from noon of the last day, and the day still ends.
    limit, noon = working_days(3, "whole"), pause("2024-06-25T12:00")

    assert read(limit, "2024-06-20T09:00", "2024-06-25T13:00", noon).state == "paused"
    assert read(limit, "2024-06-20T09:00", "2024-06-26T00:00", noon).state == "overdue"
