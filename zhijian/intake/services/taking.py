"""Records from cases: looked at again whenever something happened in a case.

What a case gives is worked out by the domain and kept in ``FromCase``; ``settling`` lets the record
follow while its days are open. In closed days the difference stays visible until somebody corrects
the result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhijian.cases import queries as cases
from zhijian.cases.queries import CaseTold
from zhijian.domain.casework.recording import Given, given, misfits
from zhijian.domain.problems import Problem
from zhijian.domain.records.cells import Cell
from zhijian.domain.records.checking import Row, Surroundings, check_row
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import Record
from zhijian.domain.records.source import NOTHING, RECORD, CaseSource
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.sources import source_pack
from zhijian.foundation import clock
from zhijian.intake import queries
from zhijian.intake.book import Book
from zhijian.intake.comparing import texts_of
from zhijian.intake.models import FromCase
from zhijian.intake.services.gate import hold
from zhijian.intake.services.settling import PASSING, Desk, settle, stored
from zhijian.packs import queries as packs

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """How many cases were looked at, and how many records changed."""

    cases: int = 0
    changed: int = 0


def take_cases(*, pack_id: str, at: datetime) -> Taken:
    """Let the records of a regulation follow the cases that give them.

    Cases in which nothing happened since are not read. Works in parts, each whole in itself.
    """
    version = packs.pack_in_force(pack_id, clock.day_of(at))
    if version is None:
        return Taken()
    pack, looked, changed = packs.typed(version.id), 0, 0
    for kind in pack.kinds.values():
        for source in kind.sources:
            line = _Line(Desk(pack, at), _digest(pack, kind), kind, source)
            while part := line.take():
                looked, changed = looked + part.cases, changed + part.changed
    return Taken(looked, changed + _settle_waiting(Desk(pack, at)))


def take_all(*, at: datetime) -> Taken:
    """Do so for every regulation in force."""
    found = [take_cases(pack_id=ref.pack_id, at=at) for ref in packs.published_packs()]
    return Taken(sum(each.cases for each in found), sum(each.changed for each in found))


def _digest(pack: Pack, kind: RecordKind) -> str:
    """Return the digest of the rules by which cases give records of a kind.

    A new version that says the same about them does not bring every case up again.
    """
    return hashlib.sha256(repr((kind, pack.header.units)).encode()).hexdigest()


@transaction.atomic
def _settle_waiting(desk: Desk) -> int:
    """Try again what was in the way: days that are open again, typed records that were voided."""
    own = FromCase.objects.filter(pack_id=desk.pack.id, is_settled=False)
    waiting = own.filter(Q(problems=[]) | Q(problems__0__code__in=PASSING))
    if not waiting.exists():
        return 0
    hold(desk.pack.id)
    return sum(settle(row, desk) for row in waiting.order_by("pk"))


@dataclass(frozen=True, slots=True)
class _Now:
    """What a case gives at present, checked."""

    gives: str
    pending: bool = False
    unit_id: int | None = None
    on: date | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass
class _Line:
    """One source of one kind of record."""

    desk: Desk
    rules: str
    kind: RecordKind
    source: CaseSource
    _misfits: dict[tuple[int, str], tuple[Problem, ...]] = field(default_factory=dict)

    @transaction.atomic
    def take(self) -> Taken | None:
        """Take the next cases in which something happened; nothing when there are none."""
        rows = list(self._changed()[:_AT_ONCE])
        if not rows:
            return None
        hold(self.desk.pack.id)
        changed = sum(settle(self._looked_at(told), self.desk) for told in cases.cases_told(rows))
        return Taken(len(rows), changed)

    def _changed(self) -> QuerySet[Any]:
        known = FromCase.objects.filter(
            case=OuterRef("pk"), pack_id=self.desk.pack.id, kind=self.kind.id,
            case_seq=OuterRef("seq"), rules=self.rules,
        )  # fmt: skip
        rows = cases.of_kind(source_pack(self.desk.pack, self.source), self.source.case)
        return rows.filter(~Exists(known)).order_by("pk")

    def _looked_at(self, told: CaseTold) -> FromCase:
        now = self._now(told)
        row, _is_new = FromCase.objects.update_or_create(
            case_id=told.id, pack_id=self.desk.pack.id, kind=self.kind.id,
            defaults={
                "case_seq": told.seq, "rules": self.rules, "gives": now.gives,
                "is_pending": now.pending, "is_settled": False, "unit_id": now.unit_id,
                "on": now.on, "values": dict(now.texts), "problems": stored(now.problems),
                "looked_at": self.desk.at,
            },
        )  # fmt: skip
        return row

    def _now(self, told: CaseTold) -> _Now:
        wrong = self._wrong(told)
        if told.telling is None:
            wrong = (Problem.at("", "intake.case_unreadable", case=told.number),)
        if told.telling is None or wrong:
            return _Now(RECORD, unit_id=told.unit_id, problems=wrong)
        found, kind = given(self.source, self.kind, told.telling), self.kind
        book = self.desk.book(found.on) if found.on else None
        if book is not None and book.pack is not self.desk.pack:
            found, kind = self._under(book, told)
        return self._checked(told, found, book, kind)

    def _wrong(self, told: CaseTold) -> tuple[Problem, ...]:
        key = (told.version_id, told.kind.id)
        if key not in self._misfits:
            self._misfits[key] = tuple(misfits(self.kind, self.source, told.kind))
        return self._misfits[key]

    def _under(self, book: Book, told: CaseTold) -> tuple[Given, RecordKind]:
        """What a case gives under the version of its period; nothing where that takes no cases."""
        kind = book.pack.kinds.get(self.kind.id)
        wanted = (source_pack(self.desk.pack, self.source), self.source.case)
        for source in kind.sources if kind else ():
            is_same = (source_pack(book.pack, source), source.case) == wanted
            if kind and is_same and told.telling and not [*misfits(kind, source, told.kind)]:
                return given(source, kind, told.telling), kind
        return Given(NOTHING), self.kind

    def _checked(self, told: CaseTold, found: Given, book: Book | None, kind: RecordKind) -> _Now:
        unit_id = int(found.unit) if found.unit.isdecimal() else told.unit_id
        if found.gives == RECORD and found.on is None:
            lacking = Problem.at("on", "intake.case_without_day", case=told.number)
            return _Now(RECORD, found.pending, unit_id, problems=(lacking,))
        if book is None or not self._is_of(unit_id, book):
            return _Now(NOTHING)
        if found.gives == NOTHING:
            return _Now(NOTHING, found.pending, unit_id, found.on if found.pending else None)
        read = self._read(found, unit_id, book, kind)
        if not isinstance(read, Record):
            return _Now(RECORD, found.pending, unit_id, found.on, problems=read)
        return _Now(RECORD, found.pending, unit_id, read.on, texts_of(read.values))

    def _is_of(self, unit_id: int, book: Book) -> bool:
        """Tell whether a unit keeps records in the book; others are none of its matter."""
        return self.desk.names.name(unit_id) in queries.unit_names(book, self.desk.names)

    def _read(
        self, found: Given, unit_id: int, book: Book, kind: RecordKind
    ) -> Record | tuple[Problem, ...]:
        unit = self.desk.names.name(unit_id)
        placed: dict[str, Cell] = {"unit": unit, "on": found.on}
        if kind.dated == "month":
            placed = {"unit": unit, "month": f"{found.on:%Y-%m}"}
        cells = {**placed, **found.cells}
        needs = any(each.type == "reference" for each in kind.fields)
        registers = queries.registers(book) if needs else {}
        known = queries.unit_names(book, self.desk.names)
        around = Surroundings(book.period, known, registers)
        return check_row(kind, Row("case", cells, lambda name: name), around)
