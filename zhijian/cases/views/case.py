"""The page of one case, and what people do on it."""

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
from zhijian.cases import bearing, offering, queries, services
from zhijian.cases.beside import beside
from zhijian.cases.forms import (
    CommentForm,
    EvidenceForm,
    HandOverForm,
    LinkForm,
    MergeForm,
    RevealForm,
)
from zhijian.cases.models import Case
from zhijian.cases.refusals import CaseRefused, StepRefused
from zhijian.cases.services import Merging, Seen
from zhijian.cases.showing.page import CaseView, view_of
from zhijian.cases.step_forms import Offered, StepForm
from zhijian.domain.casework.step import CaseStep
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_in

_MERGED = "merged"
_FIGURES = 9


@require_safe
@requires("cases.view")
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show one case: where it stands, what is open, what happened, and what rests on it."""
    return _show(request, _case_or_404(request.user, case_id))


@require_POST
@requires("cases.act")
def step(request: HttpRequest, case_id: int, step: str) -> HttpResponse:
    """Take a step, or show everything that stands against it at its place."""
    found = _case_or_404(request.user, case_id)
    kind = view_of(found, request.user, clock.now()).kind
    if step not in kind.steps or kind.steps[step].is_opening:
        raise Http404
    offered = offering.offered(request.user)
    form = StepForm(kind, kind.steps[step], offered, data=request.POST, files=request.FILES)
    merge = MergeForm(request.POST) if kind.ends(kind.steps[step].target) == _MERGED else None
    if form.is_valid() and (merge is None or merge.is_valid()):
        with refusal_in(form):
            try:
                _take(request, found, form, merge)
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                title = kind.steps[step].title.to(language())
                messages.success(request, _("已办理：%(step)s") % {"step": title})
                return redirect("cases:case", case_id=case_id)
    return _show(request, found, step=form, merge=merge)


def _take(request: HttpRequest, found: Case, form: StepForm, merge: MergeForm | None) -> None:
    seen, at = Seen(found.pk, _seq(request)), clock.now()
    if merge is None:
        services.advance_case(actor=request.user, seen=seen, taking=form.taking, at=at)
        return
    into = _numbered(request.user, merge.cleaned_data["number"])
    merging = Merging(seen, into.pk)
    services.merge(actor=request.user, merging=merging, taking=form.taking, at=at)


@require_POST
@requires("cases.act")
def hand_over(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give a case to somebody else."""
    found = _case_or_404(request.user, case_id)
    form = HandOverForm(offering.people(), data=request.POST)

    def act() -> None:
        services.hand_over(
            actor=request.user,
            seen=Seen(case_id, _seq(request)),
            to_id=form.cleaned_data["to"],
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )

    return _done(request, found, ("hand_over", form), act, _("已移交。"))


@require_POST
@requires("cases.act")
def comment(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say something about a case."""
    found, form = _case_or_404(request.user, case_id), CommentForm(request.POST)

    def act() -> None:
        text = form.cleaned_data["text"]
        services.comment(actor=request.user, case_id=case_id, text=text, at=clock.now())

    return _done(request, found, ("comment", form), act, _("已留言。"))


@require_POST
@requires("cases.act")
def attach(request: HttpRequest, case_id: int) -> HttpResponse:
    """Add evidence."""
    found = _case_or_404(request.user, case_id)
    form = EvidenceForm(request.POST, request.FILES)

    def act() -> None:
        told = form.cleaned_data
        services.attach(actor=request.user, case_id=case_id, at=clock.now(), **told)

    return _done(request, found, ("evidence", form), act, _("已添加证据。"))


@require_POST
@requires("cases.act")
def link(request: HttpRequest, case_id: int) -> HttpResponse:
    """Link two cases."""
    found, form = _case_or_404(request.user, case_id), LinkForm(request.POST)

    def act() -> None:
        other = _numbered(request.user, form.cleaned_data["number"])
        services.link(actor=request.user, case_id=case_id, other_id=other.pk, at=clock.now())

    return _done(request, found, ("link", form), act, _("已关联。"))


@require_POST
@requires("cases.reveal")
def reveal(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a case with its personal data; it is noted who looked, and for what."""
    found, form = _case_or_404(request.user, case_id), RevealForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            purpose = form.cleaned_data["purpose"]
            services.reveal(actor=request.user, case_id=case_id, purpose=purpose)
            return _show(request, found, reveals=True)
    return _show(request, found, reveal=form)


Act = Callable[[], None]


def _done(
    request: HttpRequest, found: Case, named: tuple[str, Form], act: Act, said: str
) -> HttpResponse:
    """Do something that a small form asks for, or show the page with what is wrong."""
    name, form = named
    if form.is_valid():
        with refusal_in(form):
            act()
            messages.success(request, said)
            return redirect("cases:case", case_id=found.pk)
    return _show(request, found, **{name: form})


def _show(
    request: HttpRequest, found: Case, *, reveals: bool = False, **bound: Any
) -> HttpResponse:
    user = request.user
    view = view_of(found, user, clock.now(), reveals=reveals)
    may_act = accounts.may(user, "cases.act")
    offered = offering.offered(user) if may_act else Offered(tuple, tuple)
    may_hand_over = not found.ends and (
        accounts.may(user, "cases.hand_over", found.unit_id) or found.owner_id == user.pk
    )
    context = {
        "view": view,
        "case": found,
        "is_late": not found.ends and found.due_at is not None and found.due_at < clock.now(),
        "steps": _steps(view, offered, bound),
        "lost": _lost(view, bound.get("step")),
        "evidence": queries.evidence_of(found),
        "comments": queries.comments_of(found),
        "links": queries.links_of(found, user),
        "bearings": bearing.bearings_of(user, found.pk),
        "beside": beside(user, found, view.standing),
        "faults": found.faults.select_related("person").order_by("since", "pk"),
        "notices": found.notices.order_by("at", "pk"),
        "may_act": may_act,
        "reveals": reveals,
        "may_reveal": view.has_hidden and accounts.may(user, "cases.reveal", found.unit_id),
        "comment_form": bound.get("comment") or CommentForm(),
        "evidence_form": bound.get("evidence") or EvidenceForm(),
        "link_form": bound.get("link") or LinkForm(),
        "reveal_form": bound.get("reveal") or RevealForm(),
        "hand_over_form": (bound.get("hand_over") or HandOverForm(offered.people()))
        if may_hand_over
        else None,
    }
    return render(request, "cases/case.html", context, status=422 if bound else 200)


def _steps(view: CaseView, offered: Offered, bound: dict[str, Any]) -> list[dict[str, object]]:
    """The steps that are open, each with its form; the one that was sent keeps what was typed."""
    sent: StepForm | None = bound.get("step")
    return [
        {
            "step": each,
            "form": sent
            if sent and sent.step.id == each.id
            else StepForm(view.kind, each, offered),
            "merge": _merge_form(view, each, bound),
            "is_sent": bool(sent and sent.step.id == each.id),
            "draft": f"cases.step:{view.case.pk}:{each.id}",
        }
        for each in view.open
    ]


def _lost(view: CaseView, sent: StepForm | None) -> StepForm | None:
    """The form that was sent for a step that is no longer open: what was typed is still shown."""
    return sent if sent and sent.step.id not in {each.id for each in view.open} else None


def _merge_form(view: CaseView, each: CaseStep, bound: dict[str, Any]) -> MergeForm | None:
    if view.kind.ends(each.target) != _MERGED:
        return None
    return bound.get("merge") or MergeForm()


def _seq(request: HttpRequest) -> int:
    """How much had happened when the form was shown; what cannot be is never the present."""
    told = request.POST.get("seq", "")
    return int(told) if told.isdecimal() and len(told) <= _FIGURES else 0


def _numbered(user: Any, number: str) -> Case:
    found = queries.seen_by(user).filter(number=number.upper()).first()
    if found is None:
        raise CaseRefused("cases.not_there")
    return found


def _case_or_404(user: Any, case_id: int) -> Case:
    found = queries.case_for(user, case_id)
    if found is None:
        raise Http404
    return found
