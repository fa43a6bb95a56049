"""The days around some holidays of 2022 to 2027, as far as the tests of deadlines need them."""

from datetime import date, timedelta

from zhijian.domain.dates.calendar import WorkingCalendar


def _days(first: date, last: date, name: str) -> dict[date, str]:
    return {first + timedelta(days=n): name for n in range((last - first).days + 1)}


CHINA = WorkingCalendar(
    published_years=frozenset({2024, 2025, 2026}),
    holidays={
        **_days(date(2024, 5, 1), date(2024, 5, 5), "劳动节"),
        **_days(date(2024, 10, 1), date(2024, 10, 7), "国庆节"),
        **_days(date(2026, 2, 15), date(2026, 2, 23), "春节"),
    },
    make_up_days={
        date(2024, 5, 11): "劳动节",
        date(2024, 9, 29): "国庆节",
        date(2026, 2, 14): "春节",
        date(2026, 2, 28): "春节",
    },
    id="china",
)
