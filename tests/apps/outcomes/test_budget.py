"""Spending from a budget: up to its limit, with evidence, and never beyond it."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.people import People, make_people
from tests.quarters import PACK, published_pack
from zhijian.foundation import clock
from zhijian.foundation.files.checking import FileRefused
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import BudgetBook, BudgetItem
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.outcomes.services import NewItem

BUDGET = "group_budget"
DAY = date(2025, 3, 4)


def receipt() -> ContentFile:
    return ContentFile("发票 001".encode(), name="receipt.txt")


def item(amount: str, day: date = DAY, purpose: str = "评审用品") -> NewItem:
    return NewItem(Decimal(amount), purpose, day, receipt())


@pytest.fixture
def people(db: None) -> People:
    published_pack()
    return make_people()


def spend(people: People, amount: str, day: date = DAY) -> BudgetItem:
    return services.spend(
        actor=people.working_group, pack_id=PACK, budget_id=BUDGET, item=item(amount, day)
    )


@pytest.mark.req("ASM-15")
@pytest.mark.parametrize(("amount", "fits"), [("29999.99", True), ("30000", True)])
def test_what_fits_the_limit_is_booked_with_its_evidence(
    people: People, amount: str, fits: bool
) -> None:
    row = spend(people, amount)

    view = queries.book_view(PACK, BUDGET, DAY)
    assert view is not None
    assert (view.limit, view.spent, view.left) == (30000, row.amount, 30000 - row.amount)
    assert view.items[0].evidence[0].name == "receipt.txt"


@pytest.mark.req("ASM-15")
def test_what_exceeds_the_limit_is_refused_and_nothing_is_stored(people: People) -> None:
    spend(people, "29000")

    with pytest.raises(OutcomeRefused) as refused:
        spend(people, "1000.01")

    assert refused.value.code == "outcomes.over_budget"
    assert refused.value.facts["over"] == "0.01"
    assert "30000.00 元" in refused.value.words("zh")
    assert BudgetItem.objects.count() == 1
    spend(people, "1000.00")


def test_each_year_has_a_book_of_its_own(people: People) -> None:
    spend(people, "30000", date(2024, 12, 31))
    spend(people, "30000", date(2025, 1, 1))

    assert set(BudgetBook.objects.values_list("period", flat=True)) == {"2024", "2025"}


def test_money_taken_back_can_be_spent_again(people: People) -> None:
    row = spend(people, "30000")
    services.take_back(actor=people.working_group, item_id=row.pk, reason="退货")

    assert spend(people, "12.34").amount == Decimal("12.34")
    with pytest.raises(OutcomeRefused, match=r"^outcomes\.already_taken_back$"):
        services.take_back(actor=people.working_group, item_id=row.pk, reason="退货")


@pytest.mark.parametrize(
    ("amount", "day", "code"),
    [
        ("1", date(2999, 1, 1), "outcomes.spent_in_future"),
        ("0", DAY, "outcomes.amount_not_positive"),
        ("-5", DAY, "outcomes.amount_not_positive"),
        ("1", date(2012, 1, 1), "outcomes.no_pack_in_force"),
    ],
)
def test_an_item_that_cannot_be_is_refused(
    people: People, amount: str, day: date, code: str
) -> None:
    with pytest.raises(OutcomeRefused) as refused:
        spend(people, amount, day)
    assert refused.value.code == code


def test_evidence_that_is_not_permitted_books_nothing(people: People) -> None:
    bad = NewItem(Decimal(1), "x", DAY, ContentFile(b"MZ", name="run.exe"))

    with pytest.raises(FileRefused):
        services.spend(actor=people.working_group, pack_id=PACK, budget_id=BUDGET, item=bad)
    assert not BudgetItem.objects.exists()


def test_only_the_working_group_spends(people: People) -> None:
    with pytest.raises(OutcomeRefused, match=r"^outcomes\.may_not$"):
        services.spend(actor=people.leader, pack_id=PACK, budget_id=BUDGET, item=item("1"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_items_that_together_exceed_one_wins_and_the_other_is_told() -> None:
    published_pack()
    people = make_people()
    start, told = threading.Barrier(2), []

    def book() -> None:
        start.wait()
        try:
            told.append(str(spend(people, "20000").amount))
        except OutcomeRefused as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=book) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(told) == ["20000", "outcomes.over_budget"]
    assert BudgetItem.objects.count() == 1


# --- pages --------------------------------------------------------------------------------------


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_page_books_an_item_and_shows_what_is_left(people: People) -> None:
    client = signed_in(people.working_group)
    address = f"/outcomes/budgets/{PACK}/{BUDGET}/"
    sent = {
        "amount": "1234.50",
        "purpose": "奖品",
        "spent_on": str(clock.today()),
        "evidence": SimpleUploadedFile("receipt.txt", "发票".encode()),
    }

    assert client.get("/outcomes/budgets/").status_code == 200
    assert client.post(f"{address}spend", sent).status_code == 302
    text = client.get(address).content.decode()

    assert "28,765.50" in text
    assert "奖品" in text


@pytest.mark.parametrize(
    ("typed", "status"), [("１２３４．５０", 302), ("1e3", 422), ("1e0", 422), ("1,000", 422)]
)
def test_an_amount_is_written_one_way_on_the_page(people: People, typed: str, status: int) -> None:
    sent = {
        "amount": typed,
        "purpose": "奖品",
        "spent_on": str(clock.today()),
        "evidence": SimpleUploadedFile("receipt.txt", "发票".encode()),
    }

    answer = signed_in(people.working_group).post(f"/outcomes/budgets/{PACK}/{BUDGET}/spend", sent)

    assert answer.status_code == status
    assert [str(each.amount) for each in BudgetItem.objects.all()] == (
        ["1234.50"] if status == 302 else []
    )


def test_a_refused_item_keeps_what_was_typed(people: People) -> None:
    client = signed_in(people.working_group)
    sent = {
        "amount": "30000.01",
        "purpose": "大屏幕",
        "spent_on": str(clock.today()),
        "evidence": SimpleUploadedFile("receipt.txt", "发票".encode()),
    }
    answer = client.post(f"/outcomes/budgets/{PACK}/{BUDGET}/spend", sent)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "超出 0.01 元" in text
    assert "大屏幕" in text


def test_the_page_takes_an_item_back(people: People) -> None:
    row = spend(people, "10")
    client = signed_in(people.working_group)

    client.post(f"/outcomes/budgets/items/{row.pk}/take-back", {"reason": ""})
    assert BudgetItem.objects.count() == 1
    client.post(f"/outcomes/budgets/items/{row.pk}/take-back", {"reason": "记错"})
    assert BudgetItem.objects.count() == 2


def test_books_are_not_shown_to_who_sees_one_unit_only(people: People) -> None:
    assert signed_in(people.clerk).get("/outcomes/budgets/").status_code == 404
    assert signed_in(people.clerk).get(f"/outcomes/budgets/{PACK}/{BUDGET}/").status_code == 404
    assert signed_in(people.leader).get("/outcomes/budgets/none/none/").status_code == 404
