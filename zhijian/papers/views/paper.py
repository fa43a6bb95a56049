"""The page of one paper, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.foundation import clock
from zhijian.foundation.attachments import paper as shown
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.papers import queries, services
from zhijian.papers.forms import ExtendForm, ReceiptForm, WithdrawForm
from zhijian.papers.models import OPEN, Paper, PaperReceiver
from zhijian.papers.views.lists import is_late


@require_safe
@requires("papers.view")
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Show a paper: where it stands, to whom it went, what happened, what replaced it."""
    return _show(request, paper_or_404(request.user, paper_id))


@require_safe
@requires("papers.view")
def pdf(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Show the very bytes that were archived."""
    found = paper_or_404(request.user, paper_id)
    with refusal_above(request):
        content = services.opened(actor=request.user, paper=found)
        return shown(content, f"{found.number}{found.title}.pdf")
    return redirect("papers:paper", paper_id=paper_id)


@require_POST
@requires("papers.view")
def receive(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Receive a paper."""
    paper_or_404(request.user, paper_id)
    with refusal_above(request):
        services.receive(actor=request.user, paper_id=paper_id, at=clock.now())
        messages.success(request, _("已签收。"))
    return redirect("papers:paper", paper_id=paper_id)


@require_POST
@requires("papers.manage")
def note_receipt(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Note that somebody received a paper by hand."""
    found = paper_or_404(request.user, paper_id)
    form = ReceiptForm(request.POST, people=_waiting(queries.receivers_of(found)))

    def act() -> None:
        person_id = int(form.cleaned_data["person"])
        services.note_receipt(
            actor=request.user, paper_id=paper_id, person_id=person_id, at=clock.now()
        )

    return _done(request, found, ("receipt", form), act, _("已登记签收。"))


@require_POST
@requires("papers.manage")
def extend(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Give more time to answer."""
    found, form = paper_or_404(request.user, paper_id), ExtendForm(request.POST)

    def act() -> None:
        services.extend(actor=request.user, paper_id=paper_id, at=clock.now(), **form.cleaned_data)

    return _done(request, found, ("extend", form), act, _("已延期，并通知接收人。"))


@require_POST
@requires("papers.manage")
def withdraw(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Take a paper back."""
    found, form = paper_or_404(request.user, paper_id), WithdrawForm(request.POST)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        services.withdraw(actor=request.user, paper_id=paper_id, reason=reason, at=clock.now())

    return _done(request, found, ("withdraw", form), act, _("已撤回，查验时会显示。"))


def paper_or_404(user: Any, paper_id: int) -> Paper:
    """Return a paper that a person may see."""
    found = queries.paper_for(user, paper_id)
    if found is None:
        raise Http404
    return found


def _done(
    request: HttpRequest,
    found: Paper,
    named: tuple[str, Form],
    act: Callable[[], None],
    said: str,
) -> HttpResponse:
    name, form = named
    if form.is_valid():
        with refusal_in(form):
            act()
            messages.success(request, said)
            return redirect("papers:paper", paper_id=found.pk)
    return _show(request, found, **{name: form})


def _waiting(receivers: list[PaperReceiver]) -> list[tuple[str, str]]:
    return [
        (str(each.person_id), each.person.display_name)
        for each in receivers
        if each.received_at is None
    ]


def _show(request: HttpRequest, found: Paper, **bound: Any) -> HttpResponse:
    user, receivers = request.user, queries.receivers_of(found)
    waiting = _waiting(receivers) if found.is_in_force else []
    manages = accounts.may(user, "papers.manage", found.case.unit_id) and found.is_in_force
    can_extend = found.state in OPEN and found.reply_by is not None and not found.limit_moves
    context = {
        "paper": found,
        "is_late": is_late(found, clock.now()),
        "receivers": receivers,
        "may_receive": found.is_in_force and str(user.pk) in {each for each, _name in waiting},
        "may_open": queries.may_open(user, found),
        "sees_case": found.case_id in queries.cases_seen_among(user, [found.case_id]),
        "events": queries.events_of(found),
        "chain": queries.chain_of(found),
        "manages": manages,
        "receipt_form": (bound.get("receipt") or ReceiptForm(people=waiting)) if waiting else None,
        "extend_form": (bound.get("extend") or ExtendForm()) if can_extend else None,
        "withdraw_form": bound.get("withdraw") or WithdrawForm(),
    }
    return render(request, "papers/paper.html", context, status=422 if bound else 200)
