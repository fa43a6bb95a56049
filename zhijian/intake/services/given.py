"""Records that cases give are changed in the case; a decided objection stands against it."""

from __future__ import annotations

from zhijian.cases import queries as cases
from zhijian.intake import models
from zhijian.intake.models import FromCase
from zhijian.intake.refusals import RecordRefused


def refuse_given(row: models.Record) -> None:
    """Refuse to change by hand what a case gives."""
    if row.case_id is not None:
        number = cases.numbers([row.case_id]).get(row.case_id, "")
        raise RecordRefused("intake.change_in_case", case=number)


def overrule(row: models.Record) -> None:
    """Let what was decided about a record stand, whatever its case says."""
    if row.case_id is not None:
        own = FromCase.objects.filter(case_id=row.case_id, pack_id=row.pack_id, kind=row.kind)
        own.update(is_overruled=True)
