"""While results lie with the committee their records stand still; what changed before is said."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.quarters import Quarter, make_complete_quarter
from zhijian.assessments.models import State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import approving, objecting
from zhijian.assessments.services.objecting import Plea, Ruling
from zhijian.intake import queries
from zhijian.intake import services as intake
from zhijian.intake.models import Record

pytestmark = pytest.mark.django_db

FINDING = {"on": "2024-03-01", "problem": "记录不全", "points": "0.5", "reason": "缺一页"}


@pytest.fixture
def quarter() -> Quarter:
    found = make_complete_quarter()
    found.confirm_values()
    found.compute()
    return found


def self_check(quarter: Quarter) -> Record:
    rows = queries.records(quarter.book.pack_id, quarter.book.period, ["self_check"])
    return rows.filter(unit__name="市场经营部").order_by("on")[0]


def correct(quarter: Quarter, score: str) -> None:
    row = self_check(quarter)
    cells = {**intake.cells_of(quarter.book, row), "score": score}
    intake.change_record(
        actor=quarter.people.clerk,
        book=quarter.book,
        record_id=row.pk,
        entry=intake.Entry("self_check", cells),
        reason="与抽查一致",
    )


def send_back(quarter: Quarter) -> None:
    approving.send_back(
        actor=quarter.people.committee, assessment_id=quarter.assessment.pk, reason="请核对"
    )
    quarter.assessment.refresh_from_db()


def test_a_clerk_changes_nothing_while_the_committee_decides(quarter: Quarter) -> None:
    quarter.submit()

    with pytest.raises(intake.RecordRefused, match=r"^intake\.period_in_review$"):
        correct(quarter, "60")
    with pytest.raises(intake.RecordRefused, match=r"^intake\.period_in_review$"):
        quarter.enter("call_back_finding", **FINDING)
    with pytest.raises(intake.RecordRefused, match=r"^intake\.period_in_review$"):
        intake.void_record(
            actor=quarter.people.clerk,
            book=quarter.book,
            record_id=self_check(quarter).pk,
            reason="重报",
        )

    send_back(quarter)
    correct(quarter, "60")
    assert self_check(quarter).values["score"] == "60"


def test_the_committee_still_corrects_what_an_objection_names(quarter: Quarter) -> None:
    row = self_check(quarter)
    objection = objecting.raise_objection(
        actor=quarter.people.clerk,
        sheet_id=quarter.sheet().pk,
        plea=Plea("self_reported", "一月报错", row.pk),
    )
    quarter.submit()

    objecting.decide(
        actor=quarter.people.committee,
        objection_id=objection.pk,
        ruling=Ruling(True, "属实", values={"score": "97"}),
    )

    assert self_check(quarter).values["score"] == "97"
    # Its lines were judged again with the decision, so that nothing is out of date.
    assert not approving.hindrances(quarter.assessment)
    quarter.approve()
    assert quarter.assessment.state == State.APPROVED
    with pytest.raises(intake.RecordRefused, match=r"^intake\.period_locked$"):
        correct(quarter, "60")


def test_results_that_records_have_left_behind_are_not_handed_in(quarter: Quarter) -> None:
    correct(quarter, "60")

    with pytest.raises(AssessmentRefused, match=r"^assessments\.records_changed$") as refused:
        quarter.submit()
    assert "市场经营部" in refused.value.words("zh")

    quarter.compute()
    quarter.submit()
    assert quarter.assessment.state == State.IN_REVIEW


def test_what_came_and_went_after_the_computation_changes_nothing(quarter: Quarter) -> None:
    record = quarter.enter("call_back_finding", **FINDING)
    intake.void_record(actor=None, book=quarter.book, record_id=record, reason="误填")

    quarter.submit()
    assert quarter.assessment.state == State.IN_REVIEW


def test_pages_say_that_records_changed_since(client, quarter: Quarter) -> None:  # type: ignore[no-untyped-def]
    matrix = reverse("assessments:matrix", args=[quarter.assessment.pk])
    client.force_login(quarter.people.committee)
    assert "计算之后记录有变动" not in client.get(matrix).content.decode()

    correct(quarter, "60")

    page = client.get(matrix).content.decode()
    assert "计算之后记录有变动：市场经营部" in page
    assert "储运中心；请重新计算" not in page


def test_the_page_of_approval_says_so_as_well(client, quarter: Quarter) -> None:  # type: ignore[no-untyped-def]
    quarter.submit()
    # As a case does that comes to light meanwhile: records follow cases during a review.
    row = self_check(quarter)
    Record.objects.filter(pk=row.pk).update(voided_at=quarter.assessment.submitted_at)
    client.force_login(quarter.people.committee)

    page = client.get(reverse("assessments:approve", args=[quarter.assessment.pk]))

    assert "计算之后记录有变动：市场经营部" in page.content.decode()


def test_the_records_say_why_they_are_closed(client, quarter: Quarter) -> None:  # type: ignore[no-untyped-def]
    book = reverse("intake:book", args=[quarter.book.pack_id, quarter.book.period.id])
    client.force_login(quarter.people.clerk)
    quarter.submit()
    assert "考核结果已提交审定" in client.get(book).content.decode()

    quarter.approve()
    page = client.get(book).content.decode()
    assert "申请重新打开" in page
    assert "逐项提出异议" not in page


def test_a_decided_sheet_takes_no_objection_even_to_look_at(client, quarter: Quarter) -> None:  # type: ignore[no-untyped-def]
    quarter.submit()
    quarter.approve()
    sheet = quarter.sheet()
    client.force_login(quarter.people.clerk)

    answer = client.get(
        reverse("assessments:object", args=[sheet.pk, "self_reported"]), follow=True
    )

    assert answer.redirect_chain == [(reverse("assessments:sheet", args=[sheet.pk]), 302)]
    assert "申请重新打开" in answer.content.decode()
