"""Pages of lists by a cursor: stable while rows come and go, and quick at any depth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class ByIdentifier(CursorPagination):
    """The base of every list: newest first; a list with another order names it."""

    ordering: str | tuple[str, ...] = "-pk"
    page_size = 50
    max_page_size = 500
    page_size_query_param = "limit"

    def paginate_queryset(
        self, queryset: QuerySet[Any], request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """Return one page; a cursor that was made by hand is one that does not exist."""
        try:
            shown: list[Any] | None = super().paginate_queryset(queryset, request, view)
        except (ValueError, ValidationError) as error:
            raise NotFound from error
        return shown


class ListView(APIView):
    """A door that answers with pages of rows."""

    pagination_class = ByIdentifier


def paged(
    view: APIView,
    rows: QuerySet[Any],
    written: Callable[[Sequence[Any]], Any],
    ordering: tuple[str, ...] = ("-pk",),
) -> Response:
    """Return one page of ``rows`` as ``written`` says them."""
    pages = ByIdentifier()
    pages.ordering = ordering
    shown = pages.paginate_queryset(rows, view.request, view=view)
    return pages.get_paginated_response(written(shown or []))
