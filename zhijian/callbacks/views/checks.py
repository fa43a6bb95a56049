"""One record compared with the facts: in order, or a finding that becomes a case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhijian.accounts.access import requires
from zhijian.callbacks import queries, services
from zhijian.callbacks.forms import CheckForm
from zhijian.callbacks.linked import linked
from zhijian.callbacks.models import Check, CheckResult
from zhijian.callbacks.showing import answers_of
from zhijian.cases import offering
from zhijian.cases import queries as cases
from zhijian.cases.refusals import StepRefused
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_in


@require_http_methods(["GET", "POST"])
@requires("cases.act")
def check(request: HttpRequest, check_id: int) -> HttpResponse:
    """Show a record that was drawn, or say what it is worth."""
    row = queries.check_for(request.user, check_id)
    if row is None:
        raise Http404
    form = _form(request, row)
    if request.method == "GET":
        return _show(request, row, form, status=200)
    if form is not None and form.is_valid():
        with refusal_in(form):
            try:
                services.settle_check(
                    actor=request.user, check_id=row.pk, found=form.found, at=clock.now()
                )
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                messages.success(request, _("已记录核对结果。"))
                return redirect("callbacks:draw", draw_id=row.draw_id)
    return _show(request, row, form, status=422)


def _form(request: HttpRequest, row: Check) -> CheckForm | None:
    """Return the form, unless the record was checked or nothing in force takes a finding."""
    told = queries.standing_of(row.call_back)
    checked = told.rule.checked
    if row.result or checked is None:
        return None
    finding = checked.finding
    wanted = f"{finding.pack or told.standing.pack.id}:{finding.case}"
    ref = next((each for each in cases.kinds_in_force() if each.id == wanted), None)
    if ref is None or finding.step not in ref.kind.steps:
        return None
    data = request.POST if request.method == "POST" else None
    files = request.FILES if request.method == "POST" else None
    offered = offering.offered(request.user)
    return CheckForm(ref, finding, offered, data=data, files=files)


def _show(request: HttpRequest, row: Check, form: Any, *, status: int) -> HttpResponse:
    told = queries.standing_of(row.call_back)
    context = {
        "row": row,
        "call": row.call_back,
        "rule": told.rule,
        "result": CheckResult(row.result).label,
        "answers": answers_of(row.call_back, told, reveals=False),
        "linked": linked(request.user, row.call_back),
        "form": form,
    }
    return render(request, "callbacks/check.html", context, status=status)
