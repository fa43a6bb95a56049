"""Agreed times, extensions, and what happens after the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.domain.deadlines.calendars import CHINA
from tests.domain.deadlines.duties import (
    FIVE_DAYS,
    REASONS,
    TIMED,
    at,
    desk_hours,
    due_of,
    hours,
    natural_days,
    read,
    remarks,
    working_days,
)
from zhijian.domain.deadlines.clock import CLOCK_CODES, clock_at
from zhijian.domain.deadlines.course import COURSE_CODES
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
    Withdrawn,
)
from zhijian.domain.deadlines.legs import LEG_CODES
from zhijian.domain.deadlines.limit import FixedDay, Limit
from zhijian.domain.deadlines.terms import Agreement, Extension, Pauses, Stretch

START, LATER = "2024-06-20T09:00", "2024-08-30T12:00"
LAST = "2024-06-25 23:59:59"


def agreed(when: str, until: str | date, *, consent: bool = True) -> Agreed:
    return Agreed(at(when), at(until) if isinstance(until, str) else until, consent)


def granted(when: str, count: int | None = None) -> Decided:
    return Decided(at(when), approved=True, count=count)


# --- agreed times -------------------------------------------------------------------------------


@pytest.mark.req("SYS-03")
def test_a_storm_moves_nothing_but_a_time_agreed_beforehand_does() -> None:
    """EX-126: the user agreed before; the clock ends at 10:00 on the 25th."""
    limit = working_days(3)
    storm = Paused(at("2024-06-21T09:00"), "traffic")

    assert due_of(limit, START, LATER, storm) == LAST
    new_time = agreed("2024-06-21T10:00", "2024-06-25T10:00")
    assert due_of(limit, START, LATER, storm, new_time) == "2024-06-25 10:00:00"


def test_an_agreed_day_lasts_to_its_last_second_and_may_be_agreed_again() -> None:
    first = agreed("2024-06-21T10:00", date(2024, 6, 28))
    second = agreed("2024-06-28T23:59", date(2024, 7, 5))

    clock = read(working_days(3), START, LATER, first, second)

    assert clock.due == at("2024-07-05T23:59:59")
    assert [leg.kind for leg in clock.legs] == ["limit", "agreed", "agreed"]
    assert [leg.kind for leg in clock.counting] == ["agreed"]
    assert clock.allowed == at("2024-07-06T00:00") - at(START)


def test_no_pause_moves_an_agreed_time() -> None:
    new_time = agreed("2024-06-21T10:00", "2024-06-28T10:00")
    rain = Paused(at("2024-06-24T09:00"), "rain")

    clock = read(working_days(3), START, "2024-06-24T12:00", new_time, rain)

    assert (clock.state, clock.due) == ("running", at("2024-06-28T10:00"))
    assert remarks(clock) == ["pause_under_agreed"]


NO_TERM: dict[str, Any] = {"agreed": None}
IDLE: list[tuple[str, dict[str, Any], Event]] = [
    ("agreed_not_provided", NO_TERM, agreed("2024-06-21T10:00", date(2024, 6, 28))),
    (
        "agreed_without_consent",
        {},
        agreed("2024-06-21T10:00", date(2024, 6, 28), consent=False),
    ),
    ("agreed_too_late", {}, agreed("2024-06-26T00:00", date(2024, 6, 28))),
    ("agreed_in_past", {}, agreed("2024-06-21T10:00", date(2024, 6, 20))),
]


@pytest.mark.parametrize(("code", "words", "event"), IDLE)
def test_an_agreement_that_does_not_hold_moves_nothing(
    code: str, words: dict[str, Any], event: Event
) -> None:
    clock = read(working_days(3, **words), START, LATER, event)

    assert f"{clock.due:%Y-%m-%d %H:%M:%S}" == LAST
    assert remarks(clock) == [code]


def test_a_limit_may_ask_for_no_consent_and_take_agreements_after_its_end() -> None:
    limit = working_days(3, agreed=Agreement(consent=False, after_due=True))
    late = agreed("2024-06-27T10:00", date(2024, 6, 28), consent=False)

    assert read(limit, START, "2024-06-27T09:00", late).state == "overdue"
    assert read(limit, START, "2024-06-27T11:00", late).state == "running"


# --- extensions ---------------------------------------------------------------------------------


def test_an_extension_counts_from_the_old_due_moment_once_it_is_approved() -> None:
    limit = working_days(3, extension=FIVE_DAYS)
    asked = Requested(at("2024-06-25T23:59"), 5)

    waiting = read(limit, START, "2024-06-26T09:00", asked)
    # Wednesday 26, Thursday, Friday, Monday, Tuesday.
    longer = read(limit, START, "2024-06-27T12:00", asked, granted("2024-06-27T10:00"))

    assert (waiting.state, waiting.request) == ("overdue", asked)
    assert (longer.state, longer.due) == ("running", at("2024-07-02T23:59:59"))
    assert longer.request is None
    assert longer.allowed == timedelta(days=8)
    assert longer.used == timedelta(days=4, hours=12)


@pytest.mark.parametrize(
    ("limit", "most", "due"),
    [
        (hours(24), Stretch("elapsed", 12, "hour"), "2024-06-21 21:00:00"),
        (hours(24), Stretch("natural_day", 12), "2024-07-03 09:00:00"),
        (desk_hours(8), Stretch("working_time", 12, "hour"), "2024-06-24 15:00:00"),
        (natural_days(3), Stretch("elapsed", 12, "hour"), "2024-06-24 11:59:59"),
        (natural_days(3), Stretch("week", 12), "2024-09-15 23:59:59"),
        (natural_days(3), Stretch("month", 12), "2025-06-23 23:59:59"),
        # Sunday 23 June moved to Monday; Saturday 6 July moves to Monday as well.
        (natural_days(3, roll="forward"), Stretch("natural_day", 12), "2024-07-08 23:59:59"),
        (Limit("it", "day_of_month", fixed=FixedDay(10)), Stretch("working_day", 12), "2024-07-26"),
    ],
)
def test_extensions_are_counted_in_their_own_way(limit: Limit, most: Stretch, due: str) -> None:
    pauses = limit.pauses
    if pauses and most.kind not in ("elapsed", "working_time"):
        pauses = Pauses(REASONS, "touched")
    limit = replace(limit, extension=Extension(most), pauses=pauses)
    events = [Requested(at("2024-06-20T10:00"), 12), granted("2024-06-20T11:00")]

    assert due_of(limit, START, "2024-06-20T12:00", *events).startswith(due)


def test_pauses_take_time_out_of_an_extension_too() -> None:
    limit = working_days(3, extension=FIVE_DAYS)
    events = [Requested(at("2024-06-21T09:00"), 2), granted("2024-06-21T10:00")]
    rain = Paused(at("2024-06-26T09:00"), "rain", until=at("2024-06-26T10:00"))

    assert due_of(limit, START, LATER, *events) == "2024-06-27 23:59:59"
    assert due_of(limit, START, LATER, *events, rain) == "2024-06-28 23:59:59"


def test_an_extension_of_an_agreed_time_counts_from_there() -> None:
    limit = working_days(3, extension=FIVE_DAYS)
    events = [
        agreed("2024-06-21T10:00", "2024-06-28T10:00"),
        Requested(at("2024-06-28T09:00"), 1),
        granted("2024-06-28T15:00"),
    ]

    clock = read(limit, START, LATER, *events)

    assert clock.due == at("2024-07-01T23:59:59")
    assert [leg.kind for leg in clock.counting] == ["agreed", "extension"]


def test_a_shorter_extension_may_be_granted_and_a_refused_one_changes_nothing() -> None:
    limit = working_days(3, extension=FIVE_DAYS)
    asked = Requested(at("2024-06-21T09:00"), 5)
    refused = Decided(at("2024-06-21T10:00"), approved=False)

    assert due_of(limit, START, LATER, asked, granted("2024-06-21T10:00", 1)) == (
        "2024-06-26 23:59:59"
    )
    assert due_of(limit, START, LATER, asked, refused) == LAST
    clock = read(limit, START, LATER, asked, refused, granted("2024-06-21T11:00"))
    assert remarks(clock) == ["no_request"]


def test_the_form_may_be_handed_in_on_the_last_day_and_not_after() -> None:
    """EX-124: in time on the set day itself (AMB-101)."""
    form = Limit("it", "same_day", extension=Extension(Stretch("natural_day", 3)))
    started = Started(at("2024-06-03T09:00"), date(2024, 6, 10))

    def handed_in(when: str) -> list[str]:
        return remarks(clock_at([started, Requested(at(when), 3)], form, CHINA, at(LATER)))

    assert handed_in("2024-06-10T23:59:59") == []
    assert handed_in("2024-06-11T00:00") == ["extension_too_late"]


NOTHING_GRANTED: list[tuple[str, dict[str, Any], list[Event]]] = [
    ("extension_not_provided", {}, [Requested(at("2024-06-21T10:00"), 1)]),
    (
        "extension_too_late",
        {"extension": FIVE_DAYS},
        [Requested(at("2024-06-26T00:00"), 1)],
    ),
    ("extension_too_long", {"extension": FIVE_DAYS}, [Requested(at("2024-06-21T10:00"), 6)]),
    ("extension_too_long", {"extension": FIVE_DAYS}, [Requested(at("2024-06-21T10:00"), 0)]),
    (
        "extension_too_long",
        {"extension": FIVE_DAYS},
        [Requested(at("2024-06-21T10:00"), 5), granted("2024-06-21T11:00", 6)],
    ),
    (
        "request_open",
        {"extension": FIVE_DAYS},
        [Requested(at("2024-06-21T10:00"), 5), Requested(at("2024-06-21T11:00"), 4)],
    ),
    ("no_request", {"extension": FIVE_DAYS}, [granted("2024-06-21T11:00")]),
    ("no_request", {}, [granted("2024-06-21T11:00")]),
]


@pytest.mark.parametrize(("code", "words", "events"), NOTHING_GRANTED)
def test_a_request_that_does_not_hold_moves_nothing(
    code: str, words: dict[str, Any], events: list[Event]
) -> None:
    clock = read(working_days(3, **words), START, LATER, *events)

    assert f"{clock.due:%Y-%m-%d %H:%M:%S}" == LAST
    assert remarks(clock) == [code]


def test_whether_a_request_after_the_end_is_good_and_how_many_are_is_data() -> None:
    term = replace(FIVE_DAYS, after_due=True, times=2)
    limit = working_days(3, extension=term)
    events: list[Event] = [Requested(at("2024-06-27T09:00"), 1), granted("2024-06-27T10:00")]
    again: list[Event] = [Requested(at("2024-06-28T09:00"), 1), granted("2024-06-28T10:00")]
    third = Requested(at("2024-06-29T09:00"), 1)

    clock = read(limit, START, LATER, *events, *again, third)

    assert clock.due == at("2024-06-27T23:59:59")
    assert remarks(clock) == ["extension_too_many"]


def test_every_code_of_a_change_is_tried_here() -> None:
    tried = {code for code, *_ in (*IDLE, *NOTHING_GRANTED)} | {"extension_too_many"}

    assert {f"clock.{code}" for code in tried} == set(LEG_CODES)


# --- the end, and after it ----------------------------------------------------------------------


def test_nothing_runs_before_the_start_or_after_the_end() -> None:
    limit = working_days(3)
    early = read(limit, START, "2024-06-20T08:59")
    assert (early.state, early.due, early.share, early.used) == (
        "not_started",
        None,
        0,
        timedelta(),
    )
    assert (early.overdue_by, early.overdue_days, early.warnings) == (timedelta(), 0, ())

    for event in (Completed, Withdrawn, Stopped):
        ended = read(limit, START, LATER, event(at("2024-06-21T09:00")))
        assert ended.state == ("met" if event is Completed else "stopped")
        assert ended.used == timedelta(hours=9)
        assert ended.overdue_by == timedelta()
    late = read(limit, START, LATER, Stopped(at("2024-06-26T09:00")))
    assert (late.state, late.overdue_by) == ("stopped", timedelta(hours=9, seconds=1))


@pytest.mark.parametrize(
    ("code", "events"),
    [
        ("not_started", [Completed(at("2024-06-20T08:00"))]),
        ("not_started", [agreed("2024-06-20T08:00", date(2024, 6, 28))]),
        ("not_started", [Reopened(at("2024-06-20T08:00"))]),
        ("started_twice", [Started(at("2024-06-21T08:00"))]),
        ("still_running", [Reopened(at("2024-06-21T08:00"))]),
        ("not_running", [Stopped(at("2024-06-21T08:00")), Completed(at("2024-06-21T09:00"))]),
        (
            "not_running",
            [Completed(at("2024-06-21T08:00")), Requested(at("2024-06-21T09:00"), 1)],
        ),
    ],
)
def test_what_comes_at_the_wrong_time_changes_nothing(code: str, events: list[Event]) -> None:
    clock = read(working_days(3), START, LATER, *events)

    assert clock.due == at("2024-06-25T23:59:59")
    assert remarks(clock) == [code]
    assert {f"clock.{code}"} <= {*COURSE_CODES, *CLOCK_CODES}


# --- moments ------------------------------------------------------------------------------------


def test_moments_of_other_zones_are_carried_over_and_naive_ones_refused() -> None:
    utc = datetime.fromisoformat("2024-06-21T01:00:00+00:00")

    assert due_of(working_days(3), START, LATER, Agreed(utc, utc + timedelta(days=9), True)) == (
        "2024-06-30 09:00:00"
    )
    with pytest.raises(ValueError, match="every moment has a zone"):
        read(working_days(3), START, LATER, Completed(datetime(2024, 6, 21)))  # noqa: DTZ001


def test_hours_of_a_day_that_is_no_moment_are_refused() -> None:
    started = Started(at(START), date(2024, 6, 20))
    with pytest.raises(ValueError, match="needs a moment"):
        clock_at([started], Limit("it", "elapsed", 1, "hour", **TIMED), CHINA, at(LATER))
