"""What every door for programs shares: problem details, creating once, pages by cursor."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from rest_framework.test import APIClient

from zhijian.foundation import clock
from zhijian.foundation.drafts.models import Draft

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.foundation.api_urls")]


def make_person(name: str) -> Any:
    return get_user_model().objects.create(username=name, joined_at=clock.now())


@pytest.fixture
def person() -> Any:
    return make_person("program")


@pytest.fixture
def caller(person: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def create(caller: APIClient, once: str = "k1", **body: Any) -> Any:
    return caller.post(
        "/sheets", {"key": "a", **body}, format="json", headers={"Idempotency-Key": once}
    )


def test_a_caller_without_token_is_told_how_to_sign_in() -> None:
    answer = APIClient().get("/rows")

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Token"
    assert answer.json()["code"] == "api.not_authenticated"


def test_bad_input_names_every_place(caller: APIClient) -> None:
    answer = create(caller, lines=[{"points": "1"}, {"points": "-1"}, {}])

    assert answer.status_code == 400
    assert answer.json()["code"] == "api.invalid"
    assert [(each["where"], each["code"]) for each in answer.json()["errors"]] == [
        ("lines.1.points", "min_value"),
        ("lines.2.points", "required"),
    ]


def test_a_refusal_keeps_its_code_and_speaks_the_language_of_the_caller(caller: APIClient) -> None:
    chinese = create(caller, key="refused")
    caller.credentials(HTTP_ACCEPT_LANGUAGE="en")
    english = create(caller, key="refused")

    assert {chinese.status_code, english.status_code} == {409}
    assert chinese.json()["type"] == "urn:zhijian:problem:files.empty"
    assert "是空的" in chinese.json()["title"]
    assert "is empty" in english.json()["title"]


def test_a_creation_needs_a_key(caller: APIClient) -> None:
    answer = caller.post("/sheets", {"key": "a"}, format="json")

    assert answer.json()["code"] == "api.idempotency_key_missing"
    assert Draft.objects.count() == 0


def test_the_same_request_again_gets_the_same_answer(caller: APIClient) -> None:
    first, again = create(caller), create(caller)

    assert first.json() == again.json()
    assert (first.status_code, again.status_code) == (201, 201)
    assert again["Idempotent-Replayed"] == "true"
    assert Draft.objects.count() == 1


def test_a_key_does_not_serve_two_contents(caller: APIClient) -> None:
    create(caller)
    answer = create(caller, lines=[])

    assert answer.json()["code"] == "api.idempotency_key_reused"
    assert Draft.objects.count() == 1


def test_a_failed_creation_leaves_its_key_free(caller: APIClient) -> None:
    assert create(caller, lines="wrong").status_code == 400
    assert create(caller).status_code == 201


def test_keys_of_two_people_do_not_meet(caller: APIClient) -> None:
    other = APIClient()
    other.force_authenticate(make_person("other"))

    assert [create(caller).status_code, create(other).status_code] == [201, 201]
    assert Draft.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_equal_requests_at_once_make_one_row(person: Any) -> None:
    answers = []

    def send() -> None:
        client = APIClient()
        client.force_authenticate(person)
        answers.append(create(client).json())
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 4
    assert all(answer == answers[0] for answer in answers)
    assert Draft.objects.count() == 1


def test_lists_come_by_cursor_and_miss_nothing(caller: APIClient, person: Any) -> None:
    for number in range(5):
        Draft.objects.create(user=person, key=str(number), data={}, saved_at=clock.now())
    first = caller.get("/rows?limit=3").json()
    Draft.objects.create(user=person, key="later", data={}, saved_at=clock.now())
    second = caller.get(first["next"]).json()

    assert [row["key"] for row in first["results"]] == ["4", "3", "2"]
    assert [row["key"] for row in second["results"]] == ["1", "0"]
