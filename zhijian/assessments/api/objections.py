"""Objections for programs: listed, raised, decided, withdrawn."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import permission_class
from zhijian.assessments import queries
from zhijian.assessments.api import answers, asked
from zhijian.assessments.models import Objection
from zhijian.assessments.services import objecting
from zhijian.assessments.services.objecting import Plea, Ruling
from zhijian.assessments.views.asking import assessment_or_404, objection_or_404, sheet_or_404
from zhijian.foundation.api.asking import valid
from zhijian.foundation.api.once import create_once
from zhijian.foundation.api.pages import ListView, paged


class Objections(ListView):
    """The objections to an assessment."""

    permission_classes = (permission_class("assessments.view"),)

    @extend_schema(
        operation_id="objections_list",
        parameters=[asked.ObjectionFilter],
        responses=answers.ObjectionAnswer(many=True),
    )
    def get(self, request: Request, assessment_id: int) -> Response:
        """Return the objections of the units a caller may see, latest first."""
        assessment = assessment_or_404(request, assessment_id)
        wanted = valid(asked.ObjectionFilter(data=request.query_params))
        if "unit" in wanted:
            wanted["sheet__unit_id"] = wanted.pop("unit")
        rows = queries.objections_seen(request.user, assessment).filter(**wanted)
        return paged(self, rows, answers.objection_answers)


class SheetObjections(APIView):
    """Objecting to a line of a sheet."""

    permission_classes = (permission_class("assessments.object"),)

    @extend_schema(
        operation_id="objections_create",
        request={
            "application/json": asked.NewObjection,
            "multipart/form-data": asked.NewObjectionWithEvidence,
        },
        responses={201: answers.ObjectionAnswer},
    )
    @create_once
    def post(self, request: Request, sheet_id: int) -> Response:
        """Object to one line, or to one record behind it, with files that prove it."""
        sheet = sheet_or_404(request, sheet_id)
        if not accounts.may(request.user, "assessments.object", sheet.unit_id):
            raise Http404
        wanted = valid(asked.NewObjectionWithEvidence(data=request.data))
        evidence = tuple(wanted["evidence"])
        plea = Plea(wanted["line"], wanted["reason"], wanted["record"], evidence)
        row = objecting.raise_objection(actor=request.user, sheet_id=sheet_id, plea=plea)
        return _answer(row, status=201)


class OneObjection(APIView):
    """One objection."""

    permission_classes = (permission_class("assessments.view"),)

    @extend_schema(operation_id="objections_retrieve", responses=answers.ObjectionAnswer)
    def get(self, request: Request, objection_id: int) -> Response:
        """Return an objection and what became of it."""
        return _answer(objection_or_404(request, objection_id))


class Decide(APIView):
    """The committee's decision."""

    permission_classes = (permission_class("assessments.decide_objection"),)

    @extend_schema(
        operation_id="objections_decide",
        request=asked.Decision,
        responses=answers.ObjectionAnswer,
    )
    def post(self, request: Request, objection_id: int) -> Response:
        """Decide an objection; where it is upheld, that line is judged again.

        `returned` upholds it and gives the records back to be put right; it is settled when the
        period is computed anew.
        """
        objection_or_404(request, objection_id)
        wanted = valid(asked.Decision(data=request.data))
        ruling = Ruling(
            upheld=wanted["decision"] != "rejected",
            reason=wanted["reason"],
            void=wanted["decision"] == "void",
            values=wanted.get("values", {}) if wanted["decision"] == "change" else {},
            returned=wanted["decision"] == "returned",
        )
        row = objecting.decide(actor=request.user, objection_id=objection_id, ruling=ruling)
        return _answer(row)


class Withdraw(APIView):
    """Taking an objection back."""

    permission_classes = (permission_class("assessments.object"),)

    @extend_schema(
        operation_id="objections_withdraw", request=None, responses=answers.ObjectionAnswer
    )
    def post(self, request: Request, objection_id: int) -> Response:
        """Take one's own objection back while it is undecided."""
        objection_or_404(request, objection_id)
        objecting.withdraw(actor=request.user, objection_id=objection_id)
        return _answer(objection_or_404(request, objection_id))


def _answer(row: Objection, status: int = 200) -> Response:
    return Response(answers.objection_answers([row])[0], status=status)
