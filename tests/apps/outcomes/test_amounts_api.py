"""Amounts that the approver types, for programs: once for each key, and refused with reasons."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.apps.outcomes.open_results import Decided, decided
from tests.apps.outcomes.test_amounts import signed_in
from zhijian.outcomes.models import TypedAmount

pytestmark = pytest.mark.django_db


@pytest.fixture
def result() -> Decided:
    return decided()


def sent(result: Decided, client: Client, key: str = "k1", **told: str) -> Any:
    return client.post(
        f"/api/ledger/{result.entry().pk}/amount",
        data={"amount": "600.50", "reason": "会议决定", **told},
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


@pytest.mark.req("DIS-16")
def test_a_program_types_an_amount_once(result: Decided) -> None:
    client = signed_in(result.people.committee)
    (listed,) = client.get("/api/ledger").json()["results"]

    first, again = sent(result, client), sent(result, client)
    other = sent(result, client, key="k2")

    assert (listed["amount"], listed["awaits_amount"]) == (None, True)
    assert listed["limits"] == {"least": "100.00", "most": "5000.00", "approver": "committee"}
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert (first.json()["amount"], first.json()["limits"]) == ("600.50", None)
    assert (other.status_code, other.json()["code"]) == (409, "outcomes.amount_not_awaited")
    assert TypedAmount.objects.get().reason == "会议决定"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"amount": "50"}, "outcomes.typed_out_of_range"),
        ({"amount": "1.234"}, "api.invalid"),
        ({"amount": "6e2"}, "api.invalid"),
        ({"amount": "1e0"}, "api.invalid"),
        ({"reason": ""}, "api.invalid"),
    ],
)
def test_a_program_is_told_what_is_wrong(result: Decided, told: dict[str, str], code: str) -> None:
    answer = sent(result, signed_in(result.people.committee), **told)

    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == code
    assert not TypedAmount.objects.exists()


def test_a_program_needs_the_right_and_the_role(result: Decided) -> None:
    refused = sent(result, signed_in(result.people.leader))

    assert refused.json()["code"] == "outcomes.not_the_approver"
    assert sent(result, signed_in(result.people.working_group)).status_code == 403
    assert sent(result, Client()).status_code in (401, 403)
