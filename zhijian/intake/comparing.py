"""What the rows of a workbook mean for the records that are already there."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import FieldValue, Record
from zhijian.intake import models, queries
from zhijian.intake.book import Book
from zhijian.intake.keys import Keys
from zhijian.intake.models import Verdict
from zhijian.intake.names import UnitNames
from zhijian.intake.slots import as_text


@dataclass(frozen=True, slots=True)
class Compared:
    """A row with what it means, and the record that stands in its place, if any."""

    record: Record
    unit_id: int | None
    texts: Mapping[str, str]
    verdict: str
    stands: int | None


def texts_of(values: Mapping[str, FieldValue]) -> dict[str, str]:
    """Return the canonical texts under which values are stored; what says nothing is left out."""
    return {name: as_text(each) for name, each in values.items() if each is not None and each != ""}


def compare(
    book: Book, records: Iterable[Record], names: UnitNames, author_id: int | None
) -> Iterator[Compared]:
    """Yield each row with its meaning; ``author_id`` is who wants to take them.

    A record somebody else entered, and that says something else, is a conflict.
    """
    by_kind: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record)
    for name, own in by_kind.items():
        kind = book.kind(name)
        one_by_one = _by_key if kind.unique else _by_content
        yield from one_by_one(_Side(book, kind, names, author_id), own)


@dataclass(frozen=True, slots=True)
class _Side:
    book: Book
    kind: RecordKind
    names: UnitNames
    author_id: int | None

    def unit(self, record: Record) -> int | None:
        return self.names.id(record.unit) if record.unit else None


def _by_key(side: _Side, records: list[Record]) -> Iterator[Compared]:
    keys = Keys(side.book)
    keyed = [(each, keys.of(side.kind, each, side.unit(each)) or "") for each in records]
    holders = queries.holders(side.book.pack_id, side.kind.id, {key for _, key in keyed})
    for record, key in keyed:
        unit_id, texts, holder = side.unit(record), texts_of(record.values), holders.get(key)
        if holder is None:
            yield Compared(record, unit_id, texts, Verdict.NEW, None)
            continue
        same = (holder.unit_id, holder.on, holder.values) == (unit_id, record.on, texts)
        yield Compared(record, unit_id, texts, _meaning(side, holder, same), holder.pk)


def _meaning(side: _Side, holder: models.Record, same: bool) -> str:
    if same:
        return Verdict.UNCHANGED
    return Verdict.CHANGED if holder.author_id == side.author_id else Verdict.CONFLICTING


def _by_content(side: _Side, records: list[Record]) -> Iterator[Compared]:
    """Without a key two equal rows are two happenings: as many as are there are recognised."""
    rows = queries.in_force(side.book.pack_id, side.book.period).filter(kind=side.kind.id)
    stored: defaultdict[str, list[int]] = defaultdict(list)
    for key, unit_id, on, values in rows.order_by("-pk").values_list(
        "pk", "unit_id", "on", "values"
    ):
        stored[_content(unit_id, on, values)].append(key)
    for record in records:
        unit_id, texts = side.unit(record), texts_of(record.values)
        waiting = stored.get(_content(unit_id, record.on, texts))
        if waiting:
            yield Compared(record, unit_id, texts, Verdict.UNCHANGED, waiting.pop())
        else:
            yield Compared(record, unit_id, texts, Verdict.NEW, None)


def _content(unit_id: int | None, on: Any, texts: Mapping[str, str]) -> str:
    return f"{unit_id}\x1f{on}\x1f{json.dumps(texts, sort_keys=True)}"


def tally(compared: Iterable[Compared]) -> dict[str, int]:
    """Count the rows by what they mean."""
    found = Counter(each.verdict for each in compared)
    return {verdict: found.get(verdict, 0) for verdict in Verdict.values}
