"""Pages of rewards and penalties of persons: proposed, decided, contested, kept on file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires, requires_sign_in
from zhijian.cases import queries as cases
from zhijian.foundation.lists import as_file
from zhijian.foundation.refused import refusal_in
from zhijian.organizations import queries as organizations
from zhijian.outcomes import queries, services
from zhijian.outcomes.forms import ReasonForm
from zhijian.outcomes.models import PersonalDecision, PersonalState
from zhijian.outcomes.personal_forms import ProposalForm, VerdictForm
from zhijian.outcomes.personal_list import personal_list
from zhijian.outcomes.refusals import PersonalRefused
from zhijian.packs.printing.personal import KINDS

_PER_PAGE = 50


def _sought(request: HttpRequest) -> queries.SoughtPersonal:
    asked = request.GET
    state, kind, unit = asked.get("state", ""), asked.get("kind", ""), asked.get("unit", "")
    return queries.SoughtPersonal(
        state=state if state in PersonalState.values else "",
        kind=kind if kind in KINDS else "",
        unit=int(unit) if unit.isdecimal() and len(unit) < 10 else None,
        text=asked.get("q", "").strip()[:60],
    )


@require_safe
@requires_sign_in
def decisions(request: HttpRequest) -> HttpResponse:
    """List the decisions that match: about oneself, or about those one looks after."""
    sought, user = _sought(request), request.user
    rows = queries.personal_seen(user, sought)
    may_propose = accounts.may(user, queries.PROPOSE)
    context = {
        "page_obj": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "sought": sought,
        "states": PersonalState.choices,
        "kinds": [(kind, words.to(request.LANGUAGE_CODE[:2])) for kind, words in KINDS.items()],
        "units": organizations.unit_refs(user, queries.VIEW),
        "may_view": accounts.may(user, queries.VIEW),
        "plans": queries.plans() if may_propose else [],
        "faults": queries.faults_undecided(user)[:20] if may_propose else [],
    }
    return render(request, "outcomes/personal.html", context)


@require_safe
@requires("outcomes.view_personal")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send exactly the rows that the page shows, all pages of them."""
    rows = queries.personal_seen(request.user, _sought(request))
    return as_file(personal_list(rows), "personal", form)


@require_safe
@requires("outcomes.view_personal")
def people(request: HttpRequest) -> HttpResponse:
    """List the people with something on file."""
    rows = queries.people_on_record(request.user)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "outcomes/people.html", {"page_obj": page})


@require_safe
@requires_sign_in
def quality_file(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show the quality file of a person, as far as the reader may see it."""
    found = queries.quality_file(request.user, person_id)
    if found is None:
        raise Http404
    return render(request, "outcomes/quality_file.html", {"file": found})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("outcomes.propose_personal")
def propose(request: HttpRequest, version_id: int, plan_id: str) -> HttpResponse:
    """Propose a measure for a person; ``?fault=`` names the fault in a case it is for."""
    found = queries.plan_of(version_id, plan_id)
    if found is None:
        raise Http404
    ref = queries.PlanRef(*found)
    fault = _fault_of(request)
    told = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProposalForm(ref, *_offered(request, ref), *told, initial=_known(fault))
    if told and form.is_valid():
        with refusal_in(form):
            row = _proposed(request, form, fault)
            if row is not None:
                messages.success(request, _("已提出，等待他人决定。"))
                return redirect("outcomes:personal_decision", decision_id=row.pk)
    context = {"form": form, "ref": ref, "fault": fault}
    return render(request, "outcomes/propose.html", context, status=422 if told else 200)


def _proposed(request: HttpRequest, form: ProposalForm, fault: Any) -> PersonalDecision | None:
    try:
        new = form.proposal(fault.pk if fault else None)
        return services.propose(actor=request.user, new=new)
    except PersonalRefused as refusal:
        form.refuse(refusal.problems)
        return None


def _fault_of(request: HttpRequest) -> Any:
    asked = request.GET.get("fault", "")
    if not asked:
        return None
    found = (
        cases.fault_for(request.user, int(asked)) if asked.isdecimal() and len(asked) < 12 else 0
    )
    if not found:
        raise Http404
    return found


def _known(fault: Any) -> dict[str, Any]:
    if fault is None:
        return {}
    return {"person": fault.person_id, "unit": fault.case.unit_id, "amount": fault.fine or None}


def _offered(request: HttpRequest, ref: queries.PlanRef) -> tuple[Any, Any, Any]:
    everybody = accounts.people().filter(is_active=True).exclude(pk=request.user.pk)
    units = organizations.unit_refs(request.user, queries.PROPOSE)
    others = queries.offenders(request.user, ref.version.pack_id)
    return (
        [(each.pk, f"{each.display_name} ({each.username})") for each in everybody],
        [(each.id, each.name) for each in units],
        [
            (each.pk, f"{each.code} {each.person.display_name} {each.measure_label}")
            for each in others
        ]
        if any(ground.offender != "none" for ground in ref.plan.grounds.values())
        else [],
    )


@require_safe
@requires_sign_in
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Show one decision: what for, what, by whom, and what may be done next."""
    return _show(request, _decision_or_404(request.user, decision_id))


@require_POST
@requires("outcomes.decide_personal")
def decide(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Agree to a proposal, or refuse it."""
    found = _decision_or_404(request.user, decision_id)
    form = _deciding(request.POST)
    if form.is_valid():
        with refusal_in(form):
            services.decide(actor=request.user, decision_id=decision_id, **form.cleaned_data)
            messages.success(request, _("已作出决定。"))
            return redirect("outcomes:personal_decision", decision_id=decision_id)
    return _show(request, found, verdict=form)


@require_POST
@requires("outcomes.decide_personal")
def answer(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Answer an objection."""
    found = _decision_or_404(request.user, decision_id)
    form = _answering(request.POST)
    if form.is_valid():
        with refusal_in(form):
            told = form.cleaned_data
            services.answer(
                actor=request.user,
                decision_id=decision_id,
                upheld=told["agreed"],
                text=told["text"],
            )
            messages.success(request, _("已答复异议。"))
            return redirect("outcomes:personal_decision", decision_id=decision_id)
    return _show(request, found, verdict=form)


@require_POST
@requires_sign_in
def object_to(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Object to a decision about oneself."""
    return _reasoned(request, decision_id, services.object_to, _("已提出异议，等待答复。"))


@require_POST
@requires("outcomes.propose_personal")
def withdraw(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take one's own proposal back."""
    return _reasoned(request, decision_id, services.withdraw, _("已撤回。"))


def _reasoned(request: HttpRequest, decision_id: int, service: Any, said: str) -> HttpResponse:
    found = _decision_or_404(request.user, decision_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            service(actor=request.user, decision_id=decision_id, text=form.cleaned_data["reason"])
            messages.success(request, said)
            return redirect("outcomes:personal_decision", decision_id=decision_id)
    return _show(request, found, reason=form)


def _deciding(*args: Any) -> VerdictForm:
    return VerdictForm(_("同意，生效"), _("不同意"), *args)


def _answering(*args: Any) -> VerdictForm:
    return VerdictForm(_("异议成立，撤销决定"), _("异议不成立，维持决定"), *args)


def _show(request: HttpRequest, row: PersonalDecision, **forms: Any) -> HttpResponse:
    user = request.user
    is_other = user.pk not in (row.person_id, row.proposed_by_id)
    may_decide = is_other and accounts.may(user, queries.DECIDE, row.unit_id)
    steps = list(row.steps.select_related("by"))
    context = {
        "row": row,
        "steps": steps,
        "evidence": queries.evidence_of_personal(row),
        "may_see_case": row.fault and cases.case_for(user, row.fault.case_id) is not None,
        "may_decide": may_decide and row.state == PersonalState.PROPOSED,
        "may_answer": may_decide
        and row.state == PersonalState.OBJECTED
        and not any(step.kind == "agreed" and step.by_id == user.pk for step in steps),
        "may_object": row.person_id == user.pk
        and row.state == PersonalState.IN_FORCE
        and not any(step.kind == "objected" for step in steps),
        "may_withdraw": row.proposed_by_id == user.pk and row.state == PersonalState.PROPOSED,
        "verdict_form": forms.get("verdict")
        or (_answering() if row.state == PersonalState.OBJECTED else _deciding()),
        "reason_form": forms.get("reason") or ReasonForm(),
        "bound": next(iter(forms.values()), None),
    }
    return render(request, "outcomes/decision.html", context, status=422 if forms else 200)


def _decision_or_404(user: Any, decision_id: int) -> PersonalDecision:
    found = queries.personal_for(user, decision_id)
    if found is None:
        raise Http404
    return found
