"""The kinds of records that a pack collects, and the rules of their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from zhijian.domain.policy.raw import (
    PLACES,
    Fields,
    Raw,
    Reading,
    as_number,
    check_range,
    refuse,
    refuse_twice,
)
from zhijian.domain.records.source import RECORD, CaseSource, read_sources
from zhijian.domain.words import NOTHING, Titles, Words

FieldType = Literal[
    "decimal", "integer", "text", "choice", "flag", "date", "reference",
    "moment", "file", "person", "unit",
]  # fmt: skip
"""What a field may hold; the second row only in cases."""

FIELD_TYPES: tuple[FieldType, ...] = (
    "decimal", "integer", "text", "choice", "flag", "date", "reference",
)  # fmt: skip
DATED = ("month", "day", "period")
ABSENCE_WORDS = ("missing", "none_happened")
RESERVED = ("unit", "month", "on", "key", "kind")
_TEXT_LENGTH = 2000
_PLACES = 2
_NUMBERS = ("decimal", "integer")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its type and the limits that a value must keep.

    ``to`` names the register a reference points to (``key_customer.name``); ``step`` is the grid
    of permitted numbers, counted from ``at_least``; ``places`` the decimals that are kept.
    """

    id: str
    title: Words
    type: FieldType
    required: bool = False
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    step: Fraction | None = None
    places: int = 2
    options: Titles = field(default_factory=dict)
    to: str = ""
    max_length: int = _TEXT_LENGTH
    note: Words = NOTHING
    part_of_total: bool = False
    personal: bool = False

    @property
    def is_number(self) -> bool:
        """Tell whether the field holds a number."""
        return self.type in ("decimal", "integer")


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record.

    ``dated`` says how a record is placed in time: a month, a day, or the period as a whole.
    ``absence`` says what it means when a unit has none: that the data are ``missing``, that none
    happened (``none_happened``), or that none happened if somebody has confirmed it by a record of
    the kind named there. ``is_register`` marks what belongs to no unit but to the period as a
    whole: a list that other kinds refer to (key customers), or a figure for all (an average of the
    industry).

    ``sources`` are the cases that give records of the kind; ``by_hand`` says that people may enter
    some as well, and ``same`` in which fields theirs and that of a case look like one thing.
    """

    id: str
    title: Words
    cites: str
    dated: str
    fields: tuple[Field, ...]
    absence: str = "missing"
    unique: tuple[str, ...] = ()
    is_register: bool = False
    total: str = ""
    entered_by: tuple[str, ...] = ()
    note: Words = NOTHING
    sources: tuple[CaseSource, ...] = ()
    by_hand: bool = True
    same: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """One field, or nothing."""
        return next((field for field in self.fields if field.id == name), None)

    def has_number(self, name: str) -> bool:
        """Tell whether a field is a number; the ``month`` and ``on`` of every record are none."""
        field = self.field(name)
        return field is not None and field.is_number

    @property
    def parts(self) -> tuple[Field, ...]:
        """The checklist items whose points add up to the total."""
        return tuple(field for field in self.fields if field.part_of_total)


def read_kind(reading: Reading, raw: Raw) -> RecordKind:
    """Read one file of ``records/``."""
    fields = reading.fields(raw)
    own = tuple(_read_field(reading, each) for each in fields.items("fields"))
    sources = read_sources(reading, fields.items("from_cases"))
    kind = RecordKind(
        id=fields.name(),
        title=fields.title(),
        cites=fields.text("cites", ""),
        dated=fields.word("dated", DATED, "day"),
        fields=own,
        absence=fields.text("absence", "missing"),
        unique=fields.texts("unique"),
        is_register=fields.flag("register"),
        total=fields.text("total", ""),
        entered_by=fields.texts("entered_by"),
        note=fields.words("note", NOTHING),
        sources=sources,
        by_hand=fields.flag("by_hand", not sources),
        same=fields.texts("same"),
    )
    fields.close()
    _check_names(raw, kind)
    _check_sources(raw, kind, "by_hand" in fields)
    return kind


def _check_names(raw: Raw, kind: RecordKind) -> None:
    names = [field.id for field in kind.fields]
    for name in names:
        if name in RESERVED or names.count(name) > 1:
            raise refuse(raw, "records.field_name_taken", field=name)
    _check_unique(raw, kind, names)
    if kind.total and kind.total not in names:
        raise refuse(raw, "records.unknown_field", field=kind.total, kind=kind.id)
    if kind.parts and not kind.total:
        raise refuse(raw, "policy.key_missing", key="total")
    if kind.total in (part.id for part in kind.parts):
        raise refuse(raw, "records.total_is_part", field=kind.total)
    for part in (*kind.parts, *(each for each in kind.fields if each.id == kind.total)):
        if not part.is_number:
            raise refuse(raw, "records.part_not_a_number", field=part.id)


def _check_sources(raw: Raw, kind: RecordKind, says_by_hand: bool) -> None:
    """Refuse sources that could never give a whole record, and what says nothing without them."""
    if not kind.sources:
        if kind.same or says_by_hand:
            raise refuse(raw, "policy.key_missing", key="from_cases")
        return
    if kind.is_register or kind.dated == "period":
        raise refuse(raw, "records.cases_have_days", kind=kind.title)
    names = [field.id for field in kind.fields]
    for name in kind.same:
        if name not in ("unit", "month", "on", *names):
            raise refuse(raw, "records.unknown_field", field=name, kind=kind.id)
    for source in kind.sources:
        _check_source(raw, kind, source)


def _check_source(raw: Raw, kind: RecordKind, source: CaseSource) -> None:
    for rule in source.rules:
        for name in (*source.fields, *rule.sets):
            if kind.field(name) is None:
                raise refuse(raw, "records.unknown_field", field=name, kind=kind.id)
        if rule.gives != RECORD:
            continue
        for each in kind.fields:
            if each.required and each.id not in source.fields and each.id not in rule.sets:
                state = rule.states[0]
                raise refuse(raw, "records.field_from_nowhere", field=each.title, state=state)


def _check_unique(raw: Raw, kind: RecordKind, names: list[str]) -> None:
    # The records of a register belong to no unit, so that there is none to be the only one of.
    placing = {"month", "on", "period", *(() if kind.is_register else ("unit",))}
    for name in kind.unique:
        if name not in placing and name not in names:
            raise refuse(raw, "records.unknown_field", field=name, kind=kind.id)
    refuse_twice((raw, name) for name in kind.unique)


def _read_field(reading: Reading, raw: Raw) -> Field:
    fields = reading.fields(raw)
    field = field_of(fields, FIELD_TYPES)
    fields.close()
    return field


def field_of(fields: Fields, types: tuple[FieldType, ...]) -> Field:
    """Read what every field may say from its open mapping; the caller closes it.

    What says nothing about a field of its type is left unread, so that closing reports it.
    """
    type_ = fields.word("type", types)
    is_number = type_ in _NUMBERS
    field = Field(
        id=fields.name(),
        title=fields.title(),
        type=type_,  # type: ignore[arg-type]  # ``word`` has checked it
        required=fields.flag("required"),
        at_least=_maybe_number(fields, "at_least") if is_number else None,
        at_most=_maybe_number(fields, "at_most") if is_number else None,
        step=_maybe_number(fields, "step") if is_number else None,
        places=_places(fields, type_),
        options=fields.options("options") if is_number or type_ == "choice" else {},
        to=fields.text("to", "") if type_ == "reference" else "",
        max_length=_max_length(fields) if type_ == "text" else _TEXT_LENGTH,
        note=fields.words("note", NOTHING),
        part_of_total=fields.flag("part_of_total"),
        personal=fields.flag("personal"),
    )
    if type_ == "choice" and not field.options:
        raise refuse(fields.raw, "policy.key_missing", key="options")
    if type_ == "reference" and "." not in field.to:
        raise refuse(fields.raw, "policy.key_missing", key="to")
    if is_number:
        _check_number(fields, field)
    return field


def _places(fields: Fields, type_: str) -> int:
    if type_ != "decimal":
        return 0 if type_ == "integer" else _PLACES
    return fields.whole("places", _PLACES, least=0, most=PLACES)


def _max_length(fields: Fields) -> int:
    return fields.whole("max_length", _TEXT_LENGTH, least=1)


def _check_number(fields: Fields, field: Field) -> None:
    """Refuse limits that no number can keep."""
    lowest, highest = field.at_least, field.at_most
    if lowest is not None and highest is not None:
        check_range(fields.need("at_most"), highest, lowest, max(lowest, Fraction(10**12)))
    if field.step is not None:
        check_range(fields.need("step"), field.step, Fraction(1, 10**PLACES), Fraction(10**12))
    for option in fields.items("options"):
        number = as_number(option)
        low = number if lowest is None else lowest
        check_range(option, number, low, number if highest is None else highest)


def _maybe_number(fields: Fields, key: str) -> Fraction | None:
    return fields.number(key) if key in fields else None
