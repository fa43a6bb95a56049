"""What anybody may learn of a paper without an account: whether it is genuine, and still counts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhijian.foundation.rates import Rate, address_of
from zhijian.papers import queries

_EXAMPLE = "ZGD2026-0001"
_GUESSES = Rate("papers.verify", most=30, seconds=600)
"""So many an address may ask in ten minutes; a code has 59 bits."""


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Say whether there is a paper with this number and this code."""
    number, code = request.GET.get("number", "")[:40], request.GET.get("code", "")[:40]
    asked = bool(number.strip() or code.strip())
    context = {"number": number, "code": code, "asked": asked, "example": _EXAMPLE}
    if asked and not _GUESSES.allows(address_of(request)):
        context |= {"asked": False, "refused": _("查验次数过多，请十分钟后再试。")}
        return render(request, "papers/verify.html", context, status=429)
    found = queries.verified(number, code) if asked else None
    return render(request, "papers/verify.html", {**context, "found": found})
