"""What is made of every single record before a statistic is taken: tables, bands, factors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhijian.domain.policy.comparison import ORDER, Comparison
from zhijian.domain.policy.raw import Raw, Reading, as_text, entries, refuse
from zhijian.domain.policy.values import (
    ParameterValue,
    read_bands,
    read_points,
    read_table,
)
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.measure import Each
from zhijian.domain.scoring.binding import read_tests
from zhijian.domain.scoring.completeness import check_bands, check_numbers, check_table
from zhijian.domain.scoring.operand import Scope


@dataclass(frozen=True, slots=True)
class Target:
    """Of what a statistic is taken: a field of a kind of records, or the records themselves."""

    kind: RecordKind
    field: str
    statistic: str


def read_each(scope: Scope, target: Target, raw: Raw | None) -> tuple[Each | None, str]:
    """Read what is made of every single record, and the parameter that holds its table, if any."""
    if raw is None:
        return None, ""
    if not raw.value:
        raise refuse(raw, "policy.empty_list")
    fields = scope.reading.fields(raw)
    tables = {name: fields.maybe(name) for name in ("bands", "points", "table")}
    used = {name: each for name, each in tables.items() if each is not None}
    if len(used) > 1:
        raise refuse(raw, "scoring.two_tables", found=", ".join(used))
    conversion, inline = "", {}
    for name, table in used.items():
        if isinstance(table.value, str):
            conversion = as_text(table).removeprefix("parameter.")
            scope.known_parameter(table, conversion, name)
        else:
            inline[name] = _INLINE[name](scope.reading, table)
    is_table = "table" in used
    row = fields.need("row") if is_table else None
    column = fields.maybe("column") if is_table else None
    comparisons, gives = _read_replacement(scope, fields.maybe("replace"))
    each = Each(
        replace=comparisons,
        gives=gives,
        row=scope.field_name(row, target.kind, as_text(row)) if row else "",
        column=scope.field_name(column, target.kind, as_text(column)) if column else "",
        times=fields.number("times") if "times" in fields else None,
        **inline,
    )
    fields.close()
    _check(raw, target, each, _values(scope, each, conversion))
    return each, conversion


def _check(raw: Raw, target: Target, each: Each, values: tuple[ParameterValue, ...]) -> None:
    """Refuse a conversion that some record would fall through, or that the field cannot take."""
    kind, field = target.kind, target.field
    if field and not each.row and not kind.has_number(field):
        raise refuse(raw, "scoring.field_not_a_number", name=field, kind=kind.id)
    for value in values:
        check_table(raw, kind, each.row, each.column, value)
        if target.statistic not in ("count", "latest"):
            check_numbers(raw, value)
        if not (each.times or each.replace):
            check_bands(raw, kind.field(field), value)


def _values(scope: Scope, each: Each, conversion: str) -> tuple[ParameterValue, ...]:
    """The tables by which records are converted: written here, or all that a parameter ever had."""
    if conversion:
        return scope.parameters[conversion].values()
    return tuple(value for value in (each.bands, each.table) if value is not None)


_TESTS = (*ORDER, "between")
_INLINE: dict[str, Callable[[Reading, Raw], Any]] = {
    "bands": read_bands,
    "points": lambda _reading, raw: read_points(raw),
    "table": lambda _reading, raw: read_table(raw),
}


def _read_replacement(
    scope: Scope, raw: Raw | None
) -> tuple[tuple[Comparison, ...], Fraction | None]:
    """Read ``{at_least: "95", with: "100"}``: the numbers that pass become ``with``."""
    if raw is None:
        return (), None
    gives = scope.reading.fields(raw).number("with")
    tests = {name: each for name, each in entries(raw) if name != "with"}
    for word, each in tests.items():
        if word not in _TESTS:
            raise refuse(each, "policy.unknown_word", found=word, allowed=", ".join(_TESTS))
    return read_tests(scope, Raw(tests, raw.file, raw.line)), gives
