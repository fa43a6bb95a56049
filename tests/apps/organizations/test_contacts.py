"""How units are reached: asked at the sign-in until it is told, complete or not at all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import PASSWORD, People, make_people
from zhijian.accounts.models import User
from zhijian.desk.tasks import tasks_of
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.organizations import queries, services
from zhijian.organizations.models import Contact
from zhijian.organizations.services import ContactFacts, UnitRefused

pytestmark = pytest.mark.django_db

FACTS = ContactFacts("王芳", "027-8888 0000", "wang@example.cn", "武汉市江汉路 1 号")
TYPED = {
    "person": FACTS.person,
    "phone": FACTS.phone,
    "email": FACTS.email,
    "address": FACTS.address,
}


@pytest.fixture
def people() -> People:
    return make_people()


def save(people: People, actor: User | None, facts: ContactFacts = FACTS) -> Contact:
    return services.save_contact(actor=actor, unit_id=people.unit.pk, facts=facts, at=clock.now())


def sign_in(user: User, target: str = "") -> str:
    """Sign in on the page; return where it leads."""
    answer = Client().post(
        reverse("account_login"),
        {"login": user.username, "password": PASSWORD, "next": target},
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def titles(user: User) -> list[str]:
    return [each.title for each in tasks_of(user, clock.today(), "zh")]


@pytest.mark.req("SYS-18")
def test_the_sign_in_leads_to_what_is_lacking_until_it_is_told(people: People) -> None:
    page = reverse("organizations:contact", args=[people.unit.pk])
    task = "补全“市场经营部”的联系资料"

    assert sign_in(people.clerk) == page
    assert sign_in(people.clerk, "/packs/") == page
    assert task in titles(people.clerk)
    client = Client()
    client.force_login(people.clerk)
    shown = client.get(page).content.decode()
    assert "请先补全本单位的联系资料" in shown
    assert client.post(page, TYPED).headers["Location"] == "/"

    assert sign_in(people.clerk) == "/"
    assert sign_in(people.clerk, "/packs/") == "/packs/"
    assert task not in titles(people.clerk)
    told = client.get(page).content.decode()
    assert "上次核对" in told
    assert "王芳" in told


def test_who_keeps_no_units_contact_is_not_asked(people: People) -> None:
    for user in (people.leader, people.working_group, people.administrator):
        assert "contact" not in sign_in(user)
        assert queries.units_without_contact(user) == ()


@pytest.mark.req("SYS-18")
@pytest.mark.parametrize(
    "wrong",
    [{"person": ""}, {"phone": ""}, {"phone": "电话"}, {"email": "wang"}, {"address": " "}],
)
def test_incomplete_data_are_not_stored(people: People, wrong: dict[str, str]) -> None:
    client = Client()
    client.force_login(people.clerk)
    page = reverse("organizations:contact", args=[people.unit.pk])

    answer = client.post(page, {**TYPED, **wrong})

    assert answer.status_code == 422
    assert queries.contact_of(people.unit.pk) is None
    with pytest.raises(UnitRefused, match="contact_incomplete"):
        save(people, people.clerk, ContactFacts("王芳", "1", "a@b.cn", " "))


def test_only_the_units_own_clerk_and_the_administrator_tell_them(people: People) -> None:
    for user in (people.other_clerk, people.leader, people.outsider):
        with pytest.raises(UnitRefused, match="not_permitted"):
            save(people, user)
    client = Client()
    client.force_login(people.other_clerk)
    assert client.get(reverse("organizations:contact", args=[people.unit.pk])).status_code == 404

    save(people, people.administrator)
    changed = save(people, people.clerk, ContactFacts("李明", *list(TYPED.values())[1:]))

    assert Contact.objects.count() == 1
    assert (changed.person, changed.checked_by_id) == ("李明", people.clerk.pk)
    trail = [
        (each.before and each.before["person"], each.after["person"])
        for each in of_subject("organizations.unit", str(people.unit.pk))
        if each.action == "organizations.contact"
    ]
    assert trail == [(None, "王芳"), ("王芳", "李明")]


def test_a_password_of_ones_own_comes_before_everything(people: People) -> None:
    people.clerk.must_change_password = True
    people.clerk.save()

    assert sign_in(people.clerk) == reverse("account_change_password")
