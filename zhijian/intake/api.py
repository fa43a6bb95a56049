"""Records for programs: read page by page, entered one at a time or many at once."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.domain.dates.period import Period
from zhijian.domain.problems import Problem
from zhijian.foundation.api.asking import identifier, valid
from zhijian.foundation.api.once import create_once
from zhijian.foundation.api.pages import ByIdentifier, paged
from zhijian.foundation.language import language
from zhijian.foundation.wording import say
from zhijian.intake import queries, services
from zhijian.intake.book import Book
from zhijian.intake.models import Record, Source
from zhijian.intake.services import Entry, RecordRefused, RecordsWrong
from zhijian.intake.views.opening import seen_units

MOST = 1000


class RecordFilter(serializers.Serializer[Any]):
    """Which records are listed."""

    kind = serializers.CharField(required=False, max_length=60)
    unit = identifier(required=False, help_text="id of the unit")


class EntrySerializer(serializers.Serializer[Any]):
    """What is entered: the kind and the cells by field, beside them ``unit``, ``month``, ``on``."""

    kind = serializers.CharField(max_length=60)
    values = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=4000),
        help_text="exact decimals as text; `unit` by name, `month` 2024-03, `on` 2024-03-05",
    )
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class EntriesSerializer(serializers.Serializer[Any]):
    """Many entries, taken together or not at all."""

    entries = EntrySerializer(many=True, max_length=MOST, min_length=1)


class RecordSerializer(serializers.ModelSerializer[Record]):
    """A record as it is stored; every value is a canonical text."""

    unit = serializers.CharField(source="unit.name", default=None, allow_null=True)
    values = serializers.DictField(child=serializers.CharField())
    author = serializers.CharField(source="author.username", default=None, allow_null=True)

    class Meta:
        model = Record
        fields = (
            "id", "pack_id", "kind", "unit", "on", "values", "source", "author", "entered_at",
            "note",
        )  # fmt: skip


class EnteredSerializer(serializers.Serializer[Any]):
    """How many records were entered, and their ids in the order of the entries."""

    count = serializers.IntegerField()
    ids = serializers.ListField(child=serializers.IntegerField())


class _Entering(APIView):
    """What both doors for new records share."""

    def get_permissions(self) -> list[BasePermission]:
        """Reading asks for one right, entering for another."""
        reads = self.request.method in ("GET", "HEAD", "OPTIONS")
        return [permission_class("records.view" if reads else "records.enter")()]


class RecordsView(_Entering):
    """The records of one pack in one period."""

    pagination_class = ByIdentifier

    @extend_schema(
        operation_id="records_list",
        parameters=[RecordFilter],
        responses=RecordSerializer(many=True),
    )
    def get(self, request: Request, pack_id: str, period: str) -> Response:
        """Return the records in force, newest first, page by page."""
        book = _book(pack_id, period)
        asked = valid(RecordFilter(data=request.query_params))
        kinds = [asked["kind"]] if "kind" in asked else None
        rows = queries.records(pack_id, book.period, kinds, seen_units(request.user))
        if "unit" in asked:
            rows = rows.filter(unit_id=asked["unit"])
        return paged(
            self,
            rows.select_related("unit", "author"),
            lambda page: RecordSerializer(page, many=True).data,
        )

    @extend_schema(
        operation_id="records_create", request=EntrySerializer, responses={201: RecordSerializer}
    )
    @create_once
    def post(self, request: Request, pack_id: str, period: str) -> Response:
        """Enter one record; every problem is listed with its field."""
        asked = valid(EntrySerializer(data=request.data))
        try:
            row = services.enter_record(
                actor=request.user, book=_book(pack_id, period), entry=_entry(asked)
            )
        except RecordsWrong as wrong:
            raise ValidationError(_told(wrong.problems, "values")) from wrong
        return Response(RecordSerializer(row).data, status=201)


class BatchView(_Entering):
    """Many records at once."""

    @extend_schema(
        operation_id="records_create_many",
        request=EntriesSerializer,
        responses={201: EnteredSerializer},
    )
    @create_once
    def post(self, request: Request, pack_id: str, period: str) -> Response:
        """Enter up to a thousand records, all or none."""
        asked = valid(EntriesSerializer(data=request.data))
        entries = [_entry(each) for each in asked["entries"]]
        book = _book(pack_id, period)
        try:
            rows = services.enter_records(actor=request.user, book=book, entries=entries)
        except RecordsWrong as wrong:
            raise ValidationError(_told(wrong.problems, "entries")) from wrong
        return Response({"count": len(rows), "ids": [row.pk for row in rows]}, status=201)


def _book(pack_id: str, period: str) -> Book:
    try:
        found = queries.book_of(pack_id, Period.parse(period))
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise RecordRefused("intake.unknown_book", pack=pack_id, period=period)
    return found


def _entry(asked: Any) -> Entry:
    return Entry(asked["kind"], asked["values"], asked["note"], Source.API)


def _told(problems: tuple[Problem, ...], root: str) -> dict[str, Any]:
    """Put every problem at its place, in the words of the caller's language."""
    lang = language()
    told: dict[str, list[Any]] = {}
    for each in problems:
        words = say(each.code, dict(each.facts), lang)
        told.setdefault(each.where, []).append(serializers.ErrorDetail(words, each.code))
    return {root: told}
