"""Units for programs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from zhijian.accounts.access import permission_class
from zhijian.foundation.api.asking import identifier, valid
from zhijian.foundation.api.pages import ListView, paged
from zhijian.organizations import queries
from zhijian.organizations.models import Unit


class UnitFilter(serializers.Serializer[Any]):
    """Which units are listed."""

    name = serializers.CharField(required=False, max_length=100)
    code = serializers.CharField(required=False, max_length=40)
    kind = serializers.CharField(required=False, max_length=40)
    parent_id = identifier(required=False)
    is_active = serializers.BooleanField(required=False, allow_null=True, default=None)


class UnitAnswer(serializers.ModelSerializer[Unit]):
    """A unit and where it stands in the tree."""

    kind = serializers.CharField()
    parent_id = serializers.IntegerField(allow_null=True)
    attributes = serializers.DictField()

    class Meta:
        model = Unit
        fields = ("id", "code", "name", "kind", "group", "attributes", "parent_id", "is_active")


class Units(ListView):
    """All units."""

    permission_classes = (permission_class("organizations.view"),)

    @extend_schema(
        operation_id="units_list", parameters=[UnitFilter], responses=UnitAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        """Return the units in the order of their ids, page by page."""
        asked = valid(UnitFilter(data=request.query_params))
        wanted = {name: value for name, value in asked.items() if value is not None}
        rows = queries.rows_seen(request.user).filter(**wanted)
        return paged(self, rows, lambda page: UnitAnswer(page, many=True).data, ("pk",))
