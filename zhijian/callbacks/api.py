"""Call-backs for programs: listed, tried, and the ledger with its rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.callbacks import queries, services
from zhijian.callbacks.models import CallBack, CallState, Outcome
from zhijian.callbacks.queries import ALL, Wanted
from zhijian.callbacks.services import Made
from zhijian.domain.callbacks.ledger import Balance, Rate
from zhijian.foundation import clock
from zhijian.foundation.api.asking import FactsField, identifier, valid
from zhijian.foundation.api.once import create_once
from zhijian.foundation.api.pages import ListView, paged


class CallBackFilter(serializers.Serializer[Any]):
    """Which call-backs are listed; those that wait unless told."""

    shown = serializers.ChoiceField(
        required=False, default=CallState.PENDING.value, choices=[str(e) for e in queries.SHOWN]
    )
    kind = serializers.CharField(required=False, default="", max_length=200, help_text="pack:kind")
    unit = identifier(required=False, help_text="id of the unit")
    first = serializers.DateField(required=False, help_text="fell due on this day or later")
    last = serializers.DateField(required=False, help_text="fell due on this day or before")


class CallBackAnswer(serializers.Serializer[Any]):
    """A call-back as lists tell it; what was answered is read on the page of the call alone."""

    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    case = serializers.IntegerField(source="case_id", help_text="id of the case")
    case_number = serializers.CharField(source="case.number")
    rule = serializers.CharField()
    unit = serializers.IntegerField(source="unit_id")
    due_on = serializers.DateField()
    state = serializers.ChoiceField(choices=CallState.choices)
    satisfied = serializers.BooleanField(allow_null=True)
    cause = serializers.CharField(allow_blank=True)
    caller = serializers.IntegerField(source="caller_id", allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)


class NewAttempt(serializers.Serializer[Any]):
    """An attempt and how it ended; ``answers`` by the names of the questions."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    answers = FactsField(required=False, default=dict)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=1000)
    at = serializers.DateTimeField(required=False, help_text="now where nothing is said")


class CallBackRateAnswer(serializers.Serializer[Any]):
    """A rate with its parts; the share is exact, a fraction, or nothing without a whole."""

    part = serializers.IntegerField()
    whole = serializers.IntegerField()
    share = serializers.CharField(allow_null=True)


class CallBackLedgerLineAnswer(serializers.Serializer[Any]):
    """One line of the ledger: closed = done + unreachable + refused + excluded + pending."""

    label = serializers.CharField(allow_blank=True)
    closed = serializers.IntegerField()
    done = serializers.IntegerField()
    unreachable = serializers.IntegerField()
    refused = serializers.IntegerField()
    excluded = serializers.IntegerField()
    pending = serializers.IntegerField()
    satisfied = serializers.IntegerField()
    balances = serializers.BooleanField()
    called = CallBackRateAnswer()
    reached = CallBackRateAnswer()
    content = CallBackRateAnswer(help_text="satisfied, of those reached")


class CallBackLedgerAnswer(serializers.Serializer[Any]):
    """The lines of a span, and all of them together."""

    lines = CallBackLedgerLineAnswer(many=True)
    whole = CallBackLedgerLineAnswer()


class CallBackLedgerFilter(serializers.Serializer[Any]):
    """How the ledger is told, and of what."""

    by = serializers.ChoiceField(required=False, default="day", choices=[*queries.BY])
    kind = serializers.CharField(required=False, default="", max_length=200, help_text="pack:kind")
    unit = identifier(required=False, help_text="id of the unit")
    first = serializers.DateField(required=False)
    last = serializers.DateField(required=False)


class CallBacks(ListView):
    """The call-backs that a caller may see."""

    permission_classes = (permission_class("cases.view"),)

    @extend_schema(
        operation_id="call_backs_list",
        parameters=[CallBackFilter],
        responses=CallBackAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return the call-backs, page by page, the one that fell due first in front."""
        wanted = Wanted(**valid(CallBackFilter(data=request.query_params)))
        rows = queries.with_names(queries.rows(request.user, wanted))
        return paged(self, rows, _written, ("due_on", "pk"))


class Attempts(APIView):
    """Attempts to reach somebody."""

    permission_classes = (permission_class("cases.act"),)
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="call_backs_attempt", request=NewAttempt, responses={201: CallBackAnswer}
    )
    @create_once
    def post(self, request: Request, call_back_id: int) -> Response:
        """Record an attempt; where it ends the call-back, the case goes on as its law says."""
        if queries.call_back_for(request.user, call_back_id) is None:
            raise Http404
        told = valid(NewAttempt(data=request.data))
        made = Made(told["outcome"], told["answers"], told["note"], told.get("at"))
        row = services.attempt(
            actor=request.user, call_back_id=call_back_id, made=made, at=clock.now()
        )
        return Response(CallBackAnswer(row).data, status=201)


class LedgerOf(APIView):
    """The ledger of call-backs."""

    permission_classes = (permission_class("cases.view"),)

    @extend_schema(
        operation_id="call_backs_ledger",
        parameters=[CallBackLedgerFilter],
        responses=CallBackLedgerAnswer,
    )
    def get(self, request: Request) -> Response:
        """Return the ledger by day, month or unit, with its rates."""
        told = valid(CallBackLedgerFilter(data=request.query_params))
        by = told.pop("by")
        found = queries.ledger(request.user, Wanted(shown=ALL, **told), by)
        lines = [_line(each.label, each.balance) for each in found.lines]
        answer = {"lines": lines, "whole": _line("", found.whole)}
        return Response(CallBackLedgerAnswer(answer).data)


def _written(page: Sequence[CallBack]) -> Any:
    return CallBackAnswer(page, many=True).data


def _line(label: str, told: Balance) -> dict[str, Any]:
    counts = ("closed", "done", "unreachable", "refused", "excluded", "pending", "satisfied")
    return {
        "label": label,
        **{name: getattr(told, name) for name in counts},
        "balances": told.balances,
        "called": _rate(told.called),
        "reached": _rate(told.reached),
        "content": _rate(told.content),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    share = rate.share
    return {"part": rate.part, "whole": rate.whole, "share": None if share is None else str(share)}
