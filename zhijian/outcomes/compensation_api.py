"""Compensation for programs: the book, and what would be owed."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.cases.refusals import StepRefused
from zhijian.domain.casework.owing import Owed as OwedFound
from zhijian.domain.explain.document import to_document
from zhijian.foundation.api.asking import FactsField, identifier, valid
from zhijian.foundation.api.pages import ListView, paged
from zhijian.outcomes import queries
from zhijian.outcomes.models import CompensationEntry, CompensationWord

_YUAN = (16, 2)


class CompensationFilter(serializers.Serializer[Any]):
    """Which entries are listed."""

    word = serializers.ChoiceField(required=False, default="", choices=CompensationWord.values)
    unit = identifier(required=False)
    first = serializers.DateField(required=False, help_text="booked on this day or later")
    last = serializers.DateField(required=False, help_text="booked on this day or before")


class CompensationAnswer(serializers.ModelSerializer[CompensationEntry]):
    """An entry of the book in yuan; what is taken back carries the opposite amount."""

    code = serializers.CharField(help_text="the number as it stands on papers")
    case = serializers.IntegerField(source="case_id")
    case_number = serializers.CharField(source="case.number")
    unit_id = serializers.IntegerField()
    takes_back = serializers.IntegerField(source="takes_back_id", allow_null=True)

    class Meta:
        model = CompensationEntry
        fields = (
            "id", "code", "word", "case", "case_number", "pack_id", "unit_id", "unit_name", "rule",
            "title", "cites", "amount", "capitals", "claimed", "on", "takes_back",
        )  # fmt: skip


class Supposed(serializers.Serializer[Any]):
    """What is known of a loss, by the names of the regulation."""

    facts = FactsField()


class NotPaidAnswer(serializers.Serializer[Any]):
    """What was asked for and is never paid."""

    fact = serializers.CharField(source="what.fact")
    cites = serializers.CharField(source="what.cites")


class OwedAnswer(serializers.Serializer[Any]):
    """What would be owed in yuan; null while ``missing`` facts are not known."""

    yuan = serializers.DecimalField(*_YUAN, allow_null=True)
    rule = serializers.CharField(source="rule.id", allow_null=True, default=None)
    cites = serializers.CharField(source="working.cites")
    missing = serializers.ListField(child=serializers.CharField())
    unconfirmed = serializers.SerializerMethodField()
    last_day = serializers.DateField(allow_null=True)
    not_paid = NotPaidAnswer(many=True)
    working = serializers.SerializerMethodField()

    def get_unconfirmed(self, found: OwedFound) -> list[str]:
        """Return the titles of proposed figures that nobody confirmed; they keep from paying."""
        return [each.zh for each in found.unconfirmed]

    def get_working(self, found: OwedFound) -> dict[str, Any]:
        """Return the working-out."""
        return to_document(found.working)


class Compensation(ListView):
    """The book of compensation."""

    permission_classes = (permission_class("outcomes.view_compensation"),)

    @extend_schema(
        operation_id="compensation_list",
        parameters=[CompensationFilter],
        responses=CompensationAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the entries of the units a caller may see, latest first, page by page."""
        sought = queries.SoughtCompensation(**valid(CompensationFilter(data=request.query_params)))
        rows = queries.compensation_seen(request.user, sought)
        return paged(self, rows, lambda page: CompensationAnswer(page, many=True).data)


class Owed(APIView):
    """What would be owed for a loss."""

    permission_classes = (permission_class("outcomes.view_compensation"),)

    @extend_schema(operation_id="compensation_owed", request=Supposed, responses=OwedAnswer)
    def post(self, request: Request, pack_id: str, kind: str) -> Response:
        """Work out what would be owed under a regulation in force; nothing is stored."""
        ref = queries.compensating_kind(pack_id, kind)
        if ref is None:
            raise Http404
        found = queries.would_be_owed(ref, valid(Supposed(data=request.data))["facts"])
        if not isinstance(found, OwedFound):
            raise StepRefused(tuple(found or ()))
        return Response(OwedAnswer(found).data)
