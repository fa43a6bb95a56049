"""Taking the sample out again. The audit trail stays, as it must, and says that it was done."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from zhijian.accounts.services.samples import remove_sample_people
from zhijian.foundation.audit import queries as audit
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.organizations.services import remove_sample_units

_ACTION = "sample.remove"


def was_removed() -> bool:
    """Tell whether the sample was removed from this database before."""
    return audit.find(audit.Filter(action=_ACTION)).exists()


def remove() -> dict[str, int]:
    """Delete every sample row, dependants first; return how many of each kind.

    Rows of real data that name a sample person or unit make the database refuse, and then nothing
    is removed at all.
    """
    counts = {}
    for label, condition in _SAMPLE:
        rows = _rows(label, condition)
        if rows is None:
            continue
        counts[label] = rows.count()
        # In one statement, because rows of a kind may name each other: a reversal its entry, a
        # correction what it corrects, a report the one that it replaces.
        rows._raw_delete(rows.db)
    # people before units: a grant names the unit it is for
    counts["accounts.User"] = remove_sample_people()
    counts["organizations.Unit"] = remove_sample_units()
    record(
        actor=None,
        action=_ACTION,
        subject=Subject("sample", "organisation", "示例组织"),
        after=counts,
    )
    return counts


def _rows(label: str, condition: Q) -> QuerySet[Any] | None:
    app, _, model = label.partition(".")
    if not apps.is_installed(f"zhijian.{app}"):
        return None
    return apps.get_model(app, model)._default_manager.filter(condition)


_OF_SAMPLE = Q(assessment__is_sample=True)
_OF_CASE = Q(case__is_sample=True)

#: Every kind of row and which of them are sample, in the order in which they can go.
_SAMPLE: tuple[tuple[str, Q], ...] = (
    ("intake.FromCase", _OF_CASE),
    ("intake.StagedRow", Q(batch__author__is_sample=True)),
    ("intake.Record", Q(unit__is_sample=True) | Q(author__is_sample=True) | _OF_CASE),
    ("papers.PaperEvent", Q(is_sample=True)),
    ("papers.PaperReceiver", Q(paper__is_sample=True)),
    ("papers.Paper", Q(is_sample=True)),
    ("outcomes.CompensationEntry", Q(is_sample=True)),
    ("outcomes.PersonalStep", Q(decision__is_sample=True)),
    ("outcomes.PersonalDecision", Q(is_sample=True)),
    ("callbacks.Check", Q(draw__is_sample=True)),
    ("callbacks.CallAttempt", Q(call_back__is_sample=True)),
    ("callbacks.Exclusion", Q(call_back__is_sample=True)),
    ("callbacks.Correction", Q(call_back__is_sample=True)),
    ("callbacks.CallBack", Q(is_sample=True)),
    ("callbacks.Draw", Q(is_sample=True)),
    ("incidents.Acknowledgement", Q(bulletin__is_sample=True)),
    ("incidents.Bulletin", Q(is_sample=True)),
    ("incidents.Hint", Q(is_sample=True)),
    ("incidents.Incident", Q(is_sample=True)),
    ("incidents.Hazard", Q(is_sample=True)),
    ("incidents.Duty", Q(is_sample=True)),
    ("nonconformities.LessonUse", Q(lesson__is_sample=True)),
    ("nonconformities.Lesson", Q(is_sample=True)),
    ("nonconformities.Criterion", _OF_CASE),
    ("nonconformities.PlanLine", _OF_CASE),
    ("nonconformities.Cause", _OF_CASE),
    ("nonconformities.ProposedCase", _OF_CASE),
    ("nonconformities.Proposal", Q(is_sample=True)),
    ("nonconformities.Tally", _OF_CASE),
    ("nonconformities.Entry", _OF_CASE),
    ("complaints.Complaint", Q(is_sample=True)),
    ("complaints.Office", Q(is_sample=True)),
    ("cases.CaseLink", Q(source__is_sample=True)),
    ("cases.CaseComment", _OF_CASE),
    ("cases.CaseEvidence", _OF_CASE),
    ("cases.CaseParty", _OF_CASE),
    ("cases.CaseNotice", _OF_CASE),
    ("cases.CaseFault", _OF_CASE),
    ("cases.CaseClock", _OF_CASE),
    ("cases.CaseAlike", _OF_CASE),
    ("cases.CaseText", _OF_CASE),
    ("cases.CaseEvent", _OF_CASE),
    ("cases.Case", Q(is_sample=True)),
    ("reports.Publication", _OF_SAMPLE),
    ("reports.Minutes", _OF_SAMPLE),
    ("reports.Report", _OF_SAMPLE),
    ("outcomes.RemedyStep", Q(remedy__entry__assessment__is_sample=True)),
    ("outcomes.Remedy", Q(entry__assessment__is_sample=True)),
    ("outcomes.BudgetItem", Q(is_sample=True)),
    ("outcomes.TypedAmount", Q(entry__assessment__is_sample=True)),
    ("outcomes.OpenAmount", Q(entry__assessment__is_sample=True)),
    ("outcomes.LedgerEntry", _OF_SAMPLE),
    ("assessments.TrialRun", Q(by__is_sample=True)),
    ("assessments.Objection", Q(sheet__assessment__is_sample=True)),
    ("assessments.ScoreSheet", _OF_SAMPLE),
    ("assessments.Assessment", Q(is_sample=True)),
    ("intake.ImportBatch", Q(author__is_sample=True)),
    ("intake.PeriodLock", Q(locked_by__is_sample=True)),
    ("packs.Confirmation", Q(by__is_sample=True)),
    ("packs.Signature", Q(by__is_sample=True)),
    ("packs.Review", Q(by__is_sample=True)),
    ("packs.Receipt", Q(person__is_sample=True)),
    ("packs.Subscription", Q(unit__is_sample=True)),
    ("organizations.Contact", Q(unit__is_sample=True) | Q(checked_by__is_sample=True)),
    ("foundation.StoredFile", Q(uploader__is_sample=True)),
)
