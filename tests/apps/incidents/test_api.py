"""Incidents, hazards and hints for programs."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.apps.incidents.company import KIND, PACK, facts, hazard, hurt, make_company
from tests.people import People
from zhijian.incidents.models import Hint, HintWord, Incident

pytestmark = pytest.mark.django_db
INCIDENTS, HAZARDS, HINTS = "/api/incidents", "/api/hazards", "/api/incident-hints"


@pytest.fixture
def people() -> People:
    return make_company()


def program_of(person: object) -> APIClient:
    client = APIClient()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def told(people: People, **changed: Any) -> dict[str, Any]:
    return {"pack": PACK, "kind": KIND, "unit": people.unit.pk, "facts": facts(people), **changed}


def posted(client: APIClient, data: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return client.post(INCIDENTS, data, format="json", headers=headers)


def test_a_program_reports_an_incident_once(people: People) -> None:
    client = program_of(people.clerk)
    data = told(people, facts={**facts(people), "injured": "1"})
    first, second = posted(client, data, "one"), posted(client, data, "one")

    assert first.status_code == 201
    assert first.json()["case"] == second.json()["case"]
    assert (first.json()["level"], first.json()["reports"]) == ("larger", 1)
    listed = client.get(INCIDENTS, {"level": "larger", "kind": f"{PACK}:{KIND}"}).json()["results"]
    assert [each["number"] for each in listed] == [first.json()["number"]]
    assert client.get(INCIDENTS, {"late": "true"}).json()["results"] == []


def test_a_report_settles_the_hint_that_it_names(people: People) -> None:
    hint = Hint.objects.get(case=hurt(people))
    client = program_of(people.clerk)
    assert [each["id"] for each in client.get(HINTS).json()["results"]] == [hint.pk]

    posted(client, told(people, hint=hint.pk))

    hint.refresh_from_db()
    assert hint.word == HintWord.REPORTED
    assert client.get(HINTS).json()["results"] == []
    settled = client.get(HINTS, {"word": "reported"}).json()["results"]
    assert settled[0]["incident"] == Incident.objects.get().case_id


def test_what_is_wrong_is_told_and_nothing_is_stored(people: People) -> None:
    client = program_of(people.clerk)
    unknown = posted(client, told(people, kind="nothing"))
    lacking = posted(client, told(people, facts={"sort": "消防"}))

    assert {unknown.status_code, lacking.status_code} <= {400, 409, 422}
    assert unknown.json()["code"] == "incidents.no_such_kind"
    assert not Incident.objects.exists()


def test_hazards_are_listed_with_who_follows_them(people: People) -> None:
    case = hazard(people)
    listed = program_of(people.clerk).get(HAZARDS, {"area": "消防"}).json()["results"]

    assert [(each["number"], each["owner"]) for each in listed] == [(case.number, people.clerk.pk)]
    assert program_of(people.other_clerk).get(HAZARDS).json()["results"] == []
