"""What rests on a record: the sheets of its unit, or those of every unit that shares it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.assessments.bench_of import measures_kind
from zhijian.assessments.models import Assessment, Objection, ScoreSheet, State
from zhijian.assessments.queries import OBJECTABLE
from zhijian.intake import queries as intake
from zhijian.intake.uses import Use


def sharing(objection: Objection) -> list[Assessment]:
    """Return the undecided assessments that use the record of an objection for every unit.

    None where the record is one of the unit alone.
    """
    record = intake.record(objection.record_id) if objection.record_id else None
    if record is None or record.unit_id is not None:
        return []
    rows = _resting_on(record).filter(state__in=OBJECTABLE).select_related("pack_version")
    return [each for each in rows.order_by("pk") if measures_kind(each, record.kind)]


def touched_by(user: Any, objection: Objection) -> list[ScoreSheet]:
    """Return the sheets of other units that the decision on an objection wrote anew.

    Those of the units a person may look at, without their workings-out.
    """
    rows = ScoreSheet.objects.filter(pk__in=objection.effect.get("touched", ()))
    allowed = accounts.units_allowed(user, "assessments.view")
    if allowed is not accounts.ALL:
        rows = rows.filter(unit_id__in=allowed)
    return list(rows.defer("working", "grading", "proposals").order_by("unit_name", "pk"))


def _resting_on(record: Any) -> QuerySet[Assessment]:
    """Assessments that rest on the records as they are now, and whose days hold this one."""
    rows = Assessment.objects.filter(
        pack_id=record.pack_id, first__lte=record.on, last__gte=record.on, correction=None
    )
    return rows.exclude(state=State.CANCELLED)


def _uses_of_shared(record: Any) -> list[Use]:
    """A record of all units counts on every sheet; the assessment stands for them."""
    rows = _resting_on(record).filter(sheets__is_current=True).select_related("pack_version")
    return [
        Use(
            _("%(period)s 全部单位共用") % {"period": each.period},
            reverse("assessments:matrix", args=[each.pk]),
        )
        for each in rows.distinct().order_by("-last", "pk")
        if measures_kind(each, record.kind)
    ]


def uses_of_record(record_id: int) -> list[Use]:
    """Return the score sheets that rest on a record: those of its unit in its days, or of all.

    A result that was corrected rests on its snapshot, not on the record as it is now.
    """
    record = intake.record(record_id)
    if record is None or record.is_voided:
        return []
    if record.unit_id is None:
        return _uses_of_shared(record)
    rows = ScoreSheet.objects.filter(
        unit_id=record.unit_id,
        is_current=True,
        assessment__pack_id=record.pack_id,
        assessment__first__lte=record.on,
        assessment__last__gte=record.on,
        assessment__correction=None,
    ).exclude(assessment__state=State.CANCELLED)
    sheets = rows.select_related("assessment").defer("working", "grading", "proposals")
    return [
        Use(
            f"{sheet.unit_name} {sheet.assessment.period}",
            reverse("assessments:sheet", args=[sheet.pk]),
        )
        for sheet in sheets.order_by("-assessment__last")
    ]
