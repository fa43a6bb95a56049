"""Cases for programs: listed, read, opened, moved on, commented on, given evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.cases import queries, services
from zhijian.cases.api_answers import (
    CaseAnswer,
    CaseEvidenceAnswer,
    CaseLineAnswer,
    CommentAnswer,
    detail,
    lines,
)
from zhijian.cases.models import Case
from zhijian.cases.services import Opening, Seen, Taking
from zhijian.foundation import clock
from zhijian.foundation.api.asking import FactsField, Upload, identifier, valid
from zhijian.foundation.api.once import HEADER, create_once, key_of
from zhijian.foundation.api.pages import ListView, paged

_LONGEST = 100


class CaseFilter(serializers.Serializer[Any]):
    """Which cases are listed; those that are open and due first, or the latest."""

    shown = serializers.ChoiceField(required=False, default=queries.OPEN, choices=[*queries.SHOWN])
    kind = serializers.CharField(required=False, default="", max_length=200, help_text="pack:kind")
    state = serializers.CharField(required=False, default="", max_length=80)
    level = serializers.CharField(required=False, default="", max_length=80)
    unit = identifier(required=False, help_text="id of the unit")
    owner = serializers.ChoiceField(required=False, default="", choices=["", queries.MINE])


class NewStep(serializers.Serializer[Any]):
    """A step with what is entered in it; ``seq`` is how much had happened when it was decided."""

    step = serializers.CharField(max_length=_LONGEST)
    seq = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    facts = FactsField(required=False, default=dict)
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=2000)
    level = serializers.CharField(required=False, default="", allow_blank=True, max_length=_LONGEST)


class NewCase(serializers.Serializer[Any]):
    """A case to be opened."""

    pack = serializers.CharField(max_length=_LONGEST)
    kind = serializers.CharField(max_length=_LONGEST)
    step = serializers.CharField(max_length=_LONGEST)
    unit = identifier(required=False, allow_null=True, default=None)
    title = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)
    facts = FactsField(required=False, default=dict)
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=2000)
    level = serializers.CharField(required=False, default="", allow_blank=True, max_length=_LONGEST)
    anonymous = serializers.BooleanField(required=False, default=False)


class NewComment(serializers.Serializer[Any]):
    """Something said about a case."""

    text = serializers.CharField(max_length=4000)


class NewEvidence(serializers.Serializer[Any]):
    """A file that shows something."""

    upload = Upload()
    title = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)


class Cases(ListView):
    """The cases that a caller may see, and opening new ones."""

    permission_classes = (permission_class("cases.view", writing="cases.act"),)
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="cases_list", parameters=[CaseFilter], responses=CaseLineAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        """Return the cases, page by page: open ones the one due first in front."""
        sought = queries.Sought(**valid(CaseFilter(data=request.query_params)))
        rows = queries.cases_seen(request.user, sought, clock.now())
        is_open = sought.shown in (queries.OPEN, queries.OVERDUE)
        ordering = ("sorts_at", "pk") if is_open else ("-opened_at", "-pk")
        return paged(self, rows, _written, ordering)

    @extend_schema(
        operation_id="cases_open",
        request=NewCase,
        responses={201: CaseLineAnswer},
        parameters=[OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True)],
    )
    def post(self, request: Request) -> Response:
        """Open a case; sent again under the same key, the same case is answered.

        The key is kept with the case and not with the caller, who may want to leave no name.
        """
        key, told = key_of(request), valid(NewCase(data=request.data))
        opening = Opening(
            told["pack"], told["kind"], _taking(told, key), told["unit"], told["title"]
        )
        case = services.open_case(actor=request.user, opening=opening, at=clock.now())
        return Response(_written([case])[0], status=201)


class OneCase(APIView):
    """One case with what happened in it."""

    permission_classes = (permission_class("cases.view"),)

    @extend_schema(operation_id="cases_retrieve", responses=CaseAnswer)
    def get(self, request: Request, case_id: int) -> Response:
        """Return a case: where it stands, what happened, its clocks, and the steps open now."""
        case = _case_or_404(request, case_id)
        return Response(CaseAnswer(detail(case, request.user, clock.now())).data)


class CaseSteps(APIView):
    """Taking a step."""

    permission_classes = (permission_class("cases.act"),)
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="cases_advance",
        request=NewStep,
        responses={201: CaseLineAnswer},
        parameters=[OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True)],
    )
    def post(self, request: Request, case_id: int) -> Response:
        """Take a step; of two who act at once, one is refused with ``cases.moved_on``."""
        key, told = key_of(request), valid(NewStep(data=request.data))
        _case_or_404(request, case_id)
        case = services.advance_case(
            actor=request.user,
            seen=Seen(case_id, told["seq"]),
            taking=_taking(told, key),
            at=clock.now(),
        )
        return Response(_written([case])[0], status=201)


class CaseComments(APIView):
    """What is said about a case."""

    permission_classes = (permission_class("cases.view", writing="cases.act"),)
    parser_classes = (JSONParser,)

    @extend_schema(operation_id="cases_comments_list", responses=CommentAnswer(many=True))
    def get(self, request: Request, case_id: int) -> Response:
        """Return the comments, oldest first."""
        rows = queries.comments_of(_case_or_404(request, case_id))
        return Response(CommentAnswer(rows, many=True).data)

    @extend_schema(operation_id="cases_comment", request=NewComment, responses={201: CommentAnswer})
    @create_once
    def post(self, request: Request, case_id: int) -> Response:
        """Add a comment."""
        _case_or_404(request, case_id)
        text = valid(NewComment(data=request.data))["text"]
        row = services.comment(actor=request.user, case_id=case_id, text=text, at=clock.now())
        return Response(CommentAnswer(row).data, status=201)


class CaseFiles(APIView):
    """The evidence of a case."""

    permission_classes = (permission_class("cases.view", writing="cases.act"),)
    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="cases_evidence_list", responses=CaseEvidenceAnswer(many=True))
    def get(self, request: Request, case_id: int) -> Response:
        """Return the evidence, oldest first."""
        rows = [each.row for each in queries.evidence_of(_case_or_404(request, case_id))]
        return Response(CaseEvidenceAnswer(rows, many=True).data)

    @extend_schema(
        operation_id="cases_attach",
        request={"multipart/form-data": NewEvidence},
        responses={201: CaseEvidenceAnswer},
    )
    @create_once
    def post(self, request: Request, case_id: int) -> Response:
        """Add a file as evidence; its digest can then stand in a fact of a step."""
        _case_or_404(request, case_id)
        told = valid(NewEvidence(data=request.data))
        row = services.attach(actor=request.user, case_id=case_id, at=clock.now(), **told)
        return Response(CaseEvidenceAnswer(row).data, status=201)


def _taking(told: dict[str, Any], key: str) -> Taking:
    return Taking(
        told["step"],
        told["facts"],
        told["reason"],
        told["level"],
        told.get("anonymous", False),
        key=key,
    )


def _written(page: Sequence[Case]) -> Any:
    return CaseLineAnswer(lines(page), many=True).data


def _case_or_404(request: Request, case_id: int) -> Case:
    case = queries.case_for(request.user, case_id)
    if case is None:
        raise Http404
    return case
