"""Background jobs for programs: one's own, and all of them for who looks after the site."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.foundation import gate
from zhijian.foundation.api.pages import ListView, paged
from zhijian.foundation.jobs import queries


class MayUseApi(BasePermission):
    """Refuses whoever may not use the API at all."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether the caller may use any door for programs."""
        return gate.may(request.user, "api.use")


class JobSerializer(serializers.Serializer[Any]):
    """How far a job is, and where its result is seen when it is done."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=["ready", "running", "done", "failed", "cancelled"])
    percent = serializers.IntegerField()
    words = serializers.CharField(allow_blank=True)
    enqueued_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    link = serializers.CharField(allow_blank=True)


class JobsView(ListView):
    """The jobs a caller may see."""

    permission_classes = (MayUseApi,)

    @extend_schema(operation_id="jobs_list", responses=JobSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Return the jobs, latest first, page by page."""
        rows = queries.jobs_for(request.user)
        return paged(
            self,
            rows,
            lambda page: JobSerializer(queries.views(page), many=True).data,
            ("-enqueued_at", "-pk"),
        )


class JobView(APIView):
    """One job."""

    permission_classes = (MayUseApi,)

    @extend_schema(operation_id="jobs_retrieve", responses=JobSerializer)
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """Return how far a job is."""
        found = queries.job_for(request.user, job_id)
        if found is None:
            raise Http404
        return Response(JobSerializer(found).data)
