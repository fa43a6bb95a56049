from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest

from zhijian.domain.dates.calendar import Notice, WorkingCalendar
from zhijian.domain.dates.reading import CALENDAR_CODES, read_calendar

GOOD: dict[str, Any] = {
    "year": 2026,
    "cites": {
        "document": "放假安排的通知",
        "clause": "第一项",
        "published": date(2025, 11, 4),
        "address": "https://example.org/2026",
    },
    "holidays": [{"name": "元旦", "days": [date(2026, 1, 1), date(2026, 1, 2)]}],
    "make_up_days": [{"name": "元旦", "days": [date(2026, 1, 4)]}],
}


def changed(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(GOOD), **changes}


def codes(*years: Any) -> list[tuple[str, str]]:
    answer = read_calendar("cn", {f"{n}.yaml": year for n, year in enumerate(years, start=1)})
    assert isinstance(answer, tuple)
    return [(each.where, each.code) for each in answer]


def test_a_good_year_becomes_a_calendar() -> None:
    calendar = read_calendar("cn", {"2026.yaml": GOOD})

    assert isinstance(calendar, WorkingCalendar)
    assert calendar.id == "cn"
    assert calendar.published_years == {2026}
    assert calendar.holidays == {date(2026, 1, 1): "元旦", date(2026, 1, 2): "元旦"}
    assert calendar.make_up_days == {date(2026, 1, 4): "元旦"}
    assert calendar.notices == {
        2026: Notice("放假安排的通知", "第一项", date(2025, 11, 4), "https://example.org/2026")
    }


@pytest.mark.req("SYS-04")
def test_a_new_year_is_a_matter_of_data() -> None:
    later = changed(
        year=2027,
        holidays=[{"name": "元旦", "days": [date(2027, 1, 1)]}],
        make_up_days=[],
    )

    calendar = read_calendar("cn", {"2026.yaml": GOOD, "2027.yaml": later})

    assert isinstance(calendar, WorkingCalendar)
    assert calendar.published_years == {2026, 2027}
    assert not calendar.is_working(date(2027, 1, 1))
    assert calendar.is_working(date(2026, 1, 4))


def test_a_notice_may_reach_into_the_december_before() -> None:
    year = changed(holidays=[{"name": "元旦", "days": [date(2025, 12, 31)]}])

    assert isinstance(read_calendar("cn", {"2026.yaml": year}), WorkingCalendar)


BROKEN = [
    ("no years at all", (), [("cn", "calendar.no_years")]),
    ("a list", ([],), [("1.yaml", "calendar.not_a_mapping")]),
    ("a key too much", (changed(holiday=[]),), [("1.yaml", "calendar.unknown_key")]),
    (
        "a key too few",
        ({key: value for key, value in GOOD.items() if key != "make_up_days"},),
        [("1.yaml", "calendar.missing_key")],
    ),
    ("a year in words", (changed(year="2026"),), [("1.yaml", "calendar.not_a_year")]),
    ("a truth value as year", (changed(year=True),), [("1.yaml", "calendar.not_a_year")]),
    ("a year far away", (changed(year=20266),), [("1.yaml", "calendar.not_a_year")]),
    (
        "the same year twice",
        (GOOD, changed(holidays=[], make_up_days=[])),
        [("2.yaml", "calendar.year_repeated")],
    ),
    (
        "the same file twice",
        (GOOD, GOOD),
        [("2.yaml", "calendar.year_repeated")]
        + [("2.yaml: holidays[1]", "calendar.day_repeated")] * 2
        + [("2.yaml: make_up_days[1]", "calendar.day_repeated")],
    ),
    ("no citation", (changed(cites="通知"),), [("1.yaml: cites", "calendar.not_a_mapping")]),
    (
        "a citation without a day",
        (changed(cites={**GOOD["cites"], "published": "2025-11-04"}),),
        [("1.yaml: cites", "calendar.not_a_date")],
    ),
    (
        "a citation without a document",
        (changed(cites={**GOOD["cites"], "document": " "}),),
        [("1.yaml: cites", "calendar.not_a_text")],
    ),
    ("no list", (changed(make_up_days=None),), [("1.yaml", "calendar.not_a_list")]),
    (
        "a day alone",
        (changed(make_up_days=[date(2026, 1, 4)]),),
        [("1.yaml: make_up_days[1]", "calendar.not_a_mapping")],
    ),
    (
        "no days",
        (changed(make_up_days=[{"name": "元旦", "days": []}]),),
        [("1.yaml: make_up_days[1]", "calendar.not_a_list")],
    ),
    (
        "a day in quotes, and one with a time",
        (changed(make_up_days=[{"name": "元旦", "days": ["2026-01-04", datetime(2026, 1, 4)]}]),),  # noqa: DTZ001
        [("1.yaml: make_up_days[1]", "calendar.not_a_date")] * 2,
    ),
    (
        "a day of another year",
        (changed(holidays=[*GOOD["holidays"], {"name": "国庆节", "days": [date(2025, 10, 1)]}]),),
        [("1.yaml: holidays[2]", "calendar.day_outside_year")],
    ),
    (
        "a make-up day on a Monday",
        (changed(make_up_days=[{"name": "元旦", "days": [date(2026, 1, 5)]}]),),
        [("1.yaml: make_up_days[1]", "calendar.make_up_on_weekday")],
    ),
    (
        "a make-up day for no holiday of the year",
        (changed(make_up_days=[{"name": "元旦节", "days": [date(2026, 1, 4)]}]),),
        [("1.yaml: make_up_days[1]", "calendar.make_up_without_holiday")],
    ),
]


@pytest.mark.parametrize(
    ("years", "expected"), [pytest.param(*each[1:], id=each[0]) for each in BROKEN]
)
def test_what_does_not_read_well_is_named_with_its_place(
    years: tuple[Any, ...], expected: list[tuple[str, str]]
) -> None:
    assert codes(*years) == expected


def test_every_code_has_a_broken_year() -> None:
    seen = {code for _, _, expected in BROKEN for _, code in expected}

    assert seen == set(CALENDAR_CODES)
