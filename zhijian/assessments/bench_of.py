"""Rows → what a period is judged with. The only bridge from this room's rows to the domain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from zhijian.assessments.judging import Bench
from zhijian.assessments.models import FINAL, Assessment, ScoreSheet
from zhijian.assessments.workings import workings
from zhijian.domain.dates.period import Period
from zhijian.domain.regulation.assess import Assessor
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Past, Unit
from zhijian.domain.scoring.line import Line
from zhijian.domain.scoring.past import Previous, Streak, without_gaps
from zhijian.intake import facts as intake_facts
from zhijian.intake.names import UnitNames
from zhijian.organizations import queries as organizations
from zhijian.organizations.queries import UnitRef
from zhijian.packs import queries as packs
from zhijian.packs.queries.followers import units_following


def assessor_of(assessment: Assessment) -> Assessor:
    """The scheme and the outcomes by which the assessment judges."""
    return Assessor.of(packs.typed(assessment.pack_version_id), assessment.scheme)


def period_of(assessment: Assessment) -> Period:
    """The period as a value."""
    return Period.parse(assessment.period)


def measures_kind(assessment: Assessment, kind: str) -> bool:
    """Tell whether the scheme of an assessment measures records of a kind."""
    assessor = assessor_of(assessment)
    law = packs.law_of(assessment.pack_version_id, assessor.pack.law_day(period_of(assessment)))
    return any(measure.kind == kind for measure in assessor.measures(law))


def domain_unit(unit: UnitRef, names: UnitNames) -> Unit:
    """A unit as the rules see it, named as its records name it; numbers are exact."""
    attributes = {name: _attribute(value) for name, value in unit.attributes.items()}
    return Unit(names.name(unit.id), unit.group, attributes)


def _attribute(value: object) -> Fraction | str | bool | None:
    if isinstance(value, bool) or value is None:
        return value
    try:
        return Fraction(str(value))
    except ValueError:
        return str(value)


def assessed_units(pack: Pack, pack_id: str, period: Period) -> tuple[UnitRef, ...]:
    """The units that the regulation names, or those that subscribe to it, in their order."""
    if pack.header.units:
        found = organizations.units_by_name(pack.header.units)
        named = [unit for name in pack.header.units for unit in found.get(name, ())]
    else:
        following = units_following(pack_id, period.last)
        found_by_id = organizations.units_by_id(following).values()
        named = sorted(found_by_id, key=lambda unit: unit.code)
    return tuple(unit for unit in named if unit.is_active)


def bench_of(assessment: Assessment, units: Iterable[UnitRef] | None = None) -> Bench:
    """Everything that the units of an assessment are judged with, facts from the database."""
    assessor, period = assessor_of(assessment), period_of(assessment)
    law = packs.law_of(assessment.pack_version_id, assessor.pack.law_day(period))
    facts = intake_facts.facts(
        assessor.pack,
        period,
        assessor.measures(law),
        None if units is None else [unit.id for unit in units],
    )
    return Bench(assessor, period, law, facts, past_of(assessment, assessor))


def confirmed_grades(assessment: Assessment, names: UnitNames) -> dict[str, tuple[str, str]]:
    """The grades that people decided on, with their reasons, by the names of the units."""
    rows = assessment.sheets.filter(is_current=True).exclude(confirmed_grade="")
    told = rows.values_list("unit_id", "confirmed_grade", "confirmed_reason")
    return {names.name(unit_id): (grade, reason) for unit_id, grade, reason in told}


def past_of(assessment: Assessment, assessor: Assessor) -> dict[str, tuple[Past, ...]]:
    """Approved results of earlier periods, without gaps; read only where the rules look back."""
    if not looks_back(assessor):
        return {}
    rows = ScoreSheet.objects.filter(
        is_current=True,
        assessment__pack_id=assessment.pack_id,
        assessment__scheme=assessment.scheme,
        assessment__last__lt=assessment.first,
        assessment__state__in=FINAL,
        assessment__is_current=True,
    )
    past: defaultdict[str, list[Past]] = defaultdict(list)
    wanted = {line.op.line for line in _lines(assessor) if isinstance(line.op, Previous)}
    for row in rows.select_related("assessment"):
        past[row.unit_name].append(_past(row, wanted))
    period = period_of(assessment)
    return {unit: without_gaps(period, results) for unit, results in past.items()}


def looks_back(assessor: Assessor) -> bool:
    """Tell whether a result rests on results of earlier periods."""
    return any(isinstance(line.op, Previous | Streak) for line in _lines(assessor))


def _lines(assessor: Assessor) -> tuple[Line, ...]:
    return (*assessor.scheme.lines, *(assessor.plan.lines if assessor.plan else ()))


def _past(row: ScoreSheet, wanted: set[str]) -> Past:
    lines = {
        step.id: step.value
        for working in (workings(row) if wanted else ())
        for step in working.walk()
        if step.id in wanted and step.value is not None
    }
    return Past(row.assessment.period, row.confirmed_grade or row.grade, lines)
