"""The header ``Idempotency-Key`` on requests that create something."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from zhijian.foundation import clock
from zhijian.foundation.idempotency.services import Answer, Asked, answer_once
from zhijian.foundation.refusal import Refusal

HEADER = "Idempotency-Key"
REPEATED = "Idempotent-Replayed"
MAX_LENGTH = 200

Handler = Callable[..., Response]


class KeyMissing(Refusal):
    """A creation was asked for without a key."""


class _NotCreated(Exception):
    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def create_once(handler: Handler) -> Handler:
    """Let a ``post`` that creates run once for each key and repeat its answer afterwards."""

    @wraps(handler)
    def answered(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        def create() -> Answer:
            response = handler(view, request, *args, **kwargs)
            if exceptions.status.is_client_error(response.status_code):
                raise _NotCreated(response)
            return Answer(response.status_code, json.loads(JSONRenderer().render(response.data)))

        try:
            answer = answer_once(_asked(request), create)
        except _NotCreated as refused:
            return refused.response
        headers = {REPEATED: "true"} if answer.is_repeated else None
        return Response(answer.body, status=answer.status, headers=headers)

    described = OpenApiParameter(
        HEADER, str, OpenApiParameter.HEADER, required=True, description="同一次新建用同一个值"
    )
    documented: Handler = extend_schema(parameters=[described])(answered)
    return documented


def key_of(request: Request) -> str:
    """Return the key of a request; refuse one without."""
    key: str = request.headers.get(HEADER, "").strip()
    if not 0 < len(key) <= MAX_LENGTH:
        raise KeyMissing("api.idempotency_key_missing")
    return key


def _asked(request: Request) -> Asked:
    return Asked(request.user.pk, key_of(request), _digest(request), clock.now())


def _digest(request: Request) -> str:
    seen = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if not isinstance(request.data, dict):
        raise exceptions.ParseError
    for name, value in sorted(_sent(request.data), key=lambda pair: pair[0]):
        # Half a surrogate pair may stand in JSON; it is refused later, where its place is known.
        seen.update(name.encode(errors="surrogatepass") + b"\0")
        if isinstance(value, UploadedFile):
            seen.update(f"{value.name}\0".encode(errors="surrogatepass"))
            for chunk in value.chunks():
                seen.update(chunk)
            value.seek(0)
        else:
            seen.update(json.dumps(value, sort_keys=True, default=str).encode())
    return seen.hexdigest()


def _sent(data: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return every field with its value; a form may name one several times, as with files."""
    if isinstance(data, MultiValueDict):
        return [(name, value) for name, values in data.lists() for value in values]
    return list(data.items())
