"""What had ended is owed again: the old due moment stands, goes on, or the limit begins anew."""

from __future__ import annotations

from datetime import timedelta

from tests.domain.deadlines.duties import (
    at,
    due_of,
    hours,
    natural_days,
    read,
    remarks,
    working_days,
)
from zhijian.domain.deadlines.events import Completed, Event, Paused, Reopened

START, LATER = "2024-06-20T09:00", "2024-08-30T12:00"


def test_reopened_the_old_due_moment_stands_unless_the_limit_says_otherwise() -> None:
    done, again = Completed(at("2024-06-21T12:00")), Reopened(at("2024-06-24T12:00"))

    kept = read(working_days(3), START, "2024-06-25T12:00", done, again)
    continued = read(working_days(3, reopening="continue"), START, "2024-06-25T12:00", done, again)
    anew = read(working_days(3, reopening="restart"), START, "2024-06-25T12:00", done, again)

    assert (kept.state, kept.due) == ("running", at("2024-06-25T23:59:59"))
    # Friday and Monday are out: the clock did not run from one noon to the other.
    assert (continued.state, continued.due) == ("running", at("2024-06-27T23:59:59"))
    # Tuesday, Wednesday, Thursday after a Monday.
    assert (anew.state, anew.due) == ("running", at("2024-06-27T23:59:59"))
    assert [(each.state, each.due) for each in anew.earlier] == [("met", at("2024-06-25T23:59:59"))]
    assert [each.run.reopened for each in (kept, continued, anew) if each.run] == [1, 1, 1]


def test_hours_go_on_where_they_stopped() -> None:
    limit = hours(24, reopening="continue", pauses=None)
    done, again = Completed(at("2024-06-20T19:00")), Reopened(at("2024-06-22T09:00"))

    assert due_of(limit, START, LATER, done, again) == "2024-06-22 23:00:00"


def test_what_happens_in_a_second_run_does_not_reach_back_into_the_first() -> None:
    limit = hours(24, reopening="restart")
    events: list[Event] = [
        Paused(at("2024-06-20T10:00"), "rain"),
        Completed(at("2024-06-20T12:00")),
        Reopened(at("2024-06-20T13:00")),
        Paused(at("2024-06-20T15:00"), "rain", until=at("2024-06-20T16:00")),
    ]

    clock = read(limit, START, LATER, *events)

    assert clock.due == at("2024-06-21T14:00")
    # The end of the first run ended its pause of two hours.
    assert [each.due for each in clock.earlier] == [at("2024-06-21T11:00")]
    assert clock.earlier[0].used == timedelta(hours=1)


def test_a_limit_that_begins_anew_has_nothing_of_the_pauses_before() -> None:
    limit = natural_days(3, first_day_counted=True, reopening="restart")
    stood = Paused(at("2024-06-20T10:00"), "rain", until=at("2024-06-20T11:00"))
    done, again = Completed(at("2024-06-20T12:00")), Reopened(at("2024-06-20T13:00"))

    clock = read(limit, START, LATER, stood, done, again)

    # Thursday, Friday, Saturday: the hour of rain on Thursday was that of the first run.
    assert (clock.due, clock.halts) == (at("2024-06-22T23:59:59"), ())
    assert [each.due for each in clock.earlier] == [at("2024-06-23T23:59:59")]


def test_a_pause_told_after_the_reopening_counts_from_there_and_only_in_that_run() -> None:
    limit = hours(24, reopening="restart")
    done, again = Completed(at("2024-06-20T12:00")), Reopened(at("2024-06-20T13:00"))
    since, told = at("2024-06-20T10:00"), at("2024-06-20T15:00")

    late = read(limit, START, LATER, done, again, Paused(told, "rain", since, told))
    over = read(limit, START, LATER, done, again, Paused(told, "rain", since, again.at))
    still = read(limit, START, "2024-06-20T16:00", done, again, Paused(told, "rain", since))

    assert (late.due, remarks(late)) == (at("2024-06-21T15:00"), [])
    assert (over.due, remarks(over)) == (at("2024-06-21T13:00"), ["pause_before_reopening"])
    assert (still.state, still.due) == ("paused", at("2024-06-21T16:00"))
    assert still.open_pause is not None
    assert still.open_pause.since == again.at
    for clock in (late, over, still):
        assert [each.due for each in clock.earlier] == [at("2024-06-21T09:00")]
