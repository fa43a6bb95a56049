"""A record follows what its case gives, as long as its days are open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zhijian.cases import queries as cases
from zhijian.domain.dates.period import Period
from zhijian.domain.problems import Problem
from zhijian.domain.records.record import Record
from zhijian.domain.records.source import NOTHING
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation.audit.services import record as audit
from zhijian.intake import models, queries, to_domain
from zhijian.intake.book import Book
from zhijian.intake.models import FromCase, Source
from zhijian.intake.names import UnitNames
from zhijian.intake.services.records import seen, subject_of
from zhijian.intake.services.rows import Origin, Rows

TYPED = "intake.typed_already"
TWICE = "intake.given_twice"
PASSING = (TYPED, TWICE)
"""What stands in the way of a record that is sound in itself."""


@dataclass
class Desk:
    """What one piece of work needs: the regulation in force, the moment, units and books."""

    pack: Pack
    at: datetime
    names: UnitNames = field(default_factory=UnitNames.load)
    _books: dict[str, Book | None] = field(default_factory=dict)

    def book(self, on: date) -> Book | None:
        """Return the book of a day, under the version that governs its period."""
        turn = Book(self.pack, Period.containing(on, "month")).turn(on)
        if turn not in self._books:
            self._books[turn] = queries.book_of(self.pack.id, Period.parse(turn))
        return self._books[turn]


def stored(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as they are kept."""
    return [{"code": e.code, "where": e.where, "facts": dict(e.facts)} for e in problems]


def settle(row: FromCase, desk: Desk) -> int:
    """Let the record follow unless its days are closed for good; return how many changed.

    Inside the caller's transaction, which holds the gate.
    """
    if row.is_overruled:
        return _note(row, settled=True)
    if any(each["code"] not in PASSING for each in row.problems):
        return 0
    standing = queries.record_of_case(row.pack_id, row.kind, row.case_id)
    if row.gives == NOTHING and standing is not None:
        row.on, row.unit_id = standing.on, standing.unit_id
    if _agrees(row, standing):
        return _note(row, settled=True)
    days = {each for each in (row.on, standing.on if standing else None) if each}
    if any(queries.lock_on(row.pack_id, day, day, final_only=True) for day in days):
        return _note(row, settled=False)
    if row.gives == NOTHING:
        _drop(row, standing, desk)
        return _note(row, settled=True, changed=1)
    return _write(row, standing, desk)


def _agrees(row: FromCase, standing: models.Record | None) -> bool:
    if standing is None or row.gives == NOTHING:
        return standing is None and row.gives == NOTHING
    return (standing.unit_id, standing.on, standing.values) == (row.unit_id, row.on, row.values)


def _note(
    row: FromCase, *, settled: bool, changed: int = 0, problems: Iterable[Problem] = ()
) -> int:
    row.is_settled, row.problems = settled, stored(problems)
    row.save(update_fields=["is_settled", "problems", "on", "unit"])
    return changed


def _drop(row: FromCase, standing: models.Record | None, desk: Desk) -> None:
    book = desk.book(standing.on) if standing else None
    if standing is None or book is None:
        return
    _void(row, standing, desk)
    audit(
        actor=None, action="intake.drop_case", subject=subject_of(book, standing),
        before=seen(standing), after={"case": row.case_id, "event": row.case_seq},
    )  # fmt: skip


def _void(row: FromCase, standing: models.Record, desk: Desk) -> None:
    number = cases.numbers([row.case_id])[row.case_id]
    standing.voided_at, standing.void_reason = desk.at, f"case:{number}/{row.case_seq}"
    standing.save(update_fields=["voided_at", "void_reason"])


def _write(row: FromCase, standing: models.Record | None, desk: Desk) -> int:
    book = desk.book(row.on) if row.on else None
    if book is None or row.on is None:
        raise LookupError(f"{row} has no book")
    kind, unit = book.kind(row.kind), desk.names.name(row.unit_id)
    found = Record("case", kind.id, unit, row.on, to_domain.values_of(row.values, kind))
    built = Rows(book, Origin(Source.CASE, None, desk.at)).build(found, row.unit_id)
    holder = _holder(built, standing)
    if holder is not None:
        code = TYPED if holder.case_id is None else TWICE
        return _note(row, settled=False, problems=[Problem.at("", code, record=holder.pk)])
    if standing is not None:
        _void(row, standing, desk)
    built.case_id, built.case_seq, built.replaces = row.case_id, row.case_seq, standing
    built.save(force_insert=True)
    audit(
        actor=None, action="intake.take_case", subject=subject_of(book, built),
        before=seen(standing) if standing else None,
        after={**seen(built), "case": row.case_id, "event": row.case_seq},
    )  # fmt: skip
    return _note(row, settled=True, changed=1)


def _holder(built: models.Record, standing: models.Record | None) -> models.Record | None:
    """Another record in force under the same unique key."""
    if built.unique_key is None:
        return None
    held = queries.holders(built.pack_id, built.kind, [built.unique_key])
    found = held.get(built.unique_key)
    return None if found is None or (standing and found.pk == standing.pk) else found
