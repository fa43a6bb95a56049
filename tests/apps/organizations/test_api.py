"""Units for programs: a clerk sees what is theirs."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from tests.people import People, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return make_people()


def names(user: object, **query: str) -> list[str]:
    client = APIClient()
    client.force_authenticate(user)
    answer = client.get("/api/units", query)
    assert answer.status_code == 200
    return [row["name"] for row in answer.json()["results"]]


def test_everybody_sees_the_units_of_their_role(people: People) -> None:
    assert names(people.leader) == ["示例公司", "市场经营部", "储运中心"]
    assert names(people.clerk) == ["市场经营部"]
    assert names(people.leader, code="D2") == ["储运中心"]
    assert names(people.leader, is_active="false") == []


def test_a_bad_filter_is_named_and_the_outsider_refused(people: People) -> None:
    client = APIClient()
    client.force_authenticate(people.leader)
    assert client.get("/api/units?parent_id=x").json()["errors"][0]["where"] == "parent_id"
    client.force_authenticate(people.outsider)
    assert client.get("/api/units").status_code == 403
