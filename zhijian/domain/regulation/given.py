"""What an example is given: a period, a unit, records, values of lines and parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from zhijian.domain.dates.period import Period
from zhijian.domain.exact import plain
from zhijian.domain.explain.step import Value
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.policy.raw import (
    Fields,
    Raw,
    Reading,
    as_list,
    as_text,
    check_years,
    entries,
    number_of,
    refuse,
)
from zhijian.domain.policy.values import HUNDRED, ParameterValue, Weights, read_value
from zhijian.domain.problems import Problem
from zhijian.domain.records.checking import Row, Surroundings, check_rows
from zhijian.domain.records.record import Record
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Past, Unit
from zhijian.domain.scoring.past import without_gaps


@dataclass(frozen=True, slots=True)
class Given:
    """The circumstances of an example about records."""

    period: Period
    unit: Unit
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    fixed: Mapping[str, Value] = field(default_factory=dict)
    replaced: Mapping[str, ParameterValue] = field(default_factory=dict)
    past: tuple[Past, ...] = ()
    scheme: str = ""
    typed: Mapping[str, Raw] = field(default_factory=dict)


def read_given(pack: Pack, reading: Reading, raw: Raw) -> Given:
    """Read period, unit, records and fixed lines of an example."""
    fields = reading.fields(raw)
    period = read_period(fields)
    name = fields.text("unit", pack.header.units[0] if pack.header.units else "甲")
    unit = Unit(name, fields.text("group", ""), _attributes(pack, fields))
    records, problems = _records(pack, reading, fields, period, name)
    scheme, typed = _scheme(pack, fields), fields.maybe("typed")
    given = Given(
        period=period,
        unit=unit,
        records=records,
        problems=problems,
        fixed=values_of(fields.maybe("lines")),
        replaced=replaced_of(pack, reading, fields.maybe("parameters")),
        past=_past(pack, scheme, fields, period),
        scheme=scheme,
        typed=dict(entries(typed)) if typed else {},
    )
    fields.close()
    return given


def _attributes(pack: Pack, fields: Fields) -> Mapping[str, Value]:
    raw = fields.maybe("attributes")
    if raw is None:
        return {}
    known = {each.id: each for each in pack.header.attributes}
    found = values_of(raw)
    for name, each in entries(raw):
        if name not in known:
            raise refuse(each, "scoring.unknown_attribute", name=name, known=", ".join(known))
        options = known[name].options
        if known[name].type in ("text", "choice"):
            found[name] = as_text(each)
        if options and found[name] not in options:
            allowed = ", ".join(options)
            raise refuse(each, "policy.unknown_word", found=found[name], allowed=allowed)
    return found


def _scheme(pack: Pack, fields: Fields) -> str:
    """The scheme an example names; a pack without any can only check records."""
    named = fields.text("scheme", next(iter(pack.schemes), ""))
    if named and named not in pack.schemes:
        known = ", ".join(pack.schemes)
        raise refuse(fields.need("scheme"), "scoring.unknown_scheme", name=named, known=known)
    return named


def read_period(fields: Fields) -> Period:
    """Read the period; a bare year may stand without quotes."""
    raw = fields.need("period")
    text = raw.value.isoformat() if isinstance(raw.value, date) else as_text(raw)
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise refuse(raw, "records.bad_period", found=text) from error
    check_years(raw, period.first, period.last)
    return period


def values_of(raw: Raw | None) -> dict[str, Value]:
    """Read values by their names; none where nothing is given."""
    if raw is None:
        return {}
    found: dict[str, Value] = {}
    for key, each in entries(raw):
        if isinstance(each.value, bool):
            found[key] = each.value
            continue
        number = number_of(as_text(each))
        found[key] = as_text(each) if number is None else number
    return found


def replaced_of(pack: Pack, reading: Reading, raw: Raw | None) -> dict[str, ParameterValue]:
    """Read parameters that are tried out with other values."""
    if raw is None:
        return {}
    found: dict[str, ParameterValue] = {}
    for name, each in entries(raw):
        if name not in pack.parameters:
            raise refuse(
                each, "scoring.unknown_parameter", name=name, known=", ".join(pack.parameters)
            )
        parameter = pack.parameters[name]
        options = Raw(
            tuple(Raw(word, each.file, each.line) for word in parameter.options),
            each.file,
            each.line,
        )
        total = Raw(plain(_total_of(parameter)), each.file, each.line)
        own = reading.fields(Raw({"options": options, "total": total}, each.file, each.line))
        found[name] = read_value(reading, parameter.kind, each, own)
    return found


def _total_of(parameter: Parameter) -> Fraction:
    """What the weights of a parameter add up to."""
    held = (value for value in parameter.values() if isinstance(value, Weights))
    return next((sum((each for _, each in value.parts), Fraction(0)) for value in held), HUNDRED)


def _past(pack: Pack, scheme: str, fields: Fields, period: Period) -> tuple[Past, ...]:
    """Read earlier results, in any order; one that could never be found is a problem."""
    found: dict[str, Past] = {}
    for raw in fields.items("past"):
        own = fields.reading.fields(raw)
        earlier, grade = read_period(own), own.text("grade", "")
        if earlier.kind != period.kind or earlier.last >= period.first or earlier.id in found:
            raise refuse(raw, "examples.past_misplaced", found=earlier, period=period)
        _check_grade(pack, scheme, grade, raw)
        lines = values_of(own.maybe("lines"))
        check_lines(pack, scheme, lines, raw)
        own.close()
        found[earlier.id] = Past(earlier.id, grade, lines)
    return without_gaps(period, found.values())


def check_lines(pack: Pack, scheme: str, names: Iterable[str], raw: Raw) -> None:
    """Refuse a line that the scheme and its outcomes do not have: it would be given in vain."""
    plan = pack.outcome_of(scheme)
    lines = (*(pack.schemes[scheme].lines if scheme else ()), *(plan.lines if plan else ()))
    known = [line.id for line in lines]
    for name in names:
        if name not in known:
            raise refuse(raw, "scoring.unknown_line", name=name, known=", ".join(known))


def _check_grade(pack: Pack, scheme: str, grade: str, raw: Raw) -> None:
    grading = pack.schemes[scheme].grading if scheme else None
    order = grading.order if grading else ()
    if grade and grade not in order:
        raise refuse(raw, "scoring.unknown_grade", found=grade, known="、".join(order) or "—")


def _records(
    pack: Pack,
    reading: Reading,
    fields: Fields,
    period: Period,
    unit: str,
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    units = frozenset({unit, *pack.header.units, *fields.texts("units")})
    raw = fields.maybe("records")
    if raw is None:
        return (), ()
    around = Surroundings(period, units)
    by_kind = dict(entries(raw))
    records: list[Record] = []
    problems: list[Problem] = []
    for name in sorted(by_kind, key=lambda each: not _is_register(pack, each)):
        if name not in pack.kinds:
            raise refuse(
                by_kind[name], "scoring.unknown_kind", name=name, known=", ".join(pack.kinds)
            )
        rows = [_row(each, unit) for each in as_list(by_kind[name])]
        found, wrong = check_rows(pack.kinds[name], rows, around)
        records += found
        problems += wrong
        around.registers = {**around.registers, **_register(pack, name, found)}
    return tuple(records), tuple(problems)


def _is_register(pack: Pack, name: str) -> bool:
    return name in pack.kinds and pack.kinds[name].is_register


def _register(pack: Pack, name: str, records: list[Record]) -> dict[str, frozenset[str]]:
    if not pack.kinds[name].is_register:
        return {}
    return {
        f"{name}.{field.id}": frozenset(str(record.values[field.id]) for record in records)
        for field in pack.kinds[name].fields
    }


def _row(raw: Raw, unit: str) -> Row:
    values = {
        key: each.value if isinstance(each.value, bool | date) else as_text(each)
        for key, each in entries(raw)
        if each.value is not None
    }
    values.setdefault("unit", unit)
    return Row(raw.where, values, lambda name: f"{raw.where} {name}")
