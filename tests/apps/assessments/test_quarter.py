"""A quarter from open records to frozen results, through the services."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.quarters import Quarter, make_complete_quarter, make_quarter
from zhijian.assessments.freezing import rebuilt
from zhijian.assessments.models import ObjectionState, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import approving, computing, objecting, opening
from zhijian.assessments.services.objecting import Plea, Ruling
from zhijian.foundation import clock
from zhijian.foundation.files import queries as files
from zhijian.intake import queries
from zhijian.intake import services as intake
from zhijian.intake.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter() -> Quarter:
    return make_quarter()


@pytest.fixture
def complete() -> Quarter:
    return make_complete_quarter()


def refused(code: str):  # type: ignore[no-untyped-def]
    return pytest.raises(AssessmentRefused, match=f"^{code}$")


@pytest.mark.req("ASM-01")
def test_the_seven_departments_are_assessed(quarter: Quarter) -> None:
    quarter.compute()

    assert [row.unit_name for row in quarter.assessment.sheets.order_by("pk")] == [
        "市场经营部",
        "物流业务部",
        "武汉业务部",
        "订单处理中心",
        "储运中心",
        "招标分公司",
        "计量检测中心",
    ]


@pytest.mark.req("ASM-02", "ASM-12")
def test_a_complete_department_gets_score_grade_and_money(quarter: Quarter) -> None:
    quarter.complete("市场经营部")
    quarter.compute()

    sheet = quarter.sheet()
    # 0.5 × 96 + 0.3 × 100 + 0.2 × 90 = 96; (96 - 95) × 2000 = 2000
    assert (sheet.status, sheet.score, sheet.grade, sheet.yuan) == (
        "assessed",
        Decimal(96),
        "优秀",
        Decimal(2000),
    )
    assert [each["score"] for each in sheet.components] == ["96.00", "100.00", "90.00"]


@pytest.mark.req("RPT-03")
def test_a_missing_month_blocks_the_quarter(quarter: Quarter) -> None:
    quarter.complete("市场经营部")
    first = _records(quarter, "self_check")[0]
    intake.void_record(actor=None, book=quarter.book, record_id=first, reason="重报")
    quarter.compute()

    sheet = quarter.sheet()
    assert (sheet.status, sheet.score, sheet.yuan) == ("blocked", None, None)
    assert sheet.missing[0]["given"]["missing_months"] == "2024-01"


def _records(quarter: Quarter, kind: str) -> list[int]:
    rows = queries.records(quarter.book.pack_id, quarter.book.period, [kind])
    return list(rows.values_list("pk", flat=True))


def test_no_data_is_never_full_marks(quarter: Quarter) -> None:
    quarter.compute()

    assert {row.status for row in quarter.assessment.sheets.all()} == {"blocked"}


@pytest.mark.req("POL-21")
def test_results_with_proposed_values_cannot_be_approved(complete: Quarter) -> None:
    complete.submit()

    with refused("assessments.unconfirmed_values"):
        complete.approve()

    complete.confirm_values()
    with refused("assessments.facts_changed"):
        complete.approve()  # the sheets still carry the mark: compute again

    approving.send_back(
        actor=complete.people.committee, assessment_id=complete.assessment.pk, reason="重算"
    )
    complete.compute()
    complete.submit()
    complete.approve()

    assert complete.assessment.state == State.APPROVED


@pytest.mark.req("ASM-14")
def test_approval_freezes_results_and_the_same_bytes_come_out_again(complete: Quarter) -> None:
    complete.confirm_values()
    complete.compute()
    complete.submit()
    complete.approve()

    assert complete.assessment.snapshot_id is not None
    with files.open_file(complete.assessment.snapshot_id) as content:
        anew = rebuilt(content.read())
    assert computing.result_digest(anew) == complete.assessment.result_digest
    assert len(anew) == 7


def test_an_approved_period_takes_no_more_records(complete: Quarter) -> None:
    complete.confirm_values()
    complete.compute()
    complete.submit()
    complete.approve()

    with pytest.raises(intake.RecordRefused):
        complete.enter("call_back_finding", on="2024-03-01", problem="记录不全", points="0.5",
                       reason="缺一页")  # fmt: skip


def test_who_hands_in_cannot_approve(complete: Quarter) -> None:
    complete.confirm_values()
    complete.compute()
    complete.submit()
    complete.assessment.submitted_by = complete.people.committee
    complete.assessment.save()

    with refused("assessments.own_submission"):
        complete.approve()


def test_records_that_change_after_computing_are_noticed(complete: Quarter) -> None:
    complete.confirm_values()
    complete.compute()
    complete.submit()
    # A case is decided meanwhile: its record follows although the days are closed to people.
    Record.objects.filter(pk=_records(complete, "complaint")[0]).update(voided_at=clock.now())

    with refused("assessments.records_changed"):
        complete.approve()


def test_a_period_is_opened_once(quarter: Quarter) -> None:
    with refused("assessments.already_open"):
        opening.open_period(
            actor=quarter.people.working_group,
            pack_id=quarter.assessment.pack_id,
            scheme="department",
            period="2024Q1",
        )


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ("2024Q5", "assessments.bad_period"),
        ("2024-03", "assessments.period_kind"),
        ("2013Q2", "assessments.no_pack_in_force"),
    ],
)
def test_a_period_that_cannot_be_assessed_is_refused(
    quarter: Quarter, period: str, code: str
) -> None:
    with refused(code):
        opening.open_period(
            actor=quarter.people.working_group,
            pack_id=quarter.assessment.pack_id,
            scheme="department",
            period=period,
        )


@pytest.mark.req("ASM-16")
def test_the_meeting_stands_on_the_tenth_after_the_quarter(quarter: Quarter) -> None:
    assert str(quarter.assessment.meeting_on) == "2024-04-10"


# --- objections -------------------------------------------------------------------------------


def plea(quarter: Quarter, line: str = "valid_complaints") -> Plea:
    return Plea(line, "客户已撤回投诉", _records(quarter, "complaint")[0])


@pytest.mark.req("SRV-03")
def test_an_upheld_objection_judges_only_its_line_again(quarter: Quarter) -> None:
    quarter.complete("市场经营部")
    quarter.compute()
    before = quarter.sheet()
    objection = objecting.raise_objection(
        actor=quarter.people.clerk, sheet_id=before.pk, plea=plea(quarter)
    )

    decided = objecting.decide(
        actor=quarter.people.committee,
        objection_id=objection.pk,
        ruling=Ruling(True, "核实属实", void=True),
    )

    after = quarter.sheet()
    before.refresh_from_db()
    # 0.5 × 96 + 0.3 × 100 + 0.2 × 100 = 98
    assert (before.score, after.score, after.revision) == (Decimal(96), Decimal(98), 2)
    assert not before.is_current
    assert decided.state == ObjectionState.UPHELD
    assert decided.effect["before"]["score"] == "96"
    assert decided.effect["after"]["yuan"] == "6000.00"


def test_what_the_objection_does_not_touch_is_not_judged_again(quarter: Quarter) -> None:
    quarter.complete("市场经营部")
    quarter.compute()
    sheet = quarter.sheet()
    objection = objecting.raise_objection(
        actor=quarter.people.clerk, sheet_id=sheet.pk, plea=plea(quarter)
    )
    quarter.enter("call_back_finding", on="2024-03-01", problem="记录不全", points="1",
                  reason="缺一页")  # fmt: skip

    objecting.decide(
        actor=quarter.people.committee,
        objection_id=objection.pk,
        ruling=Ruling(True, "核实属实", void=True),
    )

    assert quarter.sheet().score == Decimal(98)  # not 97: the finding came in later


def test_a_rejected_objection_changes_nothing(quarter: Quarter) -> None:
    quarter.complete("市场经营部")
    quarter.compute()
    sheet = quarter.sheet()
    objection = objecting.raise_objection(
        actor=quarter.people.clerk, sheet_id=sheet.pk, plea=plea(quarter)
    )

    objecting.decide(
        actor=quarter.people.committee, objection_id=objection.pk, ruling=Ruling(False, "证据不足")
    )

    assert quarter.sheet().pk == sheet.pk
    with refused("assessments.already_decided"):
        objecting.decide(
            actor=quarter.people.committee,
            objection_id=objection.pk,
            ruling=Ruling(True, "再想想", void=True),
        )


def test_a_corrected_record_counts_with_its_new_values(quarter: Quarter) -> None:
    quarter.complete("市场经营部")
    quarter.compute()
    objection = objecting.raise_objection(
        actor=quarter.people.clerk, sheet_id=quarter.sheet().pk, plea=plea(quarter)
    )

    objecting.decide(
        actor=quarter.people.committee,
        objection_id=objection.pk,
        ruling=Ruling(True, "不可归责", values={"validity": "无效"}),
    )

    assert quarter.sheet().score == Decimal(98)


def test_a_clerk_objects_only_for_the_own_department(quarter: Quarter) -> None:
    quarter.complete("市场经营部")
    quarter.compute()

    with refused("assessments.may_not"):
        objecting.raise_objection(
            actor=quarter.people.other_clerk, sheet_id=quarter.sheet().pk, plea=plea(quarter)
        )


def test_a_record_of_somewhere_else_cannot_be_objected_to(quarter: Quarter) -> None:
    quarter.complete("市场经营部")
    quarter.complete("储运中心")
    quarter.compute()
    foreign = _records(quarter, "complaint")[1]

    with refused("assessments.record_not_behind_line"):
        objecting.raise_objection(
            actor=quarter.people.clerk,
            sheet_id=quarter.sheet().pk,
            plea=Plea("valid_complaints", "不是我们的", foreign),
        )


def test_open_objections_hold_up_the_approval(complete: Quarter) -> None:
    complete.confirm_values()
    complete.compute()
    objecting.raise_objection(
        actor=complete.people.clerk,
        sheet_id=complete.sheet().pk,
        plea=Plea("self_reported", "第三个月已补报"),
    )
    complete.submit()

    with refused("assessments.objections_open"):
        complete.approve()
