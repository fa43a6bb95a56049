"""Budgets of the regulations in force, and what was spent from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet, Sum

from zhijian.accounts import queries as accounts
from zhijian.domain.dates.period import Period
from zhijian.domain.exact import to_decimal
from zhijian.domain.outcomes.budget import Budget
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import InForce
from zhijian.foundation.files import queries as files
from zhijian.foundation.files.queries import FileRef
from zhijian.foundation.language import language
from zhijian.outcomes.models import BudgetBook, BudgetItem
from zhijian.packs import queries as packs
from zhijian.packs.queries import VersionRef


def sees_books(user: Any) -> bool:
    """Tell whether a person sees budgets: they are of no unit, so for who sees all units."""
    return accounts.units_allowed(user, "outcomes.view") is accounts.ALL


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with its evidence."""

    row: BudgetItem
    evidence: list[FileRef]
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class BookView:
    """A budget in one period: its limit, what was spent, and from which text it comes."""

    pack: VersionRef
    budget: Budget
    period: Period
    limit: Decimal | None
    is_unconfirmed: bool
    spent: Decimal
    items: list[ItemView]

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return self.budget.title.to(language())

    @property
    def left(self) -> Decimal | None:
        """What may still be spent."""
        return None if self.limit is None else self.limit - self.spent

    @property
    def share(self) -> Decimal | None:
        """How much of the limit is spent, between 0 and 1."""
        return self.spent / self.limit if self.limit else None


def books(day: date) -> list[BookView]:
    """Return the budgets of every regulation in force on a day, with their state on that day."""
    return [
        _view(version, budget, Period.containing(day, budget.per), day, with_items=False)
        for version in packs.published_packs(day)
        for budget in packs.typed_ref(version).budgets.values()
    ]


def book_view(pack_id: str, budget_id: str, day: date) -> BookView | None:
    """Return one budget in the period in which ``day`` lies, with its items."""
    version = packs.pack_in_force(pack_id, day)
    budget = packs.typed(version.id).budgets.get(budget_id) if version else None
    if version is None or budget is None:
        return None
    return _view(version, budget, Period.containing(day, budget.per), day, with_items=True)


def item(item_id: int) -> BudgetItem | None:
    """Return one item, or nothing."""
    return BudgetItem.objects.filter(pk=item_id).select_related("book").first()


def items_of(pack_id: str, budget_id: str) -> QuerySet[BudgetItem]:
    """Return the items of a budget in all periods, latest first."""
    rows = BudgetItem.objects.filter(book__pack_id=pack_id, book__budget=budget_id)
    return rows.select_related("book").order_by("-pk")


def may_read_evidence(user: Any, file: FileRef) -> bool:
    """Tell whether a person may read the evidence of an item: who sees the whole ledger may."""
    return accounts.units_allowed(user, "outcomes.view") is accounts.ALL


def _view(
    version: VersionRef, budget: Budget, period: Period, day: date, with_items: bool
) -> BookView:
    rows = BudgetItem.objects.filter(
        book__in=BudgetBook.objects.filter(
            pack_id=version.pack_id, budget=budget.id, period=period.id
        )
    )
    limit, unconfirmed = _limit(budget, packs.law_of(version.id, day))
    return BookView(
        pack=version,
        budget=budget,
        period=period,
        limit=limit,
        is_unconfirmed=unconfirmed,
        spent=rows.aggregate(total=Sum("amount"))["total"] or Decimal(0),
        items=_items(rows) if with_items else [],
    )


def _limit(budget: Budget, law: Law) -> tuple[Decimal | None, bool]:
    found = law.find(budget.limit)
    if not isinstance(found, InForce) or not isinstance(found.value, Fraction):
        return None, False
    return to_decimal(found.value, 2), found.proposed


def _items(rows: Any) -> list[ItemView]:
    found = list(rows.select_related("by", "taken_back_by").order_by("-spent_on", "-pk"))
    return [
        ItemView(
            row=row,
            evidence=files.files_of("outcomes.budget_item", str(row.pk)),
            is_taken_back=hasattr(row, "taken_back_by"),
        )
        for row in found
    ]
