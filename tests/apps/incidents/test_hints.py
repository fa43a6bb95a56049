"""What complaints and checks say of incidents is compared with what was reported, one by one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.incidents.company import hurt, make_company, reported, stepped
from tests.people import People
from zhijian.cases.models import Case, CaseFault, CaseLink
from zhijian.cases.services import Seen, Taking, advance_case, hand_over
from zhijian.foundation import clock
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.notifications.models import Notification
from zhijian.incidents import queries, services
from zhijian.incidents.models import Hint, HintWord
from zhijian.incidents.refusals import IncidentRefused

pytestmark = pytest.mark.django_db
HINTS = reverse("incidents:hints")


@pytest.fixture
def people() -> People:
    return make_company()


@pytest.fixture
def office(people: People) -> Client:
    client = Client()
    client.force_login(people.working_group)
    return client


def hint_of(case: Case) -> Hint:
    return Hint.objects.get(case=case)


def refused(call: object, **told: object) -> str:
    with pytest.raises(IncidentRefused) as error:
        call(at=clock.now(), **told)  # type: ignore[operator]
    return error.value.code


@pytest.mark.req("INC-01")
def test_what_speaks_of_an_incident_is_listed_and_told_once(people: People, office: Client) -> None:
    case = hurt(people)
    stepped(case.pk, "respond", people.working_group, response="已致电")

    page = office.get(HINTS).content.decode()
    assert case.number in page
    told = Notification.objects.filter(message__event="incidents.hint")
    assert told.filter(recipient=people.clerk).count() == 1
    # Of the other unit nobody learns of it.
    other = Client()
    other.force_login(people.other_clerk)
    assert case.number not in other.get(HINTS).content.decode()


def test_a_hint_that_falls_away_is_no_longer_listed(people: People) -> None:
    case = hurt(people)
    stepped(case.pk, "withdraw", people.working_group, "客户来电说明系误会")

    assert not Hint.objects.filter(case=case).exists()


@pytest.mark.req("INC-01")
def test_the_share_that_was_reported_is_worked_out(people: People, office: Client) -> None:
    cases = [hurt(people) for _ in range(4)]
    row = reported(people, injured="1")
    judge = {"actor": people.committee}
    services.say_reported(
        hint_id=hint_of(cases[0]).pk, number=row.case.number.lower(), at=clock.now(), **judge
    )
    services.say_none(
        hint_id=hint_of(cases[1]).pk, reason="客户自述并未受伤", at=clock.now(), **judge
    )

    found = queries.compared(people.working_group)
    # Three ought to have been reported: one was, two are still to be compared.
    assert (found.due, found.reported, found.open, found.none) == (3, 1, 2, 1)
    assert f"{found.share:.4f}" == "0.3333"
    assert "33.3 %" in office.get(HINTS).content.decode()
    assert queries.compared(people.other_clerk).share is None
    assert CaseLink.objects.filter(source=cases[0], target=row.case).exists()
    assert "客户自述并未受伤" in office.get(HINTS, {"word": "none"}).content.decode()


def test_a_hint_is_settled_by_who_may_and_only_with_what_it_needs(people: People) -> None:
    case = hurt(people, people.clerk)
    hint, reason = hint_of(case), {"reason": "并未受伤"}
    own = hurt(people)

    assert refused(services.say_none, actor=people.clerk, hint_id=hint.pk, **reason) == (
        "incidents.may_not_judge"
    )
    assert refused(services.say_none, actor=people.other_clerk, hint_id=hint.pk, **reason) == (
        "incidents.no_such_hint"
    )
    assert refused(services.say_none, actor=people.committee, hint_id=hint.pk, reason=" ") == (
        "incidents.reason_needed"
    )
    assert refused(services.say_reported, actor=people.committee, hint_id=hint.pk,
                   number="SJ2000-0001") == "incidents.no_such_incident"  # fmt: skip
    # Nobody finds of their own case that it was nothing.
    assert refused(services.say_none, actor=people.working_group, hint_id=hint_of(own).pk,
                   **reason) == "incidents.own_case"  # fmt: skip
    services.say_none(actor=people.committee, hint_id=hint.pk, at=clock.now(), **reason)
    assert refused(services.say_none, actor=people.committee, hint_id=hint.pk, **reason) == (
        "incidents.settled_already"
    )


def test_a_finding_of_nothing_can_be_taken_back(people: People, office: Client) -> None:
    hint = hint_of(hurt(people))
    services.say_none(actor=people.committee, hint_id=hint.pk, reason="并未受伤", at=clock.now())
    place = reverse("incidents:again", args=[hint.pk])
    office.post(place)
    office.post(place)

    hint.refresh_from_db()
    assert (hint.word, hint.reason, hint.by) == (HintWord.OPEN, "", None)
    # What was said stays on record.
    assert AuditEntry.objects.filter(action="incidents.open_again").count() == 1


def test_errors_are_told_where_they_were_made(people: People, office: Client) -> None:
    hint = hint_of(hurt(people))
    for name, told, words in (
        ("reported", {"number": "SJ1"}, "没有编号为“SJ1”的事件"),
        ("none", {"reason": " "}, "内容尚未保存"),
    ):
        answer = office.post(reverse(f"incidents:{name}", args=[hint.pk]), told)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    hint.refresh_from_db()
    assert hint.word == HintWord.OPEN


@pytest.mark.req("INC-02", "DIS-14")
def test_a_concealment_is_a_case_of_its_own_and_charges_unit_and_persons(
    people: People, office: Client
) -> None:
    case = hurt(people)
    hint = hint_of(case)
    place = reverse("incidents:concealed", args=[hint.pk])
    shown = office.get(place).content.decode()
    # The form is filled in from the hint.
    assert case.number in shown
    wrong = office.post(place, {"propose-sort": "瞒报"})
    assert wrong.status_code == 422
    told = {
        "propose-sort": "瞒报", "propose-account": "投诉反映有人摔伤，项目没有上报",
        "propose-unit": str(people.unit.pk), "propose-title_": "摔伤没有上报",
    }  # fmt: skip
    office.post(place, told)

    hint.refresh_from_db()
    offence = hint.offence
    assert hint.word == HintWord.CONCEALED
    assert offence is not None
    assert offence.kind == "concealment"
    assert CaseLink.objects.filter(source=case, target=offence).exists()
    assert office.get(place).status_code == 404

    clerk, other = str(people.clerk.pk), str(people.other_clerk.pk)
    stepped(offence.pk, "find_out", people.working_group, findings="当日知悉而未报", person=clerk,
            superior=other)  # fmt: skip
    stepped(offence.pk, "hear", people.working_group, heard="以为不追究")
    decided = {"unit_measure": "全公司通报", "person_measure": "记过"}
    advance_case(
        actor=people.committee, seen=Seen(offence.pk, Case.objects.get(pk=offence.pk).seq),
        taking=Taking("uphold", decided, "事实清楚"),
        at=clock.now(),
    )  # fmt: skip
    faults = CaseFault.objects.filter(case=offence)
    assert {each.person for each in faults} == {people.clerk, people.other_clerk}
    assert {each.fault for each in faults} == {"瞒报"}


def test_handing_over_a_case_that_is_no_hazard_still_works(people: People) -> None:
    row = reported(people)
    case = Case.objects.get(pk=row.case_id)
    hand_over(
        actor=people.working_group, seen=Seen(case.pk, case.seq), to_id=people.committee.pk,
        reason="休假", at=clock.now(),
    )  # fmt: skip
    assert Case.objects.get(pk=case.pk).owner == people.committee
