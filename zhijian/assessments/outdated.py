"""Records that changed after results were computed from them."""

from __future__ import annotations

from zhijian.assessments.bench_of import assessor_of, period_of
from zhijian.assessments.models import Assessment, Objection, ObjectionState
from zhijian.domain.words import Words
from zhijian.intake import queries as intake
from zhijian.packs import queries as packs

_SHARED = Words("各单位共用的记录", "records that all units share")


def outdated_units(assessment: Assessment) -> list[Words]:
    """Return whose records changed since, in the order of their names.

    What an objection corrected is no such change: its lines were judged again with the decision.
    """
    if assessment.computed_at is None:
        return []
    rows = intake.changed_since(
        assessment.pack_id, period_of(assessment), assessment.computed_at
    ).order_by()
    # Asked first and alone: mostly nothing has changed.
    kinds = set(rows.values_list("kind", flat=True).distinct())
    if not kinds:
        return []
    rows = rows.filter(kind__in=kinds & _measured_kinds(assessment))
    decided = _decided_records(assessment)
    if decided:
        rows = rows.exclude(pk__in=decided, voided_at__isnull=False)
        rows = rows.exclude(replaces__in=decided)
    names = set(rows.values_list("unit__name", flat=True).distinct())
    own = [Words(name) for name in sorted(name for name in names if name)]
    return [*own, _SHARED] if None in names else own


def _measured_kinds(assessment: Assessment) -> set[str]:
    assessor = assessor_of(assessment)
    law = packs.law_of(assessment.pack_version_id, assessor.pack.law_day(period_of(assessment)))
    kinds = {measure.kind for measure in assessor.measures(law)}
    absences = {assessor.pack.kinds[kind].absence for kind in kinds}
    return kinds | {kind for kind in absences if kind}


def _decided_records(assessment: Assessment) -> list[int]:
    """The records that objections struck or corrected after the computation."""
    rows = Objection.objects.filter(
        sheet__assessment__pack_id=assessment.pack_id,
        state=ObjectionState.UPHELD,
        record_id__gt=0,
        decided_at__gt=assessment.computed_at,
    )
    return list(rows.values_list("record_id", flat=True))
