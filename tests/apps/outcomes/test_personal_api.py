"""Rewards and penalties of persons as programs use them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.apps.outcomes.discipline import STAFF, make_office, version
from tests.people import People, make_person
from zhijian.accounts import roles
from zhijian.outcomes.models import PersonalDecision

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def people() -> People:
    return make_office()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(people: People, person: Any, **changed: Any) -> dict[str, Any]:
    return {
        "version": version(STAFF), "plan": "staff", "ground": "complaint",
        "measure": "oral_warning", "person": person.pk, "unit": people.unit.pk,
        "account": "上门迟到", **changed,
    }  # fmt: skip


@pytest.mark.req("DIS-08", "DIS-25")
def test_a_measure_is_proposed_decided_contested_and_answered(people: People) -> None:
    person = make_person("technician", roles.DEPARTMENT_CLERK, people.unit)
    proposer, leader = signed_in(people.working_group), signed_in(people.leader)
    told = asked(people, person)
    key = {"HTTP_IDEMPOTENCY_KEY": "once"}

    made = proposer.post("/api/personal", told, JSON, **key)
    assert made.status_code == 201, made.content
    again = proposer.post("/api/personal", told, JSON, **key)
    assert again.json()["id"] == made.json()["id"]
    assert PersonalDecision.objects.count() == 1

    where = f"/api/personal/{made.json()['id']}"
    own = proposer.post(f"{where}/decide", {"accepted": "yes"}, JSON)
    assert own.status_code == 403
    silent = leader.post(f"{where}/decide", {"accepted": "no"}, JSON)
    assert silent.status_code == 409
    decided = leader.post(f"{where}/decide", {"accepted": "yes"}, JSON).json()
    assert (decided["state"], decided["amount"]) == ("in_force", None)
    page = signed_in(person)
    assert [each["id"] for each in page.get("/api/personal").json()["results"]] == [decided["id"]]
    assert page.post(f"{where}/object", {"text": "当日堵车"}, JSON).json()["state"] == "objected"
    stranger = signed_in(people.other_clerk)
    assert stranger.post(f"{where}/object", {"text": "x"}, JSON).status_code == 404
    assert stranger.get("/api/personal").json()["results"] == []
    same = leader.post(f"{where}/answer", {"accepted": "yes", "text": "属实"}, JSON)
    assert same.status_code == 409
    answer = {"accepted": "yes", "text": "属实"}
    upheld = signed_in(people.committee).post(f"{where}/answer", answer, JSON).json()
    assert upheld["state"] == "taken_back"
    assert leader.get("/api/personal", {"state": "in_force"}).json()["results"] == []


def test_what_does_not_fit_the_regulation_is_refused(people: People) -> None:
    page, person = signed_in(people.working_group), people.clerk
    wrong = asked(people, person, measure="banishment")

    refused = page.post("/api/personal", wrong, JSON, HTTP_IDEMPOTENCY_KEY="a")

    assert refused.status_code == 409
    assert refused.json()["code"] == "policy.unknown_word"
    assert not PersonalDecision.objects.exists()
