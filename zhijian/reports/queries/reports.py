"""Reports as a person may see them, and what anybody may ask about a paper in their hands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from zhijian.accounts import queries as accounts
from zhijian.assessments import queries as assessments
from zhijian.domain.words import Words
from zhijian.foundation.files.queries import FileRef
from zhijian.packs import queries as packs
from zhijian.reports.models import Minutes, Report, State

_CODE = re.compile(r"[〔\[(](\d{4})[〕\])]\s*(\d{1,9})")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Verified:
    """What is told about a paper without naming any person."""

    code: str
    title: str
    period: str
    state: str
    delivered_at: datetime | None
    withdrawn_at: datetime | None
    reason: str
    digest: str
    replaced_by: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ToReport:
    """An assessment with results, and the outlines of which it has no report yet."""

    assessment: Any
    outlines: tuple[tuple[str, Words], ...]


def sees_everything(user: Any) -> bool:
    """Tell whether a person may look at papers about all units."""
    return accounts.units_allowed(user, "reports.view") is accounts.ALL


def reports_seen(user: Any) -> QuerySet[Report]:
    """Return the reports a person may look at, the latest first.

    Who sees single units only gets what was delivered about results that are public.
    """
    rows = Report.objects.select_related(
        "assessment__pack_version", "changed_by", "delivered_by", "replaces"
    ).defer("data")
    if not sees_everything(user):
        rows = rows.exclude(state=State.DRAFT).exclude(assessment__published_at=None)
    return rows.order_by("-changed_at", "-pk")


def report_for(user: Any, report_id: int) -> Report | None:
    """Return one report, or nothing for who may not see it."""
    return reports_seen(user).defer(None).filter(pk=report_id).first()


def assessments_to_report(user: Any) -> list[ToReport]:
    """Return the latest assessments with results that still lack a report."""
    begun = set(
        Report.objects.exclude(state=State.WITHDRAWN).values_list("assessment_id", "outline")
    )
    found = []
    rows = assessments.assessments_seen(user).exclude(computed_at=None).filter(correction=None)
    rows = rows.exclude(state=assessments.CANCELLED)
    for each in rows[:24]:
        outlines = packs.typed(each.pack_version_id).outlines.values()
        lacking = tuple(
            (outline.id, outline.title)
            for outline in outlines
            if outline.scheme == each.scheme and (each.pk, outline.id) not in begun
        )
        if lacking:
            found.append(ToReport(each, lacking))
    return found


def chain_of(report: Report) -> list[Report]:
    """Return every report of the same outline and period, whatever the edition, oldest first."""
    return list(_of_period(report.assessment, report.outline).defer("data").order_by("pk"))


def former_of(correction: Any, outline: str) -> Report | None:
    """Return the last report about earlier editions that nothing has taken the place of yet."""
    rows = _of_period(correction, outline).filter(assessment__edition__lt=correction.edition)
    return rows.filter(replaced_by=None).order_by("-pk").first()


def _of_period(assessment: Any, outline: str) -> QuerySet[Report]:
    rows = Report.objects.select_related("assessment")
    return rows.filter(
        assessment__pack_id=assessment.pack_id,
        assessment__scheme=assessment.scheme,
        assessment__period=assessment.period,
        outline=outline,
    )


def minutes_of(assessment_id: int) -> Minutes | None:
    """Return the minutes of the meeting about an assessment."""
    return (
        Minutes.objects.filter(assessment_id=assessment_id)
        .select_related("by", "assessment__pack_version")
        .defer("assessment__pack_version__files")
        .first()
    )


def verified(number: str, digest: str) -> Verified | None:
    """Return what is known of a delivered paper by its number, its digest, or both."""
    rows = Report.objects.exclude(state=State.DRAFT).select_related("assessment")
    code, wanted = _CODE.search(number), digest.strip().lower()
    if not code and not _DIGEST.fullmatch(wanted):
        return None
    if code:
        rows = rows.filter(year=int(code[1]), number=int(code[2]))
    if _DIGEST.fullmatch(wanted):
        rows = rows.filter(digest=wanted)
    row = rows.defer("data").first()
    return _verified(row) if row else None


def _verified(row: Report) -> Verified:
    later = Report.objects.filter(replaces=row).exclude(state=State.DRAFT).first()
    return Verified(
        code=row.code,
        title=row.label,
        period=row.assessment.period,
        state=row.state,
        delivered_at=row.delivered_at,
        withdrawn_at=row.withdrawn_at,
        reason=row.because,
        digest=row.digest,
        replaced_by=later.code if later else "",
        is_current=row.state == State.DELIVERED,
    )


def may_read_pdf(user: Any, file: FileRef) -> bool:
    """Tell whether a person may read the file of a report."""
    key = file.owner_key
    return (
        key.isdigit()
        and accounts.may(user, "reports.view")
        and report_for(user, int(key)) is not None
    )
