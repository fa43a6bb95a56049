"""Rewards, penalties and budgets for programs."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from zhijian.accounts.access import permission_class
from zhijian.foundation import clock
from zhijian.foundation.api.asking import Upload, identifier, valid
from zhijian.foundation.api.numbers import NumberField
from zhijian.foundation.api.once import create_once
from zhijian.foundation.api.pages import ListView, paged
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import BudgetItem, Kind, LedgerEntry
from zhijian.outcomes.queries import Wanted
from zhijian.outcomes.services import NewItem


class LedgerFilter(serializers.Serializer[Any]):
    """Which entries of the ledger are listed."""

    assessment = identifier(required=False)
    unit = identifier(required=False)
    period = serializers.CharField(required=False, default="", max_length=24)
    kind = serializers.ChoiceField(required=False, default="", choices=Kind.values)


class LimitsAnswer(serializers.Serializer[Any]):
    """Within which amounts in yuan somebody may choose, and which role does."""

    least = serializers.DecimalField(16, 2)
    most = serializers.DecimalField(16, 2, allow_null=True, help_text="null: no upper limit")
    approver = serializers.CharField()


class NewAmount(serializers.Serializer[Any]):
    """The size of an amount in yuan that the regulation leaves open, and why it is this one."""

    amount = NumberField(max_digits=14, decimal_places=2)
    reason = serializers.CharField(max_length=500)


class LedgerAnswer(serializers.ModelSerializer[LedgerEntry]):
    """What followed from a result; a reversal carries the opposite amount."""

    code = serializers.CharField(help_text="the number as it stands on papers")
    unit_id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.values)
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)
    amount = serializers.SerializerMethodField()
    awaits_amount = serializers.BooleanField(help_text="whether somebody still types the amount")
    limits = serializers.SerializerMethodField()

    class Meta:
        model = LedgerEntry
        fields = (
            "id", "code", "assessment", "sheet", "unit_id", "unit_name", "pack_id", "period",
            "rule", "kind", "title", "text", "grade", "score", "amount", "capitals", "cites",
            "due_on", "effective_on", "booked_at", "reverses", "reason", "awaits_amount", "limits",
        )  # fmt: skip

    @extend_schema_field(serializers.DecimalField(16, 2, allow_null=True))
    def get_amount(self, row: LedgerEntry) -> str | None:
        """Return the amount in yuan; null while somebody still has to type it."""
        return None if row.awaits_amount else f"{row.amount:.2f}"

    @extend_schema_field(LimitsAnswer(allow_null=True))
    def get_limits(self, row: LedgerEntry) -> dict[str, Any] | None:
        """Return within which limits the amount is typed, and by whom; null where it is not."""
        return LimitsAnswer(row.open_amount).data if row.awaits_amount else None


class BudgetAnswer(serializers.Serializer[Any]):
    """A budget in the period of the day asked about."""

    pack = serializers.CharField(source="pack.pack_id")
    budget = serializers.CharField(source="budget.id")
    title = serializers.CharField(source="budget.title.zh")
    cites = serializers.CharField(source="budget.cites")
    period = serializers.CharField(source="period.id")
    limit = serializers.DecimalField(16, 2, allow_null=True)
    unconfirmed = serializers.SerializerMethodField()
    spent = serializers.DecimalField(16, 2)
    left = serializers.DecimalField(16, 2, allow_null=True)

    def get_unconfirmed(self, view: queries.BookView) -> list[str]:
        """Return the limit's parameter while nobody has confirmed its proposed value."""
        return [view.budget.limit] if view.is_unconfirmed else []


class NewBudgetItem(serializers.Serializer[Any]):
    """Money to be spent, with the paper that proves it."""

    amount = NumberField(max_digits=14, decimal_places=2)
    purpose = serializers.CharField(max_length=300)
    spent_on = serializers.DateField()
    evidence = Upload()


class BudgetDay(serializers.Serializer[Any]):
    """The day in whose period a budget is looked at; today when none is named."""

    on = serializers.DateField(required=False)


class BudgetItemAnswer(serializers.ModelSerializer[BudgetItem]):
    """An item of a budget book; ``limit`` is the one it was checked against."""

    period = serializers.CharField(source="book.period")
    takes_back = serializers.IntegerField(source="takes_back_id", allow_null=True)

    class Meta:
        model = BudgetItem
        fields = ("id", "period", "amount", "purpose", "spent_on", "at", "limit", "takes_back")


class Entries(ListView):
    """The ledger of rewards and penalties."""

    permission_classes = (permission_class("outcomes.view"),)

    @extend_schema(
        operation_id="ledger_list", parameters=[LedgerFilter], responses=LedgerAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        """Return the entries of the units a caller may see, latest first, page by page."""
        asked = valid(LedgerFilter(data=request.query_params))
        wanted = Wanted(period=asked["period"], unit=asked.get("unit"), kind=asked["kind"])
        rows = queries.entries_seen(request.user, wanted)
        if "assessment" in asked:
            rows = rows.filter(assessment_id=asked["assessment"])
        return paged(self, rows, lambda page: LedgerAnswer(page, many=True).data)


class Amount(APIView):
    """The amount that an entry leaves to the approver."""

    permission_classes = (permission_class("outcomes.type_amount"),)

    @extend_schema(
        operation_id="ledger_type_amount", request=NewAmount, responses={201: LedgerAnswer}
    )
    @create_once
    def post(self, request: Request, entry_id: int) -> Response:
        """Type the amount within its limits; it is booked as an entry of its own."""
        if queries.entry_for(request.user, entry_id) is None:
            raise Http404
        told = valid(NewAmount(data=request.data))
        booked = services.type_amount(actor=request.user, entry_id=entry_id, **told)
        return Response(LedgerAnswer(booked).data, status=201)


class Budget(APIView):
    """One budget."""

    permission_classes = (permission_class("outcomes.view"),)

    @extend_schema(operation_id="budgets_retrieve", parameters=[BudgetDay], responses=BudgetAnswer)
    def get(self, request: Request, pack_id: str, budget_id: str) -> Response:
        """Return the limit of a budget, what was spent and what is left."""
        if not queries.sees_books(request.user):
            raise Http404
        asked = valid(BudgetDay(data=request.query_params))
        view = queries.book_view(pack_id, budget_id, asked.get("on") or clock.today())
        if view is None:
            raise Http404
        return Response(BudgetAnswer(view).data)


class BudgetItems(ListView):
    """The items of one budget."""

    permission_classes = (permission_class("outcomes.view", "outcomes.spend_budget"),)
    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="budget_items_list", responses=BudgetItemAnswer(many=True))
    def get(self, request: Request, pack_id: str, budget_id: str) -> Response:
        """Return the items of a budget in all periods, latest first, page by page."""
        if not queries.sees_books(request.user):
            raise Http404
        rows = queries.items_of(pack_id, budget_id)
        return paged(self, rows, lambda page: BudgetItemAnswer(page, many=True).data)

    @extend_schema(
        operation_id="budget_items_create",
        request={"multipart/form-data": NewBudgetItem},
        responses={201: BudgetItemAnswer},
    )
    @create_once
    def post(self, request: Request, pack_id: str, budget_id: str) -> Response:
        """Spend from a budget; what exceeds its limit is refused."""
        asked = valid(NewBudgetItem(data=request.data))
        item = NewItem(**asked)
        row = services.spend(actor=request.user, pack_id=pack_id, budget_id=budget_id, item=item)
        return Response(BudgetItemAnswer(row).data, status=201)
