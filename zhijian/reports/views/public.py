"""What anybody may see without an account: published results, and whether a paper is genuine."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijian.foundation.attachments import paper
from zhijian.foundation.language import language, language_asked
from zhijian.reports import office, queries
from zhijian.reports.papers import forms

_EXAMPLE = "质报〔2024〕3号"


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List the published results."""
    lines = [
        (each, each.title(language()), each.period.title(language())) for each in queries.notices()
    ]
    return render(request, "reports/notices.html", {"lines": lines})


@require_safe
def notice(request: HttpRequest, public_name: str) -> HttpResponse:
    """Show one published result."""
    found = _notice_or_404(public_name)
    context = {
        "notice": found,
        "title": found.title(language()),
        "pack": found.pack(language()),
        "period": found.period.title(language()),
    }
    return render(request, "reports/notice.html", context)


@require_safe
def notice_pdf(request: HttpRequest, public_name: str) -> HttpResponse:
    """Show one published result as a paper."""
    found = _notice_or_404(public_name)
    return paper(
        forms.notice(office.notice(found, language_asked(request))), f"{found.period.id}.pdf"
    )


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Say whether a paper with this number or digest was delivered, and whether it still counts."""
    number, digest = request.GET.get("number", "")[:60], request.GET.get("digest", "")[:80]
    asked = bool(number.strip() or digest.strip())
    context = {
        "number": number,
        "digest": digest,
        "asked": asked,
        "example": _EXAMPLE,
        "found": queries.verified(number, digest) if asked else None,
    }
    return render(request, "reports/verify.html", context)


def _notice_or_404(public_name: str) -> queries.Notice:
    found = queries.notice(public_name)
    if found is None:
        raise Http404
    return found
