from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.deadlines import slow
from tests.domain.deadlines.calendars import CHINA
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.due import WARNING_CODES, Due, due
from zhijian.domain.deadlines.limit import PERIODS, WHICH, FixedDay, Limit
from zhijian.domain.deadlines.line import ROLES

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
MEETING = Limit("meeting", "day_of_month", fixed=FixedDay(10, 1, "quarter"))


def limit(kind: str, count: int = 0, **words: Any) -> Limit:
    return Limit(kind, kind, count, **words)


def elapsed(count: int, unit: str, direction: str = "after") -> Limit:
    return Limit("it", "elapsed", count, unit, direction, ends="to_the_minute")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def on(text: str) -> date:
    return date.fromisoformat(text)


def codes(answer: Due) -> list[str]:
    return [each.code for each in answer.warnings]


def test_the_strip_shows_why_three_working_days_took_twelve() -> None:
    answer = due(limit("working_day", 3), at("2026-02-13T09:00"), CHINA)

    assert answer.on == on("2026-02-25")
    assert (answer.start, answer.at) == (at("2026-02-13T09:00"), at("2026-02-25T23:59:59"))
    assert not answer.provisional
    assert [(each.day.day, each.counted, each.number, each.code) for each in answer.strip] == [
        (13, False, None, "start"),
        (14, True, 1, "make_up 春节"),
        *((day, False, None, "holiday 春节") for day in range(15, 24)),
        (24, True, 2, "weekday"),
        (25, True, 3, "weekday"),
    ]


@pytest.mark.req("ASM-16")
@pytest.mark.parametrize(
    ("quarter_ends", "meets_on"),
    [
        ("2023-12-31", "2024-01-10"),
        ("2024-03-31", "2024-04-10"),
        ("2024-06-30", "2024-07-10"),
        ("2024-09-30", "2024-10-10"),
    ],
)
def test_the_meeting_is_on_the_10th_of_the_first_month_about_the_former_quarter(
    quarter_ends: str, meets_on: str
) -> None:
    answer = due(MEETING, on(quarter_ends), CHINA)

    assert answer.on == on(meets_on)
    assert codes(answer) == []


@pytest.mark.req("ASM-16")
def test_a_meeting_on_a_sunday_keeps_its_day_with_a_warning() -> None:
    answer = due(MEETING, on("2022-03-31"), CHINA)

    assert answer.on == on("2022-04-10")
    assert [(each.code, each.fact("kind")) for each in answer.warnings] == [
        ("deadline.on_rest_day", "weekend")
    ]
    assert not answer.provisional


@pytest.mark.req("SYS-04")
@pytest.mark.parametrize(
    ("confirmed_on", "due_on"),
    [
        # Friday, Monday, Tuesday
        ("2024-06-20", "2024-06-25"),
        # Friday, the Saturday worked for 劳动节, Monday
        ("2024-05-09", "2024-05-13"),
    ],
)
def test_a_make_up_saturday_counts_as_a_working_day(confirmed_on: str, due_on: str) -> None:
    assert due(limit("working_day", 3), on(confirmed_on), CHINA).on == on(due_on)


@pytest.mark.parametrize(
    ("what", "start", "expected"),
    [
        (limit("natural_day", 15), "2024-06-20", "2024-07-05"),
        (limit("natural_day", 1), "2024-06-17", "2024-06-18"),
        (limit("natural_day", 7, direction="before"), "2024-03-15", "2024-03-08"),
        (limit("natural_day", 2, direction="before"), "2024-06-20", "2024-06-18"),
        (limit("natural_day", 5), "2024-09-28", "2024-10-03"),
        (limit("natural_day", 5, roll="forward"), "2024-09-28", "2024-10-08"),
        (limit("natural_day", 5, roll="backward"), "2024-09-28", "2024-09-30"),
        (limit("natural_day", 1, first_day_counted=True), "2024-06-17", "2024-06-17"),
        (limit("working_day", 1, first_day_counted=True), "2024-05-09", "2024-05-09"),
        (limit("working_day", 1, first_day_counted=True), "2024-05-12", "2024-05-13"),
        (limit("working_day", 2, direction="before"), "2024-05-13", "2024-05-10"),
        (limit("week", 2), "2024-06-03", "2024-06-17"),
        (limit("week", 1, first_day_counted=True), "2024-06-03", "2024-06-09"),
        (limit("month", 3), "2024-11-30", "2025-02-28"),
        (limit("month", 3), "2023-11-30", "2024-02-29"),
        (limit("month", 3), "2024-01-31", "2024-04-30"),
        (limit("month", 1), "2024-01-31", "2024-02-29"),
        (limit("month", 24, first_day_counted=True), "2024-05-01", "2026-04-30"),
        (limit("month", 1, first_day_counted=True), "2024-01-31", "2024-02-29"),
        (limit("month", 1, direction="before"), "2024-03-31", "2024-02-29"),
        (limit("same_day"), "2024-10-01", "2024-10-01"),
        (limit("day_of_week", fixed=FixedDay(7, period="week")), "2024-06-16", "2024-06-23"),
        (
            limit("day_of_week", fixed=FixedDay(7, period="week", which="current"), roll="forward"),
            "2024-06-10",
            "2024-06-17",
        ),
        (limit("day_of_week", fixed=FixedDay(1, period="week")), "2024-12-31", "2025-01-06"),
        (limit("day_of_month", fixed=FixedDay(10)), "2024-01-31", "2024-02-10"),
        (limit("day_of_month", fixed=FixedDay(31)), "2024-01-15", "2024-02-29"),
        (limit("day_of_month", fixed=FixedDay(5, 2, "half_year")), "2024-03-01", "2024-08-05"),
        (
            limit("day_of_month", fixed=FixedDay(20, 12, "year", "current")),
            "2024-3-1",
            "2024-12-20",
        ),
    ],
)
def test_last_days(what: Limit, start: str, expected: str) -> None:
    year, month, day = map(int, start.split("-"))

    assert due(what, date(year, month, day), CHINA).on == on(expected)


def test_hours_run_day_and_night_to_the_minute() -> None:
    answer = due(elapsed(24, "hour"), at("2024-06-21T18:00"), CHINA)

    assert answer.at == at("2024-06-22T18:00")
    assert [(each.day.day, each.number) for each in answer.strip] == [(21, 6), (22, 24)]
    assert codes(answer) == []


def test_hours_are_counted_back_from_a_planned_moment() -> None:
    answer = due(elapsed(24, "hour", "before"), at("2024-06-21T18:30"), CHINA)

    assert answer.at == at("2024-06-20T18:30")
    assert [(each.day.day, each.number) for each in answer.strip] == [(21, 18), (20, 24)]


@pytest.mark.parametrize(
    ("what", "start", "done", "late"),
    [
        (elapsed(30, "minute"), "2024-06-21T18:00", "2024-06-21T18:30", False),
        (elapsed(30, "minute"), "2024-06-21T18:00", "2024-06-21T18:31", True),
        (limit("same_day"), "2024-06-10T23:10", "2024-06-10T23:59:59.999999", False),
        (limit("same_day"), "2024-06-10T23:10", "2024-06-11T00:00", True),
        (MEETING, "2024-06-30T00:00", "2024-07-10T23:50", False),
        (limit("day_of_month", fixed=FixedDay(10)), "2024-01-31", "2024-02-11T00:00", True),
    ],
)
def test_late_is_after_the_last_second(what: Limit, start: str, done: str, late: bool) -> None:
    assert due(what, at(start), CHINA).is_late(at(done)) is late


def test_a_day_limit_may_end_at_the_time_of_day_it_began() -> None:
    what = limit("natural_day", 1, roll="forward", ends="to_the_minute")

    assert due(what, at("2024-06-21T18:05"), CHINA).at == at("2024-06-24T18:05")


def test_hours_pass_evenly_when_the_clocks_change() -> None:
    start = datetime(2024, 3, 30, 18, tzinfo=BERLIN)

    answer = due(elapsed(24, "hour"), start, CHINA)

    assert answer.at == datetime(2024, 3, 31, 19, tzinfo=BERLIN)
    assert [each.number for each in answer.strip] == [6, 24]


def test_a_start_without_zone_stays_without_zone() -> None:
    naive = at("2024-06-21T18:00").replace(tzinfo=None)

    assert due(elapsed(1, "hour"), naive, CHINA).at == naive + timedelta(hours=1)
    assert due(limit("same_day"), naive.date(), CHINA).at.tzinfo is None


def test_a_roll_shows_the_days_it_passed() -> None:
    answer = due(limit("natural_day", 5, roll="forward"), on("2024-09-28"), CHINA)

    assert [(each.day.day, each.role, each.counted) for each in answer.strip[-6:]] == [
        (3, "count", True),
        *((day, "roll", False) for day in (4, 5, 6, 7)),
        (8, "roll", True),
    ]
    assert {each.role for each in answer.strip} <= set(ROLES)


def test_starts_that_cannot_be_counted_from() -> None:
    with pytest.raises(ValueError, match="needs a moment, no day"):
        due(elapsed(30, "minute"), on("2024-06-21"), CHINA)
    with pytest.raises(ValueError, match="not in UTC"):
        due(limit("same_day"), datetime(2024, 6, 21, 18, tzinfo=UTC), CHINA)


UNKNOWN: list[tuple[Limit, str, bool, list[str]]] = [
    (limit("working_day", 10), "2026-12-25", True, ["deadline.provisional"]),
    (
        limit("working_day", 2, direction="before"),
        "2024-01-02",
        True,
        ["deadline.year_not_in_calendar"],
    ),
    (limit("natural_day", 3), "2022-02-01", False, ["deadline.year_not_in_calendar"]),
    (limit("natural_day", 9, roll="forward"), "2026-12-25", True, ["deadline.provisional"]),
    (limit("working_day", 3), "2026-12-23", False, ["deadline.notice_may_reach_back"]),
    (limit("working_day", 1), "2026-12-23", False, []),
    (limit("natural_day", 10), "2026-12-25", False, ["deadline.rest_days_unknown"]),
    (limit("natural_day", 8), "2026-12-25", False, ["deadline.on_rest_day"]),
    (limit("natural_day", 3), "2026-12-25", False, []),
    (limit("same_day"), "2027-01-01", False, []),
    (
        limit("day_of_month", fixed=FixedDay(10, which="current")),
        "2024-06-20",
        False,
        ["deadline.before_start"],
    ),
    (limit("natural_day", 3, direction="before"), "2024-06-20", False, []),
]


@pytest.mark.parametrize(("what", "start", "provisional", "expected"), UNKNOWN)
def test_what_is_not_known_yet_is_said(
    what: Limit, start: str, provisional: bool, expected: list[str]
) -> None:
    # The 2nd of January 2027 is a Saturday, the 4th a Monday.
    answer = due(what, on(start), CHINA)

    assert (answer.provisional, codes(answer)) == (provisional, expected)


def test_the_year_that_is_not_published_is_named() -> None:
    forward = due(limit("working_day", 300), on("2026-06-01"), CHINA)
    backward = due(limit("working_day", 300, direction="before"), on("2024-06-01"), CHINA)

    assert [each.fact("year") for each in (*forward.warnings, *backward.warnings)] == [
        *("2027", "2023")
    ]


def test_every_warning_is_tried_here() -> None:
    assert {code for *_, expected in UNKNOWN for code in expected} == set(WARNING_CODES)


# --- laws, against the slow way ------------------------------------------------------------

CALENDARS = st.builds(
    lambda off, on: WorkingCalendar(
        frozenset({2023, 2024, 2025, 2026}),
        dict.fromkeys(off - on, "节日"),
        dict.fromkeys(on, "节日"),
    ),
    st.frozensets(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=90),
    st.frozensets(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=30),
)
NEAR = st.datetimes(datetime(2023, 11, 1), datetime(2025, 2, 1))  # noqa: DTZ001
DIRECTION = st.sampled_from(["after", "before"])
ROLL = st.sampled_from(["none", "forward", "backward"])


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    kind = draw(
        st.sampled_from(
            ["elapsed", "same_day", "natural_day", "working_day", "week", "month", "day_of_month"]
        )
    )
    if kind == "elapsed":
        unit = draw(st.sampled_from(["minute", "hour"]))
        return elapsed(
            draw(st.integers(1, 3000 if unit == "minute" else 300)), unit, draw(DIRECTION)
        )
    if kind == "same_day":
        return limit(kind)
    roll = "none" if kind == "working_day" else draw(ROLL)
    if kind == "day_of_month":
        period = draw(st.sampled_from(PERIODS))
        months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[period]
        fixed = FixedDay(
            draw(st.integers(1, 31)),
            draw(st.integers(1, months)),
            period,
            draw(st.sampled_from(WHICH)),
        )
        return limit(kind, roll=roll, fixed=fixed)
    direction = draw(DIRECTION)
    first = direction == "after" and draw(st.booleans())
    most = {"natural_day": 120, "working_day": 80, "week": 20, "month": 30}[kind]
    return limit(
        kind,
        draw(st.integers(1, most)),
        direction=direction,
        first_day_counted=first,
        roll=roll,
        ends=draw(st.sampled_from(["end_of_day", "to_the_minute"])),
    )


@given(limits(), NEAR, CALENDARS)
def test_the_slow_way_finds_the_same_last_moment(
    what: Limit, start: datetime, calendar: WorkingCalendar
) -> None:
    answer = due(what, start, calendar)

    assert answer.at == slow.runs_out(what, start, calendar)
    # Hours that run out at midnight end with the last span of the day before.
    last = answer.on if what.is_in_days or answer.at.time() else answer.strip[-1].day
    assert answer.strip[-1].day == last == (answer.strip[-1].since or answer.at).date()


@given(limits(), NEAR, CALENDARS)
def test_a_limit_that_asks_for_it_never_ends_on_a_rest_day(
    what: Limit, start: datetime, calendar: WorkingCalendar
) -> None:
    answer = due(what, start, calendar)

    if what.needs_calendar:
        assert calendar.is_working(answer.on)
        assert "deadline.on_rest_day" not in codes(answer)
    elif what.may_end_on_rest_day:
        assert ("deadline.on_rest_day" in codes(answer)) is not calendar.is_working(answer.on)


@given(limits(), NEAR, CALENDARS)
def test_the_strip_counts_up_to_the_limit_and_visits_no_day_twice(
    what: Limit, start: datetime, calendar: WorkingCalendar
) -> None:
    strip = due(what, start, calendar).strip
    numbers = [each.number for each in strip if each.number is not None]
    counted = [each for each in strip if each.role == "count"]

    assert numbers == sorted(numbers)
    if what.count:
        assert numbers[-1] == what.count
    if what.kind == "working_day":
        assert all(each.counted is each.why.is_working for each in counted)
        assert numbers == list(range(1, what.count + 1))
    if what.kind in ("natural_day", "working_day", "elapsed") and what.roll == "none":
        days = [each.day.toordinal() for each in strip]
        assert sorted(days) == list(range(min(days), max(days) + 1))


@given(st.integers(1, 200), NEAR, CALENDARS)
def test_one_more_working_day_is_never_earlier(
    count: int, start: datetime, calendar: WorkingCalendar
) -> None:
    first, second = (due(limit("working_day", n), start, calendar).on for n in (count, count + 1))

    assert first < second
