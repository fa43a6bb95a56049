"""Rewards and penalties of persons for programs: listed, proposed, decided, contested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.foundation.api.asking import identifier, valid
from zhijian.foundation.api.once import create_once
from zhijian.foundation.api.pages import ListView, paged
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import PersonalDecision, PersonalState
from zhijian.outcomes.services import NewPersonal

_TEXT, _NAME = 4000, 80


class PersonalFilter(serializers.Serializer[Any]):
    """Which decisions are listed."""

    state = serializers.ChoiceField(required=False, default="", choices=PersonalState.values)
    unit = identifier(required=False, help_text="id of the unit")


class PersonalAnswer(serializers.ModelSerializer[PersonalDecision]):
    """A decision about a person; ``amount`` in yuan, never negative."""

    code = serializers.CharField(help_text="the number as it stands on papers")
    person = serializers.IntegerField(source="person_id")
    unit = serializers.IntegerField(source="unit_id")
    proposed_by = serializers.IntegerField(source="proposed_by_id")
    fault = serializers.IntegerField(source="fault_id", allow_null=True)
    offender = serializers.IntegerField(source="offender_id", allow_null=True)

    class Meta:
        model = PersonalDecision
        fields = (
            "id", "code", "pack_id", "plan", "ground", "measure", "kind", "cites", "person", "unit",
            "account", "amount", "state", "proposed_by", "fault", "offender", "effective_on",
            "objection_until",
        )  # fmt: skip


class NewPersonalAsked(serializers.Serializer[Any]):
    """A measure proposed for a person, by the names of the regulation."""

    version = identifier(help_text="id of the version of the regulation", source="version_id")
    plan = serializers.CharField(max_length=_NAME)
    ground = serializers.CharField(max_length=_NAME)
    measure = serializers.CharField(max_length=_NAME)
    person = identifier(source="person_id")
    account = serializers.CharField(max_length=_TEXT)
    unit = identifier(required=False, source="unit_id", help_text="not with a fault in a case")
    amount = serializers.DecimalField(required=False, max_digits=14, decimal_places=2)
    fault = identifier(required=False, source="fault_id", help_text="id of the fault in a case")
    offender = identifier(required=False, source="offender_id")


class PersonalVerdict(serializers.Serializer[Any]):
    """Yes or no; a reason is needed where it is no, and always to an objection."""

    accepted = serializers.ChoiceField(choices=("yes", "no"))
    text = serializers.CharField(required=False, default="", allow_blank=True, max_length=_TEXT)


class PersonalReason(serializers.Serializer[Any]):
    """Why."""

    text = serializers.CharField(max_length=_TEXT)


class Personal(ListView):
    """The decisions about a caller, and about those of the units they look after."""

    permission_classes = (permission_class("api.use", writing="outcomes.propose_personal"),)
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="personal_list",
        parameters=[PersonalFilter],
        responses=PersonalAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the decisions, the latest first, page by page."""
        asked = valid(PersonalFilter(data=request.query_params))
        sought = queries.SoughtPersonal(state=asked["state"], unit=asked.get("unit"))
        rows = queries.personal_seen(request.user, sought)
        return paged(self, rows, lambda page: PersonalAnswer(page, many=True).data)

    @extend_schema(
        operation_id="personal_propose", request=NewPersonalAsked, responses={201: PersonalAnswer}
    )
    @create_once
    def post(self, request: Request) -> Response:
        """Propose a measure; somebody else decides."""
        new = NewPersonal(**valid(NewPersonalAsked(data=request.data)))
        row = services.propose(actor=request.user, new=new)
        return Response(PersonalAnswer(row).data, status=201)


class PersonalDecided(APIView):
    """Deciding on a proposal."""

    permission_classes = (permission_class("outcomes.decide_personal"),)
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="personal_decide", request=PersonalVerdict, responses=PersonalAnswer
    )
    def post(self, request: Request, decision_id: int) -> Response:
        """Agree to a proposal, or refuse it with a reason; who proposed it cannot."""
        told = valid(PersonalVerdict(data=request.data))
        agreed = told["accepted"] == "yes"
        return _done(request, decision_id, services.decide, agreed=agreed, text=told["text"])


class PersonalAnswered(APIView):
    """Answering an objection."""

    permission_classes = (permission_class("outcomes.decide_personal"),)
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="personal_answer", request=PersonalVerdict, responses=PersonalAnswer
    )
    def post(self, request: Request, decision_id: int) -> Response:
        """Uphold an objection, which takes the decision back, or dismiss it; with a reason."""
        told = valid(PersonalVerdict(data=request.data))
        upheld = told["accepted"] == "yes"
        return _done(request, decision_id, services.answer, upheld=upheld, text=told["text"])


class PersonalObjected(APIView):
    """Objecting to a decision about oneself."""

    permission_classes = (permission_class("api.use"),)
    parser_classes = (JSONParser,)

    @extend_schema(operation_id="personal_object", request=PersonalReason, responses=PersonalAnswer)
    def post(self, request: Request, decision_id: int) -> Response:
        """Object, once and in time."""
        told = valid(PersonalReason(data=request.data))
        return _done(request, decision_id, services.object_to, text=told["text"])


def _done(
    request: Request, decision_id: int, act: Callable[..., PersonalDecision], **told: Any
) -> Response:
    """Act on a decision that the caller may see; of all others nothing is told."""
    if queries.personal_for(request.user, decision_id) is None:
        raise Http404
    row = act(actor=request.user, decision_id=decision_id, **told)
    return Response(PersonalAnswer(row).data)
