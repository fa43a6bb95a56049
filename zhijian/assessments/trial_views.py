"""Pages of trial runs: what would have happened under other rules."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts.access import requires
from zhijian.assessments import trial_queries as queries
from zhijian.assessments.services import trials as services
from zhijian.assessments.services.trials import TrialRefused
from zhijian.assessments.trial_forms import StartForm, TrialForm
from zhijian.assessments.trial_models import TrialRun
from zhijian.assessments.trial_page import Speech, TrialPage, page_of
from zhijian.foundation import clock
from zhijian.foundation.jobs import queries as jobs
from zhijian.foundation.language import language


@require_safe
@requires("trial.run")
def trials(request: HttpRequest) -> HttpResponse:
    """List the trials, and begin a new one."""
    choices = queries.choices(language())
    context = {"runs": queries.runs(), "form": StartForm(choices=choices), "choices": choices}
    return render(request, "assessments/trials.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("trial.run")
def new_trial(request: HttpRequest) -> HttpResponse:
    """Choose periods and other rules, and have them tried."""
    rules = request.GET.get("rules", "")
    version, scheme = queries.chosen(rules)
    if version is None:
        return redirect("assessments:trials")
    assessments = queries.with_results(version.pack_id, scheme)
    form = TrialForm(
        request.POST or None,
        version=version,
        assessments=assessments,
        language=language(),
        initial={
            "title": f"{version.title} {clock.today().isoformat()}",
            "periods": [str(each.pk) for each in assessments[-4:]],
            "target": request.GET.get("target", ""),
        },
    )
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            run = services.request_trial(
                actor=request.user,  # type: ignore[arg-type]  # ``requires`` let nobody else in
                question=form.question(scheme),
                at=clock.now(),
            )
        except TrialRefused as refusal:
            form.add_error(None, refusal.words(language()))
            problems = form.refuse(refusal.problems)
        else:
            return redirect("assessments:trial", run_id=run.pk)
    context = {"form": form, "version": version, "scheme": scheme, "problems": problems}
    status = 422 if form.errors else 200
    return render(request, "assessments/trial_new.html", context, status=status)


@require_safe
@requires("trial.run")
def trial(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show what a trial came to, or how far it is."""
    run = _run(run_id)
    context = {
        "run": run,
        "page": _page(run) if run.result else None,
        "job": jobs.job_for(request.user, run.job_id) if run.job_id and not run.result else None,
        "changes": queries.changed_titles(run, language()),
        "may_delete": run.by_id == request.user.pk,
    }
    return render(request, "assessments/trial.html", context)


@require_POST
@requires("trial.run")
def delete_trial(request: HttpRequest, run_id: int) -> HttpResponse:
    """Throw one's own trial away."""
    services.delete_trial(actor=request.user, run_id=_run(run_id).pk)  # type: ignore[arg-type]
    messages.success(request, _("已删除试算。"))
    return redirect("assessments:trials")


def _page(run: TrialRun) -> TrialPage:
    speech = Speech(language(), queries.english_of(run, language()), queries.better_of(run))
    return page_of(run.result or {}, speech)


def _run(run_id: int) -> TrialRun:
    run = queries.run(run_id)
    if run is None:
        raise Http404
    return run
