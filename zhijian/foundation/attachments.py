"""Files that the program makes, as answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Send a file to be saved; a name may be Chinese."""
    return _named(content, media_type, name, is_saved=True)


def paper(content: bytes, name: str) -> HttpResponse:
    """Show a PDF in the browser, under a name it keeps when saved."""
    return _named(content, "application/pdf", name, is_saved=False)


def _named(content: bytes, media_type: str, name: str, *, is_saved: bool) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(is_saved, name) or "attachment"
    return answer
