"""What every operation of the API may answer, besides its success."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from zhijian.foundation.api.problems import CONTENT_TYPE

_SAFE = ("GET", "HEAD", "OPTIONS")


class Fault(serializers.Serializer[Any]):
    """One fault of the request and its place."""

    where = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemDetails(serializers.Serializer[Any]):
    """Why a request was not done (RFC 9457): a stable code, and words in the caller's language."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    instance = serializers.CharField()
    errors = Fault(many=True, required=False)


class Documented(AutoSchema):
    """Adds the problems that an operation may answer with, so that no room has to list them."""

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in self._problems():
            bodies.setdefault(
                status,
                self._get_response_for_code(ProblemDetails, status, media_types=[CONTENT_TYPE]),
            )
        return dict(sorted(bodies.items()))

    def _problems(self) -> tuple[str, ...]:
        possible = {
            "400": True,
            "401": True,
            "403": True,
            "404": "{" in self.path or self._is_list_view(),
            "406": True,
            "409": True,
            "415": self.method not in _SAFE,
        }
        return tuple(status for status, is_possible in possible.items() if is_possible)
