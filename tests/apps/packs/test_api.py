"""Regulations for programs: what counts on a day, and what nobody has confirmed yet."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from tests.people import People, make_people
from tests.quarters import PACK, published_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return make_people()


def caller(user: object) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_versions_are_listed_by_the_day_on_which_they_count(people: People) -> None:
    version_id = published_pack()
    client = caller(people.clerk)

    now = client.get("/api/packs", {"pack": PACK, "in_force_on": "2024-03-31"}).json()["results"]
    before = client.get("/api/packs", {"pack": PACK, "in_force_on": "1999-01-01"}).json()

    assert [row["id"] for row in now] == [version_id]
    assert before["results"] == []
    assert client.get("/api/packs", {"in_force_on": "soon"}).status_code == 400


def test_a_version_says_its_parameters_and_the_unconfirmed_ones(people: People) -> None:
    answer = caller(people.clerk).get(f"/api/packs/versions/{published_pack()}").json()

    assert answer["unconfirmed"]
    assert answer["notices"][0]["code"] == "assess.unconfirmed"
    proposed = {
        each["id"]
        for each in answer["parameters"]
        if any(entry["proposed"] for entry in each["entries"])
    }
    assert set(answer["unconfirmed"]) <= proposed
    assert all(entry["clause"] for each in answer["parameters"] for entry in each["entries"])


def test_a_version_that_is_not_there_and_who_may_not_look(people: People) -> None:
    assert caller(people.clerk).get("/api/packs/versions/99").status_code == 404
    assert caller(people.outsider).get("/api/packs").status_code == 403
