"""Results for programs: page by page, and one at a time with its working-out."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.assessments import queries
from zhijian.assessments.api import answers, asked
from zhijian.assessments.models import ScoreSheet
from zhijian.assessments.views.asking import assessment_or_404, sheet_or_404
from zhijian.foundation.api.asking import valid
from zhijian.foundation.api.pages import ListView, paged


class Results(ListView):
    """The current results of an assessment."""

    permission_classes = (permission_class("assessments.view"),)

    @extend_schema(
        operation_id="results_list",
        parameters=[asked.ResultFilter],
        responses=answers.ResultAnswer(many=True),
    )
    def get(self, request: Request, assessment_id: int) -> Response:
        """Return the results of the units a caller may see, page by page."""
        assessment = assessment_or_404(request, assessment_id)
        wanted = valid(asked.ResultFilter(data=request.query_params))
        rows = _filtered(queries.sheets_seen(request.user, assessment), wanted)
        return paged(self, rows, lambda page: answers.result_answers(page, assessment))


class Sheet(APIView):
    """One score sheet."""

    permission_classes = (permission_class("assessments.view"),)

    @extend_schema(operation_id="sheets_retrieve", responses=answers.SheetAnswer)
    def get(self, request: Request, sheet_id: int) -> Response:
        """Return a result with its working-out, line by line down to the records."""
        return Response(answers.sheet_answer(sheet_or_404(request, sheet_id)))


def _filtered(rows: QuerySet[ScoreSheet], wanted: dict[str, Any]) -> QuerySet[ScoreSheet]:
    if "unit" in wanted:
        rows = rows.filter(unit_id=wanted["unit"])
    if "status" in wanted:
        rows = rows.filter(status=wanted["status"])
    if "grade" in wanted:
        computed = Q(confirmed_grade="", grade=wanted["grade"])
        rows = rows.filter(Q(confirmed_grade=wanted["grade"]) | computed)
    return rows
