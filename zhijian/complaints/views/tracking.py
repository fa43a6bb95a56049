"""Tracking: whoever complained sees where it stands, rates it, says more, or reports it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhijian.cases import queries as cases
from zhijian.cases.refusals import StepRefused
from zhijian.complaints import limits, queries, services
from zhijian.complaints.forms import CustomerForm, TrackForm
from zhijian.complaints.keys import case_of_pass
from zhijian.complaints.models import Complaint
from zhijian.complaints.refusals import ComplaintRefused
from zhijian.complaints.showing import tracked
from zhijian.domain.casework.kind import CaseKind
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.rates import address_of
from zhijian.foundation.refused import refusal_in


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and phone or code, and show the complaint; never by an address."""
    if request.method == "GET":
        return render(request, "complaints/track.html", {"form": TrackForm()})
    form = TrackForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            return _show(request, _found(request, form.cleaned_data))
    return render(request, "complaints/track.html", {"form": form}, status=422)


@sensitive_post_parameters()
@never_cache
@require_POST
def act(request: HttpRequest, step: str) -> HttpResponse:
    """Take a step as whoever complained, with the pass that the tracking page gave."""
    case_id = case_of_pass(request.POST.get("pass", ""))
    complaint = queries.complaint_of(case_id) if case_id else None
    if complaint is None:
        return redirect("complaints:track")
    kind = cases.kind_of(complaint.case)
    if step not in {each.id for each in cases.known(complaint.case).open_to_public(clock.now())}:
        return _show(request, complaint, said=_("现在不能办理这一项。"))
    form = CustomerForm(kind, kind.steps[step], data=request.POST, files=request.FILES)
    if form.is_valid():
        with refusal_in(form):
            try:
                services.take_for_customer(complaint=complaint, taking=form.taking, at=clock.now())
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                fresh = queries.complaint_of(complaint.case_id) or complaint
                title = kind.steps[step].title.to(language())
                return _show(request, fresh, said=_("已收到：%(step)s") % {"step": title})
    return _show(request, complaint, sent=form)


def _found(request: HttpRequest, told: dict[str, str]) -> Complaint:
    """Return the complaint, or refuse in the same words whatever was wrong."""
    limits.count(limits.TRACKED_BY_ADDRESS, address_of(request))
    number = told["number"].upper()
    limits.count(limits.TRACKED_NUMBER, f"{number}\n{address_of(request)}")
    by_phone = limits.TRACKED_BY_PHONE.allows(number)
    row = queries.case_told(number, told["secret"], by_phone=by_phone)
    if row is None:
        code = "complaints.not_found" if by_phone else "complaints.by_code_only"
        raise ComplaintRefused(code, minutes=limits.TRACKED_BY_PHONE.seconds // 60)
    return row


def _show(
    request: HttpRequest, row: Complaint, *, said: str = "", sent: CustomerForm | None = None
) -> HttpResponse:
    told, kind = tracked(row, clock.now()), cases.kind_of(row.case)
    forms = [_form(kind, each, sent) for each in told.steps]
    context: dict[str, Any] = {"told": told, "forms": forms, "said": said}
    return render(request, "complaints/tracked.html", context, status=422 if sent else 200)


def _form(kind: CaseKind, step: Any, sent: CustomerForm | None) -> CustomerForm:
    return sent if sent is not None and sent.step.id == step.id else CustomerForm(kind, step)
