from collections.abc import Callable
from datetime import time
from fractions import Fraction
from typing import Any

import pytest

from zhijian.domain.deadlines.hours import Span
from zhijian.domain.deadlines.limit import FixedDay, Limit
from zhijian.domain.deadlines.terms import Extension, Pauses, Reason, Reminder, Rung, Stretch
from zhijian.domain.deadlines.vocabulary import LIMIT_CODES, MOST, BadLimit
from zhijian.domain.words import Words

TIMED = {"ends": "to_the_minute"}
TENTH = FixedDay(10)
SUNDAY = FixedDay(7, period="week")
HOURS = (Span(480, 720), Span(840, 1080))
BY_DAYS = Pauses((Reason("rain", Words("下雨")),), "whole")
HOUR, DAY = Stretch("elapsed", 1, "hour"), Stretch("working_day", 1)
DESK_HOUR = Stretch("working_time", 1, "hour")
LONGER: dict[str, Any] = {"extension": Extension(Stretch("natural_day", 3))}
LEADER = Rung("leader")
NINE = time(9)
SHARE = (Reminder(Fraction(1, 2)),)
MEASURED: dict[str, Any] = {"kind": "working_time", "unit": "hour", **TIMED}

GOOD: list[dict[str, Any]] = [
    {"kind": "elapsed", "count": 30, "unit": "minute", **TIMED},
    {"kind": "elapsed", "count": 24, "unit": "hour", "direction": "before", **TIMED},
    {"kind": "same_day"},
    {"kind": "natural_day", "count": 5, "roll": "forward"},
    {"kind": "natural_day", "count": 5, "first_day_counted": True, **TIMED},
    {"kind": "natural_day", "count": MOST["natural_day"]},
    {"kind": "working_day", "count": 3, "first_day_counted": True},
    {"kind": "week", "count": 2, "roll": "backward"},
    {"kind": "month", "count": 3, "direction": "before"},
    {"kind": "day_of_month", "fixed": TENTH, "roll": "forward"},
    {"kind": "day_of_week", "fixed": SUNDAY, "roll": "backward"},
    {"kind": "at_once", "reopening": "restart", **TIMED},
    {"kind": "working_time", "count": 2, "unit": "hour", "hours": HOURS, **TIMED},
    {"kind": "natural_day", "count": 2, "direction": "before", "earliest": 3},
    {"kind": "natural_day", "count": 2, "pauses": BY_DAYS, "reopening": "continue"},
    {"kind": "elapsed", "count": 2, "unit": "hour", "reopening": "continue", **TIMED},
    {"kind": "elapsed", "count": 2, "unit": "hour", "pauses": Pauses(), **TIMED},
    {"kind": "elapsed", "count": 2, "unit": "hour", **TIMED, "pauses": BY_DAYS, **LONGER},
    {"kind": "same_day", "escalation": (LEADER, LEADER, Rung("leader", HOUR), Rung("leader", DAY))},
    {"kind": "same_day", "escalation": (Rung("leader", HOUR), Rung("leader", HOUR))},
    {"kind": "same_day", "reminders": (Reminder(Fraction(1)), Reminder(before=DAY, at=NINE))},
    {"kind": "same_day", "reminders": (Reminder(before=DESK_HOUR),), "hours": HOURS},
]

BAD: list[tuple[str, dict[str, Any]]] = [
    ("limit.unknown_word", {"kind": "workday", "count": 3}),
    ("limit.unknown_word", {"kind": "elapsed", "count": 3, "unit": "day", **TIMED}),
    ("limit.unknown_word", {"kind": "elapsed", "count": 3, **TIMED}),
    ("limit.unknown_word", {"kind": "natural_day", "count": 3, "roll": "onwards"}),
    ("limit.unknown_word", {"kind": "natural_day", "count": 3, "ends": "noon"}),
    ("limit.unknown_word", {"kind": "natural_day", "count": 3, "direction": "back"}),
    ("limit.out_of_range", {"kind": "natural_day"}),
    ("limit.out_of_range", {"kind": "working_day", "count": -1}),
    ("limit.out_of_range", {"kind": "natural_day", "count": MOST["natural_day"] + 1}),
    ("limit.unit_not_elapsed", {"kind": "natural_day", "count": 3, "unit": "hour"}),
    ("limit.count_not_wanted", {"kind": "same_day", "count": 1}),
    ("limit.count_not_wanted", {"kind": "day_of_month", "count": 10, "fixed": TENTH}),
    ("limit.fixed_day_and_kind", {"kind": "day_of_month"}),
    ("limit.fixed_day_and_kind", {"kind": "month", "count": 1, "fixed": TENTH}),
    ("limit.elapsed_is_timed", {"kind": "elapsed", "count": 3, "unit": "hour"}),
    ("limit.ends_with_day", {"kind": "same_day", **TIMED}),
    ("limit.ends_with_day", {"kind": "day_of_month", "fixed": TENTH, **TIMED}),
    ("limit.not_before", {"kind": "same_day", "direction": "before"}),
    ("limit.not_before", {"kind": "day_of_month", "fixed": TENTH, "direction": "before"}),
    ("limit.not_rolled", {"kind": "working_day", "count": 3, "roll": "forward"}),
    ("limit.not_rolled", {"kind": "same_day", "roll": "backward"}),
    ("limit.no_first_day", {"kind": "same_day", "first_day_counted": True}),
    (
        "limit.no_first_day",
        {"kind": "natural_day", "count": 3, "first_day_counted": True, "direction": "before"},
    ),
    ("limit.unknown_word", {"kind": "same_day", "reopening": "again"}),
    ("limit.elapsed_is_timed", {"kind": "at_once"}),
    (
        "limit.elapsed_is_timed",
        {"kind": "working_time", "count": 3, "unit": "hour", "hours": HOURS},
    ),
    ("limit.not_before", {**MEASURED, "count": 1, "hours": HOURS, "direction": "before"}),
    ("limit.fixed_day_and_kind", {"kind": "day_of_week", "fixed": TENTH}),
    ("limit.fixed_day_and_kind", {"kind": "day_of_month", "fixed": SUNDAY}),
    ("limit.earliest", {"kind": "natural_day", "count": 2, "earliest": 3}),
    ("limit.earliest", {"kind": "natural_day", "count": 2, "earliest": 2, "direction": "before"}),
    ("limit.hours_and_kind", {"kind": "natural_day", "count": 2, "hours": HOURS}),
    ("limit.hours_and_kind", {**MEASURED, "count": 1}),
    ("limit.hours_and_kind", {"kind": "same_day", "reminders": (Reminder(before=DESK_HOUR),)}),
    ("limit.bad_hours", {**MEASURED, "count": 1, "hours": HOURS[::-1]}),
    ("limit.bad_hours", {**MEASURED, "count": 1, "hours": (Span(0, 60), Span(59, 61))}),
    # A minute of working time a day makes hours last for months.
    ("limit.out_of_range", {**MEASURED, "count": 434, "hours": (Span(0, 1),)}),
    (
        "limit.out_of_range",
        {
            "kind": "same_day",
            "hours": (Span(0, 1),),
            "escalation": (Rung("leader", Stretch("working_time", 434, "hour")),),
        },
    ),
    ("limit.no_pauses", {"kind": "at_once", "pauses": Pauses(), **TIMED}),
    ("limit.no_pauses", {"kind": "day_of_month", "fixed": TENTH, "pauses": BY_DAYS}),
    (
        "limit.no_pauses",
        {"kind": "natural_day", "count": 3, "direction": "before", "pauses": BY_DAYS},
    ),
    ("limit.paused_days", {"kind": "natural_day", "count": 3, "pauses": Pauses()}),
    (
        "limit.paused_days",
        {"kind": "elapsed", "count": 3, "unit": "hour", **TIMED, "pauses": BY_DAYS},
    ),
    ("limit.reopening", {"kind": "natural_day", "count": 3, "reopening": "continue"}),
    ("limit.reopening", {"kind": "at_once", "reopening": "continue", **TIMED}),
    ("limit.reopening", {"kind": "day_of_month", "fixed": TENTH, "reopening": "restart"}),
    (
        "limit.reopening",
        {"kind": "natural_day", "count": 3, "direction": "before", "reopening": "restart"},
    ),
    ("limit.no_share", {"kind": "at_once", "reminders": SHARE, **TIMED}),
    ("limit.ladder_order", {"kind": "same_day", "escalation": (Rung("leader", HOUR), LEADER)}),
    (
        "limit.ladder_order",
        {
            "kind": "same_day",
            "escalation": (LEADER, Rung("a", Stretch("working_day", 2)), Rung("b", DAY)),
        },
    ),
]

BAD_TERMS: list[tuple[str, Callable[[], object]]] = [
    ("limit.unknown_word", lambda: Stretch("year", 1)),
    ("limit.unknown_word", lambda: Stretch("elapsed", 1, "day")),
    ("limit.unit_not_elapsed", lambda: Stretch("week", 1, "hour")),
    ("limit.out_of_range", lambda: Stretch("week", 0)),
    ("limit.unknown_word", lambda: Pauses(days="some")),
    ("limit.reason_twice", lambda: Pauses(BY_DAYS.reasons * 2)),
    ("limit.out_of_range", lambda: Extension(DAY, times=0)),
    ("limit.reminder", Reminder),
    ("limit.reminder", lambda: Reminder(Fraction(1), DAY)),
    ("limit.reminder", lambda: Reminder(Fraction(0))),
    ("limit.reminder", lambda: Reminder(Fraction(101, 100))),
    ("limit.reminder", lambda: Reminder(Fraction(1), at=NINE)),
    ("limit.reminder", lambda: Reminder(before=HOUR, at=NINE)),
    ("limit.unknown_word", lambda: Rung("leader", Stretch("week", 1))),
    ("limit.reminder", lambda: Rung("leader", at=NINE)),
    ("limit.bad_hours", lambda: Span(0, 0)),
    ("limit.bad_hours", lambda: Span.parse("8:00-12:00")),
    ("limit.bad_hours", lambda: Span.parse("08:60-12:00")),
    ("limit.bad_hours", lambda: Span.parse("08:00-12:60")),
    ("limit.bad_hours", lambda: Span.parse("08:00-24:01")),
    ("limit.bad_hours", lambda: Span.parse("12:00-08:00")),
]


@pytest.mark.parametrize("words", GOOD)
def test_limits_that_can_be(words: dict[str, Any]) -> None:
    assert Limit("it", **words).id == "it"


@pytest.mark.parametrize(("code", "words"), BAD)
def test_limits_that_cannot_be_say_why(code: str, words: dict[str, Any]) -> None:
    with pytest.raises(BadLimit) as caught:
        Limit("it", **words)

    assert caught.value.code == code
    assert code in str(caught.value)


@pytest.mark.parametrize(("code", "build"), BAD_TERMS)
def test_terms_that_cannot_be_say_why(code: str, build: Callable[[], object]) -> None:
    with pytest.raises(BadLimit) as caught:
        build()

    assert caught.value.code == code


def test_working_hours_are_read_and_written_alike() -> None:
    assert Span.parse("00:00-24:00") == Span(0, 1440)
    assert str(Span.parse("08:30-12:05")) == "08:30-12:05"
    assert Span(480, 720).minutes == 240


def test_every_clause_that_a_limit_rests_on() -> None:
    rain = Reason("rain", Words("下雨"), cites="三")
    limit = Limit(
        "it",
        "natural_day",
        1,
        cites="一",
        pauses=Pauses((rain, Reason("snow", Words("下雪"))), "whole", "二"),
        extension=Extension(DAY, cites="四"),
    )

    assert limit.clauses == ("一", "二", "四", "三")
    assert Limit("it", "same_day", cites="一").clauses == ("一",)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("limit.out_of_range", {"day": 0}),
        ("limit.out_of_range", {"day": 32}),
        ("limit.out_of_range", {"day": 10, "month": 2}),
        ("limit.out_of_range", {"day": 10, "month": 4, "period": "quarter"}),
        ("limit.unknown_word", {"day": 10, "period": "decade"}),
        ("limit.out_of_range", {"day": 8, "period": "week"}),
        ("limit.out_of_range", {"day": 1, "month": 2, "period": "week"}),
        ("limit.unknown_word", {"day": 10, "which": "next"}),
    ],
)
def test_fixed_days_that_cannot_be(code: str, words: dict[str, Any]) -> None:
    with pytest.raises(BadLimit) as caught:
        FixedDay(**words)

    assert caught.value.code == code


def test_only_a_fixed_day_has_a_day() -> None:
    assert Limit("it", "day_of_month", fixed=TENTH).fixed_day == TENTH
    with pytest.raises(BadLimit):
        _ = Limit("it", "same_day").fixed_day


def test_every_code_is_tried_here() -> None:
    assert {code for code, _ in (*BAD, *BAD_TERMS)} == set(LIMIT_CODES)
