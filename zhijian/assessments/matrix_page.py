"""The matrix units × components as rows of plain values for pages and exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from zhijian.assessments.models import ScoreSheet
from zhijian.assessments.money import Money
from zhijian.assessments.queries import best_first
from zhijian.domain.exact import to_decimal
from zhijian.domain.scoring.direction import LOWER
from zhijian.domain.scoring.scheme import Scheme

_HEATS = 5
#: What lies this far from the best end of the scale, or further, is coldest.
_NEAR = Decimal("0.3")
SORTS: dict[str, tuple[Any, ...]] = {
    "-score": best_first("higher"),
    "score": best_first("lower"),
    "unit": ("unit_name",),
    "-unit": ("-unit_name",),
    "yuan": ("yuan", "unit_name"),
    "-yuan": ("-yuan", "unit_name"),
}


def usual_sort(scheme: Scheme) -> str:
    """Return the sort of a matrix that nobody has sorted: best first."""
    return "score" if scheme.better == LOWER else "-score"


@dataclass(frozen=True, slots=True)
class Cell:
    """One component of one unit; ``look`` runs from heat-0 (far from the best end) to heat-5."""

    score: str
    look: str


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the matrix."""

    sheet_id: int
    unit: str
    status: str
    score: Decimal | None
    grade: str
    money: Money
    cells: tuple[Cell, ...]
    unconfirmed: bool
    revision: int


def filtered(rows: QuerySet[ScoreSheet], text: str, grade: str, sort: str) -> QuerySet[ScoreSheet]:
    """Narrow and order the sheets as the address says."""
    if text:
        rows = rows.filter(unit_name__icontains=text)
    if grade in ("blocked", "not_assessed"):
        rows = rows.filter(status=grade)
    elif grade:
        rows = rows.filter(Q(confirmed_grade=grade) | Q(confirmed_grade="", grade=grade))
    return rows.order_by(*SORTS[sort], "pk")


def lines(scheme: Scheme, sheets: Iterable[ScoreSheet], moneys: Mapping[int, Money]) -> list[Line]:
    """Return the rows of the matrix; ``moneys`` tells the money of each sheet by its id."""
    low, high = (to_decimal(end, 6) for end in scheme.scale)
    scales = [
        _Scale(name, scheme.better_of(name) == LOWER, low, high) for name in scheme.components
    ]
    return [_line(scales, sheet, moneys[sheet.pk]) for sheet in sheets]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Between which ends the values of a component lie, and which end is the best."""

    component: str
    lower_is_better: bool
    low: Decimal
    high: Decimal

    def cell(self, score: str | None) -> Cell:
        if score is None:
            return Cell("", "heat-0")
        points = Decimal(score)
        distance = points - self.low if self.lower_is_better else self.high - points
        near = _NEAR * (self.high - self.low)
        heat = max(0, min(_HEATS, int((near - distance) * _HEATS / near)))
        return Cell(f"{points:.2f}", f"heat-{heat}")


def _line(scales: list[_Scale], sheet: ScoreSheet, money: Money) -> Line:
    by_id = {each["id"]: each["score"] for each in sheet.components}
    return Line(
        sheet_id=sheet.pk,
        unit=sheet.unit_name,
        status=sheet.status,
        score=sheet.score,
        grade=sheet.confirmed_grade or sheet.grade,
        money=money,
        cells=tuple(each.cell(by_id.get(each.component)) for each in scales),
        unconfirmed=bool(sheet.unconfirmed),
        revision=sheet.revision,
    )
