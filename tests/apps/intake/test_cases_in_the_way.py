"""What stands in the way of records from cases: earlier versions, faults, doubles, hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from tests.complaints import RECEIVED, Desk, in_force, make_desk
from zhijian.cases import queries as cases
from zhijian.domain.casework.recording import Given, Telling
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import Record
from zhijian.foundation import clock
from zhijian.intake import given, queries, services
from zhijian.intake.book import Book
from zhijian.intake.comparing import compare
from zhijian.intake.models import FromCase
from zhijian.intake.names import UnitNames
from zhijian.intake.refusals import RecordRefused
from zhijian.intake.services import Entry, taking
from zhijian.intake.services.imports import Outcome
from zhijian.intake.workbooks.template import write_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_what_only_cases_give_nobody_enters(desk: Desk) -> None:
    book = desk.quarter.book
    kind = replace(book.kind("complaint"), by_hand=False)
    only = Book(replace(book.pack, kinds={**book.pack.kinds, kind.id: kind}), book.period)
    group = desk.quarter.people.working_group
    cells = {"unit": "市场经营部", "on": "2024-02-06", "number": "T1", "customer": "丁",
             "content": "x", "validity": "有效"}  # fmt: skip

    assert not services.may_enter_kind(group, kind)
    with pytest.raises(RecordRefused, match=r"^intake\.only_from_cases$"):
        services.enter_record(actor=group, book=only, entry=Entry("complaint", cells))


def test_a_workbook_does_not_take_the_place_of_a_case(desk: Desk) -> None:
    case = desk.valid()
    desk.take()
    book, group = desk.quarter.book, desk.quarter.people.working_group
    values = {"number": case.number, "customer": "丁", "content": "x", "validity": "无效"}
    row = Record("投诉!2", "complaint", "市场经营部", date(2024, 2, 6), values)
    batch = services.upload_workbook(
        actor=group,
        book=book,
        upload=ContentFile(write_template(book.pack, "", book.period), name="a.xlsx"),
    )
    compared = list(compare(book, [row], UnitNames.load(), group.pk))
    services.stage_rows(batch_id=batch.pk, outcome=Outcome(compared, ()))

    with pytest.raises(RecordRefused, match=r"^intake\.change_in_case$"):
        services.commit_batch(actor=group, batch_id=batch.pk, over_others=True)

    assert [each.values["validity"] for each in in_force()] == ["有效"]


def test_a_new_version_brings_cases_up_again_only_where_it_says_otherwise(desk: Desk) -> None:
    desk.valid()
    desk.take()
    FromCase.objects.filter(kind="complaint").update(rules="otherwise")

    assert desk.take() == services.Taken(1, 0)


def test_under_a_version_that_takes_no_cases_none_is_a_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.valid()
    book = desk.quarter.book
    kind = replace(book.kind("complaint"), sources=())
    former = replace(book.pack, kinds={**book.pack.kinds, kind.id: kind})
    monkeypatch.setattr(queries, "book_of", lambda _pack, period: Book(former, period))

    desk.take()

    assert in_force() == []


def test_under_a_version_of_its_own_a_period_goes_by_what_that_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.valid()
    former = replace(desk.quarter.book.pack, kinds=dict(desk.quarter.book.pack.kinds))
    monkeypatch.setattr(queries, "book_of", lambda _pack, period: Book(former, period))

    desk.take()

    assert len(in_force()) == 1


def test_a_case_that_cannot_be_told_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = desk.valid()
    told = cases.cases_told
    monkeypatch.setattr(
        cases, "cases_told", lambda rows: (replace(each, telling=None) for each in told(rows))
    )

    desk.take()

    assert in_force() == []
    assert {why for (why,) in desk.waiting()} == {
        f"案件 {case.number} 的办理经过读不通，没有计入；请管理员核验案件。"
    }


def test_a_case_without_its_day_and_one_with_a_wrong_value_are_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.valid()
    monkeypatch.setattr(taking, "given", lambda *_: Given("record"))
    desk.take()
    assert "没有归入期间所依据的日期" in desk.waiting()[0][0]

    FromCase.objects.update(rules="otherwise")
    monkeypatch.setattr(taking, "given", lambda *_: Given("record", on=date(2024, 2, 6)))
    desk.take()
    assert any("投诉编号" in why for why, *_more in desk.waiting())
    assert in_force() == []


def test_two_cases_that_give_the_same_record_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = desk.valid(), desk.valid(at=RECEIVED + timedelta(hours=1))
    own = taking.given

    def same_number(source: object, kind: RecordKind, telling: Telling) -> Given:
        found = own(source, kind, telling)  # type: ignore[arg-type]
        return replace(found, cells={**found.cells, "number": first.number})

    monkeypatch.setattr(taking, "given", same_number)
    desk.take()

    (row,) = in_force()
    assert row.case_id == first.pk
    (told,) = given.waiting_in(desk.quarter.people.working_group, desk.quarter.book, None)
    assert told.number == second.number
    assert "另一案件" in told.why[0]


def test_a_regulation_that_is_not_in_force_takes_nothing() -> None:
    assert services.take_cases(pack_id="nobody", at=clock.now()) == services.Taken()
