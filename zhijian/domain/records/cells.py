"""Cells of people's workbooks and forms → exact values.

People type full-width digits, pad with blanks, and let the spreadsheet turn dates into serial
numbers. What has one meaning is read; what could have two is refused in words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from zhijian.domain.policy.raw import number_of

Cell = str | int | float | bool | date | datetime | Fraction | None

_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # 2000-01-01 to 2100-01-01
_SERIAL = re.compile(r"[0-9]{5}")
_DAY = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]00:00(?::00(?:\.0+)?)?)?"
)
_MONTH = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})(?:月)?")
_FIGURES = 15
_YES = frozenset({"是", "有", "有效", "true", "yes", "y", "1", "√"})
_NO = frozenset({"否", "无", "无效", "false", "no", "n", "0", "×"})


class NotReadable(Exception):
    """The cell has no reading of the wanted type."""


def cell_text(cell: Cell) -> str:
    """The cell as trimmed text, full-width forms made narrow."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == datetime.min.time() else cell
    return unicodedata.normalize("NFKC", str(cell)).strip()


def as_exact_number(cell: Cell) -> Fraction:
    """An exact number; the float of a spreadsheet is read as the decimal that it shows."""
    if isinstance(cell, Fraction):
        return cell
    if isinstance(cell, bool | date):
        raise NotReadable
    if isinstance(cell, float):
        return _as_shown(cell)
    text = cell_text(cell)
    # A sign may stand before digits, not before another sign.
    number = number_of(text[1:] if text[:1] == "+" and text[1:2] != "-" else text)
    if number is None:
        raise NotReadable
    return number


def _as_shown(cell: float) -> Fraction:
    """A spreadsheet shows fifteen figures of its floats: 0.1 + 0.2 is the 0.3 that people see."""
    if not math.isfinite(cell):
        raise NotReadable
    return Fraction(Decimal(format(cell, f".{_FIGURES}g")))


def as_calendar_day(cell: Cell) -> date:
    """A day: a date cell, a serial number, or a date as people write it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = cell_text(cell)
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(text))
    found = _DAY.fullmatch(text)
    if not found:
        raise NotReadable
    return _date(*map(int, found.groups()))


def as_month(cell: Cell) -> date:
    """The first day of a month: ``2024-01``, ``2024年1月``, or any day within it."""
    if isinstance(cell, float) and not cell.is_integer():
        # 2024.10 typed into a number cell has become 2024.1: it may mean October or January.
        raise NotReadable
    found = _MONTH.fullmatch(cell_text(cell))
    if found:
        return _date(int(found.group(1)), int(found.group(2)), 1)
    return as_calendar_day(cell).replace(day=1)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotReadable from error


def as_flag(cell: Cell) -> bool:
    """Yes or no, as people write it."""
    word = cell_text(cell).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NotReadable
