"""A table that converts single records must have an answer for every record that can be entered.

A record without an answer would count for nothing in silence, which is how a violation becomes a
full mark. So the words of a table and the ends of bands are compared with the record's fields when
the pack is read.
"""

from __future__ import annotations

from fractions import Fraction

from zhijian.domain.exact import plain
from zhijian.domain.policy.raw import Raw, refuse
from zhijian.domain.policy.values import Bands, ParameterValue, Table
from zhijian.domain.records.kind import Field, RecordKind


def check_table(raw: Raw, kind: RecordKind, row: str, column: str, value: ParameterValue) -> None:
    """Refuse a table that lacks a number for something that may be entered."""
    if not isinstance(value, Table):
        return
    columns = _words(raw, kind, column) if column else ("",)
    for each in _words(raw, kind, row):
        for word in columns:
            if not isinstance(value.find(each, word), Fraction):
                found = f"{each} × {word}" if word else each
                raise refuse(raw, "scoring.table_incomplete", kind=kind.id, found=found)


def check_numbers(raw: Raw, value: ParameterValue) -> None:
    """Refuse bands of words where the records are added up or compared as numbers."""
    for band in value.bands if isinstance(value, Bands) else ():
        if isinstance(band.gives, str):
            raise refuse(raw, "scoring.word_not_counted", found=band.gives)


def _words(raw: Raw, kind: RecordKind, name: str) -> tuple[str, ...]:
    field = kind.field(name)
    if field is None or field.type != "choice" or not field.required:
        raise refuse(raw, "scoring.table_by_choice", name=name, kind=kind.id)
    return tuple(field.options)


def check_bands(raw: Raw, field: Field | None, value: ParameterValue) -> None:
    """Refuse bands that leave out a number which the field may hold."""
    if not isinstance(value, Bands) or field is None:
        return
    lowest, highest = (value.bands[place].interval for place in (0, -1))
    open_low = field.at_least is None and lowest.low is not None
    open_high = field.at_most is None and highest.high is not None
    if open_low or open_high:
        raise refuse(raw, "scoring.bands_incomplete", name=field.id, found="∞")
    for end in (field.at_least, field.at_most):
        if end is not None and value.find(end) is None:
            raise refuse(raw, "scoring.bands_incomplete", name=field.id, found=plain(end))
