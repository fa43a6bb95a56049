"""Incidents, hazards and hints for programs."""

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
from zhijian.cases.queries import Sought
from zhijian.cases.services import Opening, Taking
from zhijian.foundation import clock
from zhijian.foundation.api.asking import FactsField, identifier, valid
from zhijian.foundation.api.once import HEADER, key_of
from zhijian.foundation.api.pages import ListView, paged
from zhijian.incidents import queries, services
from zhijian.incidents.models import HintWord
from zhijian.incidents.queries import Wanted
from zhijian.incidents.refusals import IncidentRefused

_LONGEST = 100


class IncidentFilter(serializers.Serializer[Any]):
    """Which incidents are listed; those that are open and due first, or the latest."""

    shown = serializers.ChoiceField(required=False, default=cases.OPEN, choices=[*cases.SHOWN])
    kind = serializers.CharField(required=False, default="", max_length=200, help_text="pack:kind")
    level = serializers.CharField(required=False, default="", max_length=80)
    unit = identifier(required=False, help_text="id of the unit")
    sort = serializers.CharField(required=False, default="", max_length=60)
    first = serializers.DateField(required=False, help_text="happened on this day or later")
    last = serializers.DateField(required=False, help_text="happened on this day or before")
    late = serializers.BooleanField(required=False, default=False, help_text="reported too late")
    regraded = serializers.BooleanField(required=False, default=False, help_text="level changed")


class NewIncident(serializers.Serializer[Any]):
    """The quick report; ``facts`` by the names of the regulation, ``hint`` what it settles."""

    pack = serializers.CharField(max_length=_LONGEST)
    kind = serializers.CharField(max_length=_LONGEST)
    unit = identifier(required=False, allow_null=True, default=None)
    title = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)
    hint = identifier(required=False, allow_null=True, default=None)
    facts = FactsField()


class CaseAnswer(serializers.Serializer[Any]):
    """A case as lists tell it."""

    case = serializers.IntegerField(source="pk", help_text="id of the case")
    number = serializers.CharField()
    pack = serializers.CharField(source="pack_id")
    kind = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.IntegerField(source="unit_id")
    state = serializers.CharField()
    ends = serializers.CharField(allow_blank=True)
    due_at = serializers.DateTimeField(allow_null=True)


class IncidentAnswer(CaseAnswer):
    """An incident; ``first_level`` is the one at which it was first graded."""

    level = serializers.CharField(allow_blank=True)
    first_level = serializers.CharField(source="incident.first_level", allow_blank=True)
    sort = serializers.CharField(source="incident.sort", allow_blank=True)
    place = serializers.CharField(source="incident.place", allow_blank=True)
    happened_at = serializers.DateTimeField(source="incident.happened_at")
    reports = serializers.IntegerField(source="incident.reports")
    is_final = serializers.BooleanField(source="incident.is_final")
    was_late = serializers.BooleanField(source="incident.was_late")


class HazardFilter(serializers.Serializer[Any]):
    """Which hazards are listed; those followed the longest first, or the latest."""

    shown = serializers.ChoiceField(required=False, default=cases.OPEN, choices=[*cases.SHOWN])
    unit = identifier(required=False, help_text="id of the unit")
    area = serializers.CharField(required=False, default="", max_length=60)


class HazardAnswer(CaseAnswer):
    """A hazard, and who follows it."""

    area = serializers.CharField(source="hazard.area", allow_blank=True)
    place = serializers.CharField(source="hazard.place", allow_blank=True)
    on_spot = serializers.BooleanField(source="hazard.on_spot")
    owner = serializers.IntegerField(source="owner_id", allow_null=True)


class HintFilter(serializers.Serializer[Any]):
    """Which hints are listed, by what became of them."""

    word = serializers.ChoiceField(required=False, default=HintWord.OPEN, choices=HintWord.choices)
    unit = identifier(required=False, help_text="id of the unit")


class HintAnswer(serializers.Serializer[Any]):
    """A case that speaks of an incident, and what became of it."""

    id = serializers.IntegerField()
    case = serializers.IntegerField(source="case_id")
    number = serializers.CharField(source="case.number")
    unit = serializers.IntegerField(source="case.unit_id")
    seen_at = serializers.DateTimeField()
    word = serializers.ChoiceField(choices=HintWord.choices)
    incident = serializers.IntegerField(source="incident_id", allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class Incidents(ListView):
    """The incidents that a caller may see, and reporting one."""

    permission_classes = (permission_class("cases.view", writing="cases.act"),)
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="incidents_list",
        parameters=[IncidentFilter],
        responses=IncidentAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the incidents, page by page: open ones the one due first in front."""
        wanted = Wanted(**valid(IncidentFilter(data=request.query_params)))
        rows = queries.register(request.user, wanted, clock.now())
        is_open = wanted.shown in (cases.OPEN, cases.OVERDUE)
        order = ("sorts_at", "pk") if is_open else ("-opened_at", "-pk")
        return paged(self, rows, _incidents, order)

    @extend_schema(
        operation_id="incidents_report",
        request=NewIncident,
        responses={201: IncidentAnswer},
        parameters=[OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True)],
    )
    def post(self, request: Request) -> Response:
        """Report an incident; sent again under the same key, the same one is answered."""
        key, told = key_of(request), valid(NewIncident(data=request.data))
        ref = queries.kind_for("incident", told["pack"], told["kind"])
        rule = ref.kind.safety.incident if ref and ref.kind.safety else None
        if rule is None:
            raise IncidentRefused("incidents.no_such_kind", kind=told["kind"], pack=told["pack"])
        taking = Taking(rule.step, told["facts"], key=key)
        opening = Opening(told["pack"], told["kind"], taking, told["unit"], told["title"])
        row = services.report(
            actor=request.user, opening=opening, at=clock.now(), hint_id=told["hint"]
        )
        return Response(IncidentAnswer(row.case).data, status=201)


class Hazards(ListView):
    """The hazards that a caller may see."""

    permission_classes = (permission_class("cases.view"),)

    @extend_schema(
        operation_id="hazards_list", parameters=[HazardFilter], responses=HazardAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        """Return the hazards, page by page."""
        told = valid(HazardFilter(data=request.query_params))
        sought = Sought(shown=told["shown"], unit=told.get("unit"))
        rows = queries.hazards(request.user, sought, told["area"], clock.now())
        return paged(self, rows, _hazards, ("-opened_at", "-pk"))


class Hints(ListView):
    """The hints at incidents that a caller may see."""

    permission_classes = (permission_class("cases.view"),)

    @extend_schema(
        operation_id="incident_hints_list",
        parameters=[HintFilter],
        responses=HintAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the hints, page by page."""
        told = valid(HintFilter(data=request.query_params))
        rows = queries.hints(request.user, told["word"], told.get("unit"))
        return paged(self, rows, _hints, ("seen_at", "pk"))


def _incidents(page: Sequence[Any]) -> Any:
    return IncidentAnswer(page, many=True).data


def _hazards(page: Sequence[Any]) -> Any:
    return HazardAnswer(page, many=True).data


def _hints(page: Sequence[Any]) -> Any:
    return HintAnswer(page, many=True).data
