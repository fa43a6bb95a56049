"""Spending from a budget: what exceeds the limit is refused, also when two people spend at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.db.models import Sum

from zhijian.accounts import queries as accounts
from zhijian.domain.dates.period import Period
from zhijian.domain.exact import to_decimal
from zhijian.domain.outcomes.budget import Balance, Budget
from zhijian.domain.outcomes.budget import spend as judge
from zhijian.domain.policy.law import Law
from zhijian.domain.problems import Problem
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.services import Owner, store_file
from zhijian.outcomes.models import BudgetBook, BudgetItem
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.accounts.models import User

EVIDENCE = "outcomes.budget_item"


@dataclass(frozen=True, slots=True)
class NewItem:
    """What somebody wants to spend."""

    amount: Decimal
    purpose: str
    spent_on: date
    evidence: File


@transaction.atomic
def spend(*, actor: User, pack_id: str, budget_id: str, item: NewItem) -> BudgetItem:
    """Book an item with its evidence, or refuse it and say by how much it exceeds the limit."""
    if not accounts.may(actor, "outcomes.spend_budget"):
        raise OutcomeRefused("outcomes.may_not")
    if item.spent_on > clock.today():
        raise OutcomeRefused("outcomes.spent_in_future", day=item.spent_on)
    budget, law, period = _rule(pack_id, budget_id, item.spent_on)
    book = _locked(pack_id, budget_id, period)
    spent = book.items.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    balance = judge(budget, law, period, Fraction(spent), Fraction(item.amount))
    if isinstance(balance, Problem):
        raise OutcomeRefused(balance.code, **dict(balance.facts))
    row = BudgetItem.objects.create(
        book=book,
        amount=item.amount,
        purpose=item.purpose.strip(),
        spent_on=item.spent_on,
        by=actor,
        at=clock.now(),
        limit=to_decimal(balance.limit, 2),
        is_sample=actor.is_sample,
    )
    store_file(upload=item.evidence, owner=Owner(EVIDENCE, str(row.pk)), uploader=actor)
    _tell(actor, "outcomes.spend", row, balance)
    return row


@transaction.atomic
def take_back(*, actor: User, item_id: int, reason: str) -> BudgetItem:
    """Take an item back by one of the opposite amount."""
    if not accounts.may(actor, "outcomes.spend_budget"):
        raise OutcomeRefused("outcomes.may_not")
    if not reason.strip():
        raise OutcomeRefused("outcomes.reason_needed")
    found = BudgetItem.objects.select_related("book").get(pk=item_id)
    book = BudgetBook.objects.select_for_update().get(pk=found.book_id)
    if found.takes_back_id or BudgetItem.objects.filter(takes_back=found).exists():
        raise OutcomeRefused("outcomes.already_taken_back", purpose=found.purpose)
    row = BudgetItem.objects.create(
        book=book,
        amount=-found.amount,
        purpose=reason.strip(),
        spent_on=found.spent_on,
        by=actor,
        at=clock.now(),
        limit=found.limit,
        takes_back=found,
        is_sample=found.is_sample,
    )
    _tell(actor, "outcomes.take_back", row, None)
    return row


def _rule(pack_id: str, budget_id: str, day: date) -> tuple[Budget, Law, Period]:
    version = packs.pack_in_force(pack_id, day)
    if version is None:
        raise OutcomeRefused("outcomes.no_pack_in_force", pack=pack_id, day=day)
    budget = packs.typed(version.id).budgets.get(budget_id)
    if budget is None:
        raise OutcomeRefused("outcomes.unknown_budget", budget=budget_id)
    return budget, packs.law_of(version.id, day), Period.containing(day, budget.per)


def _locked(pack_id: str, budget_id: str, period: Period) -> BudgetBook:
    BudgetBook.objects.bulk_create(
        [BudgetBook(pack_id=pack_id, budget=budget_id, period=period.id)], ignore_conflicts=True
    )
    rows = BudgetBook.objects.select_for_update()
    return rows.get(pack_id=pack_id, budget=budget_id, period=period.id)


def _tell(actor: User, action: str, row: BudgetItem, balance: Balance | None) -> None:
    after = {"amount": row.amount, "purpose": row.purpose, "spent_on": row.spent_on}
    if balance is not None:
        after["left"] = to_decimal(balance.left, 2)
    record(
        actor=actor,
        action=action,
        subject=Subject("outcomes.book", str(row.book_id), str(row.book)),
        after=after,
    )
