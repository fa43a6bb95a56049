"""A small API that makes drafts, for the tests of what all doors for programs share."""

from __future__ import annotations

from django.urls import path
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.foundation import clock
from zhijian.foundation.api.once import create_once
from zhijian.foundation.drafts.models import Draft
from zhijian.foundation.refusal import Refusal


class Line(serializers.Serializer):
    points = serializers.DecimalField(max_digits=3, decimal_places=1, min_value=0)


class Sheet(serializers.Serializer):
    key = serializers.CharField(max_length=20)
    lines = Line(many=True, required=False)


class Sheets(APIView):
    @create_once
    def post(self, request: Request) -> Response:
        sheet = Sheet(data=request.data)
        sheet.is_valid(raise_exception=True)
        if sheet.validated_data["key"] == "refused":
            raise Refusal("files.empty", name="a.xlsx")
        draft = Draft.objects.create(
            user=request.user, key=sheet.validated_data["key"], data={}, saved_at=clock.now()
        )
        return Response({"id": draft.pk, "key": draft.key}, status=201)


class Row(serializers.ModelSerializer):
    class Meta:
        model = Draft
        fields = ("id", "key")


class Rows(ListAPIView):
    queryset = Draft.objects.all()
    serializer_class = Row


urlpatterns = [path("sheets", Sheets.as_view()), path("rows", Rows.as_view())]
