"""A limit as it stands in a pack: the count may be a parameter that changes on known days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from zhijian.domain.deadlines.limit import FixedDay, Limit
from zhijian.domain.deadlines.terms_reading import (
    built,
    read_agreed,
    read_extension,
    read_hours,
    read_pauses,
    read_reminder,
    read_rung,
)
from zhijian.domain.deadlines.vocabulary import (
    DIRECTIONS,
    ENDS,
    KINDS,
    PERIODS,
    REOPENINGS,
    ROLLS,
    TIMED,
    UNITS,
    WHICH,
    BadLimit,
)
from zhijian.domain.policy.parameter import InForce, NotInForce, Parameter
from zhijian.domain.policy.raw import Fields, Raw, Reading, as_text, refuse

RULE_CODES: Final = (
    "limit.unknown_parameter",
    "limit.parameter_not_number",
    "limit.parameter_out_of_range",
)
"""Every code with which the parameter behind a limit can be refused."""

_PARAMETER: Final = "parameter."


@dataclass(frozen=True, slots=True)
class LimitOn:
    """The limit that applies on a day, and the parameter value its count rests on, if any."""

    limit: Limit
    value: InForce | None = None


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A limit of a pack. With a ``parameter`` its count is read on the day the duty arose."""

    limit: Limit
    parameter: Parameter | None = None

    @property
    def id(self) -> str:
        """The name by which the pack calls the limit."""
        return self.limit.id

    def on(self, day: date, unit: str = "", group: str = "") -> LimitOn | NotInForce:
        """Say which limit applies to a duty that arose on ``day``."""
        if self.parameter is None:
            return LimitOn(self.limit)
        value = self.parameter.on(day, unit, group)
        if isinstance(value, NotInForce):
            return value
        return LimitOn(replace(self.limit, count=_whole(value.value)), value)


def read_limit(reading: Reading, raw: Raw, parameters: Mapping[str, Parameter]) -> LimitRule:
    """Read one limit file; ``parameters`` are those of its pack, by id."""
    fields = reading.fields(raw)
    parameter = _read_parameter(fields, parameters)
    limit = built(raw, lambda: _read_limit(reading, fields, parameter))
    fields.close()
    _check_values(raw, limit, parameter)
    return LimitRule(limit, parameter)


def _read_limit(reading: Reading, fields: Fields, parameter: Parameter | None) -> Limit:
    kind = fields.word("kind", KINDS)
    return Limit(
        id=fields.text("id"),
        kind=kind,
        # With a parameter, any allowed count stands in until the day is known.
        count=1 if parameter else fields.whole("count", 0),
        unit=fields.word("unit", UNITS, ""),
        direction=fields.word("direction", DIRECTIONS, "after"),
        first_day_counted=fields.flag("first_day_counted"),
        roll=fields.word("roll", ROLLS, "none"),
        ends=fields.word("ends", ENDS, ENDS[kind in TIMED]),
        fixed=_read_fixed_day(fields, kind),
        title=fields.words("title"),
        cites=fields.text("cites"),
        hours=read_hours(fields),
        earliest=fields.whole("earliest", 0),
        pauses=read_pauses(reading, fields.maybe("pauses")),
        agreed=read_agreed(reading, fields.maybe("agreed")),
        extension=read_extension(reading, fields.maybe("extension")),
        reopening=fields.word("reopening", REOPENINGS, "keep"),
        reminders=tuple(read_reminder(reading, each) for each in fields.items("reminders")),
        escalation=tuple(read_rung(reading, each) for each in fields.items("escalation")),
    )


def _read_fixed_day(fields: Fields, kind: str) -> FixedDay | None:
    if "day" not in fields:
        return None
    if kind == "day_of_week":
        which = fields.word("which", WHICH, "following")
        return FixedDay(day=fields.whole("day"), period="week", which=which)
    return FixedDay(
        day=fields.whole("day"),
        month=fields.whole("month", 1),
        period=fields.word("period", PERIODS, "month"),
        which=fields.word("which", WHICH, "following"),
    )


def _read_parameter(fields: Fields, parameters: Mapping[str, Parameter]) -> Parameter | None:
    raw = fields.maybe("count")
    if raw is None or not as_text(raw).startswith(_PARAMETER):
        return None
    name = as_text(raw).removeprefix(_PARAMETER)
    if name not in parameters:
        raise refuse(raw, "limit.unknown_parameter", name=name, known=", ".join(sorted(parameters)))
    return parameters[name]


def _check_values(raw: Raw, limit: Limit, parameter: Parameter | None) -> None:
    """Refuse a parameter that could ever give a count the limit cannot take."""
    if parameter is None:
        return
    for value in _all_values(parameter):
        if not isinstance(value, Fraction):
            raise refuse(raw, "limit.parameter_not_number", name=parameter.id)
        if value.denominator != 1 or not 1 <= value <= limit.most:
            raise refuse(
                raw,
                "limit.parameter_out_of_range",
                name=parameter.id,
                found=value,
                most=limit.most,
            )
        built(raw, partial(replace, limit, count=int(value)))


def _all_values(parameter: Parameter) -> Iterator[object]:
    for entry in parameter.entries:
        if entry.value is not None:
            yield entry.value
        for _, value in (*entry.for_units, *entry.for_groups):
            yield value


def _whole(value: object) -> int:
    """Return a parameter value as a count; reading has checked that it is one."""
    if not isinstance(value, Fraction) or value.denominator != 1:
        raise BadLimit("limit.parameter_not_number", name=value)
    return int(value)
