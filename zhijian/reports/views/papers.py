"""Single papers as PDF, and the results as a workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhijian.accounts.access import requires
from zhijian.assessments import queries as assessments
from zhijian.foundation.attachments import XLSX, attachment, paper
from zhijian.foundation.language import language_asked
from zhijian.outcomes import queries as outcomes
from zhijian.reports import office, queries
from zhijian.reports.papers import forms
from zhijian.reports.workbook import results_workbook


@require_safe
@requires("reports.view")
def sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Show the score sheet of a unit as a paper."""
    found = assessments.sheet_for(request.user, sheet_id)
    if found is None:
        raise Http404
    name = f"{found.unit_name}-{found.assessment.period}.pdf"
    return paper(forms.score_sheet(office.score_sheet(found, language_asked(request))), name)


@require_safe
@requires("reports.view")
def results(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show the list of results with its signature lines."""
    found = assessments.assessment_for(request.user, assessment_id)
    if found is None or not queries.sees_everything(request.user):
        raise Http404
    content = forms.results_list(office.results_list(found, language_asked(request)))
    return paper(content, f"{found.period}.pdf")


@require_safe
@requires("reports.view")
def book(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Send matrix, workings-out and ledger as one workbook."""
    found = assessments.assessment_for(request.user, assessment_id)
    if found is None or not queries.sees_everything(request.user):
        raise Http404
    return attachment(
        results_workbook(found, language_asked(request)),
        XLSX,
        f"{found.pack_id}-{found.period}.xlsx",
    )


@require_safe
@requires("outcomes.view")
def decision(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Show the decision on a reward, a penalty or a measure."""
    found = outcomes.entry_for(request.user, entry_id)
    if found is None:
        raise Http404
    return paper(
        forms.decision(office.decision(found, language_asked(request))), f"{found.code}.pdf"
    )


@require_safe
@requires("reports.view")
def minutes(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show the minutes of the analysis meeting as a paper."""
    found = assessments.assessment_for(request.user, assessment_id)
    told = queries.minutes_of(assessment_id)
    if found is None or told is None or not queries.sees_everything(request.user):
        raise Http404
    content = forms.minutes(office.minutes(told, language_asked(request)))
    return paper(content, f"minutes-{found.period}.pdf")
