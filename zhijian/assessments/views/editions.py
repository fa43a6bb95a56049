"""The editions of a period, and reopening a decided result."""

from __future__ import annotations

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhijian.accounts.access import requires
from zhijian.assessments import editions as reading
from zhijian.assessments import forms
from zhijian.assessments.services import cancelling, correcting
from zhijian.assessments.views.asking import assessment_or_404
from zhijian.assessments.views.steps import Step, ask_and_take
from zhijian.assessments.words import period_title
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_in
from zhijian.packs import queries as packs

_PER_PAGE = 50


@require_safe
@requires("assessments.view")
def editions(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show every edition of a period, why it was corrected, and what each correction changes."""
    assessment = assessment_or_404(request, assessment_id)
    pack = packs.typed(assessment.pack_version_id)
    correction = reading.correction_shown(assessment)
    changed = reading.changes(request.user, correction) if correction else []
    context = {
        "assessment": assessment,
        "title": period_title(assessment.period, language()),
        "editions": reading.editions(assessment),
        "correction": correction,
        "page_obj": Paginator(changed, _PER_PAGE).get_page(request.GET.get("page")),
        "has_money": assessment.scheme in {plan.scheme for plan in pack.outcomes.values()},
    }
    return render(request, "assessments/editions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.approve")
def cancel(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Give a correction up."""
    assessment = assessment_or_404(request, assessment_id)
    step = Step(
        heading=_("取消更正"),
        button=_("取消更正"),
        done=_("更正已取消，原来的一版继续有效。"),
        service=partial(cancelling.cancel_correction, assessment_id=assessment_id),
        leads_to=lambda former: reverse("assessments:matrix", args=[former.pk]),
    )
    return ask_and_take(request, assessment, forms.Cancellation(request.POST or None), step)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assessments.approve")
def reopen(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Say what a correction means, and begin it."""
    assessment = assessment_or_404(request, assessment_id)
    form = forms.Reason(request.POST or None)
    hindrance = correcting.hindrance(request.user, assessment)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            correction = correcting.reopen(
                actor=request.user,  # type: ignore[arg-type]
                assessment_id=assessment_id,
                reason=form.cleaned_data["reason"],
            )
            return redirect("assessments:matrix", assessment_id=correction.pk)
    context = {
        "assessment": assessment,
        "title": period_title(assessment.period, language()),
        "form": form,
        "hindrance": hindrance.words(language()) if hindrance else "",
        "later": [
            (each, period_title(each.period, language())) for each in reading.resting_on(assessment)
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/reopen.html", context, status=status)
