from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.domain.dates.months import end_of_month, month_of, parse_month, shift_months

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def test_a_month_is_read_and_written_as_the_same_text() -> None:
    assert parse_month("2024-03") == date(2024, 3, 1)
    assert month_of(date(2024, 3, 31)) == "2024-03"


@pytest.mark.parametrize(
    "text", ["2024-00", "2024-13", "0000-01", "2024-3", "2024-03 ", "2024\uff0d03"]
)
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        parse_month(text)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_months_are_added_and_clipped_at_the_end_of_the_month(
    start: date, count: int, expected: date
) -> None:
    assert shift_months(start, count) == expected


@given(DAYS, st.integers(-600, 600))
def test_the_shifted_day_lies_in_the_right_month_and_is_never_later_in_it(
    day: date, count: int
) -> None:
    shifted = shift_months(day, count)

    assert shifted.year * 12 + shifted.month == day.year * 12 + day.month + count
    assert shifted.day == min(day.day, end_of_month(shifted).day)
