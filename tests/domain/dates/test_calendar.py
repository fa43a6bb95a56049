import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.domain.dates.calendar import DAY_KINDS, Why, WorkingCalendar

SPRING = WorkingCalendar(
    published_years=frozenset({2026}),
    holidays={date(2026, 2, day): "春节" for day in range(15, 24)},
    make_up_days={date(2026, 2, 14): "春节", date(2026, 2, 28): "春节"},
    id="spring",
)
NEAR = st.dates(date(2026, 1, 1), date(2026, 4, 30))


def test_a_make_up_saturday_is_worked_and_a_holiday_monday_is_not() -> None:
    assert SPRING.is_working(date(2026, 2, 14))
    assert not SPRING.is_working(date(2026, 2, 16))
    assert SPRING.is_working(date(2026, 2, 24))
    assert not SPRING.is_working(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("day", "code", "zh", "en"),
    [
        (date(2026, 2, 13), "weekday", "工作日", "weekday"),
        (date(2026, 3, 1), "weekend", "周末", "weekend"),
        (date(2026, 2, 21), "holiday 春节", "春节放假", "holiday 春节"),
        (
            date(2026, 2, 14),
            "make_up 春节",
            "调休上班(春节)",
            "make-up working day for 春节",
        ),
        (
            date(2027, 1, 1),
            "weekday",
            "工作日(该年放假安排尚未公布)",
            "weekday, holidays of the year not published",
        ),
        (
            date(2022, 2, 1),
            "weekday",
            "工作日(日历没有该年的放假安排)",
            "weekday, holidays of the year not in the calendar",
        ),
    ],
)
def test_every_day_has_a_reason(day: date, code: str, zh: str, en: str) -> None:
    why = SPRING.why(day)

    assert (why.code, why.title(), why.title("en")) == (code, zh, en)
    assert why.kind in DAY_KINDS
    assert why.is_working is SPRING.is_working(day)


def test_a_day_named_by_a_notice_is_known_even_outside_the_published_years() -> None:
    calendar = WorkingCalendar(frozenset({2023}), holidays={date(2022, 12, 31): "元旦"})

    assert calendar.why(date(2022, 12, 31)) == Why("holiday", "元旦")
    assert calendar.why(date(2022, 12, 30)) == Why("weekday", published=False, is_lacking=True)


def test_a_year_before_the_first_one_is_lacking_and_a_later_one_is_not() -> None:
    assert SPRING.lacks(2022)
    assert not SPRING.lacks(2026)
    assert not SPRING.lacks(2027)
    assert not WorkingCalendar(frozenset()).lacks(2022)


def test_counting_working_days_both_ways() -> None:
    assert SPRING.after(date(2026, 2, 13), 3) == date(2026, 2, 25)
    assert SPRING.before(date(2026, 2, 25), 3) == date(2026, 2, 13)
    assert SPRING.after(date(2026, 2, 15), 0) == date(2026, 2, 15)
    assert SPRING.on_or_after(date(2026, 2, 15)) == date(2026, 2, 24)
    assert SPRING.on_or_before(date(2026, 2, 22)) == date(2026, 2, 14)
    assert SPRING.on_or_after(date(2026, 2, 13)) == date(2026, 2, 13)
    assert SPRING.count(date(2026, 2, 13), date(2026, 2, 25)) == 4
    assert SPRING.count(date(2026, 2, 25), date(2026, 2, 13)) == 0
    with pytest.raises(ValueError, match="cannot be counted -1 times"):
        SPRING.after(date(2026, 2, 13), -1)


def test_a_stretch_is_settled_when_all_its_years_are_published() -> None:
    assert SPRING.is_settled(date(2026, 1, 1), date(2026, 12, 31))
    assert not SPRING.is_settled(date(2026, 12, 31), date(2027, 1, 1))


def test_a_day_is_not_holiday_and_make_up_day_at_once() -> None:
    with pytest.raises(ValueError, match="2026-02-14 cannot be a holiday and"):
        WorkingCalendar(
            frozenset({2026}),
            holidays={date(2026, 2, 14): "春节"},
            make_up_days={date(2026, 2, 14): "春节"},
        )


def test_the_digest_follows_the_content_and_not_the_order_or_the_name() -> None:
    backwards = WorkingCalendar(
        SPRING.published_years,
        dict(reversed(SPRING.holidays.items())),
        dict(reversed(SPRING.make_up_days.items())),
        id="another",
    )
    fewer = WorkingCalendar(SPRING.published_years, SPRING.holidays)

    assert backwards.digest == SPRING.digest
    assert fewer.digest != SPRING.digest
    assert WorkingCalendar(frozenset()).digest != WorkingCalendar(frozenset({2026})).digest


def test_a_calendar_does_not_change_with_what_it_was_built_from_and_travels_whole() -> None:
    holidays = {date(2026, 2, 16): "春节"}
    calendar = WorkingCalendar(frozenset({2026}), holidays)
    holidays.clear()

    assert calendar.holidays == {date(2026, 2, 16): "春节"}
    assert pickle.loads(pickle.dumps(calendar)) == calendar
    assert hash(calendar) == hash(pickle.loads(pickle.dumps(calendar)))


@given(NEAR, st.integers(1, 60))
def test_the_nth_working_day_is_worked_and_is_the_nth(day: date, count: int) -> None:
    last = SPRING.after(day, count)

    assert SPRING.is_working(last)
    assert SPRING.count(day + timedelta(days=1), last) == count
    assert SPRING.count(SPRING.before(day, count), day - timedelta(days=1)) == count
