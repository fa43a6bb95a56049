"""Triage: proposals of corrective action are accepted, merged or declined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.cases import offering
from zhijian.cases import queries as cases
from zhijian.cases.refusals import StepRefused
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.forms import AcceptForm, DeclineForm, MergeForm
from zhijian.nonconformities.models import Origin, Proposal, ProposalState
from zhijian.nonconformities.queries import Acting
from zhijian.nonconformities.services import NewProposal

_PER_PAGE = 30
_PERMISSION = "nonconformities.triage"


@require_safe
@requires("cases.view")
def proposals(request: HttpRequest) -> HttpResponse:
    """List the proposals in a state, those that wait first."""
    asked = request.GET.get("state", ProposalState.WAITING)
    state = asked if asked in ProposalState.values else ""
    counts = queries.by_state(request.user)
    page = Paginator(queries.proposals(request.user, state), _PER_PAGE)
    context = {
        "page_obj": page.get_page(request.GET.get("page")),
        "state": state,
        "states": [(each.value, each.label, counts[each.value]) for each in ProposalState],
    }
    return render(request, "nonconformities/proposals.html", context)


@require_safe
@requires("cases.view")
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Show a proposal with the cases it rests on, and what may be decided."""
    return _show(request, _proposal_or_404(request.user, proposal_id))


@require_http_methods(["GET", "POST"])
@requires(_PERMISSION)
def accept(
    request: HttpRequest, proposal_id: int, pack_id: str, kind: str, step: str
) -> HttpResponse:
    """Show the form of the action that is proposed, or open it."""
    row = _proposal_or_404(request.user, proposal_id)
    acting = _acting_or_404(request.user, pack_id, kind, step)
    offered, told = offering.offered(request.user), acting.kind.steps[step]
    known = _known(row, acting, step)
    if request.method == "GET":
        form = AcceptForm(acting.kind, told, offered, known)
        return _show_form(request, row, acting, form)
    form = AcceptForm(acting.kind, told, offered, known, data=request.POST, files=request.FILES)
    if form.is_valid():
        with refusal_in(form):
            try:
                done = services.accept(
                    actor=request.user, proposal_id=row.pk, opening=form.opening(pack_id),
                    at=clock.now(),
                )  # fmt: skip
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                messages.success(request, _("已立案：%(number)s") % {"number": done.action.number})
                return redirect("nonconformities:proposal", proposal_id=row.pk)
    return _show_form(request, row, acting, form, status=422)


@require_POST
@requires(_PERMISSION)
def merge(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Let an action under way answer for the proposal."""
    row, form = _proposal_or_404(request.user, proposal_id), MergeForm(request.POST)

    def act() -> None:
        services.merge(
            actor=request.user, proposal_id=row.pk, number=form.cleaned_data["number"],
            at=clock.now(),
        )  # fmt: skip

    return _done(request, row, ("merge", form), act, _("已并入。"))


@require_POST
@requires(_PERMISSION)
def decline(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Decline the proposal with a reason."""
    row, form = _proposal_or_404(request.user, proposal_id), DeclineForm(request.POST)

    def act() -> None:
        services.decline(
            actor=request.user, proposal_id=row.pk, reason=form.cleaned_data["reason"],
            at=clock.now(),
        )  # fmt: skip

    return _done(request, row, ("decline", form), act, _("已记为不采纳。"))


@require_POST
@requires("cases.act")
def propose(request: HttpRequest, case_id: int) -> HttpResponse:
    """Propose corrective action for a case and those that are like it."""
    case = cases.case_for(request.user, case_id)
    entry = queries.entry_of(case_id) if case else None
    if case is None or entry is None:
        raise Http404
    same = [each.pk for each in queries.alike(request.user, queries.of_entry(entry), case_id)]
    with refusal_above(request):
        row = services.make_proposal(
            actor=request.user,
            proposal=NewProposal(
                Origin.HAND, case.title, case.unit_id, [case_id, *same], entry.found_on,
                entry.found_on,
            ),
            at=clock.now(),
        )  # fmt: skip
        return redirect("nonconformities:proposal", proposal_id=row.pk)
    return redirect("cases:case", case_id=case_id)


def _done(
    request: HttpRequest, row: Proposal, named: tuple[str, Form], act: Callable[[], None], said: str
) -> HttpResponse:
    name, form = named
    if form.is_valid():
        with refusal_in(form):
            act()
            messages.success(request, said)
            return redirect("nonconformities:proposal", proposal_id=row.pk)
    row.refresh_from_db()
    return _show(request, row, status=422, **{name: form})


def _show(request: HttpRequest, row: Proposal, status: int = 200, **forms: Form) -> HttpResponse:
    is_waiting = row.state == ProposalState.WAITING
    may = is_waiting and accounts.may(request.user, _PERMISSION, row.unit_id)
    found = queries.cases_of(request.user, row)
    context = {
        "proposal": row,
        "lines": [(each, cases.words_of(each)) for each in found],
        "hidden": row.cases.count() - len(found),
        "may_decide": may,
        "openings": list(_openings(request.user, row)) if may else (),
        "merge": forms.get("merge") or MergeForm(),
        "decline": forms.get("decline") or DeclineForm(),
    }
    return render(request, "nonconformities/proposal.html", context, status=status)


def _show_form(
    request: HttpRequest, row: Proposal, acting: Acting, form: AcceptForm, status: int = 200
) -> HttpResponse:
    context = {"proposal": row, "form": form, "kind": acting.kind, "step": form.step}
    return render(request, "nonconformities/accept.html", context, status=status)


def _openings(user: Any, row: Proposal) -> list[tuple[Acting, Any, bool]]:
    """Return the ways in which an action may be opened; the one that is proposed comes first."""
    found = [
        (each, step, (each.ref.pack_id, each.kind.id, step.id) == (row.pack_id, row.kind, row.step))
        for each in queries.action_kinds()
        for step in offering.openings(user, each.ref)
    ]
    return sorted(found, key=lambda each: not each[2])


def _known(row: Proposal, acting: Acting, step: str) -> dict[str, str]:
    """Return what is filled in already: the count, the cases, and what the control carries."""
    text = _("%(title)s：%(found)d 件，%(first)s 至 %(last)s。案件：%(numbers)s。") % {
        "title": row.label,
        "found": row.found,
        "first": row.first.isoformat(),
        "last": row.last.isoformat(),
        "numbers": "、".join(cases.numbers(row.case_ids).values()),
    }
    known = {"unit_": str(row.unit_id), "title_": row.label}
    if (acting.ref.pack_id, acting.kind.id, step) == (row.pack_id, row.kind, row.step):
        facts = row.facts
        return {**known, **facts["carries"], facts["count"]: str(row.found), facts["text"]: text}
    asked = acting.kind.steps[step].asks
    first = next((each for each in asked if acting.kind.facts[each].type == "text"), "")
    units = {each: str(row.unit_id) for each in asked if acting.kind.facts[each].type == "unit"}
    return {**known, **units, **({first: text} if first else {})}


def _acting_or_404(user: Any, pack_id: str, kind: str, step: str) -> Acting:
    for each in queries.action_kinds():
        if (each.ref.pack_id, each.kind.id) == (pack_id, kind) and any(
            found.id == step for found in offering.openings(user, each.ref)
        ):
            return each
    raise Http404


def _proposal_or_404(user: Any, proposal_id: int) -> Proposal:
    found = queries.proposal_for(user, proposal_id)
    if found is None:
        raise Http404
    return found
