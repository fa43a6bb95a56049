"""Tokens for programs: told once, kept as a digest, ended by time, by hand or with the person."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client
from rest_framework.test import APIClient

from tests.people import PASSWORD, People, make_people, make_person
from tests.second_step import code_for
from zhijian.accounts import services
from zhijian.accounts.models import ApiToken
from zhijian.accounts.services.people import PersonRefused
from zhijian.foundation import clock

pytestmark = pytest.mark.django_db

SOMEWHERE = "/api/jobs"
TOKENS = "/accounts/tokens/"


@pytest.fixture
def people() -> People:
    return make_people()


def call(secret: str) -> int:
    return APIClient().get(SOMEWHERE, headers={"Authorization": f"Token {secret}"}).status_code


def test_a_token_opens_the_api_and_is_not_stored(people: People) -> None:
    row, secret = services.make_token(user=people.clerk, name="取数", days=30)

    assert call(secret) == 200
    stored = ApiToken.objects.filter(pk=row.pk).values().get()
    assert secret not in map(str, stored.values())
    assert stored["last_used_at"] is not None


@pytest.mark.parametrize("secret", ["zj_nothing", "", "ü", "two words"])
def test_another_token_opens_nothing(people: People, secret: str) -> None:
    assert call(secret) == 401


def test_a_token_ends(people: People) -> None:
    row, secret = services.make_token(user=people.clerk, name="取数", days=30)
    ApiToken.objects.filter(pk=row.pk).update(expires_at=clock.now() - timedelta(seconds=1))

    assert call(secret) == 401


def test_a_revoked_token_opens_nothing(people: People) -> None:
    row, secret = services.make_token(user=people.clerk, name="取数", days=30)

    assert services.revoke_token(user=people.clerk, token_id=row.pk)
    assert call(secret) == 401


def test_nobody_revokes_the_token_of_somebody_else(people: People) -> None:
    row, secret = services.make_token(user=people.clerk, name="取数", days=30)

    assert not services.revoke_token(user=people.other_clerk, token_id=row.pk)
    assert call(secret) == 200


def test_disabling_a_person_or_their_password_ends_their_tokens(people: People) -> None:
    _, first = services.make_token(user=people.clerk, name="取数", days=30)
    _, second = services.make_token(user=people.leader, name="取数", days=30)

    services.set_active(actor=people.administrator, user=people.clerk, active=False)
    services.reset_password(actor=people.administrator, user=people.leader)

    assert [call(first), call(second)] == [401, 401]


def test_who_may_not_use_the_api_gets_no_token(people: People) -> None:
    with pytest.raises(PersonRefused):
        services.make_token(user=people.administrator, name="取数", days=30)


@pytest.mark.parametrize("days", [0, 366])
def test_a_token_does_not_hold_for_ever(people: People, days: int) -> None:
    with pytest.raises(PersonRefused) as refused:
        services.make_token(user=people.clerk, name="取数", days=days)

    assert refused.value.code == "accounts.token_too_long"


def secret_in(answer: HttpResponse) -> str:
    found = re.search(r"zj_[\w-]{30,}", answer.content.decode())
    return found[0] if found else ""


def test_the_page_shows_a_token_once_to_whoever_confirms_who_they_are(
    people: People, client: Client
) -> None:
    client.force_login(people.clerk)

    asked = client.post(TOKENS, {"name": "取数", "days": "30"})
    assert asked.url == "/accounts/reauthenticate/?next=%2Faccounts%2Ftokens%2F"
    assert not ApiToken.objects.exists()

    made = client.post(asked.url, {"password": PASSWORD})
    secret = secret_in(made)

    assert made.status_code == 200
    assert made["Cache-Control"] == "no-store"
    assert call(secret) == 200
    assert secret not in client.get(TOKENS).content.decode()


def test_a_wrong_password_makes_no_token(people: People, client: Client) -> None:
    client.force_login(people.clerk)
    asked = client.post(TOKENS, {"name": "取数", "days": "30"})

    refused = client.post(asked.url, {"password": "not-the-password"})

    assert secret_in(refused) == ""
    assert not ApiToken.objects.exists()


def test_the_code_of_the_second_step_confirms_as_well(people: People, client: Client) -> None:
    key = generate_totp_secret()
    TOTP.activate(people.clerk, key)
    client.force_login(people.clerk)
    asked = client.post(TOKENS, {"name": "取数", "days": "30"})
    other = "/accounts/mfa/reauthenticate/?next=%2Faccounts%2Ftokens%2F"
    assert other in client.get(asked.url).content.decode()

    made = client.post(other, {"code": code_for(key)})

    assert call(secret_in(made)) == 200


def test_a_confirmation_holds_for_a_few_minutes_only(
    people: People, client: Client, settings: Any
) -> None:
    client.force_login(people.clerk)
    asked = client.post(TOKENS, {"name": "取数", "days": "30"})
    client.post(asked.url, {"password": PASSWORD})

    assert secret_in(client.post(TOKENS, {"name": "再取数", "days": "30"}))

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    again = client.post(TOKENS, {"name": "三取数", "days": "30"})
    assert again.url.startswith("/accounts/reauthenticate/")


def test_a_bad_form_is_told_before_anybody_is_asked_for_a_password(
    people: People, client: Client
) -> None:
    client.force_login(people.clerk)

    assert client.post(TOKENS, {"name": "", "days": "30"}).status_code == 422


def test_the_page_refuses_a_bad_form_and_the_outsider(people: People, client: Client) -> None:
    client.force_login(people.clerk)
    assert client.post("/accounts/tokens/", {"name": "", "days": "9999"}).status_code == 422

    client.force_login(make_person("nobody"))
    assert client.get("/accounts/tokens/").status_code == 403


def test_the_page_revokes_one_of_ones_own(people: People, client: Client) -> None:
    row, secret = services.make_token(user=people.clerk, name="取数", days=30)
    client.force_login(people.other_clerk)
    assert client.post(f"/accounts/tokens/{row.pk}/revoke").status_code == 404

    client.force_login(people.clerk)
    client.post(f"/accounts/tokens/{row.pk}/revoke")

    assert call(secret) == 401
