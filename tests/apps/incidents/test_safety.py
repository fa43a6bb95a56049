"""Hazards never stand without somebody who follows them; drills and checks set their next round."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.apps.incidents.company import hazard, make_company, reported, stepped
from tests.people import People
from zhijian.cases.models import Case
from zhijian.cases.refusals import CaseRefused
from zhijian.cases.services import Opening, Seen, Taking, hand_over, open_case
from zhijian.cases.verifying import verify
from zhijian.foundation import clock
from zhijian.incidents import services
from zhijian.incidents.jobs import keep_owners
from zhijian.incidents.models import Duty, Hazard, Hint, Incident

pytestmark = pytest.mark.django_db
HAZARDS, DUTIES = reverse("incidents:hazards"), reverse("incidents:duties")
SAFETY = "institution-safety"


@pytest.fixture
def people() -> People:
    return make_company()


@pytest.fixture
def office(people: People) -> Client:
    client = Client()
    client.force_login(people.working_group)
    return client


def planned(people: People, kind: str = "drill", **told: str) -> Case:
    """The first round of a duty, planned today for the clerk of the unit."""
    last = clock.today() - timedelta(days=10)
    facts = {"responsible": str(people.clerk.pk), "last_on": f"{last:%Y-%m-%d}", **told}
    opening = Opening(SAFETY, kind, Taking("plan", facts), people.unit.pk)
    return open_case(actor=people.working_group, opening=opening, at=clock.now())


@pytest.mark.req("INC-06", "INC-11")
def test_hazards_are_counted_by_area_and_listed_the_oldest_in_front(
    people: People, office: Client
) -> None:
    followed = hazard(people)
    hazard(people, step="remove_on_spot", area="网络", description="弱口令")

    page = office.get(HAZARDS).content.decode()
    row = Hazard.objects.get(case=followed)
    assert (row.area, row.place, row.on_spot) == ("消防", "后厨", False)
    assert followed.number in page
    # Only what is followed stands in the list; all five areas stand in the table.
    assert all(area in page for area in ("设施设备", "消防", "网络", "交通", "人员"))
    assert "当场消除" in page
    assert followed.number not in office.get(HAZARDS, {"area": "网络"}).content.decode()
    gone = office.get(HAZARDS, {"area": "网络", "shown": "all"}).content.decode()
    assert Hazard.objects.get(on_spot=True).case.number in gone


@pytest.mark.req("INC-07")
def test_the_finder_follows_and_cannot_hand_it_on(people: People) -> None:
    case = hazard(people)
    with pytest.raises(CaseRefused) as refused:
        hand_over(actor=people.clerk, seen=Seen(case.pk, case.seq), to_id=people.committee.pk,
                  reason="太忙", at=clock.now())  # fmt: skip
    assert refused.value.code == "cases.finder_follows"
    assert Case.objects.get(pk=case.pk).owner == people.clerk


@pytest.mark.req("INC-07")
def test_when_the_finder_leaves_the_next_in_line_takes_over(people: People, office: Client) -> None:
    case, ended = hazard(people), hazard(people, step="remove_on_spot")
    assert services.keep_owners(at=clock.now()) == 0
    people.clerk.is_active = False
    people.clerk.save(update_fields=["is_active"])

    assert keep_owners.call() == {"given": 1}
    assert keep_owners.call() == {"given": 0}
    moved = Case.objects.get(pk=case.pk)
    # Nobody else works for the department; the leader in charge is next.
    assert moved.owner == people.leader
    assert Case.objects.get(pk=ended.pk).owner is None
    page = office.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "原承办人已不能办理" in page
    assert verify().discrepancies == []
    stepped(case.pk, "act", people.working_group, measure="换新")
    done = {"gone": "是", "responsibility_settled": "是", "people_educated": "是"}
    assert stepped(case.pk, "confirm", people.leader, **done).ends == "closed"


def test_where_nobody_is_left_the_hazard_stays_and_is_given_later(people: People) -> None:
    case = hazard(people)
    for each in (people.clerk, people.leader, people.working_group):
        each.is_active = False
        each.save(update_fields=["is_active"])

    assert services.keep_owners(at=clock.now()) == 0
    people.working_group.is_active = True
    people.working_group.save(update_fields=["is_active"])
    assert services.keep_owners(at=clock.now()) == 1
    assert Case.objects.get(pk=case.pk).owner == people.working_group


@pytest.mark.req("INC-11", "INC-12")
def test_a_drill_that_was_held_sets_the_next_one(people: People, office: Client) -> None:
    case = planned(people)
    planned(people, "duty", area="消防")
    page = office.get(DUTIES).content.decode()
    assert case.number in page
    # Of five areas of checks nobody keeps one in this unit.
    gaps = page.split('id="gaps"')[1]
    assert "安全检查: 设施设备、消防、网络、交通、人员" in gaps
    assert "安全责任书: 设施设备、网络、交通、人员" in gaps
    assert "消防演练" not in gaps

    day = f"{clock.today():%Y-%m-%d}"
    stepped(case.pk, "hold", people.clerk, held_on=day, scenario="二楼起火", people="40",
            findings="无", proof=True)  # fmt: skip

    first = Duty.objects.get(case=case)
    following = Duty.objects.exclude(case=case).get(case__kind="drill")
    assert first.done_at is not None
    assert first.due_at is not None
    assert following.due_at is not None
    assert (following.due_at - first.due_at).days in range(8, 13)
    assert following.case.owner == people.clerk
    page = office.get(DUTIES).content.decode()
    assert page.index(following.case.number) < page.index(case.number)


def test_what_is_late_is_told_and_a_filter_restricts(people: People, office: Client) -> None:
    late = planned(people, last_on="2024-01-08")
    page = office.get(DUTIES).content.decode()
    assert "已逾期" in page
    assert late.number not in office.get(DUTIES, {"unit": "999999"}).content.decode()
    assert late.number not in office.get(DUTIES, {"area": "网络"}).content.decode()


def test_the_registers_can_be_made_again(
    people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    reported(people)
    hazard(people)
    planned(people)
    for model in (Incident, Hazard, Duty, Hint):
        model.objects.all().delete()

    call_command("incidents_register")

    assert [model.objects.count() for model in (Incident, Hazard, Duty)] == [1, 1, 1]
    assert "incidents 3" in capsys.readouterr().out
