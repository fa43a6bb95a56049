"""One call-back: the script, the questions, the attempts, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.callbacks import queries, services
from zhijian.callbacks.forms import AttemptForm, ReasonForm
from zhijian.callbacks.linked import linked
from zhijian.callbacks.models import CallBack, CallState
from zhijian.callbacks.queries import CallStanding
from zhijian.callbacks.showing import LOOKS, against, answers_of, progress_of
from zhijian.cases import offering
from zhijian.cases import queries as cases
from zhijian.cases import services as case_services
from zhijian.cases.refusals import StepRefused
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_above, refusal_in


@require_safe
@requires("cases.view")
def call_back(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Show a call-back to whoever may see its case."""
    return _show(request, _found(request.user, call_back_id))


@sensitive_post_parameters()
@require_POST
@requires("cases.act")
def attempt(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Record an attempt, or show everything that stands against it at its place."""
    row = _found(request.user, call_back_id)
    told = queries.standing_of(row)
    form = _form(request, told, data=request.POST)
    if form.is_valid():
        with refusal_in(form):
            try:
                saved = services.attempt(
                    actor=request.user, call_back_id=row.pk, made=form.made, at=clock.now()
                )
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                state = {"number": saved.number, "state": saved.get_state_display()}
                messages.success(request, _("已记录：%(number)s，%(state)s。") % state)
                if saved.state == CallState.PENDING:
                    return redirect("callbacks:call_back", call_back_id=row.pk)
                return redirect("callbacks:call_backs")
    return _show(request, row, attempt_form=form)


@require_POST
@requires("cases.act")
def exclude(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Ask not to call somebody."""

    def act(reason: str) -> None:
        services.ask_exclusion(
            actor=request.user, call_back_id=call_back_id, reason=reason, at=clock.now()
        )

    return _reasoned(request, call_back_id, "exclude_form", act, _("已提出，等待另一人同意。"))


@require_POST
@requires("cases.act")
def correct(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Take a wrong result back."""

    def act(reason: str) -> None:
        services.correct(
            actor=request.user, call_back_id=call_back_id, reason=reason, at=clock.now()
        )

    return _reasoned(request, call_back_id, "correct_form", act, _("已更正，请重新回访。"))


@require_POST
@requires("cases.act")
def decide(request: HttpRequest, exclusion_id: int) -> HttpResponse:
    """Consent not to call somebody, or do not."""
    if queries.exclusion_for(request.user, exclusion_id) is None:
        raise Http404
    grants = request.POST.get("grants") == "yes"
    with refusal_above(request):
        row = services.decide_exclusion(
            actor=request.user, exclusion_id=exclusion_id, grants=grants, at=clock.now()
        )
        messages.success(request, _("已决定。"))
        return redirect("callbacks:call_back", call_back_id=row.pk)
    return redirect("callbacks:call_backs")


@require_POST
@requires("cases.act")
def reveal(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Show the number to dial and what was told; who looked and for what is noted."""
    row = _found(request.user, call_back_id)
    with refusal_above(request):
        for case in {row.case_id: row.case, row.root_id: row.root}.values():
            purpose = _("回访 %(number)s") % {"number": row.number}
            case_services.reveal(actor=request.user, case_id=case.pk, purpose=purpose)
        return _show(request, row, reveals=True)
    return redirect("callbacks:call_back", call_back_id=row.pk)


def _reasoned(
    request: HttpRequest, call_back_id: int, name: str, act: Callable[[str], None], said: str
) -> HttpResponse:
    row, form = _found(request.user, call_back_id), ReasonForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            act(form.cleaned_data["reason"])
            messages.success(request, said)
            return redirect("callbacks:call_back", call_back_id=call_back_id)
    return _show(request, row, **{name: form})


def _found(user: Any, call_back_id: int) -> CallBack:
    row = queries.call_back_for(user, call_back_id)
    if row is None:
        raise Http404
    return row


def _form(request: HttpRequest, told: CallStanding, **rest: Any) -> AttemptForm:
    return AttemptForm(told.standing.kind, told.rule, offering.offered(request.user), **rest)


def _show(request: HttpRequest, row: CallBack, *, reveals: bool = False, **forms: Form):  # noqa: ANN202
    told = queries.standing_of(row)
    may_act = accounts.may(request.user, "cases.act")
    is_pending = row.state == CallState.PENDING
    problems = against(request.user, told) if may_act else ()
    may_call = may_act and not problems
    phone = told.course.facts.get(told.rule.phone) if told.rule.phone else None
    context = {
        "row": row,
        "told": told,
        "rule": told.rule,
        "words": cases.words_of(row.case),
        "looks": LOOKS[CallState(row.state)],
        "progress": progress_of(told),
        "answers": answers_of(row, told, reveals=reveals),
        "attempts": row.attempts.select_related("by").order_by("at", "pk"),
        "exclusions": row.exclusions.select_related("asked_by", "decided_by").order_by("pk"),
        "corrections": row.corrections.select_related("by").order_by("pk"),
        "linked": linked(request.user, row, reveals=reveals),
        "phone": phone if reveals else None,
        "has_phone": bool(phone),
        "may_reveal": accounts.may(request.user, "cases.reveal", row.case.unit_id) and not reveals,
        "problems": problems if is_pending else (),
        "may_decide": may_act and is_pending,
        "attempt_form": _form(request, told) if is_pending and may_call else None,
        "exclude_form": ReasonForm() if is_pending and may_call else None,
        "correct_form": ReasonForm() if may_call and _is_correctable(row) else None,
        **forms,
    }
    status = 422 if forms else 200
    return render(request, "callbacks/call_back.html", context, status=status)


def _is_correctable(row: CallBack) -> bool:
    return row.state not in (CallState.PENDING, CallState.EXCLUDED)
