"""The analysis meeting about a period, and the register of publications."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.assessments import queries as assessments
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_in
from zhijian.packs import queries as packs
from zhijian.reports import queries, services
from zhijian.reports.forms import DoneForm, DutyForm, MinutesForm
from zhijian.reports.office import period_title


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reports.view")
def meeting(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show day, papers and minutes of the meeting; the working group writes the minutes."""
    found = assessments.assessment_for(request.user, assessment_id)
    if found is None or not queries.sees_everything(request.user):
        raise Http404
    _only_with(request, "reports.write")
    minutes = queries.minutes_of(assessment_id)
    form = MinutesForm(request.POST or None, initial=_initial(found, minutes))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            services.save_minutes(actor=request.user, assessment_id=assessment_id, told=form.told())
            messages.success(request, _("纪要已保存。"))
            return redirect("reports:meeting", assessment_id=assessment_id)
    day = found.meeting_on
    context = {
        "assessment": found,
        "title": period_title(found, language()),
        "is_working_day": packs.calendar().is_working(day) if day else None,
        "minutes": minutes,
        "form": form,
        "may_write": accounts.may(request.user, "reports.write"),
        "reports": queries.reports_seen(request.user).filter(assessment=found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/meeting.html", context, status=status)


def _only_with(request: HttpRequest, permission: str) -> None:
    """Let everybody who came this far look, but only some people send."""
    if request.method == "POST" and not accounts.may(request.user, permission):
        raise PermissionDenied


def _initial(assessment: Any, minutes: Any) -> dict[str, Any]:
    if minutes is None:
        return {"held_on": assessment.meeting_on}
    names = ("held_on", "place", "attended", "text")
    return {name: getattr(minutes, name) for name in names}


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reports.view")
def publications(request: HttpRequest) -> HttpResponse:
    """Show the register of publication duties; whoever publishes adds to it."""
    if not queries.sees_everything(request.user):
        raise Http404
    _only_with(request, "assessments.publish")
    final = assessments.final_assessments().select_related("pack_version")
    choices = [
        (each.pk, f"{each.pack_version.label} {each.period}")
        for each in final.defer("pack_version__files")[:50]
    ]
    form = DutyForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            services.note_duty(
                actor=request.user,
                assessment_id=int(form.cleaned_data["assessment"]),
                duty=form.duty(),
            )
            messages.success(request, _("已登记。"))
            return redirect("reports:publications")
    return _register(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.publish")
def publication(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Take the day and the proof of a publication."""
    found = queries.duty(publication_id)
    if found is None:
        raise Http404
    form = DoneForm(
        request.POST or None, request.FILES or None, initial={"published_on": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            services.fulfil(actor=request.user, publication_id=publication_id, done=form.done())
            messages.success(request, _("已登记公开。"))
            return redirect("reports:publications")
    context = {"duty": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "reports/publication.html", context, status=status)


def _register(request: HttpRequest, form: DutyForm) -> HttpResponse:
    context = {
        "duties": queries.duties(clock.today()),
        "form": form,
        "may_publish": accounts.may(request.user, "assessments.publish"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/publications.html", context, status=status)
