"""Signing in: with a second step, with a lock against guessing, for a limited time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.people import PASSWORD, make_people, make_person
from tests.second_step import code_for
from zhijian.accounts import queries, services
from zhijian.accounts.models import User
from zhijian.foundation import clock
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.drafts import queries as drafts

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.fixture
def somebody() -> User:
    return make_person("somebody")


def sign_in(name: str = "somebody", password: str = PASSWORD, client: Client | None = None, **meta):
    return (client or Client()).post(LOGIN, {"login": name, "password": password}, **meta)


def test_a_person_signs_in_whatever_the_spelling_of_the_name(somebody: User) -> None:
    answer = sign_in(" SomeBody ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert AuditEntry.objects.filter(action="accounts.sign_in", actor="somebody").exists()


def test_one_comes_back_to_the_page_asked_for_and_to_no_other_site(somebody: User) -> None:
    asked = Client().get("/accounts/profile/")
    assert asked["Location"] == f"{LOGIN}?next=/accounts/profile/"
    for wanted, reached in (("/drafts/", "/drafts/"), ("https://evil.example/", "/")):
        fields = {"login": "somebody", "password": PASSWORD, "next": wanted}
        assert Client().post(LOGIN, fields)["Location"] == reached


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in() -> None:
    answer = Client().get(
        "/jobs/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/jobs/"}
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith(LOGIN)


def test_somebody_disabled_does_not_get_in(somebody: User) -> None:
    admin = make_people().administrator
    client = Client()
    client.force_login(somebody)
    client.get("/accounts/profile/")
    services.set_active(actor=admin, user=somebody, active=False)
    assert client.get("/accounts/profile/").status_code == 302
    assert sign_in().status_code == 200


def test_nobody_signs_up() -> None:
    for address in ("/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"):
        assert Client().get(address).status_code == 404


def test_guessing_locks_this_name_from_this_address_only(somebody: User) -> None:
    make_person("neighbour")
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert sign_in(password="wrong").status_code == 200
    locked = sign_in("SOMEBODY", password="wrong")
    assert locked.status_code == 429
    assert "登录暂时锁定" in locked.content.decode()

    assert sign_in().status_code == 429
    assert sign_in("neighbour").status_code == 302
    assert sign_in(REMOTE_ADDR="10.1.1.1").status_code == 302
    failures = AuditEntry.objects.filter(action="accounts.sign_in_failed")
    assert failures.count() >= settings.AXES_FAILURE_LIMIT
    assert all(PASSWORD not in str(entry.after) for entry in failures)


def test_the_second_step_is_asked_for_once_it_is_set_up(somebody: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(somebody, secret)
    client = Client()
    first = sign_in(client=client)
    assert first["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/accounts/profile/").status_code == 302

    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    right = client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert right.status_code == 302
    assert client.get("/accounts/profile/").status_code == 200


def test_a_recovery_code_works_once(somebody: User) -> None:
    TOTP.activate(somebody, generate_totp_secret())
    code = RecoveryCodes.activate(somebody).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client=client)
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == expected


def test_the_second_step_is_set_up_after_the_password_once_more(somebody: User) -> None:
    client = Client()
    sign_in(client=client)
    page = client.get(reverse("mfa_activate_totp"))
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert done.status_code == 302
    assert client.get(done["Location"]).status_code == 200
    kinds = set(Authenticator.objects.values_list("type", flat=True))
    assert kinds == {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}
    assert mfa_adapter().is_mfa_enabled(somebody)
    for name in ("mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        assert client.get(reverse(name)).status_code == 200


def _age(client: Client, **seconds: int) -> None:
    session = client.session
    for key, age in seconds.items():
        session[key] = clock.now().timestamp() - age
    session.save()


@pytest.mark.parametrize(
    ("ages", "status"),
    [
        ({"seen_at": 29 * 60}, 200),
        ({"seen_at": 31 * 60}, 302),
        ({"seen_at": 5, "signed_in_at": 12 * 3600 - 60}, 200),
        ({"seen_at": 5, "signed_in_at": 12 * 3600 + 1}, 302),
    ],
)
def test_a_session_ends_when_it_is_not_used_and_after_twelve_hours(
    somebody: User, ages: dict[str, int], status: int
) -> None:
    client = Client()
    client.force_login(somebody)
    client.get("/accounts/profile/")
    _age(client, **ages)
    assert client.get("/accounts/profile/").status_code == status
    assert queries.sessions_of(somebody).exists() is (status == 200)


def test_what_was_sent_after_the_session_ended_is_kept(somebody: User) -> None:
    client = Client()
    client.force_login(somebody)
    client.get("/accounts/profile/")
    _age(client, seen_at=3600)

    answer = client.post(
        "/accounts/profile/",
        {"display_name": "改好的名字", "password": "secret"},
        headers={"Referer": "http://testserver/accounts/profile/"},
    )

    assert answer["Location"] == f"{LOGIN}?next=/accounts/profile/"
    kept = drafts.draft(somebody, "expired:/accounts/profile/")
    assert kept.data == {"display_name": "改好的名字"}
    assert User.objects.get(pk=somebody.pk).display_name == "somebody"
    client.force_login(somebody)
    assert "改好的名字" in client.get("/drafts/").content.decode()


def test_a_progress_bar_does_not_keep_a_session_alive(somebody: User) -> None:
    client = Client()
    client.force_login(somebody)
    client.get("/accounts/profile/")
    _age(client, seen_at=20 * 60)
    before = client.session["seen_at"]
    client.get("/jobs/00000000-0000-4000-8000-000000000000/progress")
    assert client.session["seen_at"] == before


def test_one_sees_and_ends_ones_other_sessions(somebody: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(somebody)
        client.get("/accounts/profile/", headers={"User-Agent": "Firefox"})
    assert here.get("/accounts/sessions/").content.decode().count("Firefox") == 2

    here.post("/accounts/sessions/end-others")

    assert there.get("/accounts/profile/").status_code == 302
    assert here.get("/accounts/profile/").status_code == 200
    assert queries.sessions_of(somebody).count() == 1


def test_one_cannot_end_somebody_elses_session(somebody: User) -> None:
    other = Client()
    other.force_login(make_person("neighbour"))
    other.get("/accounts/profile/")
    row = queries.sessions_of(User.objects.get(username="neighbour")).get()
    client = Client()
    client.force_login(somebody)
    assert client.post(f"/accounts/sessions/{row.pk}/end").status_code == 404
    assert other.get("/accounts/profile/").status_code == 200


def test_the_sample_people_are_shown_and_let_in_on_a_sample_site_only(settings) -> None:
    services.ensure_sample_people(starts=clock.today() - timedelta(1))
    for sample_site in (False, True):
        settings.SAMPLE_SITE = sample_site
        page = Client().get(LOGIN).content.decode()
        assert (services.SAMPLE_PASSWORD in page) is sample_site
        assert ("weiyuan" in page) is sample_site
        signed_in = sign_in("weiyuan", services.SAMPLE_PASSWORD)
        assert signed_in.status_code == (302 if sample_site else 200)


def test_sample_people_are_made_once_and_removed() -> None:
    for _ in range(2):
        people = services.ensure_sample_people(starts=clock.today())
    assert len(people) == User.objects.count() == 8
    assert queries.may(people[0], "assessments.approve")
    assert services.remove_sample_people() == 8
    assert not User.objects.exists()
