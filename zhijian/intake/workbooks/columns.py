"""Columns of text → typed columns, all rows at once.

Each function gives two expressions: the value, and whether the row is *plainly* good. Plainly good
means that the domain's own check would accept the cell with that very value, beyond doubt. Whatever
is in doubt (full-width digits, a date with a time, a wrong word) goes to the domain's check row by
row. So the rules stand in one place, and this is only the short way for what is in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import polars as pl

from zhijian.domain.policy.raw import number_of
from zhijian.domain.records.cells import cell_text
from zhijian.domain.records.checking import Surroundings
from zhijian.domain.records.kind import Field, RecordKind

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_MONTH = r"^\d{4}-\d{2}$"
_TEXT = r"^[^\s\p{C}](?s:.*[^\s\p{C}])?$"
_MOST_PLACES, _MOST_DIGITS = 6, 12

DTYPES: Mapping[str, type[pl.DataType]] = {
    "decimal": pl.Int64,
    "integer": pl.Int64,
    "text": pl.String,
    "choice": pl.String,
    "reference": pl.String,
    "flag": pl.Boolean,
    "date": pl.Date,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed column and where it is plainly good."""

    value: pl.Expr
    good: pl.Expr


def read_unit(name: str, around: Surroundings) -> Reading:
    """Read the unit's name: one of the known ones."""
    text = pl.col(name)
    return Reading(text, text.is_in(_stable(around.units)).fill_null(False))


def read_placing(kind: RecordKind, name: str, around: Surroundings) -> Reading:
    """Read the day or month a record is placed on."""
    first, last = around.period.first, around.period.last
    last = last if around.today is None else min(last, around.today)
    text = pl.col(name)
    if kind.dated == "month":
        long = pl.when(text.str.contains(_MONTH)).then(text + "-01").otherwise(text)
        day = _day(long).dt.month_start()
    else:
        day = _day(text)
    return Reading(day, day.is_between(first, last).fill_null(False))


def read_field(rule: Field, name: str, around: Surroundings) -> Reading:
    """Read a field; a blank is good where the field is not required."""
    own = _READERS[rule.type](rule, pl.col(name), around)
    if rule.required:
        return Reading(own.value, own.good.fill_null(False))
    return Reading(own.value, own.good.fill_null(False) | pl.col(name).is_null())


def _day(text: pl.Expr) -> pl.Expr:
    plain = pl.when(text.str.contains(_DAY)).then(text)
    return plain.str.to_date("%Y-%m-%d", strict=False)


def _number(rule: Field, text: pl.Expr, around: Surroundings) -> Reading:
    """Read a number as a whole count of its smallest place; twelve digits stay exact."""
    if rule.places > _MOST_PLACES:
        return Reading(pl.lit(None, pl.Int64), pl.lit(False))
    scale = 10**rule.places
    decimals = rf"\.\d{{1,{rule.places}}}0*" if rule.places else r"\.0+"
    pattern = rf"^-?\d{{1,{_MOST_DIGITS - rule.places}}}(?:{decimals})?$"
    value = (text.cast(pl.Float64, strict=False) * scale).round().cast(pl.Int64, strict=False)
    good = text.str.contains(pattern)
    if rule.at_least is not None:
        good &= value >= ceil(rule.at_least * scale)
    if rule.at_most is not None:
        good &= value <= floor(rule.at_most * scale)
    if rule.options:
        known = [number for each in rule.options if (number := number_of(each)) is not None]
        good &= value.is_in(
            [int(each * scale) for each in known if (each * scale).denominator == 1]
        )
    if rule.step:
        good &= _on_step(value, rule, scale)
    return Reading(value, good)


def _on_step(value: pl.Expr, rule: Field, scale: int) -> pl.Expr:
    step, start = (rule.step or Fraction(1)) * scale, (rule.at_least or Fraction(0)) * scale
    if step.denominator != 1 or start.denominator != 1:
        return pl.lit(False)
    return (value - int(start)) % int(step) == 0


def _text(rule: Field, text: pl.Expr, around: Surroundings) -> Reading:
    return Reading(text, text.str.contains(_TEXT) & (text.str.len_chars() <= rule.max_length))


def _choice(rule: Field, text: pl.Expr, around: Surroundings) -> Reading:
    short = [each for each in _stable(rule.options) if len(each) <= rule.max_length]
    return Reading(text, text.is_in(short))


def _reference(rule: Field, text: pl.Expr, around: Surroundings) -> Reading:
    known = around.registers.get(rule.to, frozenset())
    short = [each for each in _stable(known) if len(each) <= rule.max_length]
    return Reading(text, text.is_in(short))


def _flag(rule: Field, text: pl.Expr, around: Surroundings) -> Reading:
    yes, no = text.is_in(["是", "true"]), text.is_in(["否", "false"])
    return Reading(yes, yes | no)


def _date(rule: Field, text: pl.Expr, around: Surroundings) -> Reading:
    day = _day(text)
    return Reading(day, day.is_not_null())


def _stable(words: object) -> list[str]:
    """Return the words that are read as they are written."""
    return sorted(each for each in words if each and cell_text(each) == each)  # type: ignore[attr-defined]


_READERS: Mapping[str, Callable[[Field, pl.Expr, Surroundings], Reading]] = {
    "decimal": _number,
    "integer": _number,
    "text": _text,
    "choice": _choice,
    "reference": _reference,
    "flag": _flag,
    "date": _date,
}
