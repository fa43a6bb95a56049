"""Queue, counts and the door for programs: masked, filtered, every figure leading to its cases."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.apps.complaints.hotline import (
    KIND,
    MASKED,
    PACK,
    PHONE,
    facts,
    make_hotline,
    office_of,
    opening,
    received,
    sent,
)
from tests.people import People
from zhijian.cases.models import Case
from zhijian.cases.services import Seen, Taking, advance_case, open_case
from zhijian.complaints import queries, services
from zhijian.complaints.models import Complaint, Office
from zhijian.complaints.queries import Wanted
from zhijian.foundation import clock

pytestmark = pytest.mark.django_db
QUEUE, REPORT = reverse("complaints:queue"), reverse("complaints:report")
API = "/api/complaints"


@pytest.fixture
def people() -> People:
    return make_hotline()


@pytest.fixture
def agent(people: People) -> Client:
    client = Client()
    client.force_login(people.working_group)
    return client


def with_cause(people: People, row: Complaint, cause: str) -> None:
    """Take it to its answer on the pages of cases, which know nothing of the register."""
    told = {"department": str(people.unit.pk), "handler": str(people.clerk.pk)}
    answer = {"findings": "属实", "cause": cause, "measures": "打扫", "reply": "已打扫"}
    for name, who, entered in (
        ("dispatch", people.working_group, told),
        ("answer", people.clerk, answer),
    ):
        seen = Seen(row.case_id, Case.objects.get(pk=row.case_id).seq)
        advance_case(actor=who, seen=seen, taking=Taking(name, entered), at=clock.now())


def numbers(page: str) -> list[str]:
    return sorted(set(re.findall(r"RX\d{4}-\d{4}", page)))


def test_the_queue_shows_what_is_due_with_the_phone_masked(agent: Client, people: People) -> None:
    small = received(people)
    grave = received(people, harmed="是", phone="13900001111")

    page = agent.get(QUEUE).content.decode()

    assert page.index(grave.case.number) < page.index(small.case.number)
    assert MASKED in page
    assert PHONE not in page
    assert numbers(agent.get(QUEUE, {"kind": f"{PACK}:{KIND}", "level": "grave"}).content.decode()
                   ) == [grave.case.number]  # fmt: skip
    assert numbers(agent.get(QUEUE, {"channel": "媒体"}).content.decode()) == []


def test_what_cannot_be_asked_for_is_left_out(agent: Client, people: People) -> None:
    row = received(people)
    odd = {"hour": "99", "unit": "x", "first": "never", "shown": "none", "none": "phone"}

    assert numbers(agent.get(QUEUE, odd).content.decode()) == [row.case.number]


@pytest.mark.req("CMP-40", "CMP-44")
def test_every_figure_leads_to_its_cases(agent: Client, people: People) -> None:
    rows = [received(people), received(people, channel="来访", phone="13900001111")]
    with_cause(people, rows[0], "流程安排")

    page = agent.get(REPORT).content.decode()

    links = re.findall(r'<td class="num"><a href="([^"]+)">(\d+)</a>', page)
    assert len(links) == 4 * (1 + 2 + 1 + 2)
    for link, figure in links:
        found = agent.get(link.replace("&amp;", "&")).content.decode()
        assert len(numbers(found)) == int(figure), link
    causes = {parse_qs(urlsplit(link).query).get("amp;cause", [""])[0] for link, _ in links}
    assert "流程安排" in causes


def test_what_is_done_on_other_pages_is_in_the_register_at_once(people: People) -> None:
    open_case(actor=people.working_group, opening=opening(people.unit.pk), at=clock.now())
    row = Complaint.objects.get()
    assert row.masked == MASKED

    with_cause(people, row, "外包单位")

    row.refresh_from_db()
    assert row.cause == "外包单位"


def test_cases_from_before_are_registered(people: People) -> None:
    row = received(people)
    row.delete()

    assert services.register_missing() == 1
    assert Complaint.objects.get().masked == MASKED


def test_the_register_is_made_anew_and_keeps_where_it_came_from(people: People) -> None:
    office = office_of(people)
    sent(office)
    received(people)
    before = list(Complaint.objects.order_by("pk").values())
    Complaint.objects.update(caller="", masked="", channel="")

    call_command("complaints_register", stdout=(nothing := io.StringIO()))
    call_command("complaints_register", "--anew", stdout=(said := io.StringIO()))

    assert nothing.getvalue() == "complaints 0\n"
    assert said.getvalue() == "complaints 2\n"
    assert list(Complaint.objects.order_by("pk").values()) == before
    assert Office.objects.get().complaints.count() == 1


@pytest.mark.req("CMP-40")
@pytest.mark.parametrize("by", queries.DIMENSIONS)
def test_counts_are_sent_as_files(agent: Client, people: People, by: str) -> None:
    received(people)

    book = agent.get(reverse("complaints:export", kwargs={"by": by, "form": "xlsx"}))
    text = agent.get(reverse("complaints:export", kwargs={"by": by, "form": "csv"}))

    lines = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert book.content.startswith(b"PK")
    assert sum(int(line[1]) for line in lines[1:]) == 1
    assert len(lines) == (25 if by == "hour" else 2)


def test_an_unknown_table_is_none(agent: Client) -> None:
    assert agent.get(reverse("complaints:export", kwargs={"by": "phone", "form": "csv"})
                     ).status_code == 404  # fmt: skip
    assert agent.get(reverse("complaints:export", kwargs={"by": "hour", "form": "exe"})
                     ).status_code == 404  # fmt: skip


def test_a_clerk_counts_only_what_they_may_see(people: People) -> None:
    received(people)
    today, now = clock.today(), clock.now()
    wanted = Wanted(shown="all", first=today - timedelta(days=1), last=today)

    own = queries.counted(people.clerk, wanted, "channel", now)
    other = queries.counted(people.other_clerk, wanted, "channel", now)

    assert [(each.label, each.total, each.open) for each in own] == [("投诉热线", 1, 1)]
    assert other == ()


def test_a_day_outside_the_span_is_not_counted(people: People) -> None:
    received(people)
    wanted = Wanted(shown="all", last=clock.today() - timedelta(days=1))

    assert queries.counted(people.working_group, wanted, "cause", clock.now()) == ()


def test_programs_take_a_complaint_down_once(agent: Client, people: People) -> None:
    told = {"pack": PACK, "kind": KIND, "unit": people.unit.pk, "facts": facts()}
    answers = [
        agent.post(API, told, "application/json", headers={"Idempotency-Key": "K1"})
        for _ in range(2)
    ]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    body = answers[0].json()
    assert (body["phone"], body["level"], body["channel"]) == (MASKED, "small", "投诉热线")
    assert len(body["tracking_code"]) == 19
    assert Complaint.objects.count() == 1
    assert agent.get(API).json()["results"][0]["number"] == body["number"]
    assert PHONE not in agent.get(API).content.decode()


def test_programs_are_told_what_is_wrong(agent: Client, people: People) -> None:
    told = {"pack": PACK, "kind": KIND, "unit": people.unit.pk, "facts": facts(phone="1")}
    refused = agent.post(API, told, "application/json", headers={"Idempotency-Key": "K2"})
    assert refused.status_code == 409
    assert "complaints.no_phone" in refused.content.decode()

    other = {**told, "kind": "device"}
    refused = agent.post(API, other, "application/json", headers={"Idempotency-Key": "K3"})
    assert refused.json()["code"] == "complaints.no_such_kind"
    missing = agent.post(API, told, "application/json").json()
    assert missing["code"] == "api.idempotency_key_missing"
    assert not Case.objects.exists()


def test_offices_are_made_on_their_page_with_a_code_to_scan(agent: Client, people: People) -> None:
    place = reverse("complaints:offices")
    told = {"title": "二号楼", "kind": f"{PACK}:{KIND}", "unit": people.unit.pk}

    assert agent.post(place, {**told, "title": ""}).status_code == 422
    page = agent.post(place, told, follow=True).content.decode()

    row = Office.objects.get()
    assert f"/complaints/at/{row.code}/" in page
    assert "data:image/svg+xml" in page
    assert len(row.code) >= 12
    closed = agent.post(reverse("complaints:close_office", kwargs={"office_id": row.pk}),
                        follow=True)  # fmt: skip
    assert "已停用" in closed.content.decode()
    agent.post(reverse("complaints:open_office", kwargs={"office_id": row.pk}))
    row.refresh_from_db()
    assert row.is_open
    assert agent.get(reverse("complaints:office", kwargs={"office_id": 10**6})).status_code == 404
