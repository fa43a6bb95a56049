"""Opening a case: which kind, then the form that its regulation asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhijian.accounts.access import requires
from zhijian.cases import offering, queries, services
from zhijian.cases.queries import KindRef
from zhijian.cases.refusals import StepRefused
from zhijian.cases.step_forms import OpeningForm
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_in
from zhijian.packs import queries as packs


@require_safe
@requires("cases.act")
def kinds(request: HttpRequest) -> HttpResponse:
    """Show every kind of case that a person may open, by regulation."""
    offered = [
        (ref, packs.typed(ref.version_id).header.title, offering.openings(request.user, ref))
        for ref in queries.kinds_in_force()
    ]
    return render(request, "cases/kinds.html", {"kinds": [each for each in offered if each[2]]})


@require_http_methods(["GET", "POST"])
@requires("cases.act")
def opening(request: HttpRequest, pack_id: str, kind: str, step: str) -> HttpResponse:
    """Show the form of an opening step, or open the case."""
    ref = _ref_or_404(pack_id, kind)
    if step not in ref.kind.steps or not ref.kind.steps[step].is_opening:
        raise Http404
    found = ref.kind.steps[step]
    offered = offering.offered(request.user)
    if request.method == "GET":
        return _show(request, ref, OpeningForm(ref.kind, found, offered))
    form = OpeningForm(ref.kind, found, offered, data=request.POST, files=request.FILES)
    if form.is_valid():
        with refusal_in(form):
            try:
                case = services.open_case(
                    actor=request.user, opening=form.opening(pack_id), at=clock.now()
                )
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                messages.success(request, _("已立案：%(number)s") % {"number": case.number})
                if queries.case_for(request.user, case.pk) is None:
                    return redirect("cases:kinds")
                return redirect("cases:case", case_id=case.pk)
    return _show(request, ref, form)


def _show(request: HttpRequest, ref: KindRef, form: OpeningForm) -> HttpResponse:
    lang = language()
    context = {
        "form": form,
        "kind": ref.kind,
        "step": form.step,
        "title": f"{ref.kind.title.to(lang)} · {form.step.title.to(lang)}",
        "regulation": packs.typed(ref.version_id).header.title,
        # What may be sent without a name is not kept beside the name of whoever types it.
        "draft": "" if form.step.anonymous != "never" else request.path,
    }
    return render(request, "cases/open.html", context, status=422 if form.is_bound else 200)


def _ref_or_404(pack_id: str, kind: str) -> KindRef:
    for ref in queries.kinds_in_force():
        if (ref.pack_id, ref.kind.id) == (pack_id, kind):
            return ref
    raise Http404
