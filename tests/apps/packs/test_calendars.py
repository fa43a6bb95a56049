from datetime import date
from pathlib import Path

import pytest

from zhijian.domain.dates.reading import CALENDAR_CODES
from zhijian.domain.deadlines.clock import CLOCK_CODES
from zhijian.domain.deadlines.course import COURSE_CODES
from zhijian.domain.deadlines.due import WARNING_CODES
from zhijian.domain.deadlines.events_reading import EVENT_CODES
from zhijian.domain.deadlines.legs import LEG_CODES
from zhijian.domain.deadlines.rule import RULE_CODES
from zhijian.domain.deadlines.terms_reading import TERM_CODES
from zhijian.domain.deadlines.vocabulary import LIMIT_CODES
from zhijian.foundation.wording import catalogue
from zhijian.packs.calendars import CalendarUnreadable, check_calendar, load_calendar

CHINA = Path(__file__).parents[3] / "packs" / "calendar-cn"


@pytest.mark.req("SYS-04")
def test_the_calendar_of_china_is_one_file_a_year() -> None:
    calendar = load_calendar(CHINA)

    assert calendar.id == "calendar-cn"
    assert calendar.published_years == {2023, 2024, 2025, 2026}
    assert {f"{year}.yaml" for year in calendar.published_years} == {
        path.name for path in CHINA.glob("*.yaml")
    }


@pytest.mark.parametrize(
    ("year", "holidays", "make_up_days", "working_days"),
    [(2023, 27, 7, 249), (2024, 28, 8, 251), (2025, 28, 5, 248), (2026, 33, 6, 248)],
)
def test_each_year_has_the_days_of_its_notice(
    year: int, holidays: int, make_up_days: int, working_days: int
) -> None:
    calendar = load_calendar(CHINA)

    # The notice for 2023 begins with the last day of 2022.
    named = [
        day for day in calendar.holidays if day.year == year or (year, day.year) == (2023, 2022)
    ]
    assert len(named) == holidays
    assert sum(day.year == year for day in calendar.make_up_days) == make_up_days
    assert calendar.count(date(year, 1, 1), date(year, 12, 31)) == working_days
    assert f"关于{year}年部分节假日安排的通知" in calendar.notices[year].document
    assert calendar.notices[year].published < date(year, 1, 1)


def test_every_make_up_day_is_a_weekend_day_and_no_year_is_guessed() -> None:
    calendar = load_calendar(CHINA)

    assert all(day.weekday() >= 5 for day in calendar.make_up_days)
    assert not calendar.why(date(2027, 10, 1)).published


@pytest.mark.parametrize(
    ("text", "where", "code"),
    [
        ("year: 2026\nyear: 2027\n", "2026.yaml:2", "policy.key_twice"),
        ("year: [2026\n", "2026.yaml:2", "policy.not_yaml"),
        ("days:\n  - 2026-02-30\n", "2026.yaml:2", "policy.not_a_date"),
    ],
)
def test_a_file_that_is_no_yaml_is_named_with_its_line(
    tmp_path: Path, text: str, where: str, code: str
) -> None:
    (tmp_path / "2026.yaml").write_text(text, encoding="utf-8")

    answer = check_calendar(tmp_path)

    assert isinstance(answer, tuple)
    assert [(each.where, each.code) for each in answer] == [(where, code)]


def test_a_folder_without_years_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalendarUnreadable, match=r"calendar\.no_years") as caught:
        load_calendar(tmp_path)

    assert [each.code for each in caught.value.problems] == ["calendar.no_years"]


def test_every_code_of_calendars_and_deadlines_has_its_words() -> None:
    worded = set(catalogue())

    clocks = {*COURSE_CODES, *LEG_CODES, *CLOCK_CODES, *EVENT_CODES}
    limits = {*CALENDAR_CODES, *WARNING_CODES, *LIMIT_CODES, *RULE_CODES, *TERM_CODES}
    assert limits | clocks <= worded
    assert {code for code in worded if code.startswith("clock.")} == clocks
