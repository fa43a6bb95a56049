"""Books to enter records into: the regulation that comes with the program, and a small one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

from zhijian.domain.dates.period import Period
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words
from zhijian.intake.book import Book
from zhijian.intake.services import Origin
from zhijian.packs.files import load_pack

PACKS = Path(__file__).parents[3] / "packs"
NOON = datetime(2024, 4, 1, 4, tzinfo=UTC)
SAMPLE = Origin("sample", None, NOON)


def quarterly(period: str = "2024Q1") -> Book:
    """The regulation of quarterly service quality in one quarter."""
    return Book(loaded("quarterly-service-quality"), Period.parse(period))


@cache
def loaded(name: str) -> Pack:
    """One regulation from its folder, read once."""
    found = load_pack(PACKS / name)
    return found[0] if isinstance(found, tuple) else found


def with_kind(kind: RecordKind) -> Book:
    """A book with a single kind of record, which no scheme measures."""
    book = quarterly()
    pack = replace(book.pack, kinds={kind.id: kind}, schemes={}, outcomes={})
    return Book(pack, book.period)


def visit(**limits: object) -> RecordKind:
    """A kind that has a field of every type."""
    fields = (
        Field("points", Words("得分"), "decimal"),
        Field("times", Words("次数"), "integer", places=0),
        Field(
            "level",
            Words("等级"),
            "choice",
            options={each: Words(each) for each in ("优", "良", "差")},
        ),
        Field("late", Words("超时"), "flag"),
        Field("due", Words("应办日"), "date"),
        Field("done", Words("办结日"), "date"),
    )
    return RecordKind("visit", Words("走访"), "", "day", fields, **limits)  # type: ignore[arg-type]


HALF = Fraction(1, 2)
FIRST_DAY = date(2024, 1, 1)
