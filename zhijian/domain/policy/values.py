"""What a parameter may hold: a number, a word, weights, bands, points of a line, or a table."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from zhijian.domain.exact import plain
from zhijian.domain.policy.interval import Interval, flaws, lowest_first, read_interval
from zhijian.domain.policy.raw import (
    Fields,
    Raw,
    Reading,
    as_list,
    as_number,
    as_text,
    entries,
    number_of,
    refuse,
)

KINDS = ("number", "choice", "weights", "bands", "points", "table")
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each part; they add up to ``total``."""

    parts: tuple[tuple[str, Fraction], ...]

    def of(self, part: str) -> Fraction | None:
        """The weight of one part, or nothing."""
        return dict(self.parts).get(part)


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a scale and what it means: a number of points, or a word."""

    interval: Interval
    gives: Fraction | str


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands without gap or overlap, lowest first."""

    bands: tuple[Band, ...]

    def find(self, number: Fraction) -> Band | None:
        """The one band that holds ``number``."""
        return next((band for band in self.bands if number in band.interval), None)


@dataclass(frozen=True, slots=True)
class Points:
    """Corners of a line that rises or falls straight between them, smallest first."""

    corners: tuple[tuple[Fraction, Fraction], ...]

    def at(self, number: Fraction) -> Fraction:
        """The height at ``number``; level outside the first and the last corner."""
        if number <= self.corners[0][0]:
            return self.corners[0][1]
        for (x0, y0), (x1, y1) in pairwise(self.corners):
            if number <= x1:
                return y0 + (number - x0) * (y1 - y0) / (x1 - x0)
        return self.corners[-1][1]


@dataclass(frozen=True, slots=True)
class Table:
    """A look-up by one word or by two: ``rows[row][column]``; by one, the column is empty."""

    rows: tuple[tuple[str, tuple[tuple[str, Fraction | str], ...]], ...]

    def find(self, row: str, column: str = "") -> Fraction | str | None:
        """The cell, or nothing when the table has no such row or column."""
        return dict(dict(self.rows).get(row, ())).get(column)


ParameterValue = Fraction | str | Weights | Bands | Points | Table


def cell_of(value: ParameterValue | None, cell: tuple[str, ...]) -> Fraction | str | None:
    """One number (or word) out of weights or a table; nothing when it has no such cell."""
    if isinstance(value, Weights) and len(cell) == 1:
        return value.of(cell[0])
    if isinstance(value, Table) and len(cell) in (1, 2):
        return value.find(*cell)
    return None


def read_value(reading: Reading, kind: str, raw: Raw, fields: Fields) -> ParameterValue:
    """Read a value of ``kind``; ``fields`` is the parameter's own mapping, for its options."""
    match kind:
        case "choice":
            options = fields.options("options")
            found = as_text(raw)
            if found not in options:
                raise refuse(raw, "policy.unknown_word", found=found, allowed=", ".join(options))
            return found
        case "weights":
            return read_weights(raw, fields.number("total", HUNDRED))
        case "bands":
            return read_bands(reading, raw)
        case "points":
            return read_points(raw)
        case "table":
            return read_table(raw)
    return as_number(raw)


def read_weights(raw: Raw, total: Fraction) -> Weights:
    """Read weights and check that they are not negative and add up."""
    parts = tuple((name, as_number(each)) for name, each in entries(raw))
    if any(weight < 0 for _, weight in parts):
        raise refuse(raw, "policy.weight_negative")
    found = sum((weight for _, weight in parts), Fraction(0))
    if found != total:
        raise refuse(raw, "policy.weights_do_not_add_up", found=plain(found), total=plain(total))
    return Weights(parts)


def read_bands(reading: Reading, raw: Raw) -> Bands:
    """Read bands and check that they tile: no gap, no overlap."""
    bands = tuple(_read_band(reading, each) for each in as_list(raw))
    if not bands:
        raise refuse(raw, "policy.empty_list")
    for flaw in flaws(tuple(band.interval for band in bands)):
        raise refuse(raw, f"policy.bands_{flaw.kind}", left=flaw.left, right=flaw.right)
    return Bands(tuple(sorted(bands, key=lambda band: lowest_first(band.interval))))


def _read_band(reading: Reading, raw: Raw) -> Band:
    fields = reading.fields(raw)
    interval = read_interval(fields)
    given = as_number_or_text(fields.need("is"))
    fields.close()
    return Band(interval, given)


def read_points(raw: Raw) -> Points:
    """Read ``[[x, y], …]`` with rising x."""
    corners = []
    for each in as_list(raw):
        pair = as_list(each)
        if len(pair) != 2:
            raise refuse(each, "policy.not_a_pair", found=len(pair))
        corners.append((as_number(pair[0]), as_number(pair[1])))
    if len(corners) < 2:
        raise refuse(raw, "policy.too_few_points", found=len(corners))
    if any(left[0] >= right[0] for left, right in pairwise(corners)):
        raise refuse(raw, "policy.points_not_rising")
    return Points(tuple(corners))


def read_table(raw: Raw) -> Table:
    """Read a table of one dimension (row: value) or two (row: {column: value}), not of both."""
    rows: list[tuple[str, tuple[tuple[str, Fraction | str], ...]]] = []
    for row, each in entries(raw):
        cells = (("", each),) if isinstance(each.value, str | int) else tuple(entries(each))
        rows.append((row, tuple((column, as_number_or_text(cell)) for column, cell in cells)))
    if not rows or not all(columns for _, columns in rows):
        raise refuse(raw, "policy.empty_list")
    if len({columns[0][0] == "" for _, columns in rows}) > 1:
        raise refuse(raw, "policy.table_mixed")
    return Table(tuple(rows))


def dimensions_of(table: Table) -> int:
    """By how many words a table is read: one or two."""
    _, cells = table.rows[0]
    return 1 if cells[0][0] == "" else 2


def as_number_or_text(raw: Raw) -> Fraction | str:
    """A whole number or a quoted decimal is a number; anything else must be a text."""
    if isinstance(raw.value, str) and number_of(raw.value) is None:
        return as_text(raw)
    return as_number(raw)
