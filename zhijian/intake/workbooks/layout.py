"""Which sheets and columns the workbook of a pack has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhijian.domain.policy.header import Attribute
from zhijian.domain.records.checking import PLACING
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Titles, Words

LAYOUT_VERSION = "1"
UNITS = "units"
UNITS_TITLE = "单位"
GUIDE_TITLE = "填写说明"
PROBLEMS_TITLE = "问题清单"
LISTS_TITLE = "_选项"
OWN_SHEETS = frozenset({GUIDE_TITLE, PROBLEMS_TITLE, LISTS_TITLE})
"""Sheets that hold no facts: they are written by the program and never read."""

_NAME_LENGTH = 31
_UNSAFE = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_MARK = re.compile(r"[\s*＊]+")
_PLACING = {**PLACING, "group": Words("组别", "Group")}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field's name, its title, and the rule that its cells keep.

    ``rule`` is the field of the record kind; unit, month and date have none and say so by ``role``.
    """

    id: str
    title: str
    required: bool
    role: str
    rule: Field | None = None
    attribute: Attribute | None = None

    @property
    def words(self) -> Words:
        """Return the title in both languages; on the sheet itself it is Chinese."""
        named = self.rule or self.attribute
        return named.title if named else _PLACING.get(self.role, Words(self.title))

    @property
    def options(self) -> Titles:
        """Return the words that its cells may hold, where they are few."""
        named = self.rule or self.attribute
        return named.options if named else {}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the kind of record it collects, or the list of units."""

    id: str
    title: str
    columns: tuple[Column, ...]
    kind: RecordKind | None = None

    def column(self, key: str) -> Column:
        """Return one column by its name."""
        return next(each for each in self.columns if each.id == key)


@dataclass(frozen=True, slots=True)
class Layout:
    """All sheets of a pack's workbook; registers come before what refers to them."""

    pack: Pack
    sheets: tuple[Sheet, ...] = field(default=())

    @classmethod
    def of(cls, pack: Pack, kinds: Sequence[str] = ()) -> Layout:
        """Return the workbook of the pack, or of some of its kinds and the registers they need."""
        wanted = _with_registers(pack, kinds) if kinds else tuple(pack.kinds)
        ordered = sorted(wanted, key=lambda key: not pack.kinds[key].is_register)
        titles = sheet_names([UNITS_TITLE, *(pack.kinds[key].title.zh for key in ordered)])
        units = Sheet(UNITS, titles[0], _unit_columns(pack))
        own = (
            Sheet(key, title, _columns(pack.kinds[key]), pack.kinds[key])
            for key, title in zip(ordered, titles[1:], strict=True)
        )
        return cls(pack, (units, *own))

    @property
    def kinds(self) -> tuple[Sheet, ...]:
        """Return the sheets that collect records."""
        return self.sheets[1:]

    def sheet(self, key: str) -> Sheet:
        """Return one sheet by the name of its kind."""
        return next(each for each in self.sheets if each.id == key)


def plain_title(text: str) -> str:
    """Return a header or sheet name as it is compared: narrow, without blanks and marks."""
    return _MARK.sub("", unicodedata.normalize("NFKC", text))


def _with_registers(pack: Pack, kinds: Sequence[str]) -> tuple[str, ...]:
    targets = [
        each.to.partition(".")[0] for key in kinds for each in pack.kinds[key].fields if each.to
    ]
    return tuple(dict.fromkeys((*targets, *kinds)))


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return names that a spreadsheet accepts: short, safe, each once."""
    taken: list[str] = []
    for title in wanted:
        safe = _UNSAFE.sub("", title).strip()[:_NAME_LENGTH] or "表"
        name, number = safe, 2
        while name.casefold() in (each.casefold() for each in (*taken, *OWN_SHEETS)):
            name = f"{safe[: _NAME_LENGTH - 3]}{number}"
            number += 1
        taken.append(name)
    return taken


def _unit_columns(pack: Pack) -> tuple[Column, ...]:
    attributes = (
        Column(each.id, each.title.zh, each.required, "attribute", attribute=each)
        for each in pack.header.attributes
    )
    unit, group = (
        Column(key, _PLACING[key].zh, required, key)
        for key, required in (("unit", True), ("group", False))
    )
    return _distinct((unit, group, *attributes))


def _columns(kind: RecordKind) -> tuple[Column, ...]:
    placing = [] if kind.is_register else ["unit"]
    placing += {"month": ["month"], "day": ["on"]}.get(kind.dated, [])
    placed = (Column(key, _PLACING[key].zh, True, key) for key in placing)
    own = (
        Column(each.id, each.title.zh, each.required, each.type, rule=each) for each in kind.fields
    )
    return _distinct((*placed, *own))


def _distinct(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Two columns with one title could not be told apart: the later one gets its name as well."""
    seen: set[str] = set()
    found = []
    for each in columns:
        title = each.title if plain_title(each.title) not in seen else f"{each.title}({each.id})"
        seen.add(plain_title(title))
        found.append(Column(each.id, title, each.required, each.role, each.rule, each.attribute))
    return tuple(found)
