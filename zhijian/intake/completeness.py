"""Which records a period still lacks, unit by unit, and whether that blocks the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhijian.domain.records.kind import ABSENCE_WORDS, RecordKind
from zhijian.domain.scoring.measuring import Measuring
from zhijian.intake.book import Book, month_text
from zhijian.organizations.queries import UnitRef

Counts = Mapping[tuple[str, int | None, int], int]


@dataclass(frozen=True, slots=True)
class Demand:
    """What the schemes ask of one kind: a record in every month, or else no result at all."""

    kind: RecordKind
    monthly: bool
    blocks: bool
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit and one kind: how many records, which months lack one, and what that means.

    ``state`` is ``good``, ``bad`` (blocks the result), ``warn`` (not assessed so far), ``note``
    (only months that are not over yet) or empty (nothing needs to be there). ``fill`` is the kind
    to enter when something lacks: the one that confirms that nothing happened, or the kind itself.
    """

    kind: RecordKind
    count: int
    missing: tuple[str, ...]
    state: str
    fill: RecordKind
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with its cells."""

    unit: UnitRef
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units × kinds of a book; what belongs to no unit is the same in every line."""

    demands: tuple[Demand, ...]
    lines: tuple[Line, ...]

    @property
    def blocking(self) -> tuple[tuple[UnitRef, Cell], ...]:
        """Return every cell for want of which there is no result."""
        return tuple(
            (line.unit, cell) for line in self.lines for cell in line.cells if cell.state == "bad"
        )

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is lacking."""
        return all(cell.state in ("good", "") for line in self.lines for cell in line.cells)

    def count(self, kind: str) -> int:
        """Return how many records of a kind there are."""
        return sum(cell.count for line in self.lines for cell in line.cells if cell.kind.id == kind)


def demands_of(book: Book) -> tuple[Demand, ...]:
    """Return what the pack asks of each of its kinds; of registers, only those it measures."""
    measuring = [
        line.op
        for scheme in book.pack.schemes.values()
        if book.period.kind in scheme.periods
        for line in scheme.lines
        if isinstance(line.op, Measuring)
    ]
    found = (
        Demand(
            kind,
            any(op.every_month for op in measuring if op.measure.kind == kind.id),
            any(op.none.status == "blocked" for op in measuring if op.measure.kind == kind.id),
            "" if kind.absence in ABSENCE_WORDS else kind.absence,
        )
        for kind in book.pack.kinds.values()
        if not kind.is_register or any(op.measure.kind == kind.id for op in measuring)
    )
    # What stops the result stands first, where it is seen without scrolling.
    return tuple(sorted(found, key=lambda each: (not each.monthly, not each.blocks)))


def matrix_of(book: Book, units: tuple[UnitRef, ...], counts: Counts, this_month: str) -> Matrix:
    """Compare what is there with what the pack asks for; ``this_month`` is not over yet."""
    demands = demands_of(book)
    held: dict[tuple[str, int | None], dict[str, int]] = {}
    for (kind, unit_id, month), count in counts.items():
        held.setdefault((kind, unit_id), {})[month_text(month)] = count
    lines = tuple(
        Line(unit, tuple(_cell(book, demand, held, (unit.id, this_month)) for demand in demands))
        for unit in units
    )
    return Matrix(demands, lines)


def _cell(
    book: Book,
    demand: Demand,
    by_kind: Mapping[tuple[str, int | None], Mapping[str, int]],
    place: tuple[int, str],
) -> Cell:
    (unit_id, this_month), kind = place, demand.kind
    held = by_kind.get((kind.id, None if kind.is_register else unit_id), {})
    count = sum(held.values())
    if demand.monthly:
        missing = tuple(month for month in book.period.months() if month not in held)
        over = [month for month in missing if month < this_month]
        lacks = ("bad" if demand.blocks else "warn") if over else "note"
        return Cell(kind, count, missing, lacks if missing else "good", kind)
    if count:
        return Cell(kind, count, (), "good", kind)
    if demand.confirmed_by:
        fill = book.kind(demand.confirmed_by)
        confirmed = bool(by_kind.get((fill.id, None if fill.is_register else unit_id)))
        return Cell(kind, 0, (), "good" if confirmed else "warn", fill, confirmed)
    if demand.kind.absence == "none_happened":
        return Cell(kind, 0, (), "", kind)
    is_over = book.period.months()[-1] < this_month
    lacks = ("bad" if demand.blocks else "warn") if is_over else "note"
    return Cell(kind, 0, (), lacks, kind)
