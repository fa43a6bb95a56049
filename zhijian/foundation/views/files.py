"""Handing out stored files, so that a browser never runs or guesses what is inside."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from zhijian.foundation.files import queries
from zhijian.foundation.guards import requires_sign_in


@require_safe
@requires_sign_in
def download(request: HttpRequest, file_id: int) -> FileResponse:
    """Send a file as an attachment to whoever its owner lets read it; 404 to everybody else."""
    found = queries.file_for(request.user, file_id)
    if found is None:
        raise Http404
    answer = FileResponse(
        queries.open_file(file_id),
        as_attachment=True,
        filename=found.name,
        content_type=found.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
