"""Pages of the work in the background."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhijian.foundation.guards import requires_sign_in
from zhijian.foundation.jobs import queries, services
from zhijian.foundation.jobs.queries import JobView
from zhijian.foundation.refused import refusal_above

_PER_PAGE = 30


@require_safe
@requires_sign_in
def job_list(request: HttpRequest) -> HttpResponse:
    """Show one's own jobs; administrators and auditors see all."""
    page = Paginator(queries.jobs_for(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    context = {"jobs": queries.views(page.object_list), "page_obj": page}
    return render(request, "foundation/jobs.html", context)


@require_safe
@requires_sign_in
def job_detail(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Show one job with its progress."""
    job = _job(request, job_id)
    context = {"job": job, "is_own": queries.is_own(request.user, job.id)}
    return render(request, "foundation/job.html", context)


@require_safe
@requires_sign_in
def job_progress(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Show how far a job is, as a part of any page."""
    return render(request, "foundation/_progress.html", {"job": _job(request, job_id)})


@require_POST
@requires_sign_in
def job_cancel(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Call one's own job off."""
    return _change(request, job_id, services.cancel, _("任务将停止；已经完成的部分不受影响。"))


@require_POST
@requires_sign_in
def job_retry(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Let one's own job that failed or was stopped run again."""
    return _change(request, job_id, services.retry, _("任务已重新排队。"))


def _change(
    request: HttpRequest, job_id: uuid.UUID, change: Callable[..., None], words: str
) -> HttpResponse:
    job = _job(request, job_id)
    if not queries.is_own(request.user, job.id):
        raise PermissionDenied
    with refusal_above(request):
        change(actor=request.user, job_id=job.id)
        messages.success(request, words)
    return redirect("foundation:job", job_id=job.id)


def _job(request: HttpRequest, job_id: uuid.UUID) -> JobView:
    found = queries.job_for(request.user, job_id)
    if found is None:
        raise Http404
    return found
