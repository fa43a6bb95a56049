"""Complaints for programs: taken down once, listed without personal data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from zhijian.accounts.access import permission_class
from zhijian.cases import queries as cases
from zhijian.cases.services import Opening, Taking
from zhijian.complaints import queries, services
from zhijian.complaints.keys import code_of
from zhijian.complaints.models import Complaint
from zhijian.complaints.queries import Wanted
from zhijian.foundation import clock
from zhijian.foundation.api.asking import FactsField, identifier, valid
from zhijian.foundation.api.once import HEADER, key_of
from zhijian.foundation.api.pages import ListView, paged

_LONGEST = 100


class ComplaintFilter(serializers.Serializer[Any]):
    """Which complaints are listed; those that are open and due first, or the latest."""

    shown = serializers.ChoiceField(required=False, default=cases.OPEN, choices=[*cases.SHOWN])
    kind = serializers.CharField(required=False, default="", max_length=200, help_text="pack:kind")
    level = serializers.CharField(required=False, default="", max_length=80)
    unit = identifier(required=False, help_text="id of the unit")
    channel = serializers.CharField(required=False, default="", max_length=60)
    cause = serializers.CharField(required=False, default="", max_length=60)
    hour = serializers.IntegerField(required=False, min_value=0, max_value=23)
    first = serializers.DateField(required=False, help_text="received on this day or later")
    last = serializers.DateField(required=False, help_text="received on this day or before")


class NewComplaint(serializers.Serializer[Any]):
    """What somebody outside says; ``facts`` by the names of the regulation."""

    pack = serializers.CharField(max_length=_LONGEST)
    kind = serializers.CharField(max_length=_LONGEST)
    unit = identifier(required=False, allow_null=True, default=None)
    title = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)
    facts = FactsField()


class ComplaintAnswer(serializers.Serializer[Any]):
    """A complaint as lists tell it; the phone is masked."""

    case = serializers.IntegerField(source="case_id", help_text="id of the case")
    number = serializers.CharField(source="case.number")
    pack = serializers.CharField(source="case.pack_id")
    kind = serializers.CharField(source="case.kind")
    title = serializers.CharField(source="case.title")
    unit = serializers.IntegerField(source="case.unit_id")
    state = serializers.CharField(source="case.state")
    ends = serializers.CharField(source="case.ends", allow_blank=True)
    level = serializers.CharField(source="case.level", allow_blank=True)
    phone = serializers.CharField(source="masked", allow_blank=True)
    channel = serializers.CharField(allow_blank=True)
    cause = serializers.CharField(allow_blank=True)
    received_on = serializers.DateField()
    due_at = serializers.DateTimeField(source="case.due_at", allow_null=True)


class TakenAnswer(ComplaintAnswer):
    """A complaint that was taken down, with the code by which whoever complained tracks it."""

    tracking_code = serializers.SerializerMethodField()

    def get_tracking_code(self, row: Complaint) -> str:
        """Return the tracking code."""
        return code_of(row.case.number)


class Complaints(ListView):
    """The complaints that a caller may see, and taking one down."""

    permission_classes = (permission_class("cases.view", writing="cases.act"),)
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="complaints_list",
        parameters=[ComplaintFilter],
        responses=ComplaintAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the complaints, page by page: open ones the one due first in front."""
        wanted = Wanted(**valid(ComplaintFilter(data=request.query_params)))
        rows = queries.queue(request.user, wanted, clock.now())
        is_open = wanted.shown in (cases.OPEN, cases.OVERDUE)
        return paged(self, rows, _written, ("sorts_at", "pk") if is_open else ("-opened_at", "-pk"))

    @extend_schema(
        operation_id="complaints_take",
        request=NewComplaint,
        responses={201: TakenAnswer},
        parameters=[OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True)],
    )
    def post(self, request: Request) -> Response:
        """Take a complaint down; sent again under the same key, the same one is answered."""
        key, told = key_of(request), valid(NewComplaint(data=request.data))
        taking = Taking("", told["facts"], key=key)
        opening = Opening(told["pack"], told["kind"], taking, told["unit"], told["title"])
        row = services.receive(actor=request.user, opening=opening, at=clock.now())
        return Response(TakenAnswer(row).data, status=201)


def _written(page: Sequence[Any]) -> Any:
    return ComplaintAnswer([case.complaint for case in page], many=True).data
