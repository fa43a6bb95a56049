"""The page of one corrective action: causes, plan, measure of success, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
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
from zhijian.cases import services as case_services
from zhijian.cases.refusals import StepRefused
from zhijian.cases.services import Seen
from zhijian.cases.step_forms import StepForm
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.fishbone import drawing_of
from zhijian.nonconformities.forms import CauseForm, LineForm, MeasureForm
from zhijian.nonconformities.models import Method
from zhijian.nonconformities.services import Measure, NewCause, NewLine


@require_safe
@requires("cases.view")
def action(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show an action round by round, with the forms that are open now."""
    return _show(request, _action_or_404(request.user, case_id))


@require_POST
@requires("cases.act")
def cause(request: HttpRequest, case_id: int) -> HttpResponse:
    """Note a cause."""
    found = _action_or_404(request.user, case_id)
    method = Method.FISHBONE if f"{Method.FISHBONE}-method" in request.POST else Method.WHY
    form = CauseForm(method, data=request.POST)

    def act() -> None:
        services.add_cause(
            actor=request.user, case_id=case_id, cause=NewCause(**form.cleaned_data),
            at=clock.now(),
        )  # fmt: skip

    return _done(request, found, (method.value, form), act)


@require_POST
@requires("cases.act")
def line(request: HttpRequest, case_id: int) -> HttpResponse:
    """Add a line to the plan."""
    found = _action_or_404(request.user, case_id)
    form = LineForm(offering.people(), data=request.POST)

    def act() -> None:
        told = form.cleaned_data
        new = NewLine(told["text"], told["post"], told["person"], told["due_on"])
        services.add_line(actor=request.user, case_id=case_id, line=new, at=clock.now())

    return _done(request, found, ("line", form), act)


@require_POST
@requires("cases.act")
def measure(request: HttpRequest, case_id: int) -> HttpResponse:
    """Agree by what the effect is measured."""
    found, form = _action_or_404(request.user, case_id), MeasureForm(data=request.POST)

    def act() -> None:
        services.set_measure(
            actor=request.user, case_id=case_id, measure=Measure(**form.cleaned_data),
            at=clock.now(),
        )  # fmt: skip

    return _done(request, found, ("measure", form), act)


@require_POST
@requires("cases.act")
def drop_cause(request: HttpRequest, case_id: int, cause_id: int) -> HttpResponse:
    """Take a cause out again."""
    _action_or_404(request.user, case_id)
    with refusal_above(request):
        services.drop_cause(actor=request.user, case_id=case_id, cause_id=cause_id)
    return redirect("nonconformities:action", case_id=case_id)


@require_POST
@requires("cases.act")
def drop_line(request: HttpRequest, case_id: int, line_id: int) -> HttpResponse:
    """Take a line out of the plan again."""
    _action_or_404(request.user, case_id)
    with refusal_above(request):
        services.drop_line(actor=request.user, case_id=case_id, line_id=line_id)
    return redirect("nonconformities:action", case_id=case_id)


@require_POST
@requires("cases.act")
def finish_line(request: HttpRequest, case_id: int, line_id: int) -> HttpResponse:
    """Say that a line of the plan is done."""
    _action_or_404(request.user, case_id)
    with refusal_above(request):
        services.finish_line(
            actor=request.user, case_id=case_id, line_id=line_id,
            result=request.POST.get("result", "")[:500], at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("已记为完成。"))
    return redirect("nonconformities:action", case_id=case_id)


@require_http_methods(["GET", "POST"])
@requires("cases.act")
def plan(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the step that plans the action, filled in from causes and lines, or take it."""
    case, standing = _action_or_404(request.user, case_id)
    view = queries.action_of(case, standing, queries.round_of(standing), clock.today())
    if not view.may_plan:
        return redirect("nonconformities:action", case_id=case_id)
    rule, offered = standing.kind.action, offering.offered(request.user)
    step = standing.kind.steps[rule.plan]
    causes, measures = queries.text_of(view)
    told = {rule.measures: measures, **({rule.cause: causes} if rule.cause else {})}
    if request.method == "GET":
        form = StepForm(standing.kind, step, offered, initial=told)
        return _show_plan(request, case, view, form)
    form = StepForm(standing.kind, step, offered, data=request.POST, files=request.FILES)
    seq = request.POST.get("seq", "")
    if form.is_valid():
        with refusal_in(form):
            try:
                seen = Seen(case.pk, int(seq) if seq.isdecimal() and len(seq) < 9 else case.seq)
                case_services.advance_case(
                    actor=request.user, seen=seen, taking=form.taking, at=clock.now()
                )
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                messages.success(request, _("已制定措施。"))
                return redirect("nonconformities:action", case_id=case_id)
    return _show_plan(request, case, view, form, status=422)


def _done(
    request: HttpRequest, found: tuple[Any, Any], named: tuple[str, Form], act: Callable[[], None]
) -> HttpResponse:
    name, form = named
    if form.is_valid():
        with refusal_in(form):
            act()
            return redirect("nonconformities:action", case_id=found[0].pk)
    return _show(request, found, status=422, **{name: form})


def _show(
    request: HttpRequest, found: tuple[Any, Any], status: int = 200, **forms: Form
) -> HttpResponse:
    case, standing = found
    last, today = queries.round_of(standing), clock.today()
    rounds = [queries.action_of(case, standing, each, today) for each in range(last, 0, -1)]
    view = rounds[0]
    may_act = not case.ends and (
        accounts.may(request.user, "cases.act", case.unit_id) or case.owner_id == request.user.pk
    )
    own = {each.pk for each in view.lines if request.user.pk in (each.person_id, case.owner_id)}
    context = {
        "case": case,
        "words": cases.words_of(case),
        "kind": standing.kind,
        "rounds": [(each, drawing_of(each)) for each in rounds],
        "view": view,
        "may_plan": may_act and view.may_plan,
        "own_lines": own if may_act and not view.may_plan else set(),
        "why": forms.get("why") or CauseForm(Method.WHY),
        "fishbone": forms.get("fishbone") or CauseForm(Method.FISHBONE),
        "line": forms.get("line") or LineForm(offering.people()),
        "measure": forms.get("measure") or MeasureForm(),
        "today": today,
    }
    return render(request, "nonconformities/action.html", context, status=status)


def _show_plan(
    request: HttpRequest, case: Any, view: Any, form: StepForm, status: int = 200
) -> HttpResponse:
    context = {"case": case, "view": view, "form": form, "step": form.step}
    return render(request, "nonconformities/plan.html", context, status=status)


def _action_or_404(user: Any, case_id: int) -> tuple[Any, Any]:
    case = cases.case_for(user, case_id)
    standing = cases.known(case).standing if case else None
    if case is None or standing is None or standing.kind.action is None:
        raise Http404
    return case, standing
