"""What machines ask about the program: is it alive, can it work, what does it count."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from zhijian.config import counting
from zhijian.foundation.notifications import queries as notifications

_LOOPBACK = frozenset({"127.0.0.1", "::1"})


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process runs; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer whether requests can be served now: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        # Messages that are late need somebody to look, but pages can be served all the same.
        told = "late" if notifications.is_late() else "ok"
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "notifications": told})


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Hand out the counts to whom they are meant for: this machine, or the holder of the token."""
    if not _may_read_metrics(request):
        return HttpResponseForbidden("metrics: token needed\n", content_type="text/plain")
    response: HttpResponse = ExportToDjangoView(request)
    response.content += counting.of_notifications()
    return response


def _may_read_metrics(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(sent.encode(), settings.METRICS_TOKEN.encode())
    # Behind a proxy everybody seems to come from this machine; the proxy's header tells.
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not is_forwarded
