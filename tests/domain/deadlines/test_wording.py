from datetime import date, datetime
from typing import Any

import pytest

from tests.domain.deadlines.calendars import CHINA
from zhijian.domain.deadlines.due import due
from zhijian.domain.deadlines.limit import FixedDay, Limit
from zhijian.domain.deadlines.wording import strip_line


def lines(kind: str, start: Any, language: str, **words: Any) -> list[str]:
    limit = Limit("it", kind, **words)
    return [strip_line(each, limit, language) for each in due(limit, start, CHINA).strip]


def test_working_days_in_both_languages() -> None:
    assert lines("working_day", date(2024, 5, 10), "zh", count=2) == [
        "2024-05-10(星期五)起算日，不计入：工作日",
        "2024-05-11(星期六)第 1 个工作日：调休上班(劳动节)",
        "2024-05-12(星期日)不计入：周末",
        "2024-05-13(星期一)第 2 个工作日：工作日",
    ]
    assert lines("working_day", date(2024, 5, 10), "en", count=2)[1:3] == [
        "2024-05-11 (Saturday) working day 1: make-up working day for 劳动节",
        "2024-05-12 (Sunday) not counted: weekend",
    ]


@pytest.mark.parametrize(
    ("kind", "words", "zh", "en"),
    [
        ("natural_day", {"count": 1}, "第 1 日", "day 1"),
        ("week", {"count": 1}, "第 1 周届满", "week 1 is full"),
        ("month", {"count": 1}, "第 1 个月届满", "month 1 is full"),
        ("same_day", {}, "当日", "same day"),
        ("day_of_month", {"fixed": FixedDay(10)}, "规定日", "the day fixed by the rule"),
    ],
)
def test_the_last_day_of_each_kind(kind: str, words: dict[str, Any], zh: str, en: str) -> None:
    assert f"){zh}：" in lines(kind, date(2024, 6, 12), "zh", **words)[-1]
    assert f") {en}: " in lines(kind, date(2024, 6, 12), "en", **words)[-1]


@pytest.mark.parametrize("unit", ["hour", "minute"])
def test_elapsed_time_says_how_much_of_it_has_run(unit: str) -> None:
    words = {"count": 1800, "unit": unit, "ends": "to_the_minute"}
    start = datetime(2024, 6, 21, 18)  # noqa: DTZ001

    assert lines("elapsed", start, "zh", **words)[:2] == [
        "2024-06-21(星期五)18:00–24:00 计入，累计 6 小时：工作日",
        "2024-06-22(星期六)00:00–24:00 计入，累计 30 小时：周末",
    ]
    assert lines("elapsed", start, "en", **words)[0] == (
        "2024-06-21 (Friday) 18:00–24:00 counted, 6 hours so far: weekday"
    )


def test_a_roll_and_a_counted_first_day_are_said() -> None:
    told = lines("week", date(2024, 6, 3), "zh", count=1, first_day_counted=True, roll="forward")

    assert told == [
        "2024-06-03(星期一)起算日，计入：工作日",
        "2024-06-09(星期日)第 1 周届满：周末",
        "2024-06-10(星期一)移至本日：工作日",
    ]
    backward = lines("natural_day", date(2024, 6, 8), "zh", count=1, roll="backward")
    assert [each.partition(")")[2] for each in backward[1:]] == [
        *("第 1 日：周末", "移过：周末", "移至本日：工作日")
    ]
