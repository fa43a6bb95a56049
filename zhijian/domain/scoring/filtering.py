"""Filters of records: ``where: {validity: 有效, points: {above: "0"}}``.

A test that can never hold is a rule that silently does not apply. Every test is therefore compared
with the type of its field, and the words of a choice with its options, when the pack is read.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from zhijian.domain.policy.comparison import ORDER, Comparison
from zhijian.domain.policy.raw import Raw, entries, found_text, refuse
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.measure import FieldTest
from zhijian.domain.scoring.binding import read_tests
from zhijian.domain.scoring.operand import Scope

_HOLDS: dict[str, type] = {
    "decimal": Fraction,
    "integer": Fraction,
    "flag": bool,
    "date": date,
    "text": str,
    "choice": str,
    "reference": str,
}


def read_where(
    scope: Scope, kind: RecordKind, raw: Raw | None
) -> tuple[tuple[FieldTest, ...], str, str]:
    """Read the filter; at most one field may be compared with an earlier line."""
    if raw is None:
        return (), "", ""
    if not raw.value:
        raise refuse(raw, "policy.empty_list")
    tests: list[FieldTest] = []
    keyed_by = key_line = ""
    for name, each in entries(raw):
        scope.field_name(each, kind, name)
        comparisons = read_tests(scope, each, texts=_HOLDS[_type_of(kind, name)] is str)
        _check_kind(kind, name, comparisons, each)
        lines = [test for test in comparisons if test.word == "line"]
        if not lines:
            tests.append(FieldTest(name, comparisons))
            continue
        if keyed_by or len(comparisons) > 1:
            raise refuse(each, "scoring.two_keys")
        key_line = scope.line(Raw(str(lines[0].operands[0]), each.file, each.line))
        keyed_by = name
    return tuple(tests), keyed_by, key_line


def _type_of(kind: RecordKind, name: str) -> str:
    """The type of a field; every record also has a ``month`` and a day, ``on``."""
    field = kind.field(name)
    if field is None:
        return "date" if name == "on" else "text"
    return field.type


def _check_kind(kind: RecordKind, name: str, comparisons: tuple[Comparison, ...], raw: Raw) -> None:
    """Refuse a test whose operand is not of the field's type, or no option of a choice."""
    type_ = _type_of(kind, name)
    field = kind.field(name)
    options = tuple(field.options) if field is not None and type_ == "choice" else ()
    for test in comparisons:
        if test.word in ("empty", "line"):
            continue
        ordered_words = test.word in ORDER and _HOLDS[type_] is not Fraction
        strangers = [
            each
            for each in test.operands
            if not (test.word in ORDER or isinstance(each, _HOLDS[type_]))
            or (options and each not in options)
        ]
        if ordered_words or strangers:
            raise refuse(
                raw,
                "scoring.field_kind",
                name=name,
                type=type_,
                found="、".join(str(each) for each in strangers) or found_text(raw),
                options="、".join(options) or "—",
            )
