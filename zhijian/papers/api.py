"""Papers for programs: listed and read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.foundation import clock
from zhijian.foundation.api.asking import identifier, valid
from zhijian.foundation.api.pages import ListView, paged
from zhijian.papers import queries
from zhijian.papers.models import Paper


class PaperFilter(serializers.Serializer[Any]):
    """Which papers are listed."""

    shown = serializers.ChoiceField(required=False, default=queries.ALL, choices=[*queries.SHOWN])
    form = serializers.CharField(
        required=False, default="", max_length=200, help_text="name of the form"
    )
    unit = identifier(required=False, help_text="id of the unit")
    receiver = serializers.ChoiceField(required=False, default="", choices=["", queries.MINE])


class PaperLineAnswer(serializers.Serializer[Any]):
    """A paper as lists tell it. The digest is that of the archived file."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    form = serializers.CharField()
    title = serializers.CharField()
    case = serializers.IntegerField()
    state = serializers.CharField()
    issued_at = serializers.DateTimeField()
    reply_by = serializers.DateTimeField(allow_null=True)
    digest = serializers.CharField()
    replaces = serializers.IntegerField(allow_null=True)


class PaperEventAnswer(serializers.Serializer[Any]):
    """Something that happened to a paper."""

    word = serializers.CharField()
    at = serializers.DateTimeField()
    actor = serializers.IntegerField(allow_null=True, source="actor_id")
    reason = serializers.CharField(allow_blank=True)
    until = serializers.DateTimeField(allow_null=True)


class PaperReceiverAnswer(serializers.Serializer[Any]):
    """Somebody to whom a paper went."""

    person = serializers.IntegerField(source="person_id")
    received_at = serializers.DateTimeField(allow_null=True)


class PaperAnswer(PaperLineAnswer):
    """A paper with what became of it. What stands in its cells is read from the file alone."""

    receivers = PaperReceiverAnswer(many=True)
    events = PaperEventAnswer(many=True)


class Papers(ListView):
    """The papers that a caller may see."""

    permission_classes = (permission_class("papers.view"),)

    @extend_schema(
        operation_id="papers_list", parameters=[PaperFilter], responses=PaperLineAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        """Return the papers, the latest first, page by page."""
        sought = queries.Sought(**valid(PaperFilter(data=request.query_params)))
        rows = queries.papers_seen(request.user, sought, clock.now())
        return paged(self, rows, _written, ("-issued_at", "-pk"))


class OnePaper(APIView):
    """One paper with what became of it."""

    permission_classes = (permission_class("papers.view"),)

    @extend_schema(operation_id="papers_retrieve", responses=PaperAnswer)
    def get(self, request: Request, paper_id: int) -> Response:
        """Return a paper: to whom it went, what happened, what it replaced."""
        paper = queries.paper_for(request.user, paper_id)
        if paper is None:
            raise Http404
        told = {
            **_line(paper),
            "receivers": queries.receivers_of(paper),
            "events": queries.events_of(paper),
        }
        return Response(PaperAnswer(told).data)


def _written(page: Sequence[Paper]) -> Any:
    return PaperLineAnswer([_line(row) for row in page], many=True).data


def _line(row: Paper) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "form": row.form,
        "title": row.title,
        "case": row.case_id,
        "state": row.state,
        "issued_at": row.issued_at,
        "reply_by": row.reply_by,
        "digest": row.digest,
        "replaces": row.replaces_id,
    }
