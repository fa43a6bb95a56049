"""The facts of an assessment as they stand in the database → what a snapshot holds."""

from __future__ import annotations

from typing import Any

from zhijian.assessments import snapshot
from zhijian.assessments.bench_of import (
    assessed_units,
    assessor_of,
    confirmed_grades,
    domain_unit,
    past_of,
    period_of,
)
from zhijian.assessments.judging import Judged
from zhijian.assessments.models import Assessment
from zhijian.assessments.snapshot import Frozen
from zhijian.domain.dates.period import Period
from zhijian.domain.policy.law import Law
from zhijian.intake import queries as intake
from zhijian.intake.names import UnitNames
from zhijian.intake.to_domain import SHAPE, records_of
from zhijian.packs import queries as packs
from zhijian.packs.queries.typed import digest_of_version, typed_with


def frozen_facts(assessment: Assessment) -> Frozen:
    """Everything the results rest on."""
    assessor, period = assessor_of(assessment), period_of(assessment)
    pack, names = assessor.pack, UnitNames.load()
    units = assessed_units(pack, assessment.pack_id, period)
    rows = intake.records(assessment.pack_id, period, unit_ids=[unit.id for unit in units])
    return Frozen(
        head={
            "pack": assessment.pack_id,
            "version": assessment.pack_version_id,
            "digest": digest_of_version(assessment.pack_version_id),
            "scheme": assessment.scheme,
            "period": assessment.period,
            "grades": {
                unit: list(told) for unit, told in confirmed_grades(assessment, names).items()
            },
            **_decided(assessment.pack_version_id),
        },
        units=tuple(domain_unit(unit, names) for unit in units),
        past=past_of(assessment, assessor),
        records=tuple(
            records_of(rows.values_list(*SHAPE).iterator(chunk_size=5000), pack.kinds, names)
        ),
    )


def _decided(version_id: int) -> dict[str, Any]:
    """What people confirmed or put in the place of proposed values; the latest word counts."""
    latest: dict[str, Any] = {}
    for each in packs.decisions(version_id):
        latest.setdefault(each.parameter, each)
    return {
        "confirmed": sorted(name for name, each in latest.items() if each.kind == "confirmed"),
        "replaced": {
            name: each.value for name, each in sorted(latest.items()) if each.kind == "replaced"
        },
    }


def law_named(head: dict[str, Any]) -> Law:
    """The law under which a snapshot was judged, whatever people have decided since."""
    values = tuple(sorted(head["replaced"].items()))
    pack = typed_with(head["version"], values)
    return pack.law(pack.law_day(Period.parse(head["period"])), frozenset(head["confirmed"]))


def rebuilt(content: bytes) -> list[Judged]:
    """Judge again from the snapshot, under the law that it names."""
    head = snapshot.read(content).head
    return snapshot.rebuild(content, packs.typed(head["version"]), law_named(head))
