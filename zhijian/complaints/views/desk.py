"""The desk: a complaint is taken down while the caller is on the phone, by keyboard alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts.access import requires
from zhijian.cases import offering
from zhijian.cases import queries as cases
from zhijian.cases.refusals import StepRefused
from zhijian.complaints import queries, services
from zhijian.complaints.forms import PREFIX, DeskForm
from zhijian.complaints.keys import code_of
from zhijian.complaints.models import Complaint
from zhijian.complaints.phones import masked, plain
from zhijian.complaints.queries import Intake
from zhijian.complaints.showing import clocks
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_in
from zhijian.packs import queries as packs

_FIGURES = 18
_LONGEST = 40


@require_safe
@requires("cases.act")
def kinds(request: HttpRequest) -> HttpResponse:
    """Lead to the desk, or let choose where there are several kinds."""
    offered = [each for each in queries.intakes() if _may_take(request.user, each)]
    if len(offered) == 1:
        (only,) = offered
        return redirect("complaints:desk", pack_id=only.ref.pack_id, kind=only.kind.id)
    told = [(each, packs.typed(each.ref.version_id).header.title) for each in offered]
    return render(request, "complaints/kinds.html", {"kinds": told})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@requires("cases.act")
def desk(request: HttpRequest, pack_id: str, kind: str) -> HttpResponse:
    """Show the desk, look up a caller without script, or take a complaint down."""
    intake = _intake_or_404(request.user, pack_id, kind)
    offered, now = offering.offered(request.user), clock.now()
    if request.method == "GET":
        form = DeskForm(intake, offered, timezone.localtime(now))
        return _show(request, intake, form, saved=_saved(request))
    form = DeskForm(
        intake, offered, timezone.localtime(now), data=request.POST, files=request.FILES
    )
    if "look" in request.POST:
        return _show(request, intake, form)
    if form.is_valid():
        with refusal_in(form):
            try:
                opening = form.opening(pack_id)
                saved = services.receive(actor=request.user, opening=opening, at=now)
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                place = reverse("complaints:desk", kwargs={"pack_id": pack_id, "kind": kind})
                return redirect(f"{place}?saved={saved.case_id}")
    return _show(request, intake, form, status=422)


@sensitive_post_parameters()
@require_POST
@requires("cases.act")
def caller(request: HttpRequest, pack_id: str, kind: str) -> HttpResponse:
    """Return what a caller complained about before; the phone travels in the body alone."""
    intake = _intake_or_404(request.user, pack_id, kind)
    typed = request.POST.get(f"{PREFIX}-{intake.receiving.phone}")
    return render(request, "complaints/_caller.html", _caller(request, typed))


def _show(
    request: HttpRequest,
    intake: Intake,
    form: DeskForm,
    *,
    saved: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    phone = intake.receiving.phone
    typed = form.data.get(form.add_prefix(phone)) if phone and form.is_bound else None
    context = {
        "intake": intake,
        "regulation": packs.typed(intake.ref.version_id).header.title,
        "form": form,
        "saved": saved,
        "is_looked_up": "look" in request.POST,
        **_caller(request, typed),
    }
    return render(request, "complaints/desk.html", context, status=status)


def _caller(request: HttpRequest, typed: str | None) -> dict[str, Any]:
    number = plain((typed or "")[:_LONGEST])
    return {
        "caller": masked(number),
        "earlier": queries.earlier_of(request.user, number, clock.today()) if number else (),
    }


def _saved(request: HttpRequest) -> dict[str, Any] | None:
    """What is told about the complaint that was just taken down, to who may see it."""
    told = request.GET.get("saved", "")
    if not told.isdecimal() or len(told) > _FIGURES:
        return None
    case = cases.case_for(request.user, int(told))
    row = queries.complaint_of(case.pk) if case else None
    return _told(row) if row else None


def _told(row: Complaint) -> dict[str, Any]:
    return {
        "complaint": row,
        "words": cases.words_of(row.case),
        "clocks": clocks(row, clock.now()),
        "code": code_of(row.case.number),
    }


def _intake_or_404(user: Any, pack_id: str, kind: str) -> Intake:
    found = queries.intake_for(pack_id, kind)
    if found is None or not _may_take(user, found):
        raise Http404
    return found


def _may_take(user: Any, intake: Intake) -> bool:
    steps = offering.openings(user, intake.ref)
    return any(each.id == intake.receiving.step for each in steps)
