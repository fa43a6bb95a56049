"""The page of an office, on which anybody may complain without an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhijian.cases.refusals import StepRefused
from zhijian.complaints import limits, proof, queries, services
from zhijian.complaints.forms import PublicForm
from zhijian.complaints.keys import caller_of
from zhijian.complaints.models import Complaint, Office
from zhijian.complaints.phones import plain
from zhijian.complaints.queries import Intake
from zhijian.complaints.showing import tracked
from zhijian.foundation import clock
from zhijian.foundation.rates import address_of
from zhijian.foundation.refused import refusal_in


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def public(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of an office, or take a complaint and say its number and code."""
    office = queries.office_at(code)
    intake = queries.intake_for(office.pack_id, office.kind) if office else None
    if office is None or intake is None or not intake.receiving.public_step:
        raise Http404
    now = timezone.localtime(clock.now())
    if request.method == "GET":
        return _show(request, office, intake, PublicForm(intake, office.unit_id, now))
    form = PublicForm(intake, office.unit_id, now, data=request.POST, files=request.FILES)
    if form.is_valid():
        with refusal_in(form):
            try:
                row = _received(request, office, intake, form)
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                context = {"office": office, "told": tracked(row, clock.now())}
                return render(request, "complaints/received.html", context)
    return _show(request, office, intake, form, status=422)


def _received(request: HttpRequest, office: Office, intake: Intake, form: PublicForm) -> Complaint:
    told, phone = form.cleaned_data, intake.receiving.phone
    limits.count(limits.SENT_BY_ADDRESS, address_of(request))
    key = _proved(request, told["website_"])
    number = plain(told.get(phone) or "") if phone else ""
    if number:
        limits.count(limits.SENT_BY_PHONE, caller_of(number))
    taking = form.public_taking(key)
    row = services.receive_from_public(office=office, taking=taking, at=clock.now())
    return queries.complaint_of(row.case_id) or row


def _proved(request: HttpRequest, trap: str) -> str:
    """Return the key of the puzzle that the browser solved, or else the person by a sum."""
    puzzle, said = request.POST.get("puzzle", ""), request.POST.get("sum", "")
    if not said:
        return proof.key_from(puzzle, request.POST.get("answer", ""), trap)
    limits.count(limits.SENT_WITHOUT_SCRIPTS, address_of(request))
    return proof.key_from_sum(puzzle, said, trap)


def _show(
    request: HttpRequest, office: Office, intake: Intake, form: PublicForm, status: int = 200
) -> HttpResponse:
    context = {"office": office, "intake": intake, "form": form, "bits": proof.BITS}
    return render(request, "complaints/public.html", context, status=status)
