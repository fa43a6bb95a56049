"""Computing the sheets of a period: read and judge first, then write once."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import orjson
from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.assessments.awaited import awaited_in
from zhijian.assessments.bench_of import (
    assessed_units,
    assessor_of,
    bench_of,
    confirmed_grades,
    domain_unit,
    period_of,
)
from zhijian.assessments.judging import (
    LEAST_PLACES,
    Bench,
    Judged,
    as_decimal,
    judge_unit,
    judge_units,
)
from zhijian.assessments.models import Assessment, ScoreSheet, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services.opening import subject
from zhijian.assessments.services.returning import close_mended
from zhijian.domain.exact import plain
from zhijian.domain.explain.document import Document
from zhijian.foundation import clock
from zhijian.foundation.audit.services import record
from zhijian.foundation.bulk import insert_many
from zhijian.intake.names import UnitNames
from zhijian.organizations import queries as organizations
from zhijian.organizations.queries import UnitRef

if TYPE_CHECKING:
    from zhijian.accounts.models import User

Progress = Callable[[int, int, str], None]
_SHOWN_EVERY = 50
# Not ``asdict``: it copies every line of every working-out before it is written once.
_TOLD = tuple(each.name for each in fields(Judged))


def may_compute(actor: User, assessment: Assessment) -> None:
    """Refuse who may not compute, and an assessment that is already decided."""
    if not accounts.may(actor, "assessments.compute"):
        raise AssessmentRefused("assessments.may_not")
    if assessment.state not in (State.OPEN, State.COMPUTED):
        raise AssessmentRefused("assessments.not_open", state=assessment.get_state_display())


def judge_all(assessment: Assessment, progress: Progress) -> list[tuple[UnitRef, Judged]]:
    """Judge every unit of the assessment; nothing is written."""
    assessor, period = assessor_of(assessment), period_of(assessment)
    units = assessed_units(assessor.pack, assessment.pack_id, period)
    if not units:
        raise AssessmentRefused("assessments.no_units")
    progress(0, len(units), "")
    judged = []
    with _nothing_to_collect():
        bench, names = bench_of(assessment), UnitNames.load()
        asked = [domain_unit(unit, names) for unit in units]
        bench = replace(bench, confirmed=_standing(assessment, bench, names))
        for done, (unit, found) in enumerate(zip(units, judge_units(bench, asked), strict=True), 1):
            judged.append((unit, found))
            if done % _SHOWN_EVERY == 0 or done == len(units):
                progress(done, len(units), unit.name)
    return judged


def _standing(assessment: Assessment, bench: Bench, names: UnitNames) -> dict[str, tuple[str, str]]:
    """The grades that people decided on and that stand, because nothing else has changed since."""
    confirmed = confirmed_grades(assessment, names)
    digests = {
        names.name(row.unit_id): (row.unit_id, row.digest)
        for row in assessment.sheets.filter(is_current=True).exclude(confirmed_grade="")
    }
    units = organizations.units_by_id([unit_id for unit_id, _digest in digests.values()])
    return {
        name: confirmed[name]
        for name, (unit_id, digest) in digests.items()
        if unit_id in units
        and sheet_digest(
            judge_unit(
                replace(bench, confirmed={name: confirmed[name]}),
                domain_unit(units[unit_id], names),
            )
        )
        == digest
    }


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Spare the collector the search through results that are all kept: half of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def result_digest(judged: Iterable[Judged]) -> str:
    """The digest over all results; the same facts under the same law give the same digest."""
    return digest_over(sheet_digest(each) for each in sorted(judged, key=lambda one: one.unit))


def digest_over(sheets: Iterable[str]) -> str:
    """The digest over the digests of all results, in the order of their units."""
    return hashlib.sha256("\n".join(sheets).encode()).hexdigest()


def sheet_digest(judged: Judged) -> str:
    """The digest of one unit's result, over JSON with one way to write it."""
    told = {name: getattr(judged, name) for name in _TOLD}
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


@_nothing_to_collect()
@transaction.atomic
def store(
    *, actor: User | None, assessment_id: int, judged: Sequence[tuple[UnitRef, Judged]]
) -> int:
    """Write the results as new revisions where they differ; return how many sheets changed."""
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    if assessment.state not in (State.OPEN, State.COMPUTED):
        raise AssessmentRefused("assessments.not_open", state=assessment.get_state_display())
    # Their digests tell whether they say the same; the workings-out need not be read for that.
    held = assessment.sheets.filter(is_current=True).defer("working", "grading", "proposals")
    current = {row.unit_id: row for row in held}
    digests = {unit.id: sheet_digest(each) for unit, each in judged}
    fresh = [
        (unit, each)
        for unit, each in judged
        if unit.id not in current or current[unit.id].digest != digests[unit.id]
    ]
    present = {unit.id for unit, _ in judged}
    outdated = [current[unit.id].pk for unit, _ in fresh if unit.id in current]
    outdated += [row.pk for unit, row in current.items() if unit not in present]
    ScoreSheet.objects.filter(pk__in=outdated).update(is_current=False)
    insert_many(
        [
            new_sheet(assessment, unit, each, current.get(unit.id), digests[unit.id])
            for unit, each in fresh
        ]
    )
    assessment.state = State.COMPUTED
    assessment.computed_at = clock.now()
    in_order = sorted(judged, key=lambda pair: pair[1].unit)
    assessment.computed_digest = digest_over(digests[unit.id] for unit, _ in in_order)
    assessment.save(update_fields=["state", "computed_at", "computed_digest"])
    close_mended(actor, assessment)
    record(
        actor=actor,
        action="assessments.compute",
        subject=subject(assessment),
        after={
            "units": len(judged),
            "changed": len(fresh),
            "digest": assessment.computed_digest,
        },
    )
    return len(fresh)


def new_sheet(
    assessment: Assessment,
    unit: UnitRef,
    judged: Judged,
    former: ScoreSheet | None,
    digest: str = "",
) -> ScoreSheet:
    """The unsaved row of a result, one revision after the former."""
    return ScoreSheet(
        assessment=assessment,
        unit_id=unit.id,
        unit_name=judged.unit,
        revision=former.revision + 1 if former else 1,
        status=judged.status,
        score=as_decimal(judged.score),
        grade=judged.grade,
        yuan=as_decimal(judged.yuan),
        components=judged.components,
        working=judged.working,
        grading=judged.grading,
        proposals=judged.proposals,
        awaited=awaited_in(judged.proposals),
        unconfirmed=judged.unconfirmed,
        missing=judged.missing,
        computed_at=clock.now(),
        digest=digest or sheet_digest(judged),
    )


def as_stored(sheet: ScoreSheet) -> Judged:
    """What a row says, for comparing with a result worked out anew."""
    return Judged(
        unit=sheet.unit_name,
        status=sheet.status,
        score=None if sheet.score is None else exact_text(sheet.working),
        grade=sheet.grade,
        yuan=None if sheet.yuan is None else f"{sheet.yuan:.2f}",
        components=sheet.components,
        working=sheet.working,
        grading=sheet.grading,
        proposals=sheet.proposals,
        unconfirmed=sheet.unconfirmed,
        missing=sheet.missing,
    )


def exact_text(working: Document) -> str:
    """The score of a stored working-out, written as results write it."""
    return plain(Fraction(working.get("exact", working["value"])), LEAST_PLACES)
