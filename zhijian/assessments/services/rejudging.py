"""Judging sheets again after a record behind them was corrected: only the lines that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhijian.assessments.bench_of import bench_of, domain_unit
from zhijian.assessments.judging import Judged, judge_unit
from zhijian.assessments.models import Assessment, Objection, ScoreSheet
from zhijian.assessments.services.computing import new_sheet, sheet_digest
from zhijian.assessments.workings import workings
from zhijian.domain.regulation.rejudge import untouched
from zhijian.intake.names import UnitNames
from zhijian.organizations import queries as organizations

if TYPE_CHECKING:
    from collections.abc import Iterable


def lines_using(sheet: ScoreSheet, kind: str) -> frozenset[str]:
    """Return the lines of a sheet that were measured from records of a kind."""
    return frozenset(
        step.id
        for root in workings(sheet)
        for step in root.walk()
        if step.evidence is not None and step.evidence.kind == kind
    )


def judged_again(assessment: Assessment, sheet: ScoreSheet, lines: Iterable[str]) -> Judged:
    """Judge some lines of a sheet again under the same pack; what does not rest on them stays."""
    unit, roots = organizations.unit(sheet.unit_id), workings(sheet)
    kept = dict(untouched(roots, *lines))
    if sheet.confirmed_grade:
        # The decision about the grade falls with the sheet it was made on, and what rests on it.
        free = untouched(roots, "grade")
        kept = {name: step for name, step in kept.items() if name in free}
    return judge_unit(bench_of(assessment, [unit]), domain_unit(unit, UnitNames.load()), kept)


def rewritten(before: ScoreSheet, judged: Judged, objection: Objection) -> ScoreSheet:
    """Write a sheet anew because of an objection; the former one stays as an earlier revision."""
    ScoreSheet.objects.filter(pk=before.pk).update(is_current=False)
    unit = organizations.unit(before.unit_id)
    after = new_sheet(before.assessment, unit, judged, before)
    after.objection = objection
    after.save()
    return after


def rewrite_others(
    objection: Objection, assessments: Iterable[Assessment], kind: str
) -> list[ScoreSheet]:
    """Write the other sheets anew that a shared record changes; return them, by their unit."""
    found = []
    for assessment in assessments:
        rows = assessment.sheets.select_for_update(of=("self",)).filter(is_current=True)
        for before in rows.select_related("assessment").order_by("unit_name", "pk"):
            lines = lines_using(before, kind)
            if _is_own(before, objection) or not lines:
                continue
            judged = judged_again(assessment, before, lines)
            if sheet_digest(judged) != before.digest:
                found.append(rewritten(before, judged, objection))
    return found


def _is_own(sheet: ScoreSheet, objection: Objection) -> bool:
    own = objection.sheet
    return (sheet.assessment_id, sheet.unit_id) == (own.assessment_id, own.unit_id)
