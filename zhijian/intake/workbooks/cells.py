"""Problems of cells that are none of their values: formulas, errors, merged and hidden cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from zhijian.domain.problems import Problem
from zhijian.intake.workbooks.addresses import column_letters, column_number, split_address
from zhijian.intake.workbooks.grid import ROW
from zhijian.intake.workbooks.recognising import Found

_RANGE = re.compile(r"([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?")


def cell_problems(found: Found) -> list[Problem]:
    """Return what is wrong with the cells of the columns that count, and with their headers."""
    grid = found.grid
    if not grid.findings.exact and not grid.part.hidden:
        return []
    return [
        *_hidden_sheet(found),
        *_formulas(found),
        *_errors(found),
        *_merged(found),
        *_hidden_rows(found),
        *_hidden_columns(found),
    ]


def _counts(found: Found, address: str) -> bool:
    """Tell whether a cell lies in a column of the layout."""
    return column_number(split_address(address)[0]) - 1 in found.places.values()


def _hidden_sheet(found: Found) -> Iterator[Problem]:
    if found.grid.part.hidden and found.grid.body.height:
        yield Problem.at(found.grid.name, "workbook.hidden_sheet")


def _formulas(found: Found) -> Iterator[Problem]:
    for address in found.grid.findings.formulas:
        if _counts(found, address):
            yield Problem.at(f"{found.grid.name}!{address}", "workbook.formula")


def _errors(found: Found) -> Iterator[Problem]:
    formulas = set(found.grid.findings.formulas)
    for address, text in found.grid.findings.errors.items():
        if _counts(found, address) and address not in formulas:
            yield Problem.at(f"{found.grid.name}!{address}", "workbook.error_value", found=text)


def _merged(found: Found) -> Iterator[Problem]:
    for reference in found.grid.findings.merged:
        ends = _RANGE.fullmatch(reference)
        if ends is None:
            continue
        first, last = column_number(ends[1]) - 1, column_number(ends[3] or ends[1]) - 1
        if any(first <= place <= last for place in found.places.values()):
            yield Problem.at(
                f"{found.grid.name}!{ends[1]}{ends[2]}", "workbook.merged", found=reference
            )


def _hidden_rows(found: Found) -> Iterator[Problem]:
    hidden = sorted(found.grid.findings.hidden_rows)
    held = found.grid.body.filter(pl.col(ROW).is_in(hidden))[ROW] if hidden else ()
    for row in held:
        yield Problem.at(f"{found.grid.name}!A{row}", "workbook.hidden_row", row=row)


def _hidden_columns(found: Found) -> Iterator[Problem]:
    for first, last in found.grid.findings.hidden_columns:
        for place in range(first - 1, min(last, 200)):
            if place in found.places.values() and found.grid.has_data(place):
                letters = column_letters(place)
                yield Problem.at(
                    f"{found.grid.name}!{letters}1", "workbook.hidden_column", column=letters
                )
