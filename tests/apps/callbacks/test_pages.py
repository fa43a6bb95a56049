"""Pages: the queue, a call, the ledger as people use them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.callbacks.ledger_cases import MORNING, answered, call, of
from tests.apps.complaints.hotline import PHONE, make_hotline
from tests.people import People
from zhijian.callbacks.models import CallState
from zhijian.foundation import clock
from zhijian.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
LIST = reverse("callbacks:call_backs")


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    found = make_hotline()
    now = MORNING + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", now.date)
    return found


@pytest.fixture
def caller(people: People) -> Client:
    client = Client()
    client.force_login(people.working_group)
    return client


def page_of(row: object) -> str:
    return reverse("callbacks:call_back", args=[row.pk])  # type: ignore[attr-defined]


def test_who_waits_is_listed_and_found_by_state(people: People, caller: Client) -> None:
    waiting, done = answered(people), answered(people)
    call(people.working_group, of(done), "reached", satisfied="是")

    page = caller.get(LIST).content.decode()
    told = caller.get(LIST, {"shown": "satisfied"}).content.decode()

    assert of(waiting).number in page
    assert of(done).number not in page
    assert of(done).number in told
    assert of(waiting).number not in told


def test_a_call_is_recorded_on_its_page_and_closes_the_case(people: People, caller: Client) -> None:
    case = answered(people)
    row = of(case)
    page = caller.get(page_of(row)).content.decode()
    assert "公司服务投诉热线" in page
    assert PHONE not in page

    told = {"call-outcome": "reached", "call-satisfied": "是", "call-solved": "是"}
    sent = caller.post(reverse("callbacks:attempt", args=[row.pk]), told)

    assert sent.status_code == 302
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.state, case.state) == (CallState.DONE, "closed")


def test_what_is_wrong_stands_at_its_place_and_nothing_is_lost(
    people: People, caller: Client
) -> None:
    row = of(answered(people))

    sent = caller.post(
        reverse("callbacks:attempt", args=[row.pk]),
        {"call-outcome": "reached", "call-opinion": "很好", "call-note": "记一笔"},
    )

    page = sent.content.decode()
    assert sent.status_code == 422
    assert "记一笔" in page
    assert "很好" in page
    assert row.attempts.count() == 0


def test_the_number_is_shown_to_who_may_and_it_is_noted(people: People, caller: Client) -> None:
    row = of(answered(people))

    page = caller.post(reverse("callbacks:reveal", args=[row.pk])).content.decode()

    assert PHONE in page
    assert AuditEntry.objects.filter(action="cases.reveal").count() == 1


def test_who_handled_it_is_told_why_they_cannot_call(people: People) -> None:
    row = of(answered(people))
    clerk = Client()
    clerk.force_login(people.clerk)

    page = clerk.get(page_of(row)).content.decode()
    sent = clerk.post(
        reverse("callbacks:attempt", args=[row.pk]),
        {"call-outcome": "reached", "call-satisfied": "是"},
    )

    assert "您不能办理这项回访" in page
    assert "call-outcome" not in page
    assert sent.status_code == 422
    row.refresh_from_db()
    assert row.state == CallState.PENDING


def test_others_do_not_find_it(people: People) -> None:
    row = of(answered(people))
    other = Client()
    other.force_login(people.other_clerk)

    assert other.get(page_of(row)).status_code == 404
    assert row.number not in other.get(LIST).content.decode()


def test_a_result_is_corrected_and_an_exclusion_asked_for_on_the_page(
    people: People, caller: Client
) -> None:
    row = call(people.working_group, of(answered(people)), "refused", note="不必")
    caller.post(reverse("callbacks:correct", args=[row.pk]), {"reason": "记错"})
    row.refresh_from_db()
    assert row.state == CallState.PENDING

    caller.post(reverse("callbacks:exclude", args=[row.pk]), {"reason": "已搬离"})
    asked = row.exclusions.get()
    page = caller.get(page_of(row)).content.decode()
    caller.post(reverse("callbacks:decide", args=[asked.pk]), {"grants": "yes"})

    row.refresh_from_db()
    assert "已搬离" in page
    assert row.state == CallState.PENDING  # one's own wish is not decided by oneself


@pytest.mark.parametrize("by", ["day", "month", "unit"])
def test_the_ledger_prints_its_equation_and_goes_out_as_a_file(
    people: People, caller: Client, by: str
) -> None:
    row = of(answered(people))
    answered(people)
    call(people.working_group, row, "reached", satisfied="是")

    page = caller.get(reverse("callbacks:ledger", args=[by])).content.decode()
    sent = caller.get(reverse("callbacks:export", args=[by, "csv"])).content.decode("utf-8-sig")

    assert "台账不平" not in page
    assert "1 ÷ 2" in page
    head, line, whole = list(csv.reader(io.StringIO(sent)))
    told = dict(zip(head, line, strict=True))
    assert [told[name] for name in ("产生", "已回访", "待回访", "回访率分母")] == [
        "2",
        "1",
        "1",
        "2",
    ]
    assert line[1:] == whole[1:]


def test_the_case_shows_its_call_backs(people: People, caller: Client) -> None:
    case = answered(people)

    page = caller.get(reverse("cases:case", args=[case.pk])).content.decode()

    assert of(case).number in page
    assert "去回访" in page
