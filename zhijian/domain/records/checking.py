"""Rows of values → records, or problems that name the cell and the remedy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from zhijian.domain.dates.period import Period
from zhijian.domain.exact import plain
from zhijian.domain.policy.raw import number_of
from zhijian.domain.problems import Problem
from zhijian.domain.records.cells import (
    Cell,
    NotReadable,
    as_calendar_day,
    as_exact_number,
    as_flag,
    as_month,
    cell_text,
)
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.records.record import FieldValue, Record
from zhijian.domain.words import Words, listed

Place = Callable[[str], str]
PLACING = {
    "unit": Words("单位", "Unit"),
    "month": Words("月份", "Month"),
    "on": Words("日期", "Date"),
    "period": Words("考核期", "Period"),
}
"""How people call what places a record."""
DUPLICATE = "records.duplicate"
"""The code of a record that is there twice."""


@dataclass(frozen=True, slots=True)
class Row:
    """Values as they were entered. ``place`` turns a field's name into the cell to point at."""

    key: str
    values: Mapping[str, Cell]
    place: Place


@dataclass
class Surroundings:
    """What rows are checked against: the period, the units, the registers, the rows so far.

    ``taken`` maps the unique key of a record to the place that holds it; rows that are already
    stored are put there by the caller. ``registers`` maps ``kind.field`` to its known values.
    ``today`` is the last day that a record may be of; without it any day of the period will do.
    """

    period: Period
    units: frozenset[str]
    registers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    taken: dict[tuple[str, ...], str] = field(default_factory=dict)
    today: date | None = None


class _Checking:
    def __init__(self, kind: RecordKind, row: Row) -> None:
        self.kind = kind
        self.row = row
        self.problems: list[Problem] = []
        self.wrong: set[str] = set()

    def problem(self, name: str, code: str, **facts: object) -> None:
        known = self.kind.field(name)
        title = known.title if known else PLACING.get(name, Words(name))
        found = cell_text(self.row.values.get(name))[:60]
        self.wrong.add(name)
        self.problems.append(
            Problem.at(self.row.place(name), code, field=title, found=found, **facts)
        )


def check_row(kind: RecordKind, row: Row, around: Surroundings) -> Record | tuple[Problem, ...]:
    """Return the record that ``row`` describes, or everything that is wrong with it."""
    checking = _Checking(kind, row)
    unit = _unit(checking, around)
    on = _day(checking, around)
    values = {each.id: _value(checking, each, around) for each in kind.fields}
    _check_total(checking, values)
    known = {"unit", "month", "on", *(each.id for each in kind.fields)}
    for name in row.values:
        if name not in known:
            checking.problem(name, "records.unknown_field", kind=kind.id)
    if on is None:
        return tuple(checking.problems)
    record = Record(row.key, kind.id, unit, on, values)
    # Whatever else is wrong with a row, its key says that it is there twice.
    if not checking.wrong & {*kind.unique, "month", "on"}:
        _check_unique(checking, record, around)
    return tuple(checking.problems) or record


def check_rows(
    kind: RecordKind, rows: Iterable[Row], around: Surroundings
) -> tuple[list[Record], list[Problem]]:
    """Check every row; a sound list of records is only whole when there is no problem."""
    records: list[Record] = []
    problems: list[Problem] = []
    for row in rows:
        answer = check_row(kind, row, around)
        if isinstance(answer, Record):
            records.append(answer)
        else:
            problems.extend(answer)
    return records, problems


def _unit(checking: _Checking, around: Surroundings) -> str:
    if checking.kind.is_register:
        return ""
    unit = cell_text(checking.row.values.get("unit"))
    if not unit:
        checking.problem("unit", "records.required")
    elif unit not in around.units:
        checking.problem("unit", "records.unknown_unit", known="、".join(sorted(around.units)[:12]))
    return unit


def _day(checking: _Checking, around: Surroundings) -> date | None:
    period = around.period
    if checking.kind.dated == "period":
        return period.last
    name, read = ("month", as_month) if checking.kind.dated == "month" else ("on", as_calendar_day)
    cell = checking.row.values.get(name)
    if not cell_text(cell):
        checking.problem(name, "records.required")
        return None
    try:
        on = read(cell)
    except NotReadable:
        checking.problem(name, f"records.not_a_{'month' if name == 'month' else 'date'}")
        return None
    if not period.contains(on):
        checking.problem(name, "records.outside_period", first=period.first, last=period.last)
    elif around.today is not None and on > around.today:
        code = "records.month_not_begun" if name == "month" else "records.in_future"
        checking.problem(name, code, today=around.today)
    return on


def _value(checking: _Checking, rule: Field, around: Surroundings) -> FieldValue:
    cell = checking.row.values.get(rule.id)
    if not cell_text(cell):
        is_added_up = rule.id == checking.kind.total and _is_checklist_used(checking)
        if rule.required and not is_added_up:
            checking.problem(rule.id, "records.required")
        return None
    try:
        return _READERS[rule.type](checking, rule, cell, around)
    except NotReadable:
        code = {"date": "records.not_a_date", "flag": "records.not_a_flag"}
        checking.problem(rule.id, code.get(rule.type, "records.not_a_number"))
        return None


def _number(checking: _Checking, rule: Field, cell: Cell, around: Surroundings) -> FieldValue:
    number = as_exact_number(cell)
    too_low = rule.at_least is not None and number < rule.at_least
    too_high = rule.at_most is not None and number > rule.at_most
    if too_low or too_high:
        low = "" if rule.at_least is None else plain(rule.at_least)
        high = "" if rule.at_most is None else plain(rule.at_most)
        checking.problem(rule.id, "records.out_of_range", low=low, high=high)
    elif (number * 10**rule.places).denominator != 1:
        checking.problem(rule.id, "records.too_many_places", places=rule.places)
    elif rule.options and number not in map(number_of, rule.options):
        checking.problem(rule.id, "records.unknown_option", options=listed(rule.options.values()))
    elif rule.step and ((number - (rule.at_least or 0)) / rule.step).denominator != 1:
        checking.problem(rule.id, "records.not_on_step", step=plain(rule.step))
    return number


def _text(checking: _Checking, rule: Field, cell: Cell, around: Surroundings) -> FieldValue:
    # A text stays as it was typed; a number typed into a text cell is no decimal.
    typed = cell.strip() if isinstance(cell, str) else cell_text(cell)
    if len(typed) > rule.max_length:
        checking.problem(rule.id, "records.too_long", limit=rule.max_length)
    if rule.type == "text":
        return typed
    is_choice = rule.type == "choice"
    known = rule.options if is_choice else around.registers.get(rule.to, frozenset())
    text = _known_form(cell_text(cell), known)
    if is_choice and text not in known:
        checking.problem(rule.id, "records.unknown_option", options=listed(rule.options.values()))
    elif text not in known:
        checking.problem(rule.id, "records.not_in_register", register=rule.to)
    return text


def _known_form(text: str, known: Collection[str]) -> str:
    """The word as the pack or the register writes it, whichever width of signs was typed."""
    if text in known:
        return text
    return {cell_text(each): each for each in known}.get(text, text)


_READERS: dict[str, Callable[[_Checking, Field, Cell, Surroundings], FieldValue]] = {
    "decimal": _number,
    "integer": _number,
    "text": _text,
    "choice": _text,
    "reference": _text,
    "flag": lambda _checking, _rule, cell, _around: as_flag(cell),
    "date": lambda _checking, _rule, cell, _around: as_calendar_day(cell),
}


def _check_total(checking: _Checking, values: dict[str, FieldValue]) -> None:
    """The points of a filled-in checklist add up to the total; a blank total is filled in."""
    if not _is_checklist_used(checking):
        return
    blank = [part.id for part in checking.kind.parts if _is_blank(checking, part.id)]
    for part in blank:
        checking.problem(part, "records.checklist_incomplete")
    points = [values[part.id] for part in checking.kind.parts]
    numbers = [number for number in points if isinstance(number, Fraction)]
    if len(numbers) < len(points):
        return
    total = sum(numbers, Fraction(0))
    if _is_blank(checking, checking.kind.total):
        values[checking.kind.total] = total
    elif values[checking.kind.total] not in (None, total):
        checking.problem(checking.kind.total, "records.total_wrong", total=plain(total))


def _is_blank(checking: _Checking, name: str) -> bool:
    return not cell_text(checking.row.values.get(name))


def _is_checklist_used(checking: _Checking) -> bool:
    return any(not _is_blank(checking, part.id) for part in checking.kind.parts)


def _check_unique(checking: _Checking, record: Record, around: Surroundings) -> None:
    if not checking.kind.unique:
        return
    parts = (
        record.unit if name == "unit" else str(record.value(name)) for name in checking.kind.unique
    )
    key = (record.kind, *parts)
    place = checking.row.place(checking.kind.unique[-1])
    if key in around.taken:
        checking.problem(checking.kind.unique[-1], DUPLICATE, other=around.taken[key])
    else:
        around.taken[key] = place
