"""Complaints, checks and the like that speak of an incident, compared with what was reported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.cases import offering
from zhijian.cases import queries as cases
from zhijian.cases.queries import FewCounted, KindRef
from zhijian.cases.refusals import StepRefused
from zhijian.cases.step_forms import OpeningForm
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.refused import refusal_in
from zhijian.incidents import queries, services
from zhijian.incidents.forms import NoIncidentForm, ReportedForm
from zhijian.incidents.models import Hint, HintWord
from zhijian.organizations import queries as organizations
from zhijian.packs import queries as packs

_PER_PAGE = 30
_FIGURES = 10


@require_safe
@requires("cases.view")
def hints(request: HttpRequest) -> HttpResponse:
    """List the hints that wait, or those that were settled, with the share that was reported."""
    return _show(request)


@require_POST
@requires("incidents.judge")
def reported(request: HttpRequest, hint_id: int) -> HttpResponse:
    """Say in which case the incident was reported."""
    form = ReportedForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            services.say_reported(
                actor=request.user, hint_id=hint_id, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("已与上报的事件关联。"))
            return redirect("incidents:hints")
    return _show(request, hint_id, reported=form)


@require_POST
@requires("incidents.judge")
def none(request: HttpRequest, hint_id: int) -> HttpResponse:
    """Say that there was no incident, and why."""
    form = NoIncidentForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            services.say_none(
                actor=request.user, hint_id=hint_id, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("已写明不属于事件。"))
            return redirect("incidents:hints")
    return _show(request, hint_id, none=form)


@require_POST
@requires("incidents.judge")
def again(request: HttpRequest, hint_id: int) -> HttpResponse:
    """Take back that there was no incident."""
    try:
        services.open_again(actor=request.user, hint_id=hint_id, at=clock.now())
    except Refusal as refused:
        messages.error(request, refused.words(language()))
    return redirect("incidents:hints")


@require_http_methods(["GET", "POST"])
@requires("incidents.judge")
def concealed(request: HttpRequest, hint_id: int) -> HttpResponse:
    """Show the form that raises a concealment, filled in from the hint, or open the case."""
    hint = queries.hint_for(request.user, hint_id)
    ref = next(iter(queries.kinds("concealment")), None)
    rule = ref.kind.safety.concealment if ref and ref.kind.safety else None
    if hint is None or ref is None or rule is None or hint.word != HintWord.OPEN:
        raise Http404
    offered = offering.offered(request.user)
    told: dict[str, Any] = {"initial": _about(hint, ref, rule.step, rule.account)}
    if request.method == "POST":
        told |= {"data": request.POST, "files": request.FILES}
    form = OpeningForm(ref.kind, ref.kind.steps[rule.step], offered, **told)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            try:
                services.raise_concealment(
                    actor=request.user, hint_id=hint_id, opening=form.opening(ref.pack_id),
                    at=clock.now(),
                )  # fmt: skip
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                messages.success(request, _("已提请查处；立案不代表成立。"))
                return redirect("incidents:hints")
    context = {
        "form": form,
        "hint": hint,
        "kind": ref.kind,
        "regulation": packs.typed(ref.version_id).header.title,
    }
    status = 422 if form.is_bound else 200
    return render(request, "incidents/concealed.html", context, status=status)


def _about(hint: Hint, ref: KindRef, step: str, account: str) -> dict[str, str]:
    """Return what is known of the offence already: the unit, and from which case it shows."""
    words = cases.words_of(hint.case)
    told = _("%(number)s（%(kind)s）提到事件，截至本日没有上报。") % {
        "number": hint.case.number, "kind": words.kind,
    }  # fmt: skip
    units = {
        name: str(hint.case.unit_id)
        for name in ref.kind.steps[step].asks
        if ref.kind.facts[name].type == "unit"
    }
    return {account: told, "unit_": str(hint.case.unit_id), **units}


def _show(request: HttpRequest, sent: int | None = None, **forms: Form) -> HttpResponse:
    user, now = request.user, clock.now()
    word, unit = request.GET.get("word", ""), request.GET.get("unit", "")
    chosen = word if word in HintWord.values else HintWord.OPEN
    unit_id = int(unit) if unit.isdecimal() and len(unit) < _FIGURES else None
    pages = FewCounted(queries.hints(user, chosen, unit_id), _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    may_judge = accounts.may(user, services.JUDGE)
    context = {
        "page_obj": page,
        "lines": [
            {
                "hint": row,
                "words": cases.words_of(row.case),
                "days": (now - row.seen_at).days,
                "is_sent": row.pk == sent,
                "reported_form": forms.get("reported") if row.pk == sent else None,
                "none_form": forms.get("none") if row.pk == sent else None,
            }
            for row in page
        ],
        "blank_reported": ReportedForm(auto_id="id_%s"),
        "blank_none": NoIncidentForm(),
        "compared": queries.compared(user, unit_id),
        "words": HintWord.choices,
        "word": chosen,
        "unit": unit_id,
        "units": organizations.unit_refs(user, "cases.view"),
        "may_judge": may_judge,
        "may_act": accounts.may(user, "cases.act"),
        "may_raise": may_judge and bool(queries.kinds("concealment")),
    }
    status = 422 if forms else 200
    return render(request, "incidents/hints.html", context, status=status)
