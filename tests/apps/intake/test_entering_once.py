"""A form that comes in twice makes one record, and nothing is entered before it has happened."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from zhijian.foundation import clock
from zhijian.intake import services
from zhijian.intake.models import BatchState, Record
from zhijian.intake.services import Entry, RecordsWrong

from .books import quarterly
from .test_imports import make_site, staged, uploaded, workbook

BOOK = quarterly()
ENTER = f"/intake/books/{BOOK.pack_id}/{BOOK.period}/direct_deduction/new"
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_site()


@pytest.fixture
def office(client, cast):
    client.force_login(cast.working_group)
    return client


def opened(client) -> dict[str, str]:
    """The form as it is opened: its key, and what a person types."""
    page = client.get(ENTER).content.decode()
    key = re.search(r'name="idempotency_key" value="(\w+)"', page)
    assert key
    return {
        "idempotency_key": key[1],
        "unit": "市场经营部",
        "on": "2024-02-05",
        "points": "2",
        "proof": "主业检查",
    }


def test_the_same_form_sent_again_leads_to_the_record_it_made(office) -> None:
    told = opened(office)
    first, second = office.post(ENTER, told), office.post(ENTER, told)

    assert Record.objects.count() == 1
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert "没有重复登记" in office.get(second["Location"]).content.decode()


def test_another_form_with_the_same_words_is_another_record(office) -> None:
    office.post(ENTER, opened(office))
    office.post(ENTER, opened(office))

    assert Record.objects.count() == 2


def test_a_form_that_was_refused_may_be_mended_and_sent(office) -> None:
    told = opened(office)
    assert office.post(ENTER, {**told, "points": "很多"}).status_code == 422
    assert office.post(ENTER, told).status_code == 302

    assert Record.objects.count() == 1


def test_a_used_form_with_other_words_asks_before_it_saves_another(office) -> None:
    told = opened(office)
    office.post(ENTER, told)
    answer = office.post(ENTER, {**told, "points": "3"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert Record.objects.count() == 1
    assert "已经保存过一条记录" in page
    key = re.search(r'name="idempotency_key" value="(\w+)"', page)
    assert key
    assert key[1] != told["idempotency_key"]
    again = {**told, "points": "3", "idempotency_key": key[1]}
    assert office.post(ENTER, again).status_code == 302
    assert Record.objects.count() == 2


@pytest.fixture
def february(monkeypatch):
    """The tenth of February 2024, while the first quarter is under way."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 2, 10, 4, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: datetime(2024, 2, 10, tzinfo=UTC).date())


@pytest.mark.usefixtures("february")
def test_what_is_still_to_come_cannot_be_entered(cast) -> None:
    def wrong(kind, **values):
        with pytest.raises(RecordsWrong) as refused:
            services.enter_record(
                actor=cast.working_group, book=BOOK, entry=Entry(kind, values, source="api")
            )
        return [(each.where, each.code) for each in refused.value.problems]

    late = {"unit": "市场经营部", "points": "2", "proof": "主业检查", "on": "2024-02-11"}
    assert wrong("direct_deduction", **late) == [("on", "records.in_future")]
    next_month = {"unit": "市场经营部", "month": "2024-03", "score": "96"}
    assert wrong("office_sample", **next_month) == [("month", "records.month_not_begun")]
    this_month = Entry("office_sample", {**next_month, "month": "2024-02"})
    services.enter_record(actor=cast.working_group, book=BOOK, entry=this_month)


def test_a_workbook_with_what_is_still_to_come_is_refused(cast, monkeypatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: datetime(2024, 1, 31, tzinfo=UTC).date())
    batch = staged(cast.clerk, workbook())

    assert batch.state == BatchState.REFUSED
    assert [each["code"] for each in batch.report] == ["records.month_not_begun"]


def test_marks_wait_until_the_workbook_is_read(client, cast) -> None:
    batch = uploaded(cast.clerk, workbook())
    client.force_login(cast.clerk)

    answer = client.get(f"/intake/imports/{batch.pk}/marked.xlsx", follow=True)

    assert answer.redirect_chain
    assert "还在读取" in answer.content.decode()
