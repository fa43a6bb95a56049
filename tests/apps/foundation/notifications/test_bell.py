"""What a person sees: the bell, the list, and the way to what they were told about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.foundation.notifications.example_rows import tell
from tests.people import make_people, make_person
from zhijian.foundation import clock
from zhijian.foundation.notifications import queries
from zhijian.foundation.notifications.models import Message, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> object:
    return make_person("zhou")


@pytest.fixture
def told(user: object, client: Client) -> Client:
    client.force_login(user)
    for number in range(3):
        tell([user], f"n{number}", facts={"title": f"T{number}"})
    return client


def test_the_bell_counts_what_is_unread_on_every_page(told: Client) -> None:
    assert "3 条未读通知" in told.get("/jobs/").content.decode()
    assert "3 条未读通知" in told.get("/notifications/bell").content.decode()


def test_the_bell_takes_one_query_whatever_there_is(told: Client, user: object) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            told.get("/jobs/")
        return sum("notification" in each["sql"] for each in captured)

    told.get("/jobs/")
    assert asked() == 1
    for number in range(200):
        tell([user], f"more{number}")
    assert asked() == 1
    assert queries.unread(user) == 100
    assert "99+" in told.get("/jobs/").content.decode()


def test_following_a_notification_leads_there_and_marks_it_read(told: Client) -> None:
    first = Notification.objects.order_by("pk").first()

    told.head(f"/notifications/{first.pk}/")
    assert Notification.objects.filter(read_at=None).count() == 3
    answer = told.get(f"/notifications/{first.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, "/jobs/")
    first.refresh_from_db()
    read_at = first.read_at
    assert read_at is not None
    told.get(f"/notifications/{first.pk}/")
    first.refresh_from_db()
    assert first.read_at == read_at


@pytest.mark.parametrize("url", ["//evil.example/", "https://evil.example/", "javascript:x", ""])
def test_no_notification_leads_out_of_this_site(told: Client, url: str) -> None:
    Message.objects.update(url=url)
    pk = Notification.objects.first().pk
    assert told.get(f"/notifications/{pk}/")["Location"] == "/notifications/"


def test_the_list_shows_what_is_unread_first_of_all_to_its_owner_alone(told: Client) -> None:
    own = Notification.objects.order_by("pk").first()
    told.get(f"/notifications/{own.pk}/")

    everything = told.get("/notifications/").content.decode()
    unread = told.get("/notifications/?show=unread").content.decode()
    assert all(f"“T{number}”" in everything for number in range(3))
    assert "“T0”" not in unread
    assert "“T1”" in unread

    other = Client()
    other.force_login(make_person("wu"))
    assert "“T1”" not in other.get("/notifications/").content.decode()
    assert other.get(f"/notifications/{own.pk}/").status_code == 404


def test_all_are_read_up_to_what_was_seen(told: Client, user: object) -> None:
    seen = Notification.objects.order_by("pk")[1].pk

    told.post("/notifications/read", {"latest": seen})
    assert queries.unread(user) == 1
    told.post("/notifications/read", {"latest": "9" * 30})
    assert queries.unread(user) == 0


def test_the_list_is_told_in_the_language_of_the_page(told: Client) -> None:
    told.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = told.get("/notifications/").content.decode()
    assert "One of your background jobs failed" in page
    assert "3 unread notifications" in page


def test_a_person_chooses_about_what_they_want_mail(told: Client, user: object) -> None:
    page = told.get("/notifications/settings").content.decode()
    assert "您没有填写电子邮箱" in page

    chosen = {"language": "en", "by_mail": ["assessments.published"]}
    assert told.post("/notifications/settings", chosen).status_code == 302
    assert queries.language_of(user) == "en"
    assert "assessments.published" not in queries.without_mail(user)
    assert "jobs.failed" in queries.without_mail(user)
    bad = told.post("/notifications/settings", {"language": "fr", "by_mail": ["nothing"]})
    assert bad.status_code == 422
    assert queries.language_of(user) == "en"


def test_the_page_says_when_the_site_sends_no_mail(told: Client, settings: object) -> None:
    settings.NOTIFICATIONS_BY_MAIL = False
    assert "本站没有配置发信服务器" in told.get("/notifications/settings").content.decode()


def test_the_bell_neither_keeps_a_session_alive_nor_takes_a_page_away(
    told: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that lies open longer than a session lasts is kept as a draft when it is sent."""
    told.get("/jobs/")
    seen = told.session["seen_at"]
    later = clock.now() + timedelta(seconds=120)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        assert told.get("/notifications/bell", headers={"HX-Request": "true"}).status_code == 200
    assert told.session["seen_at"] == seen
    too_late = clock.now() + timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1)
    monkeypatch.setattr(clock, "now", lambda: too_late)

    answer = told.get("/notifications/bell", headers={"HX-Request": "true"})

    assert (answer.status_code, "HX-Redirect" in answer) == (286, False)
    assert "_auth_user_id" in told.session
    assert told.get("/jobs/").status_code == 302


def test_who_is_not_signed_in_sees_no_bell(client: Client) -> None:
    assert 'id="bell"' not in client.get("/accounts/login/").content.decode()
    assert client.get("/notifications/").status_code == 302


def test_programs_read_and_tick_off_their_own(told: Client, user: object) -> None:
    people = make_people()
    tell([people.clerk], "clerk", facts={"title": "C"})
    client = Client()
    client.force_login(people.clerk)
    (row,) = client.get("/api/notifications?unread=true").json()["results"]
    assert (row["event"], row["url"], row["read_at"]) == ("jobs.failed", "/jobs/", None)

    def read(key: str, until: object) -> object:
        return client.post(
            "/api/notifications/read",
            {"until": until},
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    assert read("a", row["id"]).json() == {"marked": 1}
    repeated = read("a", row["id"])
    assert (repeated.json(), repeated["Idempotent-Replayed"]) == ({"marked": 1}, "true")
    assert read("b", row["id"]).json() == {"marked": 0}
    assert read("c", 0).status_code == 400
    assert read("", row["id"]).status_code == 409
    assert client.get("/api/notifications?unread=true").json()["results"] == []
    assert client.get("/api/notifications").json()["results"][0]["read_at"] is not None
    assert queries.unread(user) == 3
    outsider = Client()
    outsider.force_login(people.outsider)
    assert outsider.get("/api/notifications").status_code == 403
