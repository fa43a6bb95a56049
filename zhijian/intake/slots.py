"""Which fields are repeated in columns of their own, and how a value looks there.

Numbers are millionths, days are ordinals, flags are 0 and 1: all whole, so that every engine adds
them up exactly. Which field lies in which column is remembered for ever in ``FieldSlot``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhijian.domain.exact import plain
from zhijian.domain.policy.law import Law
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.records.measure import Measure
from zhijian.domain.records.record import FieldValue
from zhijian.domain.regulation.pack import Pack

PLACES = 6
SCALE = 10**PLACES
LARGEST = 10**12
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Slot:
    """A column and what it holds: ``number``, ``date``, ``flag`` or ``text``."""

    column: str
    holds: str

    def encode(self, value: FieldValue) -> int | str | None:
        """Return the value as it lies in the column; nothing when it is of another type."""
        if isinstance(value, bool):
            return int(value) if self.holds == "flag" else None
        if isinstance(value, Fraction):
            return int(value * SCALE) if self.holds == "number" else None
        if isinstance(value, date):
            return value.toordinal() if self.holds == "date" else None
        return value if self.holds == "text" else None

    def decode(self, stored: int | str | None) -> FieldValue:
        """Return what lies in the column as the value it stands for."""
        if stored is None or isinstance(stored, str):
            return stored
        if self.holds == "number":
            return Fraction(stored, SCALE)
        return bool(stored) if self.holds == "flag" else date.fromordinal(stored)


def holds(field: Field) -> str:
    """Return what a column for the field would hold; empty when it stays out of columns."""
    if field.is_number:
        return "number" if field.places <= PLACES else ""
    if field.type in ("date", "flag"):
        return field.type
    return "text" if field.type in ("choice", "reference") or field.max_length <= _SHORT else ""


def fits(value: FieldValue) -> bool:
    """Tell whether a number can be kept exactly: below a million million, six decimals."""
    if not isinstance(value, Fraction):
        return True
    return abs(value) < LARGEST and (value * SCALE).denominator == 1


def allocate(
    kind: RecordKind, measured: frozenset[str], taken: Mapping[str, Slot], free: Iterable[str]
) -> dict[str, Slot]:
    """Give columns to the fields of a kind that have none yet: what is measured comes first."""
    given: dict[str, Slot] = {}
    columns: dict[bool, list[str]] = {False: [], True: []}
    used = {slot.column for slot in taken.values()}
    for column in free:
        if column not in used:
            columns[column.startswith("t")].append(column)
    for field in sorted(kind.fields, key=lambda each: _rank(kind, each, measured)):
        what = holds(field)
        if not what or field.id in taken or not columns[what == "text"]:
            continue
        given[field.id] = Slot(columns[what == "text"].pop(0), what)
    return given


def _rank(kind: RecordKind, field: Field, measured: frozenset[str]) -> int:
    if field.id in measured:
        return 0
    if field.id == kind.total:
        return 1
    return 3 if field.part_of_total else 2


def fields_of(measure: Measure) -> Iterator[str]:
    """Yield every field of the records that a measure looks at."""
    named = [measure.field, measure.due, measure.done, measure.keyed_by]
    named += [test.field for test in measure.where]
    if measure.each is not None:
        named += [measure.each.row, measure.each.column]
    yield from (name for name in dict.fromkeys(named) if name)


def measured_fields(pack: Pack, law: Law) -> dict[str, frozenset[str]]:
    """Return the fields that the schemes and outcomes of a pack look at, by kind."""
    found: dict[str, set[str]] = {}
    for each in (*pack.schemes.values(), *pack.outcomes.values()):
        for measure in each.measures(law):
            found.setdefault(measure.kind, set()).update(fields_of(measure))
    return {kind: frozenset(names) for kind, names in found.items()}


def as_text(value: FieldValue) -> str:
    """Return the canonical text of a value: exact decimals, ISO days, true and false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def from_text(type_: str, text: str) -> FieldValue:
    """Return the value that a canonical text stands for."""
    if type_ in ("decimal", "integer"):
        return Fraction(text)
    if type_ == "flag":
        return text == "true"
    return date.fromisoformat(text) if type_ == "date" else text
