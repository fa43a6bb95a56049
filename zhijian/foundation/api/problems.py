"""Errors of the API as problem details (RFC 9457): code, place, words in the caller's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from zhijian.domain.problems import Problem
from zhijian.foundation.language import language
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.wording import say

CONTENT_TYPE = "application/problem+json"
REFUSED = 409

_CODES: tuple[tuple[type[Exception], str], ...] = (
    (Http404, "api.not_found"),
    (exceptions.NotFound, "api.not_found"),
    (exceptions.NotAuthenticated, "api.not_authenticated"),
    (exceptions.AuthenticationFailed, "api.not_authenticated"),
    (PermissionDenied, "api.forbidden"),
    (exceptions.PermissionDenied, "api.forbidden"),
    (exceptions.Throttled, "api.throttled"),
)


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an expected error into problem details; an unexpected one is left to fail loudly."""
    if isinstance(error, Refusal):
        words = error.words(language())
        faults = [_told(each) for each in error.problems]
        return _response(
            REFUSED, error.code, words, context, **({"errors": faults} if faults else {})
        )
    standard = exception_handler(error, context)
    if standard is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        faults = list(_faults(error.get_full_details()))
        words = _say("api.invalid", count=len(faults))
        answer = _response(standard.status_code, "api.invalid", words, context, errors=faults)
    else:
        code, words = _code_and_words(error, standard)
        answer = _response(standard.status_code, code, words, context)
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in standard.headers:
            answer.headers[header] = standard.headers[header]
    return answer


def _code_and_words(error: Exception, standard: Response) -> tuple[str, str]:
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code, _say(code)
    reason = str(standard.data.get("detail", "")) if isinstance(standard.data, dict) else ""
    return "api.refused", _say("api.refused", reason=reason)


def _told(problem: Problem) -> dict[str, str]:
    message = say(problem.code, dict(problem.facts), language())
    return {"where": problem.where, "code": problem.code, "message": message}


def _say(code: str, **facts: object) -> str:
    return say(code, facts, language())


def _response(
    status: int, code: str, words: str, context: dict[str, Any], **more: object
) -> Response:
    request = context.get("request")
    body = {
        "type": f"urn:zhijian:problem:{code}",
        "title": words,
        "status": status,
        "code": code,
        "instance": request.path if request is not None else "",
        **more,
    }
    return Response(body, status=status, content_type=CONTENT_TYPE)


def _faults(details: Any, where: str = "") -> Iterator[dict[str, str]]:
    if isinstance(details, list):
        for index, each in enumerate(details):
            is_leaf = isinstance(each, dict) and set(each) == {"message", "code"}
            yield from _faults(each, where if is_leaf else f"{where}[{index}]")
    elif set(details) == {"message", "code"}:
        yield {"where": where, "code": str(details["code"]), "message": str(details["message"])}
    else:
        for name, each in details.items():
            yield from _faults(each, f"{where}.{name}".lstrip("."))
