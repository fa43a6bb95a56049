"""Records that cases give: they follow the case while their days are open, and never after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.complaints import RECEIVED, Desk, in_force, make_desk
from zhijian.foundation import clock
from zhijian.foundation.audit.models import AuditEntry
from zhijian.intake import given, queries, services
from zhijian.intake.models import FromCase, Record
from zhijian.intake.refusals import RecordRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.mark.req("CMP-12")
def test_a_complaint_is_a_record_of_its_day_unit_and_state(desk: Desk) -> None:
    case = desk.receive()

    assert desk.take() == services.Taken(2, 1)

    (row,) = in_force()
    assert (row.case_id, row.case_seq, row.source) == (case.pk, 1, "case")
    assert (row.unit_id, row.on) == (desk.quarter.units["市场经营部"].pk, date(2024, 2, 6))
    assert row.values == {
        "number": case.number, "customer": "丙公司", "content": "（见案件）", "validity": "待定",
    }  # fmt: skip


@pytest.mark.req("CMP-12")
def test_the_record_follows_the_decision_and_keeps_what_it_said(desk: Desk) -> None:
    case = desk.receive()
    desk.take()
    desk.step(case, "verify", findings="属实", true_account="是", attributable="是")
    desk.step(case, "decide_valid", validity="有效")

    desk.take()

    (row,) = in_force()
    assert (row.values["validity"], row.case_seq) == ("有效", 3)
    assert row.replaces is not None
    assert row.replaces.values["validity"] == "待定"
    assert row.replaces.void_reason == f"case:{case.number}/3"
    assert AuditEntry.objects.filter(action="intake.take_case").count() == 2


def test_nothing_happens_where_nothing_happened(desk: Desk) -> None:
    desk.valid()
    desk.take()

    assert desk.take() == services.Taken(0, 0)
    assert len(in_force()) == 1


def test_a_complaint_taken_back_is_no_record(desk: Desk) -> None:
    case = desk.receive()
    desk.take()
    desk.step(case, "withdraw", reason="误会")

    desk.take()

    assert in_force() == []
    assert desk.waiting() == []


def test_a_deduction_is_a_record_of_its_own(desk: Desk) -> None:
    case = desk.valid(
        deduction="1.5",
    )

    desk.take()

    (row,) = in_force("direct_deduction")
    assert row.values == {"points": "1.5", "proof": case.number}
    assert desk.valid(at=RECEIVED + timedelta(days=1)).number != case.number
    desk.take()
    assert len(in_force("direct_deduction")) == 1


def test_cases_of_units_without_records_here_and_of_days_before_the_regulation_are_left(
    desk: Desk,
) -> None:
    company = desk.quarter.people.unit.parent
    assert company is not None
    desk.quarter.units["公司"] = company
    desk.receive("公司")

    desk.take()

    assert in_force() == []
    assert set(FromCase.objects.values_list("gives", "is_settled")) == {("nothing", True)}


def test_what_is_undecided_is_named_with_its_number(desk: Desk) -> None:
    desk.receive()
    desk.take()

    people = desk.quarter.people
    (seen,) = given.waiting_in(people.working_group, desk.quarter.book, None)
    assert (seen.why, seen.kind, seen.unit) == (("尚待认定",), "客户投诉", "市场经营部")
    assert seen.url


@pytest.mark.req("SYS-11")
def test_who_may_not_see_a_confidential_case_sees_its_number_only(desk: Desk) -> None:
    case = desk.receive(confidential="是", content="有人索要好处")
    desk.take()

    clerk = desk.quarter.people.clerk
    (told,) = given.waiting_in(clerk, desk.quarter.book, [desk.quarter.people.unit.pk])
    assert (told.number, told.url) == (case.number, "")
    (row,) = in_force()
    assert (row.values["content"], row.values["customer"]) == ("（保密）", "（保密）")
    assert row.values["number"] == case.number


def test_days_that_are_closed_keep_their_records(desk: Desk) -> None:
    case = desk.valid()
    desk.take()
    book = desk.quarter.book
    services.lock_period(
        actor=None, pack_id=book.pack_id, first=book.period.first, last=book.period.last, reason="x"
    )
    desk.overrule(case)

    desk.take()

    (row,) = in_force()
    assert row.values["validity"] == "有效"
    assert desk.waiting() == [("案件此后有变化，已审定的结果未变",)]
    services.unlock_period(actor=None, pack_id=book.pack_id, locked_for="x", reason="更正")
    desk.take()
    assert [each.values["validity"] for each in in_force()] == ["无效"]
    assert desk.waiting() == []


def test_a_late_complaint_about_closed_days_is_a_difference(desk: Desk) -> None:
    book = desk.quarter.book
    services.lock_period(
        actor=None, pack_id=book.pack_id, first=book.period.first, last=book.period.last, reason="x"
    )
    desk.valid()

    desk.take()

    assert in_force() == []
    assert desk.waiting() == [("案件此后有变化，已审定的结果未变",)]


def test_the_same_complaint_by_hand_is_recognised_by_its_number(desk: Desk) -> None:
    case = desk.valid()
    typed = desk.quarter.enter(
        "complaint", on="2024-02-06", number=case.number, customer="丙", content="晚到",
        validity="有效",
    )  # fmt: skip

    desk.take()

    assert [each.pk for each in in_force()] == [typed]
    ((why,),) = desk.waiting()
    assert f"记录 {typed}" in why
    group = desk.quarter.people.working_group
    services.void_record(actor=group, book=desk.quarter.book, record_id=typed, reason="重复")
    desk.take()
    assert [each.case_id for each in in_force()] == [case.pk]
    assert desk.waiting() == []


def test_what_looks_like_the_same_complaint_is_told(desk: Desk) -> None:
    desk.valid()
    typed = desk.quarter.enter(
        "complaint", on="2024-02-06", number="T1", customer="丙公司", content="x", validity="有效"
    )
    desk.take()

    (pair,) = given.alike_in(desk.quarter.book, None)
    assert (pair.typed, pair.unit, pair.on) == (typed, "市场经营部", "2024-02-06")


def test_what_a_case_gives_is_not_changed_by_hand(desk: Desk) -> None:
    desk.valid()
    desk.take()
    (row,) = in_force()
    group = desk.quarter.people.working_group

    with pytest.raises(RecordRefused, match=r"^intake\.change_in_case$"):
        services.void_record(actor=group, book=desk.quarter.book, record_id=row.pk, reason="x")


def test_a_decided_objection_stands_against_the_case(desk: Desk) -> None:
    case = desk.valid()
    desk.take()
    (row,) = in_force()
    committee = desk.quarter.people.committee
    services.strike_record(
        actor=committee, book=desk.quarter.book, record_id=row.pk, reason="异议成立"
    )
    desk.step(case, "handle", desk.quarter.people.clerk, handling="致歉", result="接受")

    desk.take()

    assert in_force() == []


def test_the_cases_page_and_the_worker_know_of_it(desk: Desk) -> None:
    case = desk.receive()
    assert services.take_all(at=clock.now()).changed == 1

    (told,) = given.bearings_of_case(desk.quarter.people.working_group, case.pk)

    assert told.url == f"/intake/records/{in_force()[0].pk}/"
    assert told.told == ("尚待认定",)
    assert given.bearings_of_case(desk.quarter.people.outsider, case.pk) == []
    assert queries.records_of_case(case.pk) == tuple(in_force())


def test_the_pages_tell_where_records_come_from(desk: Desk, client: Client) -> None:
    case = desk.receive(confidential="是", content="有人索要好处")
    typed = desk.quarter.enter(
        "complaint", on="2024-02-09", number="T1", customer="丁", content="x", validity="有效"
    )
    desk.take()
    (row,) = Record.objects.filter(case=case)
    book = f"/intake/books/{desk.quarter.book.pack_id}/2024Q1/"

    client.force_login(desk.quarter.people.working_group)
    assert f'href="/cases/{case.pk}/"' in client.get(book).content.decode()
    assert f'href="/cases/{case.pk}/"' in client.get(f"/intake/records/{row.pk}/").content.decode()
    assert "手工录入" in client.get(f"/intake/records/{typed}/").content.decode()
    assert "取自案件" in client.get(f"{book}complaint/").content.decode()
    assert f"/intake/records/{row.pk}/" in client.get(f"/cases/{case.pk}/").content.decode()

    client.force_login(desk.quarter.people.clerk)
    page = client.get(f"/intake/records/{row.pk}/").content.decode()
    assert case.number in page
    assert f'href="/cases/{case.pk}/"' not in page


def test_what_was_said_before_a_case_became_confidential_is_veiled(
    desk: Desk, client: Client
) -> None:
    case = desk.receive(customer="张三")
    desk.take()
    (before,) = in_force()
    desk.step(
        case, "verify", findings="属实", true_account="是", attributable="是", confidential="是"
    )
    desk.take()

    client.force_login(desk.quarter.people.clerk)
    for pk in (before.pk, in_force()[0].pk):
        assert "张三" not in client.get(f"/intake/records/{pk}/").content.decode()
