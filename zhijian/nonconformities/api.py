"""Nonconformities, their counts and the proposals made from them, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.cases import queries as cases
from zhijian.domain.casework.register import ASPECTS
from zhijian.foundation import clock
from zhijian.foundation.api.asking import identifier, valid
from zhijian.foundation.api.pages import ListView, paged
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.models import ProposalState
from zhijian.nonconformities.queries import DIMENSIONS, Wanted

_LONGEST = 200


class NonconformityFilter(serializers.Serializer[Any]):
    """Which nonconformities are meant; empty fields do not restrict."""

    shown = serializers.ChoiceField(required=False, default=cases.ALL, choices=[*cases.SHOWN])
    kind = serializers.CharField(
        required=False, default="", max_length=_LONGEST, help_text="pack:kind"
    )
    unit = identifier(required=False, help_text="id of the unit")
    rank = serializers.IntegerField(required=False, min_value=0, max_value=4)
    item = serializers.CharField(required=False, default="", max_length=_LONGEST)
    area = serializers.CharField(required=False, default="", max_length=_LONGEST)
    clause = serializers.CharField(required=False, default="", max_length=_LONGEST)
    source = serializers.CharField(required=False, default="", max_length=_LONGEST)
    domain = serializers.CharField(required=False, default="", max_length=_LONGEST)
    first = serializers.DateField(required=False, help_text="found on this day or later")
    last = serializers.DateField(required=False, help_text="found on this day or before")


class NonconformityAnswer(serializers.Serializer[Any]):
    """A nonconformity as lists tell it; what was found stands in its case."""

    case = serializers.IntegerField(source="case_id", help_text="id of the case")
    number = serializers.CharField(source="case.number")
    pack = serializers.CharField(source="case.pack_id")
    kind = serializers.CharField(source="case.kind")
    unit = serializers.IntegerField(source="case.unit_id")
    state = serializers.CharField(source="case.state")
    ends = serializers.CharField(source="case.ends", allow_blank=True)
    level = serializers.CharField(source="case.level", allow_blank=True)
    rank = serializers.IntegerField(help_text="1 mildest to 4 gravest, 0 without level")
    item = serializers.CharField(allow_blank=True)
    area = serializers.CharField(allow_blank=True)
    clause = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)
    domain = serializers.CharField(allow_blank=True)
    found_on = serializers.DateField()


class CountAnswer(serializers.Serializer[Any]):
    """A bar: how many there are, and the exact share of all up to and including it."""

    key = serializers.CharField(allow_blank=True)
    label = serializers.CharField()
    count = serializers.IntegerField(source="bar.count")
    running = serializers.CharField(source="bar.running", help_text="a fraction such as 4/5")
    vital = serializers.BooleanField(source="bar.is_vital")


class ProposalFilter(serializers.Serializer[Any]):
    """In which state proposals are; all without one."""

    state = serializers.ChoiceField(
        required=False, default="", choices=["", *ProposalState.values], allow_blank=True
    )


class ProposalAnswer(serializers.Serializer[Any]):
    """A proposal of corrective action and what became of it."""

    id = serializers.IntegerField(source="pk")
    origin = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.IntegerField(source="unit_id")
    found = serializers.IntegerField()
    limit = serializers.CharField(allow_blank=True)
    first = serializers.DateField()
    last = serializers.DateField()
    state = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    action = serializers.CharField(
        source="action.number", default=None, allow_null=True, help_text="number of the action"
    )


class Reason(serializers.Serializer[Any]):
    """Why a proposal is declined."""

    reason = serializers.CharField(max_length=2000)


class Nonconformities(ListView):
    """The nonconformities that a caller may see."""

    permission_classes = (permission_class("cases.view"),)

    @extend_schema(
        operation_id="nonconformities_list",
        parameters=[NonconformityFilter],
        responses=NonconformityAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the nonconformities, page by page, the latest first."""
        rows = queries.register(request.user, _wanted(request), clock.now())
        return paged(self, rows.order_by("-opened_at", "-pk"), _written, ("-opened_at", "-pk"))


class Counts(APIView):
    """How many nonconformities there are of each sort."""

    permission_classes = (permission_class("cases.view"),)

    @extend_schema(
        operation_id="nonconformities_counts",
        parameters=[NonconformityFilter],
        responses=CountAnswer(many=True),
    )
    def get(self, request: Request, by: str) -> Response:
        """Return the bars of a dimension, the most frequent first."""
        if by not in DIMENSIONS:
            raise Http404
        found = queries.counted(request.user, _wanted(request), by, clock.now())
        return Response(CountAnswer(found, many=True).data)


class Proposals(ListView):
    """The proposals of corrective action that a caller may see."""

    permission_classes = (permission_class("cases.view"),)

    @extend_schema(
        operation_id="nonconformities_proposals",
        parameters=[ProposalFilter],
        responses=ProposalAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the proposals, page by page, the latest first."""
        told = valid(ProposalFilter(data=request.query_params))
        rows = queries.proposals(request.user, told["state"])
        return paged(self, rows, lambda page: ProposalAnswer(page, many=True).data)


class Decline(APIView):
    """Declining a proposal."""

    permission_classes = (permission_class("nonconformities.triage"),)
    parser_classes = (JSONParser,)

    @extend_schema(operation_id="nonconformities_decline", request=Reason, responses=ProposalAnswer)
    def post(self, request: Request, proposal_id: int) -> Response:
        """Decline a proposal; it is kept with the reason."""
        if queries.proposal_for(request.user, proposal_id) is None:
            raise Http404
        told = valid(Reason(data=request.data))
        row = services.decline(
            actor=request.user, proposal_id=proposal_id, reason=told["reason"], at=clock.now()
        )
        return Response(ProposalAnswer(row).data)


def _wanted(request: Request) -> Wanted:
    told = valid(NonconformityFilter(data=request.query_params))
    aspects = tuple((name, told.pop(name)) for name in ASPECTS)
    return Wanted(**told, aspects=tuple(each for each in aspects if each[1]))


def _written(page: Sequence[Any]) -> Any:
    return NonconformityAnswer([case.nonconformity for case in page], many=True).data
