from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.domain.dates.period import MONTHS_IN, PERIOD_KINDS, Period

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
REGULAR = st.builds(Period.containing, DAYS, st.sampled_from(sorted(MONTHS_IN)))
CUSTOM = st.builds(
    lambda first, days: Period.between(first, first + timedelta(days=days)),
    DAYS,
    st.integers(0, 800),
)
PERIODS = REGULAR | CUSTOM


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2024-03", "month", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024Q1", "quarter", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024Q4", "quarter", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024H1", "half_year", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024H2", "half_year", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-01-15..2024-03-14", "custom", date(2024, 1, 15), date(2024, 3, 14)),
    ],
)
def test_the_five_forms_of_a_period(text: str, kind: str, first: date, last: date) -> None:
    period = Period.parse(text)

    assert (period.kind, period.first, period.last) == (kind, first, last)
    assert period.id == str(period) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "24Q1",
            "2024q1",
            "2024Q0",
            "2024Q5",
            "2024H3",
            "2024-13",
            "2024-3",
            "0000",
            "0000Q1",
        ),
        *(" 2024Q1", "2024Q1\n", "\uff12\uff10\uff12\uff14Q1", "第一季度", "20240115..20240314"),
        *("2024-02-30..2024-03-01", "2024-03-02..2024-03-01", "2024-01-15~2024-03-14"),
    ],
)
def test_anything_else_is_refused_and_the_right_forms_are_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a period .* write it like 2024-03, 2024Q1"):
        Period.parse(text)


def test_a_period_that_is_built_by_hand_must_be_what_it_says() -> None:
    assert Period("quarter", date(2024, 1, 1), date(2024, 3, 31)) == Period.parse("2024Q1")
    with pytest.raises(ValueError, match="not a whole quarter"):
        Period("quarter", date(2024, 1, 1), date(2024, 4, 30))
    with pytest.raises(ValueError, match="not a kind of period"):
        Period("week", date(2024, 1, 1), date(2024, 1, 7))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="before it begins"):
        Period.between(date(2024, 1, 2), date(2024, 1, 1))
    with pytest.raises(ValueError, match="not fixed by the calendar"):
        Period.containing(date(2024, 1, 1), "custom")


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2024Q1", "2024年第一季度", "Q1 2024"),
        ("2024H1", "2024年上半年", "First half of 2024"),
        ("2024H2", "2024年下半年", "Second half of 2024"),
        ("2024-03", "2024年3月", "March 2024"),
        ("2024", "2024年度", "2024"),
        ("2024-01-15..2024-03-14", "2024年1月15日至3月14日", "January 15 to March 14, 2024"),
        (
            "2024-12-15..2025-01-14",
            "2024年12月15日至2025年1月14日",
            "December 15, 2024 to January 14, 2025",
        ),
        ("2024-05-01..2024-05-01", "2024年5月1日", "May 1, 2024"),
    ],
)
def test_titles_in_both_languages(text: str, zh: str, en: str) -> None:
    assert Period.parse(text).title() == zh
    assert Period.parse(text).title("en") == en


@pytest.mark.parametrize(
    ("text", "following", "previous", "last_year"),
    [
        ("2024-01", "2024-02", "2023-12", "2023-01"),
        ("2024Q4", "2025Q1", "2024Q3", "2023Q4"),
        ("2024H1", "2024H2", "2023H2", "2023H1"),
        ("2024", "2025", "2023", "2023"),
        # Whole months by day number stay whole months; other stretches keep their days.
        (
            "2024-01-15..2024-03-14",
            "2024-03-15..2024-05-14",
            "2023-11-15..2024-01-14",
            "2023-01-15..2023-03-14",
        ),
        (
            "2024-01-29..2024-02-28",
            "2024-02-29..2024-03-30",
            "2023-12-29..2024-01-28",
            "2023-01-29..2023-02-28",
        ),
        (
            "2024-02-29..2024-02-29",
            "2024-03-01..2024-03-01",
            "2024-02-28..2024-02-28",
            "2023-02-28..2023-02-28",
        ),
    ],
)
def test_neighbors(text: str, following: str, previous: str, last_year: str) -> None:
    period = Period.parse(text)

    assert period.next().id == following
    assert period.previous().id == previous
    assert period.same_last_year().id == last_year


def test_earlier_periods_are_counted_back() -> None:
    assert Period.parse("2024Q1").earlier(0).id == "2024Q1"
    assert Period.parse("2024Q1").earlier(5).id == "2022Q4"
    with pytest.raises(ValueError, match="periods earlier"):
        Period.parse("2024Q1").earlier(-1)


def test_the_months_of_a_period_include_those_it_only_touches() -> None:
    assert Period.parse("2024Q1").months() == ("2024-01", "2024-02", "2024-03")
    assert Period.parse("2023-12-31..2024-01-01").months() == ("2023-12", "2024-01")


def test_numbers_and_lengths() -> None:
    assert [Period.parse(each).number for each in ("2024-03", "2024Q3", "2024H2", "2024")] == [
        *(3, 3, 2, 1)
    ]
    assert Period.parse("2024-01-15..2024-03-14").number == 0
    assert Period.parse("2024Q1").days == 91


@given(PERIODS)
def test_the_text_of_a_period_leads_back_to_it(period: Period) -> None:
    assert Period.parse(period.id) == period
    assert period.kind in PERIOD_KINDS


@given(PERIODS)
def test_neighbors_touch_without_gap_or_overlap(period: Period) -> None:
    day = timedelta(days=1)

    assert period.next().first == period.last + day
    assert period.previous().last == period.first - day
    assert period.previous().kind == period.next().kind == period.kind


@given(REGULAR, st.integers(0, 40))
def test_going_back_and_forth_ends_where_it_began(period: Period, count: int) -> None:
    earlier = period.earlier(count)
    for _ in range(count):
        earlier = earlier.next()

    assert earlier == period


@given(PERIODS, DAYS)
def test_a_day_is_in_exactly_the_days_of_the_period(period: Period, day: date) -> None:
    inside = day.toordinal() in range(period.first.toordinal(), period.last.toordinal() + 1)

    assert period.contains(day) is inside
    assert period.contains(period.first)
    assert period.contains(period.last)
