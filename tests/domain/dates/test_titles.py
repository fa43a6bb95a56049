from datetime import date

from zhijian.domain.dates.titles import day_title, weekday_title


def test_days_as_people_write_them() -> None:
    day = date(2026, 7, 21)

    assert f"{day_title(day)}({weekday_title(day)})" == "2026年7月21日(星期二)"
    assert f"{weekday_title(day, 'en')}, {day_title(day, 'en-us')}" == "Tuesday, July 21, 2026"
