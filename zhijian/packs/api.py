"""Regulations for programs: versions, and one version with its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.domain.exact import plain
from zhijian.domain.policy.parameter import Entry, Parameter
from zhijian.domain.policy.values import Bands, ParameterValue, Points, Table, Weights
from zhijian.domain.problems import Problem
from zhijian.domain.words import Words, listed
from zhijian.foundation.api.asking import valid
from zhijian.foundation.api.pages import ListView, paged
from zhijian.foundation.language import language
from zhijian.foundation.wording import say
from zhijian.packs import queries
from zhijian.packs.models import PackVersion
from zhijian.packs.queries import PackUnreadable, VersionRef


class VersionFilter(serializers.Serializer[Any]):
    """Which versions are listed."""

    pack = serializers.CharField(required=False, max_length=80, help_text="id of the regulation")
    in_force_on = serializers.DateField(required=False, help_text="only what counts on this day")


class VersionAnswer(serializers.Serializer[Any]):
    """A version of a regulation; ``expires`` is the first day on which it no longer counts."""

    id = serializers.IntegerField()
    pack_id = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField()
    trial = serializers.BooleanField()
    state = serializers.ChoiceField(choices=["draft", "checked", "published", "superseded"])
    effective = serializers.DateField()
    expires = serializers.DateField(allow_null=True)
    digest = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)


class EntryAnswer(serializers.Serializer[Any]):
    """What a parameter is from a day on; ``value`` is nothing after a repeal."""

    starts = serializers.DateField()
    value = serializers.JSONField(allow_null=True, help_text="numbers are exact text")
    proposed = serializers.BooleanField()
    document = serializers.CharField(allow_blank=True)
    clause = serializers.CharField(allow_blank=True)


class ParameterAnswer(serializers.Serializer[Any]):
    """A value of the regulation with its whole history, oldest first."""

    id = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    verified_until = serializers.DateField()
    entries = EntryAnswer(many=True)


class NoticeAnswer(serializers.Serializer[Any]):
    """Something a reader must know."""

    code = serializers.CharField()
    where = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class VersionDetail(VersionAnswer):
    """A version with its parameters; ``unconfirmed`` names proposed values nobody decided about."""

    units = serializers.ListField(child=serializers.CharField())
    schemes = serializers.ListField(child=serializers.CharField())
    kinds = serializers.ListField(child=serializers.CharField())
    budgets = serializers.ListField(child=serializers.CharField())
    parameters = ParameterAnswer(many=True)
    unconfirmed = serializers.ListField(child=serializers.CharField())
    notices = NoticeAnswer(many=True)


class Versions(ListView):
    """The versions of all regulations."""

    permission_classes = (permission_class("packs.view"),)

    @extend_schema(
        operation_id="packs_list",
        parameters=[VersionFilter],
        responses=VersionAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the versions, the latest stored first, page by page."""
        wanted = valid(VersionFilter(data=request.query_params))
        rows = PackVersion.objects.defer("files")
        if "pack" in wanted:
            rows = rows.filter(pack_id=wanted["pack"])
        if "in_force_on" in wanted:
            counting = queries.published_packs(wanted["in_force_on"])
            rows = rows.filter(pk__in=[ref.id for ref in counting])
        return paged(self, rows, _versions)


class Version(APIView):
    """One version."""

    permission_classes = (permission_class("packs.view"),)

    @extend_schema(operation_id="packs_retrieve", responses=VersionDetail)
    def get(self, request: Request, version_id: int) -> Response:
        """Return a version with its parameters and what nobody has confirmed yet."""
        ref = queries.version_ref(version_id)
        if ref is None:
            raise Http404
        return Response(_detail(ref))


def _versions(rows: Sequence[PackVersion]) -> Any:
    known = {
        ref.id: ref
        for pack_id in {row.pack_id for row in rows}
        for ref in queries.versions(pack_id)
    }
    return VersionAnswer([known[row.pk] for row in rows], many=True).data


def _detail(ref: VersionRef) -> dict[str, Any]:
    lang = language()
    around = VersionAnswer(ref).data
    try:
        pack = queries.confirmed_pack(ref.id)
    except PackUnreadable as unreadable:
        nothing: dict[str, Any] = dict.fromkeys(
            ("units", "schemes", "kinds", "budgets", "parameters", "unconfirmed"), ()
        )
        return {**around, **nothing, "notices": _told(unreadable.problems, lang)}
    unconfirmed = queries.unconfirmed(ref.id)
    notices = []
    if unconfirmed:
        titles = listed(
            Words(f"{title.zh}({name})", f"{title.to('en')} ({name})")
            for name, title in ((name, pack.parameters[name].title) for name in unconfirmed)
        )
        notices = [
            Problem.at(
                ref.pack_id, "assess.unconfirmed", titles=titles, names=" ".join(unconfirmed)
            )
        ]
    return {
        **around,
        "units": pack.header.units,
        "schemes": tuple(pack.schemes),
        "kinds": tuple(pack.kinds),
        "budgets": tuple(pack.budgets),
        "parameters": [_parameter(each, lang) for each in pack.parameters.values()],
        "unconfirmed": unconfirmed,
        "notices": _told(notices, lang),
    }


def _told(problems: Sequence[Problem], language: str) -> list[dict[str, str]]:
    return [
        {
            "code": each.code,
            "where": each.where,
            "message": say(each.code, dict(each.facts), language),
        }
        for each in problems
    ]


def _parameter(parameter: Parameter, language: str) -> dict[str, Any]:
    return {
        "id": parameter.id,
        "title": parameter.title.to(language),
        "kind": parameter.kind,
        "unit": parameter.unit,
        "verified_until": parameter.verified_until,
        "entries": [_entry(each) for each in parameter.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "starts": entry.starts,
        "value": None if entry.value is None else as_data(entry.value),
        "proposed": entry.proposed,
        "document": entry.cites.document,
        "clause": entry.cites.clause,
    }


def as_data(value: ParameterValue) -> Any:
    """Return a value as JSON; numbers are exact text, ranges are written [90, 95)."""
    match value:
        case Weights():
            return {name: plain(each) for name, each in value.parts}
        case Bands():
            return [
                {"range": str(each.interval), "gives": _cell(each.gives)} for each in value.bands
            ]
        case Points():
            return [[plain(x), plain(y)] for x, y in value.corners]
        case Table():
            return {
                row: {column: _cell(cell) for column, cell in cells} for row, cells in value.rows
            }
        case _:
            return _cell(value)


def _cell(value: Fraction | str) -> str:
    return plain(value) if isinstance(value, Fraction) else value
