"""A policy value that changes on known days, and what to say when none applies.

Asking for a rule on a day has three honest answers: it applies; it does not apply yet; it was
repealed. After its last entry a value goes on applying, because an unreviewed rule must not stop
the service; the answer then says that the review is overdue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from zhijian.domain.policy.raw import MOST, Fields, Raw, Reading, check_range, entries, refuse
from zhijian.domain.policy.values import HUNDRED, KINDS, ParameterValue, read_value
from zhijian.domain.words import NOTHING, Titles, Words

_LEAST_TOTAL = Fraction(1, MOST)


@dataclass(frozen=True, slots=True)
class Citation:
    """The text a value rests on."""

    document: str
    clause: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One value and the first day it applies. ``value=None`` records a repeal.

    A ``proposed`` value stands in for a table or figure that the regulation announces but that is
    lost (POL-21); it must be confirmed by a person before a result that uses it may be approved.
    """

    starts: date
    value: ParameterValue | None
    cites: Citation
    proposed: bool = False
    for_units: tuple[tuple[str, ParameterValue], ...] = ()
    for_groups: tuple[tuple[str, ParameterValue], ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """The value that applies on the day asked about."""

    value: ParameterValue
    since: date
    cites: Citation
    proposed: bool
    review_overdue: bool


@dataclass(frozen=True, slots=True)
class NotInForce:
    """No value applies on the day asked about."""

    reason: Literal["not_yet", "repealed"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A policy value with its whole history, oldest entry first."""

    id: str
    title: Words
    unit: str
    kind: str
    entries: tuple[Entry, ...]
    verified_until: date
    options: Titles = field(default_factory=dict)
    note: Words = NOTHING

    def __post_init__(self) -> None:
        if not self.entries:
            raise ValueError(f"{self.id}: a parameter needs at least one entry")
        for earlier, later in pairwise(self.entries):
            if earlier.starts >= later.starts:
                raise ValueError(f"{self.id}: {later.starts} does not follow {earlier.starts}")

    def on(self, day: date, unit: str = "", group: str = "") -> InForce | NotInForce:
        """Say what applies on ``day``; a value for the unit outranks one for its group."""
        begun = [entry for entry in self.entries if entry.starts <= day]
        if not begun:
            return NotInForce("not_yet")
        latest = begun[-1]
        if latest.value is None:
            return NotInForce("repealed")
        value = dict(latest.for_groups).get(group, latest.value)
        value = dict(latest.for_units).get(unit, value)
        overdue = day > self.verified_until
        return InForce(value, latest.starts, latest.cites, latest.proposed, overdue)

    def values(self) -> tuple[ParameterValue, ...]:
        """Every value that the parameter has ever had, for anybody."""
        return tuple(
            value
            for entry in self.entries
            if entry.value is not None
            for value in (
                entry.value,
                *dict(entry.for_units).values(),
                *dict(entry.for_groups).values(),
            )
        )

    @property
    def is_for_everybody(self) -> bool:
        """Tell whether no unit and no group has a value of its own."""
        return not any(entry.for_units or entry.for_groups for entry in self.entries)


def read_parameter(reading: Reading, raw: Raw, document: str) -> Parameter:
    """Read one parameter file; ``document`` is the citation's default."""
    fields = reading.fields(raw)
    kind = fields.word("kind", KINDS, "number")
    read_entries = tuple(
        _read_entry(reading, each, kind, fields, document) for each in fields.items("entries")
    )
    if not read_entries:
        raise refuse(raw, "policy.key_missing", key="entries")
    for earlier, later in pairwise(read_entries):
        if earlier.starts >= later.starts:
            raise refuse(
                raw, "policy.entries_out_of_order", earlier=earlier.starts, later=later.starts
            )
    parameter = Parameter(
        id=fields.name(),
        title=fields.title(),
        unit=fields.text("unit", ""),
        kind=kind,
        entries=read_entries,
        verified_until=fields.day("verified_until"),
        options=fields.options("options") if kind == "choice" else {},
        note=fields.words("note", NOTHING),
    )
    if kind == "weights":
        check_range(raw, fields.number("total", HUNDRED), _LEAST_TOTAL, Fraction(MOST))
    fields.close()
    return parameter


def _read_entry(reading: Reading, raw: Raw, kind: str, parameter: Fields, document: str) -> Entry:
    fields = reading.fields(raw)
    starts = fields.day("starts")
    cites = read_citation(reading, fields.need("cites"), document)
    repealed = fields.flag("repealed")
    value = None if repealed else read_value(reading, kind, fields.need("value"), parameter)
    entry = Entry(
        starts=starts,
        value=value,
        cites=cites,
        proposed=fields.flag("proposed"),
        for_units=_read_overrides(reading, fields.maybe("for_units"), kind, parameter),
        for_groups=_read_overrides(reading, fields.maybe("for_groups"), kind, parameter),
    )
    fields.close()
    return entry


def _read_overrides(
    reading: Reading, raw: Raw | None, kind: str, parameter: Fields
) -> tuple[tuple[str, ParameterValue], ...]:
    if raw is None:
        return ()
    return tuple((name, read_value(reading, kind, each, parameter)) for name, each in entries(raw))


def read_citation(reading: Reading, raw: Raw, document: str) -> Citation:
    """Read a citation: a clause of the pack's own document, or document, clause and day."""
    if isinstance(raw.value, str):
        return Citation(document, raw.value)
    fields = reading.fields(raw)
    published = fields.day("published") if "published" in fields else None
    citation = Citation(fields.text("document", document), fields.text("clause"), published)
    fields.close()
    return citation
