"""Remedial measures for programs: listed, reported as done, verified."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.foundation import clock
from zhijian.foundation.api.asking import Upload, identifier, valid
from zhijian.foundation.api.once import create_once
from zhijian.foundation.api.pages import ListView, paged
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import Remedy, RemedyState
from zhijian.outcomes.services import Done

_STATES = (*RemedyState.values, queries.OVERDUE)


class RemedyFilter(serializers.Serializer[Any]):
    """Which measures are listed."""

    state = serializers.ChoiceField(required=False, default="", choices=_STATES)
    unit = identifier(required=False, help_text="id of the unit")


class RemedyAnswer(serializers.ModelSerializer[Remedy]):
    """What is to be put right, until when, and how far it has come."""

    unit_id = serializers.IntegerField(source="entry.unit_id")
    unit = serializers.CharField(source="entry.unit_name")
    period = serializers.CharField(source="entry.period")
    title = serializers.CharField(source="entry.title")
    text = serializers.CharField(source="entry.text")
    due_on = serializers.DateField(source="entry.due_on", allow_null=True)
    state = serializers.ChoiceField(choices=RemedyState.values)
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = Remedy
        fields = (
            "id", "entry", "unit_id", "unit", "period", "title", "text", "due_on", "state",
            "is_overdue",
        )  # fmt: skip

    def get_is_overdue(self, row: Remedy) -> bool:
        """Tell whether the limit has passed and nothing was reported."""
        return queries.is_late(row, clock.today())


class NewDone(serializers.Serializer[Any]):
    """What was put right, with a file that shows it."""

    on = serializers.DateField()
    text = serializers.CharField(max_length=4000)
    evidence = Upload()


class NewVerdict(serializers.Serializer[Any]):
    """Whether what was reported is accepted; a reason is needed where it is not."""

    accepted = serializers.ChoiceField(choices=("yes", "no"))
    text = serializers.CharField(required=False, default="", allow_blank=True, max_length=2000)


class Remedies(ListView):
    """The measures of the units a caller may see."""

    permission_classes = (permission_class("outcomes.view"),)

    @extend_schema(
        operation_id="remedies_list", parameters=[RemedyFilter], responses=RemedyAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        """Return the measures, the latest first, page by page."""
        asked = valid(RemedyFilter(data=request.query_params))
        sought = queries.Sought(state=asked["state"], unit=asked.get("unit"))
        rows = queries.remedies_seen(request.user, sought, clock.today())
        return paged(self, rows, lambda page: RemedyAnswer(page, many=True).data)


class RemedyDone(APIView):
    """Reporting a measure as done."""

    permission_classes = (permission_class("outcomes.do_remedy"),)
    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="remedies_report",
        request={"multipart/form-data": NewDone},
        responses={201: RemedyAnswer},
    )
    @create_once
    def post(self, request: Request, remedy_id: int) -> Response:
        """Report a measure as done; somebody else verifies it."""
        _seen_or_404(request, remedy_id)
        done = Done(**valid(NewDone(data=request.data)))
        row = services.report_done(actor=request.user, remedy_id=remedy_id, done=done)
        return Response(RemedyAnswer(row).data, status=201)


class RemedyVerdict(APIView):
    """Verifying what was reported."""

    permission_classes = (permission_class("outcomes.verify_remedy"),)
    parser_classes = (JSONParser, FormParser)

    @extend_schema(operation_id="remedies_verify", request=NewVerdict, responses=RemedyAnswer)
    def post(self, request: Request, remedy_id: int) -> Response:
        """Accept what was reported, or return it with a reason."""
        _seen_or_404(request, remedy_id)
        told = valid(NewVerdict(data=request.data))
        row = services.verify(
            actor=request.user,
            remedy_id=remedy_id,
            accepted=told["accepted"] == "yes",
            text=told["text"],
        )
        return Response(RemedyAnswer(row).data)


def _seen_or_404(request: Request, remedy_id: int) -> None:
    if queries.remedy_for(request.user, remedy_id) is None:
        raise Http404
