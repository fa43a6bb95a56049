"""What a person was told, for their programs; and that it was read."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.foundation.api.asking import identifier, valid
from zhijian.foundation.api.jobs import MayUseApi
from zhijian.foundation.api.once import create_once
from zhijian.foundation.api.pages import ListView, paged
from zhijian.foundation.notifications import queries, services


class NotificationFilter(serializers.Serializer[Any]):
    """Which notifications are listed."""

    unread = serializers.BooleanField(required=False, default=False)


class NotificationAnswer(serializers.Serializer[Any]):
    """One thing the caller was told, in the language of the request."""

    id = serializers.IntegerField()
    event = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()
    made_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class UpTo(serializers.Serializer[Any]):
    """Up to which notification everything was read."""

    until = identifier()


class ReadAnswer(serializers.Serializer[Any]):
    """How many were unread before."""

    marked = serializers.IntegerField()


class Notifications(ListView):
    """What the caller was told."""

    permission_classes = (MayUseApi,)

    @extend_schema(
        operation_id="notifications_list",
        parameters=[NotificationFilter],
        responses=NotificationAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the caller's own notifications, latest first, page by page."""
        asked = valid(NotificationFilter(data=request.query_params))
        rows = queries.notifications_of(request.user, asked["unread"])
        return paged(
            self, rows, lambda page: NotificationAnswer(queries.told(page), many=True).data
        )


class Read(APIView):
    """That notifications were read."""

    permission_classes = (MayUseApi,)

    @extend_schema(operation_id="notifications_read", request=UpTo, responses={200: ReadAnswer})
    @create_once
    def post(self, request: Request) -> Response:
        """Mark the caller's own notifications up to one as read."""
        asked = valid(UpTo(data=request.data))
        marked = services.mark_all_read(user=request.user, until=asked["until"])
        return Response({"marked": marked})
