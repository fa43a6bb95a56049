"""The buttons of an assessment: compute, hand in, send back, approve, publish."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhijian.accounts.access import requires
from zhijian.assessments import forms, jobs
from zhijian.assessments.models import State
from zhijian.assessments.services import approving, confirming, opening
from zhijian.assessments.views.asking import (
    assessment_or_404,
    attempt,
    sheet_or_404,
)
from zhijian.assessments.views.steps import Step, ask_and_take
from zhijian.assessments.words import period_title
from zhijian.foundation.language import language
from zhijian.packs import queries as packs


@require_POST
@requires("assessments.compute")
def compute(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Start the computation in the background."""
    assessment = assessment_or_404(request, assessment_id)
    attempt(
        request,
        lambda: jobs.request_compute(actor=request.user, assessment=assessment),  # type: ignore[arg-type]
        _("已开始计算，结果会自动出现在本页。"),
    )
    return redirect("assessments:matrix", assessment_id=assessment_id)


@require_POST
@requires("assessments.compute")
def submit(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Hand the results to the committee."""
    assessment_or_404(request, assessment_id)
    attempt(
        request,
        lambda: approving.submit(actor=request.user, assessment_id=assessment_id),  # type: ignore[arg-type]
        _("已提交质量管理委员会审定。"),
    )
    return redirect("assessments:matrix", assessment_id=assessment_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.approve")
def send_back(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Return the results to the working group."""
    assessment = assessment_or_404(request, assessment_id)
    step = Step(
        heading=_("退回工作小组"),
        button=_("退回"),
        done=_("已退回工作小组。"),
        service=partial(approving.send_back, assessment_id=assessment_id),
        leads_to=reverse("assessments:matrix", args=[assessment_id]),
    )
    return ask_and_take(request, assessment, forms.Reason(request.POST or None), step)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.approve")
def approve(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show what is about to become final, and make it final."""
    assessment = assessment_or_404(request, assessment_id)
    form = forms.Approval(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            lambda: approving.approve(
                actor=request.user,  # type: ignore[arg-type]
                assessment_id=assessment_id,
                exceptions_reason=form.cleaned_data["exceptions_reason"],
            ),
            _("考核结果已审定，奖惩已记入台账，本期记录已锁定。"),
        )
        if done:
            return redirect("assessments:matrix", assessment_id=assessment_id)
    waits = assessment.state == State.IN_REVIEW
    context = {
        "assessment": assessment,
        "form": form,
        "title": period_title(assessment.period, language()),
        "hindrances": [r.words(language()) for r in approving.hindrances(assessment)]
        if waits
        else [],
        "not_assessed": approving.not_assessed(assessment),
        "waits": waits,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/approve.html", context, status=status)


@require_POST
@requires("assessments.publish")
def publish(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Make the results public."""
    assessment_or_404(request, assessment_id)
    attempt(
        request,
        lambda: approving.publish(actor=request.user, assessment_id=assessment_id),  # type: ignore[arg-type]
        _("考核结果已公布。"),
    )
    return redirect("assessments:matrix", assessment_id=assessment_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.approve")
def meeting(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Put the analysis meeting on another day."""
    assessment = assessment_or_404(request, assessment_id)
    step = Step(
        heading=_("服务质量分析会改期"),
        button=_("改期"),
        done=_("分析会已改期。"),
        service=partial(opening.move_meeting, assessment_id=assessment_id),
        leads_to=reverse("assessments:matrix", args=[assessment_id]),
    )
    form = forms.Meeting(request.POST or None, initial={"on": assessment.meeting_on})
    return ask_and_take(request, assessment, form, step)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.approve")
def confirm_grade(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Confirm a grade that the regulation describes in words."""
    sheet = sheet_or_404(request, sheet_id)
    scheme = packs.typed(sheet.assessment.pack_version_id).schemes[sheet.assessment.scheme]
    initial = {"grade": sheet.grade}
    form = forms.ConfirmGrade(request.POST or None, grading=scheme.grading, initial=initial)
    step = Step(
        heading=_("确认等次：%(unit)s") % {"unit": sheet.unit_name},
        button=_("确认"),
        done=_("等次已确认。"),
        service=partial(confirming.confirm_grade, sheet_id=sheet_id),
        leads_to=lambda after: reverse("assessments:sheet", args=[after.pk]),
    )
    return ask_and_take(request, sheet.assessment, form, step)
