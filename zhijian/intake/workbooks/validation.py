"""Drop-downs and limits of cells, as the spreadsheet itself checks them while people type."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from zhijian.domain.dates.period import Period
from zhijian.domain.records.kind import Field
from zhijian.intake.workbooks.layout import LISTS_TITLE, UNITS, Column, Layout

_SOME_ROWS = 5000
_WIDEST = 10**9
_EARLIEST = date(2000, 1, 1)


class Lists:
    """The words of all drop-downs; each list stands once in the hidden sheet."""

    def __init__(self, layout: Layout, period: Period | None) -> None:
        self.layout = layout
        self.months = period.months() if period else ()
        self.columns: list[tuple[str, ...]] = []

    def words(self, words: tuple[str, ...]) -> dict[str, Any]:
        """Return the rule of a drop-down with fixed words."""
        if words not in self.columns:
            self.columns.append(words)
        letters = xl_col_to_name(self.columns.index(words))
        source = f"='{LISTS_TITLE}'!${letters}$1:${letters}${len(words)}"
        return {"validate": "list", "source": source}

    def of(self, sheet: str, column: str) -> dict[str, Any]:
        """Return the rule of a drop-down with what people entered in another sheet."""
        target = self.layout.sheet(sheet)
        letters = xl_col_to_name(target.columns.index(target.column(column)))
        source = f"='{target.title}'!${letters}$2:${letters}${_SOME_ROWS}"
        return {"validate": "list", "source": source}


def validation_of(column: Column, lists: Lists, period: Period | None) -> dict[str, Any] | None:
    """Return the rule for the cells of a column; nothing where any text is right."""
    if column.rule is not None:
        return _of_field(column.rule, lists, period)
    if column.attribute is not None:
        return _of_words(tuple(column.options), column.attribute.type, lists)
    if column.role == "unit":
        listed_here = lists.layout.sheet(UNITS).column("unit") is column
        return None if listed_here else lists.of(UNITS, "unit")
    if column.role == "month":
        return lists.words(lists.months) if lists.months else None
    return _in_period(period) if column.role == "on" else None


def _of_words(options: tuple[str, ...], type_: str, lists: Lists) -> dict[str, Any] | None:
    words = ("是", "否") if type_ == "flag" else options
    return lists.words(words) if words else None


def _of_field(rule: Field, lists: Lists, period: Period | None) -> dict[str, Any] | None:
    if rule.options or rule.type == "flag":
        return _of_words(tuple(rule.options), rule.type, lists)
    if rule.type == "reference":
        return lists.of(*rule.to.split(".", 1))
    if rule.type == "date":
        return {"validate": "date", "criteria": ">", "value": _EARLIEST}
    return _between(rule) if rule.is_number else None


def _between(rule: Field) -> dict[str, Any]:
    low = -_WIDEST if rule.at_least is None else _number(rule.at_least)
    high = _WIDEST if rule.at_most is None else _number(rule.at_most)
    kind = "integer" if rule.places == 0 else "decimal"
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _number(limit: Fraction) -> int | float:
    return int(limit) if limit.denominator == 1 else float(limit)


def _in_period(period: Period | None) -> dict[str, Any]:
    if period is None:
        return {"validate": "date", "criteria": ">", "value": _EARLIEST}
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": period.first,
        "maximum": period.last,
    }
