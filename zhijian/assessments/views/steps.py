"""A step of an assessment that asks for something first, such as a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhijian.assessments.models import Assessment
from zhijian.assessments.views.asking import attempt
from zhijian.assessments.words import period_title
from zhijian.foundation.language import language


@dataclass(frozen=True, slots=True)
class Step:
    """The words of a step, the service that takes it, and the page that follows.

    The service takes ``actor`` and the fields of the form by their names; where the page that
    follows depends on what it returns, ``leads_to`` tells it from that.
    """

    heading: str
    button: str
    done: str
    service: Callable[..., Any]
    leads_to: str | Callable[[Any], str]


def ask_and_take(
    request: HttpRequest, assessment: Assessment, form: Form, step: Step
) -> HttpResponse:
    """Show the form, or take the step with what was filled in; a refusal shows the form again."""
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        returned: list[Any] = []

        def take() -> None:
            returned.append(step.service(actor=request.user, **answers))

        if attempt(request, take, step.done):
            leads_to = step.leads_to
            return redirect(leads_to if isinstance(leads_to, str) else leads_to(returned[0]))
    context = {
        "assessment": assessment,
        "form": form,
        "heading": step.heading,
        "submit_words": step.button,
        "title": period_title(assessment.period, language()),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/step.html", context, status=status)
