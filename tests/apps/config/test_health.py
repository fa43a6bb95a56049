"""What machines ask about the program."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.test import Client


def test_a_process_that_runs_says_so_without_asking_the_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_process_is_ready_when_the_database_answers(client: Client) -> None:
    assert client.get("/readyz").json() == {
        "status": "ok", "database": "ok", "notifications": "ok",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_process_is_not_ready_without_its_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "unavailable"


@pytest.mark.django_db
def test_counts_are_for_this_machine(client: Client) -> None:
    assert "django_http" in client.get("/metrics").content.decode()
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 403


@pytest.mark.django_db
def test_counts_of_the_process_are_told_without_a_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    told = client.get("/metrics").content.decode()

    assert "django_http" in told
    assert "zhijian_notifications" not in told


@pytest.mark.django_db
def test_with_a_token_counts_are_for_its_holder(client: Client, settings: object) -> None:
    settings.METRICS_TOKEN = "a-long-secret"
    answers = [
        client.get("/metrics", HTTP_AUTHORIZATION=header).status_code
        for header in ("", "Bearer wrong", "Bearer a-long-secret")
    ]

    assert answers == [403, 403, 200]
