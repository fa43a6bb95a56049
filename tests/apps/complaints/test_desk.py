"""The desk: the caller is known again, the phone is masked, and what is due is said at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.complaints.hotline import KIND, MASKED, PACK, PHONE, make_hotline, opening, received
from tests.people import People
from zhijian.cases.models import Case
from zhijian.cases.refusals import StepRefused
from zhijian.complaints import services
from zhijian.complaints.keys import code_of
from zhijian.complaints.models import Complaint
from zhijian.complaints.refusals import ComplaintRefused
from zhijian.foundation import clock

pytestmark = pytest.mark.django_db
DESK = reverse("complaints:desk", kwargs={"pack_id": PACK, "kind": KIND})
CALLER = reverse("complaints:caller", kwargs={"pack_id": PACK, "kind": KIND})


@pytest.fixture
def people() -> People:
    return make_hotline()


@pytest.fixture
def agent(people: People) -> Client:
    client = Client()
    client.force_login(people.working_group)
    return client


def form(people: People, **changed: str) -> dict[str, str]:
    told = {
        "phone": "138-0000 5678",
        "caller": "王女士",
        "content": "大厅地面没有打扫",
        "category": "工作质量",
        "channel": "投诉热线",
        "received_at": f"{clock.today()}T00:00",
        "unit_": str(people.unit.pk),
        **changed,
    }
    return {f"desk-{name}": value for name, value in told.items()}


def test_one_kind_leads_straight_to_the_desk(agent: Client) -> None:
    assert agent.get(reverse("complaints:take")).headers["Location"] == DESK


@pytest.mark.req("CMP-02")
def test_the_form_begins_with_the_phone_and_offers_the_channels_of_the_regulation(
    agent: Client,
) -> None:
    page = agent.get(DESK).content.decode()

    places = [
        page.index(f'name="desk-{name}"') for name in ("phone", "caller", "content", "title_")
    ]
    assert places == sorted(places)
    for channel in ("投诉热线", "电子邮件", "意见箱", "媒体", "上级或政府转办"):
        assert channel in page


@pytest.mark.req("CMP-04", "CMP-11")
def test_a_complaint_is_saved_and_its_number_level_and_due_moments_are_said(
    agent: Client, people: People
) -> None:
    answer = agent.post(DESK, form(people), follow=True)

    row = Complaint.objects.get()
    page = answer.content.decode()
    assert (row.masked, row.channel, row.hour) == (MASKED, "投诉热线", 0)
    assert row.case.number in page
    assert code_of(row.case.number) in page
    assert "首次响应" in page
    assert "解决并答复" in page
    assert row.case.due_at is not None
    assert PHONE not in page


def test_what_is_missing_is_told_at_its_field_and_nothing_is_stored(
    agent: Client, people: People
) -> None:
    answer = agent.post(DESK, form(people, content="", phone="12345"))

    assert answer.status_code == 422
    assert "不是可以拨打的号码" in answer.content.decode()
    assert not Case.objects.exists()


def test_the_history_of_a_caller_is_found_however_the_number_is_typed(
    agent: Client, people: People
) -> None:
    row = received(people)
    other = received(people, phone="13900001111")

    page = agent.post(CALLER, {"desk-phone": "+86 138 0000 5678"}).content.decode()

    assert row.case.number in page
    assert other.case.number not in page
    assert "可能是同一件事" in page
    assert MASKED in page
    assert PHONE not in page


def test_without_script_a_button_looks_the_caller_up_and_keeps_what_was_typed(
    agent: Client, people: People
) -> None:
    row = received(people)

    page = agent.post(DESK, {**form(people, content="说到一半"), "look": "1"}).content.decode()

    assert row.case.number in page
    assert "说到一半" in page
    assert Complaint.objects.count() == 1


def test_who_may_not_see_a_complaint_does_not_find_it_by_its_phone(people: People) -> None:
    row = received(people)
    client = Client()
    client.force_login(people.other_clerk)

    assert row.case.number not in client.post(CALLER, {"desk-phone": PHONE}).content.decode()


def test_a_form_sent_twice_is_one_complaint(agent: Client, people: People) -> None:
    told = form(people, key_="once")

    places = [agent.post(DESK, told).headers["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert Complaint.objects.count() == Case.objects.count() == 1


@pytest.mark.req("CMP-05")
def test_whoever_hears_of_it_first_records_it(people: People) -> None:
    row = received(people, actor=people.clerk)

    assert row.case.owner == people.clerk
    assert row.case.opener == people.clerk


def test_the_same_caller_again_is_more_serious(people: People) -> None:
    received(people)

    assert received(people, phone="86-13800005678").case.level == "small"
    assert received(people, phone="138 0000 5678").case.level == "serious"


def test_a_kind_that_receives_nothing_is_refused(people: People) -> None:
    told = opening(people.unit.pk)
    other = type(told)("company-hotline", "device", told.taking, people.unit.pk)

    with pytest.raises(ComplaintRefused) as refused:
        services.receive(actor=people.working_group, opening=other, at=clock.now())
    assert refused.value.code == "complaints.no_such_kind"


@pytest.mark.parametrize("phone", ["12345", "电话", "1" * 16])
def test_a_number_that_cannot_be_called_is_refused(people: People, phone: str) -> None:
    with pytest.raises(StepRefused) as refused:
        received(people, phone=phone)

    assert [each.code for each in refused.value.problems] == ["complaints.no_phone"]
    assert not Case.objects.exists()


def test_who_may_not_take_complaints_is_not_shown_the_desk(people: People) -> None:
    client = Client()
    client.force_login(people.inspector)

    assert client.get(DESK).status_code == 404
    assert "没有您可以登记的投诉" in client.get(reverse("complaints:take")).content.decode()
