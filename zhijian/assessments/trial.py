"""Past periods judged under changed rules, as plain data. Nothing here touches a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from zhijian.assessments.bench_of import assessed_units, domain_unit, past_of, period_of
from zhijian.assessments.models import Assessment
from zhijian.assessments.trial_models import TrialRun
from zhijian.domain.exact import plain, rounded
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.regulation.assess import Assessor
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.trial import (
    Case,
    Ending,
    Move,
    Sensitivity,
    Terms,
    Trial,
    trial,
)
from zhijian.domain.scoring.context import Unit
from zhijian.intake import facts as intake_facts
from zhijian.intake.names import UnitNames
from zhijian.packs import queries as packs

Progress = Callable[[int, int, str], None]
_AT_ONCE = 200
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Sides:
    """The rules as they are and as they are tried."""

    before: Terms
    after: Terms


def sides_of(run: TrialRun) -> Sides:
    """Return both sides of a trial; decisions about proposed values hold on their own version."""
    after = (
        packs.confirmed_pack(run.target_id)
        if run.target_id
        else packs.tried_pack(run.version_id, run.changes)
    )
    before = packs.confirmed_pack(run.version_id)
    return Sides(Terms(before, run.scheme), Terms(after, run.scheme))


def run_trial(run: TrialRun, assessments: Sequence[Assessment], progress: Progress) -> dict:
    """Judge every unit of the periods under both sides and return what the page shows."""
    sides = sides_of(run)
    moves: list[Move] = []
    alone: dict[tuple[str, str], list[Move]] = {}
    jobs = [(each, units) for each in assessments for units in _batches(each, sides.before.pack)]
    for done, (assessment, units) in enumerate(jobs, start=1):
        progress(done - 1, len(jobs), assessment.period)
        answer = trial(_cases(assessment, units, sides), sides.before, sides.after)
        moves += answer.moves
        for each in answer.sensitivities:
            alone.setdefault((each.parameter, each.part), []).extend(each.moves)
    progress(len(jobs), len(jobs), "")
    found = [Sensitivity(name, part, tuple(told)) for (name, part), told in alone.items()]
    found.sort(key=lambda each: (-len(each.moved), -abs(each.yuan), each.parameter, each.part))
    return to_data(Trial(tuple(moves), tuple(found)), sides.before.pack)


def _batches(assessment: Assessment, pack: Pack) -> Iterator[tuple[Any, ...]]:
    units = iter(assessed_units(pack, assessment.pack_id, period_of(assessment)))
    while batch := tuple(islice(units, _AT_ONCE)):
        yield batch


def _cases(assessment: Assessment, units: Sequence[Any], sides: Sides) -> tuple[Case, ...]:
    period, names = period_of(assessment), UnitNames.load()
    measures = [
        measure
        for terms in (sides.before, sides.after)
        for measure in Assessor.of(terms.pack, terms.scheme).measures(terms.law(period))
    ]
    facts = intake_facts.facts(
        sides.before.pack, period, dict.fromkeys(measures), [unit.id for unit in units]
    )
    past = past_of(assessment, Assessor.of(sides.before.pack, sides.before.scheme))
    own: list[Unit] = [domain_unit(unit, names) for unit in units]
    return tuple(Case(unit, period, facts, past.get(unit.id, ())) for unit in own)


def to_data(found: Trial, pack: Pack) -> dict[str, Any]:
    """Return a trial as JSON; every number is exact text."""
    return {
        "moves": [_move(each) for each in found.moves],
        "alone": [_sensitivity(each, pack) for each in found.sensitivities],
        "moved": len(found.moved),
        "yuan_before": plain(found.yuan_before, _PLACES),
        "yuan_after": plain(found.yuan_after, _PLACES),
        "uncounted": list(found.uncounted),
    }


def _sensitivity(each: Sensitivity, pack: Pack) -> dict[str, Any]:
    parameter = pack.parameters.get(each.parameter)
    return {
        "parameter": each.parameter,
        "title": _title(parameter).get("zh", ""),
        "title_en": _title(parameter).get("en", ""),
        "part": each.part,
        "part_title": _part_title(pack, each.part),
        "moved": len(each.moved),
        "yuan": plain(each.yuan, _PLACES),
        "units": sorted({f"{move.unit} {move.period}" for move in each.moved}),
    }


def _title(parameter: Parameter | None) -> Mapping[str, str]:
    return {} if parameter is None else {"zh": parameter.title.zh, "en": parameter.title.to("en")}


def _part_title(pack: Pack, part: str) -> str:
    lines = (line for scheme in pack.schemes.values() for line in scheme.lines)
    return next((line.title.zh for line in lines if line.id == part), part)


def _move(move: Move) -> dict[str, Any]:
    return {
        "unit": move.unit,
        "period": move.period,
        "before": _ending(move.before),
        "after": _ending(move.after),
        "difference": _difference(move.before.score, move.after.score),
        "yuan": plain(move.yuan, _PLACES),
    }


def _ending(ending: Ending) -> dict[str, Any]:
    return {
        "status": ending.status,
        "score": _number(ending.score),
        "grade": ending.grade,
        "yuan": _number(ending.yuan),
    }


def _difference(before: Fraction | None, after: Fraction | None) -> str | None:
    return None if before is None or after is None else _number(after - before)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else plain(rounded(value, _PLACES), _PLACES)
