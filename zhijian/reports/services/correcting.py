"""What papers and publications follow when a correction takes the place of a result."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zhijian.foundation import clock, reasons
from zhijian.packs import queries as packs
from zhijian.reports.models import Publication, Report, State
from zhijian.reports.services.reporting import carry_over, withdrawn

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.assessments.models import Assessment


def hold(assessment: Assessment) -> None:
    """Hold what an approval withdraws or carries over, before the numbers and the audit trail."""
    for rows in (Report.objects, Publication.objects):
        held = rows.select_for_update().filter(assessment=assessment.corrects_id)
        list(held.order_by("pk").values_list("pk"))


def follow_correction(assessment: Assessment, actor: User, at: datetime) -> None:
    """Withdraw the reports about the former edition, and owe the correction where it was shown.

    Part of the approval, so that no paper in force contradicts the result in force.
    """
    former = assessment.corrects
    if former is None:
        return
    day = clock.day_of(at)
    because = reasons.replaced(day.isoformat(), assessment.edition)
    outlines = packs.typed(assessment.pack_version_id).outlines
    rows = Report.objects.select_related("assessment")
    for report in rows.filter(assessment=former).exclude(state=State.WITHDRAWN):
        if report.state == State.DELIVERED:
            withdrawn(report, actor, because)
        elif report.outline in outlines:
            carry_over(report, assessment)
    _owe(former, assessment, actor, at)


def _owe(former: Assessment, correction: Assessment, actor: User, at: datetime) -> None:
    """Where the former edition was published, the correction has to be published as well."""
    for duty in Publication.objects.filter(assessment=former):
        if duty.published_on is None:
            duty.assessment = correction
            duty.save(update_fields=["assessment"])
        else:
            Publication.objects.create(
                assessment=correction,
                what=f"更正：{duty.what.removeprefix('更正：')}"[:200],
                place=duty.place,
                by=actor,
                at=at,
            )
