"""An address below ``api/`` that no room answers: told as every other problem of the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@extend_schema(exclude=True)
class NoSuchDoor(APIView):
    """Says to everybody that there is nothing here."""

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse before the method is looked at."""
        super().initial(request, *args, **kwargs)
        raise Http404

    def get(self, request: Request, rest: str) -> Response:
        """Never reached; a door has at least one method."""
        raise Http404
