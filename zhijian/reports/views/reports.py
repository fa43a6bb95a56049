"""Writing, previewing, delivering and withdrawing reports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.foundation.attachments import paper
from zhijian.foundation.language import language, language_asked
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.reports import queries, services
from zhijian.reports.forms import DeliverForm, ReasonForm
from zhijian.reports.models import Report, State
from zhijian.reports.papers.assessment import figures_of
from zhijian.reports.papers.findings import unconfirmed_titles
from zhijian.reports.refusals import ReportRefused
from zhijian.reports.services.reporting import content, in_language, written_parts
from zhijian.reports.views.addresses import figure_url

_PER_PAGE = 30


@require_safe
@requires("reports.view")
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports and what still lacks one."""
    rows = queries.reports_seen(request.user)
    may_write = accounts.may(request.user, "reports.write")
    context = {
        "page_obj": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "to_report": queries.assessments_to_report(request.user) if may_write else [],
        "sees_all": queries.sees_everything(request.user),
    }
    return render(request, "reports/reports.html", context)


@require_POST
@requires("reports.write")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    key = request.POST.get("assessment", "")
    with refusal_above(request):
        report = services.begin(
            actor=request.user,
            assessment_id=int(key) if key.isdecimal() else 0,
            outline_id=request.POST.get("outline", ""),
        )
        return redirect("reports:report", report_id=report.pk)
    return redirect("reports:list")


@require_safe
@requires("reports.view")
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show a report: the draft to write in, or what was delivered."""
    return _show(request, report_or_404(request.user, report_id))


@require_POST
@requires("reports.write")
def texts(request: HttpRequest, report_id: int) -> HttpResponse:
    """Keep what was written; the page itself sends it while somebody types."""
    found = report_or_404(request.user, report_id)
    told = {
        name.removeprefix("part-"): value[:20000]
        for name, value in request.POST.items()
        if name.startswith("part-")
    }
    try:
        found = services.save_texts(actor=request.user, report_id=report_id, texts=told)
    except ReportRefused as refusal:
        if not request.htmx:  # type: ignore[attr-defined]
            messages.error(request, refusal.words(language()))
            return redirect("reports:report", report_id=report_id)
        return render(request, "reports/_saved.html", {"refusal": refusal.words(language())})
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/_saved.html", {"report": found})
    messages.success(request, _("已保存。"))
    return redirect("reports:report", report_id=found.pk)


@require_safe
@requires("reports.view")
def preview(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show the paper: a draft as it would be now, a delivered one as it was archived."""
    found = report_or_404(request.user, report_id)
    asked = language_asked(request)
    if found.state != State.DRAFT and asked == "zh":
        return redirect("foundation:file", found.pdf_id)
    name = f"{found.title}-{found.pk}.pdf"
    if found.state != State.DRAFT:
        return paper(services.translation(found, asked), name)
    return paper(services.preview(found, figure_url(request), asked), name)


@require_POST
@requires("reports.deliver")
def deliver(request: HttpRequest, report_id: int) -> HttpResponse:
    """Deliver a report."""
    found = report_or_404(request.user, report_id)
    form = DeliverForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            services.deliver(
                actor=request.user,
                report_id=report_id,
                recipients=form.cleaned_data["recipients"],
                figure_url=figure_url(request),
            )
            messages.success(request, _("报告已交付并归档。"))
            return redirect("reports:report", report_id=report_id)
    return _show(request, found, deliver=form)


@require_POST
@requires("reports.deliver")
def withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    """Withdraw a report."""
    found = report_or_404(request.user, report_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            services.withdraw(
                actor=request.user, report_id=report_id, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("报告已撤回，查验时会显示撤回和理由。"))
            return redirect("reports:report", report_id=report_id)
    return _show(request, found, withdraw=form)


@require_POST
@requires("reports.write")
def reissue(request: HttpRequest, report_id: int) -> HttpResponse:
    """Begin the report that takes the place of a withdrawn one."""
    report_or_404(request.user, report_id)
    with refusal_above(request):
        fresh = services.reissue(actor=request.user, report_id=report_id)
        return redirect("reports:report", report_id=fresh.pk)
    return redirect("reports:report", report_id=report_id)


def report_or_404(user: Any, report_id: int) -> Report:
    """Return a report a person may see."""
    found = queries.report_for(user, report_id)
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, found: Report, **forms: Any) -> HttpResponse:
    is_draft = found.state == State.DRAFT
    may_write = accounts.may(request.user, "reports.write")
    data = in_language(found, content(found, figure_url(request)), language())
    context = {
        "report": found,
        "is_draft": is_draft,
        "is_delivered": found.state == State.DELIVERED,
        "is_withdrawn": found.state == State.WITHDRAWN,
        "may_write": may_write,
        "may_deliver": accounts.may(request.user, "reports.deliver"),
        "parts": [(each, found.texts.get(each["id"], "")) for each in written_parts(found)],
        "figures": figures_of({**data, "workings": False}),
        "unconfirmed": unconfirmed_titles(data),
        "chain": queries.chain_of(found),
        "deliver_form": forms.get("deliver") or DeliverForm(),
        "withdraw_form": forms.get("withdraw") or ReasonForm(),
        "bound": next((form for form in forms.values() if form.is_bound), None),
    }
    return render(request, "reports/report.html", context, status=422 if forms else 200)
