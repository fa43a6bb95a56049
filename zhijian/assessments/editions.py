"""Reading the editions of a period: what each says, what changed, what rests on it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhijian.assessments.bench_of import assessor_of, looks_back
from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.assessments.queries import final_assessments, sheets_seen


@dataclass(frozen=True, slots=True)
class Side:
    """What one edition says of a unit."""

    sheet_id: int
    unit: str
    status: str
    score: Decimal | None
    grade: str
    yuan: Decimal | None
    awaited: int


@dataclass(frozen=True, slots=True)
class Change:
    """A unit of which two editions say something different; a side lacks where it had no sheet."""

    unit: str
    before: Side | None
    after: Side | None


def editions(assessment: Assessment) -> list[Assessment]:
    """Return every edition of the period of an assessment, the latest first."""
    rows = Assessment.objects.filter(
        pack_id=assessment.pack_id, scheme=assessment.scheme, period=assessment.period
    )
    people = ("opened_by", "approved_by", "cancelled_by", "pack_version", "corrects", "correction")
    rows = rows.select_related(*people).defer("pack_version__files")
    return list(rows.order_by("-edition"))


def correction_shown(assessment: Assessment) -> Assessment | None:
    """Return the correction that an edition is, or the one that takes its place, if there is."""
    if assessment.corrects_id:
        return assessment
    return assessment.correction if assessment.was_reopened else None


def same_unit(sheet: ScoreSheet, edition: Assessment) -> ScoreSheet | None:
    """Return what another edition says of the unit of a sheet."""
    return edition.sheets.filter(unit_id=sheet.unit_id, is_current=True).first()


def changes(user: Any, correction: Assessment) -> list[Change]:
    """Return the units, of those a person may see, whose result a correction changes."""
    if correction.corrects is None:
        return []
    before = _sides(user, correction.corrects)
    after = _sides(user, correction)
    return [
        Change((after.get(unit) or before[unit]).unit, before.get(unit), after.get(unit))
        for unit in dict.fromkeys([*before, *after])
        if _differ(before.get(unit), after.get(unit))
    ]


def _sides(user: Any, edition: Assessment) -> dict[int, Side]:
    """By the id of the unit: its name may have changed between two editions."""
    return {
        row.unit_id: Side(
            sheet_id=row.pk,
            unit=row.unit_name,
            status=row.status,
            score=row.score,
            grade=row.confirmed_grade or row.grade,
            yuan=row.yuan,
            awaited=len(row.awaited),
        )
        for row in sheets_seen(user, edition).order_by("unit_name")
    }


def _differ(before: Side | None, after: Side | None) -> bool:
    if before is None or after is None:
        return True
    told = ("status", "score", "grade", "yuan", "awaited")
    return any(getattr(before, name) != getattr(after, name) for name in told)


def resting_on(assessment: Assessment) -> list[Assessment]:
    """Return later results that looked back at this one; a correction does not change them."""
    rows = final_assessments(assessment.pack_id, assessment.scheme)
    later = rows.filter(first__gt=assessment.last).select_related("pack_version")
    later = later.defer("pack_version__files")
    return [each for each in later.order_by("first") if looks_back(assessor_of(each))]
