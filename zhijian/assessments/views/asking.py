"""What the views of this room share: finding what a person may see, saying what was refused."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest

from zhijian.assessments import queries
from zhijian.assessments.models import Assessment, Objection, ScoreSheet
from zhijian.foundation.refused import refusal_above


def assessment_or_404(request: HttpRequest, assessment_id: int) -> Assessment:
    """Return an assessment; for the outsider there is none."""
    found = queries.assessment_for(request.user, assessment_id)
    if found is None:
        raise Http404
    return found


def sheet_or_404(request: HttpRequest, sheet_id: int) -> ScoreSheet:
    """Return a score sheet; for who may not see its unit there is none."""
    found = queries.sheet_for(request.user, sheet_id)
    if found is None:
        raise Http404
    return found


def objection_or_404(request: HttpRequest, objection_id: int) -> Objection:
    """Return an objection; for who may not see its unit there is none."""
    found = queries.objection_for(request.user, objection_id)
    if found is None:
        raise Http404
    return found


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do something and tell the person how it went; return whether it was done."""
    with refusal_above(request):
        act()
        messages.success(request, done)
        return True
    return False
