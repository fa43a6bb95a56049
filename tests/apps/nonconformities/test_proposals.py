"""Counts past their limit are proposed once; proposals are opened, merged or declined, and kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.nonconformities.checks import ACTION, KIND, PACK, action, found, make_checks, taken
from tests.people import People
from zhijian.cases import queries as cases
from zhijian.cases.models import Case, CaseLink
from zhijian.cases.services import Seen, Taking, advance_case
from zhijian.foundation import clock
from zhijian.foundation.notifications.models import Notification
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.models import Proposal, ProposalState, ProposedCase, Tally
from zhijian.nonconformities.refusals import NonconformityRefused
from zhijian.nonconformities.services import NewProposal

pytestmark = pytest.mark.django_db
LIMIT = 3


@pytest.fixture
def people() -> People:
    return make_checks()


@pytest.fixture
def agent(people: People) -> Client:
    client = Client()
    client.force_login(people.working_group)
    return client


def areas(count: int) -> list[str]:
    return [f"{n}号楼" for n in range(count)]


def crossed(people: People) -> Proposal:
    for area in areas(LIMIT + 1):
        found(people, area=area)
    return Proposal.objects.get()


def page_of(row: Proposal) -> str:
    return reverse("nonconformities:proposal", kwargs={"proposal_id": row.pk})


@pytest.mark.req("CAP-01")
def test_as_many_as_the_limit_are_in_order_and_one_more_is_proposed_once(people: People) -> None:
    for area in areas(LIMIT):
        found(people, area=area)
    assert not Proposal.objects.exists()
    assert services.sweep(clock.now()) == 0

    last = [found(people, area="大堂"), found(people, area="车库")]

    row = Proposal.objects.get()
    assert (row.found, row.limit, row.kind, row.step) == (LIMIT + 2, "3", ACTION, "over_count")
    assert set(row.case_ids) >= {each.pk for each in last}
    assert services.sweep(clock.now()) == 0
    assert Notification.objects.filter(message__event="nonconformities.proposed").exists()


@pytest.mark.req("CAP-02")
def test_an_excess_in_one_area_is_proposed_by_itself(people: People) -> None:
    for _ in range(LIMIT + 1):
        found(people, area="大堂", check="季检")

    rows = {row.step: row for row in Proposal.objects.all()}

    assert set(rows) == {"over_count", "concentrated"}
    assert rows["concentrated"].facts["carries"] == {"area": "大堂"}


def test_what_is_not_upheld_counts_no_more(people: People) -> None:
    opened = [found(people, area=area) for area in areas(LIMIT)]
    advance_case(
        actor=people.leader,
        seen=Seen(opened[0].pk, opened[0].seq),
        taking=Taking("reject", {}, reason="不属实"),
        at=clock.now(),
    )
    found(people, area="大堂")

    assert not Proposal.objects.exists()
    assert Tally.objects.filter(control="weekly").count() == LIMIT


def test_other_weeks_and_units_count_by_themselves(people: People) -> None:
    day = clock.today() - timedelta(days=8)
    for area in areas(LIMIT):
        found(people, area=area)
    found(people, area="大堂", found_on=day.isoformat())

    assert Proposal.objects.filter(step="over_count").count() == 0


def test_what_a_step_could_not_see_the_sweep_proposes_once(people: People) -> None:
    crossed(people)
    ProposedCase.objects.all().delete()
    Proposal.objects.all().delete()

    assert [services.sweep(clock.now()) for _ in range(2)] == [1, 0]
    assert Proposal.objects.get().found == LIMIT + 1


def test_the_page_of_counts_shows_limit_cases_and_proposal(agent: Client, people: People) -> None:
    row = crossed(people)

    page = agent.get(reverse("nonconformities:controls")).content.decode()
    over = agent.get(reverse("nonconformities:controls"), {"over": 1}).content.decode()

    assert page_of(row) in page
    assert all(number in over for number in cases.numbers(row.case_ids).values())
    (standing,) = [each for each in queries.standings(people.working_group, row.first)
                   if each.key == row.key]  # fmt: skip
    assert (standing.found, standing.limit_shown, standing.exceeds) == (LIMIT + 1, "3", True)
    assert standing.working.unconfirmed
    assert queries.standings(people.other_clerk, row.first) == ()


def test_a_proposal_is_opened_filled_in_and_linked(agent: Client, people: People) -> None:
    row = crossed(people)
    client = Client()
    client.force_login(people.clerk)
    assert ACTION in client.get(page_of(row)).content.decode()
    place = reverse("nonconformities:accept", kwargs={
        "proposal_id": row.pk, "pack_id": PACK, "kind": ACTION, "step": "over_count",
    })  # fmt: skip
    form = client.get(place).context["form"]
    told = {f"accept-{name}": form.initial.get(name, "") for name in form.fields}
    assert told["accept-minor_count"] == "4"

    refused = client.post(place, {**told, "accept-minor_count": "3"})
    assert refused.status_code == 422
    assert not Case.objects.filter(kind=ACTION).exists()
    client.post(place, told)

    row.refresh_from_db()
    case = Case.objects.get(kind=ACTION)
    assert (row.state, row.action_id, row.decided_by_id) == ("accepted", case.pk, people.clerk.pk)
    assert CaseLink.objects.filter(word="related").count() == LIMIT + 1
    assert client.post(place, told).status_code == 422
    assert Case.objects.filter(kind=ACTION).count() == 1


def test_a_proposal_is_merged_into_an_action_under_way(agent: Client, people: People) -> None:
    row, case = crossed(people), action(people)
    place = reverse("nonconformities:merge", kwargs={"proposal_id": row.pk})

    odd = agent.post(place, {"number": "JZ0000-0000"})
    other = agent.post(place, {"number": Case.objects.filter(kind=KIND)[0].number})
    agent.post(place, {"number": case.number.lower()})

    assert (odd.status_code, other.status_code) == (422, 422)
    row.refresh_from_db()
    assert (row.state, row.action_id) == (ProposalState.MERGED, case.pk)


def test_a_declined_one_needs_a_reason_is_kept_and_counted(agent: Client, people: People) -> None:
    row = crossed(people)
    place = reverse("nonconformities:decline", kwargs={"proposal_id": row.pk})

    assert agent.post(place, {"reason": " "}).status_code == 422
    agent.post(place, {"reason": "同一施工造成，已结束"})
    found(people, area="又一处")
    services.sweep(clock.now())

    row.refresh_from_db()
    assert (row.state, row.reason, row.found) == ("declined", "同一施工造成，已结束", LIMIT + 1)
    assert Proposal.objects.filter(step="over_count").count() == 1
    assert queries.by_state(people.working_group)["declined"] == 1
    listed = agent.get(reverse("nonconformities:proposals"), {"state": "declined"})
    assert page_of(row) in listed.content.decode()
    with pytest.raises(NonconformityRefused) as refused:
        services.decline(
            actor=people.working_group, proposal_id=row.pk, reason="再", at=clock.now()
        )
    assert refused.value.code == "nonconformities.decided"


def test_nobody_decides_for_a_unit_that_is_not_theirs(people: People) -> None:
    row = crossed(people)

    for actor in (people.other_clerk, people.auditor):
        with pytest.raises(NonconformityRefused) as refused:
            services.decline(actor=actor, proposal_id=row.pk, reason="不", at=clock.now())
        assert refused.value.code == "nonconformities.may_not_decide"
    assert queries.proposal_for(people.other_clerk, row.pk) is None


def test_a_bar_is_proposed_once_with_its_cases(agent: Client, people: People) -> None:
    rows = [found(people, item="保安", area=area) for area in areas(2)]
    found(people, item="保洁")
    told = {"by": "item", "key": "保安"}
    place = reverse("nonconformities:propose_bar")

    pages = [agent.post(place, told, follow=True) for _ in range(2)]

    row = Proposal.objects.get()
    assert row.case_ids == [each.pk for each in rows]
    assert (row.origin, row.unit_id) == ("bar", people.unit.pk)
    assert all(page.redirect_chain[0][0] == page_of(row) for page in pages)
    gone = agent.post(place, {"by": "item", "key": "没有"}, follow=True).content.decode()
    assert "这一条已经没有件" in gone
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("by", queries.DIMENSIONS)
def test_every_bar_can_be_proposed(agent: Client, people: People, by: str) -> None:
    found(people)
    (bar,) = queries.counted(people.working_group, queries.Wanted(), by, clock.now())

    agent.post(reverse("nonconformities:propose_bar"), {"by": by, "key": bar.key})

    assert Proposal.objects.get().found == 1


def test_a_case_is_proposed_from_its_page_with_those_alike(agent: Client, people: People) -> None:
    rows = [found(people) for _ in range(2)]
    place = reverse("nonconformities:propose", kwargs={"case_id": rows[1].pk})

    agent.post(place)

    assert Proposal.objects.get().case_ids == [each.pk for each in rows]
    assert agent.post(reverse("nonconformities:propose", kwargs={"case_id": action(people).pk})
                      ).status_code == 404  # fmt: skip


def test_nothing_is_proposed_from_cases_out_of_sight(people: People) -> None:
    case = found(people)
    new = NewProposal("hand", "水渍", people.unit.pk, [case.pk], clock.today(), clock.today())

    with pytest.raises(NonconformityRefused) as refused:
        services.make_proposal(actor=people.other_clerk, proposal=new, at=clock.now())

    assert refused.value.code == "nonconformities.nothing_proposed"
    assert not Proposal.objects.exists()


def test_programs_read_and_decline_proposals(agent: Client, people: People) -> None:
    row = crossed(people)
    place = f"/api/nonconformities/proposals/{row.pk}/decline"

    (told,) = agent.get("/api/nonconformities/proposals", {"state": "waiting"}).json()["results"]
    assert (told["id"], told["found"], told["limit"], told["action"]) == (row.pk, 4, "3", None)
    done = agent.post(place, {"reason": "已另案处理"}, "application/json")
    assert done.json()["state"] == "declined"
    assert agent.post(place, {"reason": "x"}, "application/json").status_code == 409
    assert agent.get("/api/nonconformities/proposals", {"state": "waiting"}).json()["results"] == []


def test_an_ended_action_takes_nothing_more(people: People) -> None:
    row, case = crossed(people), action(people)
    taken(case, people.clerk, "plan", cause="拖把", action="更换", responsible=str(people.clerk.pk))
    taken(case, people.clerk, "carry_out", result="已更换")
    taken(case, people.working_group, "verify", effective="是")

    with pytest.raises(NonconformityRefused) as refused:
        services.merge(
            actor=people.working_group, proposal_id=row.pk, number=case.number, at=clock.now()
        )

    assert refused.value.code == "nonconformities.action_ended"
