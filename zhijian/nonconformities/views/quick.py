"""Recording on the phone: what does not conform under each regulation, and its shortest form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhijian.accounts.access import requires
from zhijian.cases import offering
from zhijian.cases import queries as cases
from zhijian.cases import services as case_services
from zhijian.cases.refusals import StepRefused
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_in
from zhijian.nonconformities import queries
from zhijian.nonconformities.forms import QuickForm
from zhijian.nonconformities.queries import Alike, Listed
from zhijian.packs import queries as packs


@require_safe
@requires("cases.act")
def record(request: HttpRequest) -> HttpResponse:
    """Show every kind of nonconformity with its definition and the ways to record one."""
    told = []
    for each in queries.listed_kinds():
        steps = offering.openings(request.user, each.ref)
        if steps:
            is_quick = any(step.id == each.listing.quick for step in steps)
            title = packs.typed(each.ref.version_id).header.title
            rest = [step for step in steps if step.id != each.listing.quick]
            told.append({"listed": each, "regulation": title, "quick": is_quick, "steps": rest})
    told.sort(key=lambda each: not each["quick"])
    return render(request, "nonconformities/record.html", {"kinds": told})


@require_http_methods(["GET", "POST"])
@requires("cases.act")
def quick(request: HttpRequest, pack_id: str, kind: str) -> HttpResponse:
    """Show the quick form, or record what was typed and show the empty form again."""
    listed = _listed_or_404(request.user, pack_id, kind)
    offered = offering.offered(request.user)
    place = reverse("nonconformities:quick", kwargs={"pack_id": pack_id, "kind": kind})
    now = timezone.localtime(clock.now())
    if request.method == "GET":
        form = QuickForm(listed, offered, now, request.GET.get("unit", "")[:_FIGURES])
        return _show(request, listed, form)
    form = QuickForm(listed, offered, now, data=request.POST, files=request.FILES)
    if form.is_valid():
        with refusal_in(form):
            try:
                case = case_services.open_case(
                    actor=request.user, opening=form.opening(pack_id), at=clock.now()
                )
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                messages.success(request, _("已登记：%(number)s") % {"number": case.number})
                return redirect(f"{place}?unit={case.unit_id}&saved={case.pk}")
    return _show(request, listed, form, status=422)


@require_safe
@requires("cases.act")
def earlier(request: HttpRequest, pack_id: str, kind: str) -> HttpResponse:
    """Return what was found before in the same unit that is like what is being typed."""
    listed = _listed_or_404(request.user, pack_id, kind)
    return render(request, "nonconformities/_alike.html", _alike(request, listed))


def _show(request: HttpRequest, listed: Listed, form: QuickForm, status: int = 200) -> HttpResponse:
    saved = request.GET.get("saved", "")
    told: dict[str, Any] = {}
    if saved.isdecimal() and len(saved) < _FIGURES:
        case = cases.case_for(request.user, int(saved))
        entry = queries.entry_of(case.pk) if case else None
        if case and entry:
            same = queries.of_entry(entry)
            told = {"saved": case, "alike": tuple(queries.alike(request.user, same, case.pk))}
    context = {
        "listed": listed,
        "regulation": packs.typed(listed.ref.version_id).header.title,
        "form": form,
        "step": form.step,
        "window": queries.WINDOW_DAYS,
        **told,
    }
    return render(request, "nonconformities/quick.html", context, status=status)


_FIGURES = 18


def _alike(request: HttpRequest, listed: Listed) -> dict[str, Any]:
    """Look up what is typed so far; the fields are those of the quick form."""
    asked, aspects = request.GET, listed.listing.aspects
    unit = asked.get("quick-unit_", "")
    told = tuple(
        (name, asked.get(f"quick-{aspects[name]}", "")[:200].strip())
        for name in queries.ALIKE
        if name in aspects
    )
    if not unit.isdecimal() or len(unit) > _FIGURES:
        return {"alike": (), "window": queries.WINDOW_DAYS}
    wanted = Alike(listed.ref.pack_id, listed.kind.id, int(unit), clock.today(), told)
    return {"alike": tuple(queries.alike(request.user, wanted)), "window": queries.WINDOW_DAYS}


def _listed_or_404(user: Any, pack_id: str, kind: str) -> Listed:
    found = queries.listed_kind(pack_id, kind)
    if found is None or not found.listing.quick:
        raise Http404
    if all(each.id != found.listing.quick for each in offering.openings(user, found.ref)):
        raise Http404
    return found
