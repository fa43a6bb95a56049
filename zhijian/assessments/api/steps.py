"""Assessments for programs: listed, opened, computed, handed in, approved, published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.assessments import jobs, queries
from zhijian.assessments.api import answers, asked
from zhijian.assessments.models import Assessment
from zhijian.assessments.services import approving, cancelling, correcting, opening
from zhijian.assessments.views.asking import assessment_or_404
from zhijian.foundation.api.asking import valid
from zhijian.foundation.api.jobs import JobSerializer
from zhijian.foundation.api.once import create_once
from zhijian.foundation.api.pages import ListView, paged
from zhijian.foundation.jobs import queries as job_queries


class Assessments(ListView):
    """All assessments."""

    permission_classes = (permission_class("assessments.view", "assessments.open_period"),)

    @extend_schema(
        operation_id="assessments_list",
        parameters=[asked.AssessmentFilter],
        responses=answers.AssessmentAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the assessments, the latest opened first, page by page."""
        wanted = valid(asked.AssessmentFilter(data=request.query_params))
        if "pack" in wanted:
            wanted["pack_id"] = wanted.pop("pack")
        if wanted.pop("editions", "all") == "current":
            wanted["is_current"] = True
        rows = queries.assessments_seen(request.user).filter(**wanted)
        return paged(self, rows, lambda page: answers.AssessmentAnswer(page, many=True).data)

    @extend_schema(
        operation_id="assessments_open",
        request=asked.NewAssessment,
        responses={201: answers.AssessmentDetail},
    )
    @create_once
    def post(self, request: Request) -> Response:
        """Open the assessment of a period."""
        wanted = valid(asked.NewAssessment(data=request.data))
        row = opening.open_period(
            actor=request.user,
            pack_id=wanted["pack"],
            scheme=wanted["scheme"],
            period=wanted["period"],
        )
        return _told(request, row, 201)


class OneAssessment(APIView):
    """One assessment."""

    permission_classes = (permission_class("assessments.view"),)

    @extend_schema(operation_id="assessments_retrieve", responses=answers.AssessmentDetail)
    def get(self, request: Request, assessment_id: int) -> Response:
        """Return where an assessment stands, and what hinders its approval."""
        return _told(request, assessment_or_404(request, assessment_id))


class Compute(APIView):
    """The computation of all results."""

    permission_classes = (permission_class("assessments.compute"),)

    @extend_schema(operation_id="assessments_compute", request=None, responses={202: JobSerializer})
    def post(self, request: Request, assessment_id: int) -> Response:
        """Start computing in the background; asked twice, the same job is returned."""
        assessment = assessment_or_404(request, assessment_id)
        job_id = jobs.request_compute(actor=request.user, assessment=assessment)
        place = reverse("api-job", kwargs={"job_id": job_id}, request=request)
        job = JobSerializer(job_queries.job(job_id)).data
        return Response(job, status=202, headers={"Location": place})


class _Step(APIView):
    """A step of an assessment: a service that takes it, with what it asks for."""

    takes: ClassVar[Callable[..., object]]
    asks: ClassVar[type[Serializer[Any]] | None] = None

    def post(self, request: Request, assessment_id: int) -> Response:
        """Take the step."""
        assessment_or_404(request, assessment_id)
        wanted = valid(self.asks(data=request.data)) if self.asks else {}
        self.takes(actor=request.user, assessment_id=assessment_id, **wanted)
        return _told(request, assessment_or_404(request, assessment_id))


def _named(operation_id: str) -> Callable[[type[_Step]], type[_Step]]:
    def describe(view: type[_Step]) -> type[_Step]:
        schema = extend_schema(
            operation_id=operation_id,
            request=view.asks,
            responses=answers.AssessmentDetail,
            description=view.__doc__,
        )
        return extend_schema_view(post=schema)(view)

    return describe


@_named("assessments_submit")
class Submit(_Step):
    """Hand the results to the committee."""

    permission_classes = (permission_class("assessments.compute"),)
    takes = staticmethod(approving.submit)


@_named("assessments_send_back")
class SendBack(_Step):
    """Return the results to the working group with a reason."""

    permission_classes = (permission_class("assessments.approve"),)
    takes, asks = staticmethod(approving.send_back), asked.SendBack


@_named("assessments_approve")
class Approve(_Step):
    """Make the results final; money is booked and the records of the period are locked."""

    permission_classes = (permission_class("assessments.approve"),)
    takes, asks = staticmethod(approving.approve), asked.Approval


class Reopen(APIView):
    """The correction of a decided result."""

    permission_classes = (permission_class("assessments.approve"),)

    @extend_schema(
        operation_id="assessments_reopen",
        request=asked.Reopening,
        responses={201: answers.AssessmentDetail},
    )
    @create_once
    def post(self, request: Request, assessment_id: int) -> Response:
        """Begin the next edition of a decided result; the former stays as it is."""
        assessment_or_404(request, assessment_id)
        wanted = valid(asked.Reopening(data=request.data))
        row = correcting.reopen(actor=request.user, assessment_id=assessment_id, **wanted)
        return _told(request, row, 201)


@_named("assessments_cancel_correction")
class Cancel(_Step):
    """Give a correction up before anything was decided; the former edition goes on to stand."""

    permission_classes = (permission_class("assessments.approve"),)
    takes, asks = staticmethod(cancelling.cancel_correction), asked.Cancellation


@_named("assessments_publish")
class Publish(_Step):
    """Publish approved results."""

    permission_classes = (permission_class("assessments.publish"),)
    takes = staticmethod(approving.publish)


def _told(request: Request, assessment: Assessment, status: int = 200) -> Response:
    answer = answers.AssessmentDetail(assessment, context={"request": request})
    return Response(answer.data, status=status)
