"""How periods and days are written for people, in Chinese and in English."""

from __future__ import annotations

from datetime import date
from typing import Final

from zhijian.domain.words import Words

KINDS: Final = {
    "month": Words("月", "month"),
    "quarter": Words("季度", "quarter"),
    "half_year": Words("半年", "half-year"),
    "year": Words("年", "year"),
    "custom": Words("自定期间", "chosen days"),
}
"""How people name the kinds of period."""
_QUARTERS: Final = ("一", "二", "三", "四")
_HALVES: Final = (("上半年", "First half of"), ("下半年", "Second half of"))
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = (
    ("星期一", "Monday"),
    ("星期二", "Tuesday"),
    ("星期三", "Wednesday"),
    ("星期四", "Thursday"),
    ("星期五", "Friday"),
    ("星期六", "Saturday"),
    ("星期日", "Sunday"),
)


def is_english(language: str) -> bool:
    """Tell whether ``language`` (``en``, ``en-us``) asks for English; all else gets Chinese."""
    return language.startswith("en")


def weekday_title(day: date, language: str = "zh") -> str:
    """Return the day of the week: 星期二, Tuesday."""
    return _WEEKDAYS[day.weekday()][is_english(language)]


def day_title(day: date, language: str = "zh") -> str:
    """Return the day as people read it: 2026年7月21日, July 21, 2026."""
    if is_english(language):
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def regular_title(kind: str, year: int, number: int, language: str) -> str:
    """Return the title of the ``number``-th period of ``kind`` in ``year``."""
    english = is_english(language)
    if kind == "month":
        return f"{_MONTHS[number - 1]} {year}" if english else f"{year}年{number}月"
    if kind == "quarter":
        return f"Q{number} {year}" if english else f"{year}年第{_QUARTERS[number - 1]}季度"
    if kind == "half_year":
        zh, en = _HALVES[number - 1]
        return f"{en} {year}" if english else f"{year}年{zh}"
    return f"{year}" if english else f"{year}年度"


def custom_title(first: date, last: date, language: str) -> str:
    """Return the title of the days from ``first`` to ``last``, naming one year only once."""
    if first == last:
        return day_title(first, language)
    if is_english(language):
        begins = day_title(first, language)
        if first.year == last.year:
            begins = begins.rpartition(",")[0]
        return f"{begins} to {day_title(last, language)}"
    ends = day_title(last, language)
    if first.year == last.year:
        ends = ends.partition("年")[2]
    return f"{day_title(first, language)}至{ends}"
