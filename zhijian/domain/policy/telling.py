"""Values of parameters in short, for people who compare two of them."""

from __future__ import annotations

from fractions import Fraction

from zhijian.domain.exact import plain
from zhijian.domain.policy.values import Bands, ParameterValue, Points, Table, Weights


def told(value: ParameterValue | None) -> str:
    """Write a value in one line; the value of a repeal is a dash."""
    if value is None:
        return "—"
    if isinstance(value, Fraction | str):
        return _cell(value)
    if isinstance(value, Weights):
        return "; ".join(f"{part} {plain(weight)}" for part, weight in value.parts)
    if isinstance(value, Bands):
        return "; ".join(f"{band.interval} → {_cell(band.gives)}" for band in value.bands)
    if isinstance(value, Points):
        return "; ".join(f"({plain(x)}, {plain(y)})" for x, y in value.corners)
    return _table(value)


def _table(table: Table) -> str:
    return "; ".join(
        f"{row}{' × ' if column else ''}{column} → {_cell(cell)}"
        for row, cells in table.rows
        for column, cell in cells
    )


def _cell(value: Fraction | str) -> str:
    return plain(value) if isinstance(value, Fraction) else value
