"""Ledger and budgets for programs: own units only, and never above the limit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from tests.apps.reports.example_rows import entry
from tests.people import People, make_people
from tests.quarters import PACK, published_pack
from zhijian.outcomes.models import BudgetItem

pytestmark = pytest.mark.django_db

ITEMS = f"/api/budgets/{PACK}/group_budget/items"
DAY = date(2024, 2, 1)


@pytest.fixture
def people() -> People:
    people = make_people()
    published_pack()
    return people


def caller(user: object) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def spend(client: APIClient, amount: str, once: str = "k1") -> Any:
    evidence = SimpleUploadedFile("receipt.txt", "发票".encode())
    body = {"amount": amount, "purpose": "奖品", "spent_on": DAY, "evidence": evidence}
    return client.post(ITEMS, body, format="multipart", headers={"Idempotency-Key": once})


def test_a_clerk_reads_the_entries_of_their_own_unit(people: People) -> None:
    row = entry(people)

    own = caller(people.clerk).get("/api/ledger").json()["results"]
    assert [each["code"] for each in own] == [row.code]
    assert own[0]["amount"] == "2000.00"
    assert caller(people.other_clerk).get("/api/ledger").json()["results"] == []
    assert caller(people.leader).get("/api/ledger?kind=penalty").json()["results"] == []
    assert caller(people.outsider).get("/api/ledger").status_code == 403


def test_an_item_is_booked_once_for_each_key(people: People) -> None:
    client = caller(people.working_group)

    first, again = spend(client, "10.00"), spend(client, "10.00")

    assert first.status_code == 201
    assert again.json() == first.json()
    assert BudgetItem.objects.count() == 1
    assert [row["amount"] for row in client.get(ITEMS).json()["results"]] == ["10.00"]


def test_what_exceeds_the_limit_is_refused_and_nothing_kept(people: People) -> None:
    client = caller(people.working_group)
    here = client.get(f"/api/budgets/{PACK}/group_budget", {"on": str(DAY)}).json()
    above = Decimal(here["left"]) + Decimal("0.01")

    answer = spend(client, str(above))

    assert answer.status_code == 409
    assert answer.json()["code"] == "outcomes.over_budget"
    assert BudgetItem.objects.count() == 0
    assert spend(client, here["left"], "k2").status_code == 201


def test_only_the_working_group_spends_and_only_from_budgets_there_are(people: People) -> None:
    assert spend(caller(people.committee), "1.00").status_code == 403
    assert caller(people.leader).get(f"/api/budgets/{PACK}/nothing").status_code == 404
    assert spend(caller(people.working_group), "x").status_code == 400


def test_who_sees_single_units_only_sees_no_budget_as_on_the_pages(people: People) -> None:
    assert spend(caller(people.working_group), "10.00").status_code == 201
    for address in (f"/api/budgets/{PACK}/group_budget", ITEMS):
        assert caller(people.clerk).get(address).status_code == 404
        assert caller(people.leader).get(address).status_code == 200
