"""From one line of a working-out to the records that it was measured from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from zhijian.assessments import snapshot
from zhijian.assessments.bench_of import assessor_of, period_of
from zhijian.assessments.models import ScoreSheet
from zhijian.domain.explain.step import Step
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.measure import Measure
from zhijian.domain.records.memory import passes
from zhijian.domain.records.record import Record, word_of
from zhijian.foundation.files import queries as files
from zhijian.intake import given
from zhijian.intake import queries as intake
from zhijian.intake.given import Origin
from zhijian.intake.showing import Line, Lines
from zhijian.intake.to_domain import Rows
from zhijian.packs import queries as packs


def _rows(sheet: ScoreSheet, kind: RecordKind) -> Rows:
    owner = None if kind.is_register else sheet.unit_id
    asked = (sheet.assessment.pack_id, period_of(sheet.assessment), [kind.id], [sheet.unit_id])
    return Rows(intake.records(*asked).filter(unit_id=owner), kind)


def _frozen(sheet: ScoreSheet, kind: RecordKind) -> Sequence[Record]:
    """The records as they were at approval: those in the database may have been corrected since."""
    snapshot_id = sheet.assessment.snapshot_id
    if snapshot_id is None:
        return ()
    with files.open_file(snapshot_id) as content:
        owner = "" if kind.is_register else sheet.unit_name
        return snapshot.records_of(content.read(), kind.id, owner)


def records_behind(sheet: ScoreSheet, step: Step) -> Lines:
    """Return the records that ``step`` was measured from; none for a line that only calculates."""
    measure = _measure_of(sheet, step)
    if measure is None:
        return Lines(None, ())
    kind = packs.typed(sheet.assessment.pack_version_id).kinds[measure.kind]
    rows = _frozen(sheet, kind) if sheet.assessment.was_reopened else _rows(sheet, kind)
    if not measure.where and not measure.keyed_by:
        return Lines(kind, rows)
    key = dict(step.given).get(f"where.{measure.keyed_by}", "").removeprefix("equals ")
    counted = [
        record
        for record in rows
        if all(passes(record, test) for test in measure.where)
        and (not measure.keyed_by or word_of(record.value(measure.keyed_by)) == key)
    ]
    return Lines(kind, counted)


def _measure_of(sheet: ScoreSheet, step: Step) -> Measure | None:
    assessor = assessor_of(sheet.assessment)
    law = packs.law_of(
        sheet.assessment.pack_version_id, assessor.pack.law_day(period_of(sheet.assessment))
    )
    plan = assessor.plan
    lines = (*assessor.scheme.lines, *(plan.lines if plan else ()))
    for line in lines:
        if line.id == step.id:
            measures = line.op.measures(law)
            return measures[-1] if measures else None
    return None


def traced(user: Any, lines: Iterable[Line]) -> list[tuple[Line, Origin | None]]:
    """Return records of a page with the cases that gave them; nothing beside what was typed."""
    shown = list(lines)
    held = intake.cases_of([line.id for line in shown])
    known = given.origins_of(user, set(held.values()))
    return [(line, known.get(held.get(line.id, 0))) for line in shown]
