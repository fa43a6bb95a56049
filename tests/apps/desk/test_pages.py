"""The desk shows everybody what waits for them; the overview shows figures of one's own units."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import make_people
from tests.quarters import Quarter, make_complete_quarter, make_quarter

pytestmark = pytest.mark.django_db


def shown(user: object, name: str, **query: str) -> str:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_signed_in_has_a_desk() -> None:
    people = make_people()
    for person in (people.clerk, people.committee, people.security_administrator, people.outsider):
        assert "我的工作台" in shown(person, "desk:home")

    assert Client().get(reverse("desk:home")).status_code == 302


def test_the_overview_is_refused_to_who_sees_no_results() -> None:
    people = make_people()
    for person in (people.outsider, people.administrator, people.security_administrator):
        client = Client()
        client.force_login(person)
        assert client.get(reverse("desk:overview")).status_code == 403


@pytest.mark.req("SYS-20")
def test_a_clerk_is_told_which_records_are_missing() -> None:
    quarter = make_quarter()

    assert "市场经营部" in shown(quarter.people.clerk, "desk:home")
    assert "储运中心" not in shown(quarter.people.clerk, "desk:home")


def test_tasks_go_to_who_can_do_them() -> None:
    quarter = make_complete_quarter()
    people = quarter.people

    assert "核对并提交" in shown(people.working_group, "desk:home")
    assert "个建议值" in shown(people.committee, "desk:home")
    assert "个建议值" not in shown(people.clerk, "desk:home")
    quarter.confirm_values()
    quarter.compute()
    quarter.submit()
    assert "的考核结果" in shown(people.committee, "desk:home")
    assert "的考核结果" not in shown(people.working_group, "desk:home")


def test_the_overview_of_a_clerk_holds_their_own_unit_only() -> None:
    quarter = make_complete_quarter()
    approved(quarter)

    everything = shown(quarter.people.leader, "desk:overview")
    own = shown(quarter.people.clerk, "desk:overview")

    assert "储运中心" in everything
    assert "市场经营部" in own
    assert "储运中心" not in own


def approved(quarter: Quarter) -> None:
    quarter.confirm_values()
    quarter.compute()
    quarter.submit()
    quarter.approve()


def test_the_overview_says_when_there_is_nothing_yet() -> None:
    people = make_people()

    assert "还没有考核结果" in shown(people.leader, "desk:overview")


@pytest.mark.parametrize("query", [{"assessment": "x"}, {"assessment": "999999"}, {"pack": "x"}])
def test_a_bad_address_shows_the_overview_all_the_same(query: dict[str, str]) -> None:
    quarter = make_complete_quarter()

    assert shown(quarter.people.leader, "desk:overview", **query)
