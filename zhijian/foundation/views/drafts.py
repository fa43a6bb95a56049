"""The address to which a form saves itself while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.foundation.drafts import queries, services
from zhijian.foundation.drafts.services import DraftRefused
from zhijian.foundation.guards import requires_sign_in
from zhijian.foundation.language import language


@require_http_methods(["GET", "POST", "DELETE"])
@requires_sign_in
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Give, keep or throw away one's own draft of the form ``key``."""
    if request.method == "GET":
        found = queries.draft(request.user, key)
        return JsonResponse(found.data) if found else HttpResponse(status=204)
    if request.method == "DELETE":
        services.take_draft(user=request.user, key=key)
        return HttpResponse(status=204)
    fields = {
        name: values if len(values) > 1 else values[0] for name, values in request.POST.lists()
    }
    try:
        services.save_draft(user=request.user, key=key, data=fields)
    except DraftRefused as refusal:
        return HttpResponse(refusal.words(language()), status=422)
    return HttpResponse(status=204)


@require_safe
@requires_sign_in
def drafts(request: HttpRequest) -> HttpResponse:
    """Show everything one began and did not send."""
    return render(request, "foundation/drafts.html", {"drafts": queries.drafts_of(request.user)})


@require_POST
@requires_sign_in
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw one's own draft away."""
    services.take_draft(user=request.user, key=key)
    return redirect("foundation:drafts")
