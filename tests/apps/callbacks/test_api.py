"""Call-backs for programs: listed, tried once under a key, the ledger with its parts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from tests.apps.callbacks.ledger_cases import MORNING, answered, of
from tests.apps.complaints.hotline import make_hotline
from tests.people import People
from zhijian.callbacks.models import CallBack
from zhijian.foundation import clock
from zhijian.foundation.notifications.models import Notification

pytestmark = pytest.mark.django_db
LIST, LEDGER = "/api/call-backs", "/api/call-backs/ledger"


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    found = make_hotline()
    now = MORNING + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: now)
    return found


@pytest.fixture
def program(people: People) -> APIClient:
    client = APIClient()
    client.force_login(people.working_group)
    return client


def tried(client: APIClient, row: CallBack, key: str = "k1", **told: object):
    place = f"{LIST}/{row.pk}/attempts"
    return client.post(place, told, format="json", headers={"Idempotency-Key": key})


def test_an_attempt_is_recorded_once_and_the_ledger_tells_it(
    people: People, program: APIClient
) -> None:
    row = of(answered(people))
    answered(people)
    told = {"outcome": "reached", "answers": {"satisfied": True}}

    first, again = tried(program, row, **told), tried(program, row, **told)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert row.attempts.count() == 1
    listed = program.get(LIST, {"shown": "all"}).json()["results"]
    assert [(each["state"], each["satisfied"]) for each in listed] == [
        ("done", True), ("pending", None),
    ]  # fmt: skip
    whole = program.get(LEDGER, {"by": "month"}).json()["whole"]
    assert (whole["closed"], whole["done"], whole["pending"], whole["balances"]) == (2, 1, 1, True)
    assert whole["called"] == {"part": 1, "whole": 2, "share": "1/2"}


def test_what_is_wrong_is_told_and_nothing_is_stored(people: People, program: APIClient) -> None:
    row = of(answered(people))

    refused = tried(program, row, outcome="reached", answers={"solved": True})
    unknown = tried(program, row, "k2", outcome="asleep")

    assert refused.status_code == 409
    assert "casework.fact_missing" in refused.content.decode()
    assert unknown.status_code in (400, 422)
    assert row.attempts.count() == 0


def test_others_find_nothing(people: People) -> None:
    row = of(answered(people))
    client = APIClient()
    client.force_login(people.other_clerk)

    assert client.get(LIST).json()["results"] == []
    assert tried(client, row, outcome="no_answer").status_code == 404


def test_those_who_may_call_are_told_once(people: People) -> None:
    answered(people)

    told = Notification.objects.filter(message__event="callbacks.due")

    assert {each.recipient_id for each in told} == {people.working_group.pk}
