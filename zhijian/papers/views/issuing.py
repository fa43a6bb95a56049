"""Issuing a paper by hand, with a look at it before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.cases import queries as cases
from zhijian.domain.casework.kind import Form
from zhijian.foundation import clock
from zhijian.foundation.attachments import paper as shown
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.papers import queries, services
from zhijian.papers.forms import IssueForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires("papers.issue")
def issue(request: HttpRequest, case_id: int, form: str) -> HttpResponse:
    """Show what a paper would be, and issue it."""
    case, found = _form_or_404(request.user, case_id, form)
    former = queries.last_of(case_id, form)
    sent = IssueForm(request.POST if request.method == "POST" else None, is_anew=former is not None)
    if sent.is_valid():
        with refusal_in(sent):
            paper = services.issue(
                actor=request.user,
                case_id=case_id,
                form=form,
                reason=sent.cleaned_data.get("reason", ""),
                at=clock.now(),
            )
            messages.success(request, _("已签发 %(number)s。") % {"number": paper.number})
            return redirect("papers:paper", paper_id=paper.pk)
    context = {
        "case": case,
        "form_id": form,
        "title": found.title.to(language()),
        "former": former,
        "form": sent,
    }
    return render(request, "papers/issue.html", context, status=422 if sent.is_bound else 200)


@require_safe
@requires("papers.issue")
def preview(request: HttpRequest, case_id: int, form: str) -> HttpResponse:
    """Show the paper as it would be now."""
    case, found = _form_or_404(request.user, case_id, form)
    with refusal_above(request):
        content = services.preview(actor=request.user, case=case, form=found, at=clock.now())
        return shown(content, f"{found.title.zh}.pdf")
    return redirect("papers:issue", case_id=case_id, form=form)


def _form_or_404(user: Any, case_id: int, name: str) -> tuple[Any, Form]:
    case = cases.case_for(user, case_id)
    if case is None or not accounts.may(user, "papers.issue", case.unit_id):
        raise Http404
    form = cases.kind_of(case).forms.get(name)
    if form is None or form.paper is None:
        raise Http404
    return case, form
