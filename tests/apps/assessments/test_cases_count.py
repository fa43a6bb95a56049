"""A quarter whose score changes because of a case, and changes back."""

from __future__ import annotations

import gzip
from decimal import Decimal

import pytest
from django.test import Client

from tests.complaints import Desk, published_register
from tests.quarters import make_complete_quarter, make_quarter
from zhijian.assessments import jobs
from zhijian.assessments.costing import bearings_of_case
from zhijian.assessments.freezing import rebuilt
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import approving
from zhijian.assessments.services.computing import result_digest
from zhijian.foundation.files import queries as files
from zhijian.foundation.jobs.worker import Options, Worker
from zhijian.intake.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    quarter = make_complete_quarter()
    published_register()
    quarter.confirm_values()
    return Desk(quarter)


def computed(desk: Desk) -> tuple[Decimal | None, str]:
    desk.take()
    desk.quarter.compute()
    sheet = desk.quarter.sheet()
    return sheet.score, sheet.status


@pytest.mark.req("CMP-12", "ASM-08")
def test_a_valid_complaint_lowers_the_score_and_an_invalid_one_gives_it_back(desk: Desk) -> None:
    before, _status = computed(desk)
    assert before is not None
    case = desk.receive()
    # 待定 is neither left out nor counted: nothing can be computed.
    assert computed(desk) == (None, "blocked")
    desk.step(case, "verify", findings="属实", true_account="是", attributable="是")
    desk.step(case, "decide_valid", validity="有效")
    # One more valid complaint: 10 points of the part, weighed 0.2.
    assert computed(desk) == (before - 2, "assessed")

    desk.overrule(case)

    assert computed(desk) == (before, "assessed")


@pytest.mark.req("CMP-12", "ASM-08")
def test_the_case_tells_what_it_cost(desk: Desk) -> None:
    case = desk.valid()
    computed(desk)

    (told,) = bearings_of_case(desk.quarter.people.working_group, case.pk)

    assert told.url == f"/assessments/sheets/{desk.quarter.sheet().pk}/"
    assert "有效投诉次数 0 → 1" in told.told[0]
    assert told.told[1] == "总分 98.00 → 96.00，相差 -2.00 分。"
    # (98 − 95) × 2000 and (96 − 95) × 2000
    assert told.told[-1] == "金额 6000.00 元 → 2000.00 元，相差 -4000.00 元。"
    assert bearings_of_case(desk.quarter.people.other_clerk, case.pk) == []


def test_a_pending_case_tells_that_nothing_can_be_computed(desk: Desk) -> None:
    case = desk.receive()
    computed(desk)

    (told,) = bearings_of_case(desk.quarter.people.working_group, case.pk)

    assert "尚不能得出得分" in told.told[-1]


def test_a_case_that_moves_on_leaves_the_approved_result_and_its_bytes_alone(desk: Desk) -> None:
    case = desk.valid()
    computed(desk)
    desk.quarter.submit()
    desk.quarter.approve()
    score = desk.quarter.sheet().score
    digest = desk.quarter.assessment.result_digest
    snapshot_id = desk.quarter.assessment.snapshot_id
    assert snapshot_id is not None
    with files.open_file(snapshot_id) as content:
        frozen = content.read()

    desk.overrule(case)
    desk.take()

    with files.open_file(snapshot_id) as content:
        assert content.read() == frozen
    assert case.number in gzip.decompress(frozen).decode()
    assert result_digest(rebuilt(frozen)) == digest
    assert desk.quarter.sheet().score == score
    (row,) = Record.objects.filter(case=case, kind="complaint", voided_at=None)
    assert row.values["validity"] == "有效"


def test_the_pages_lead_from_the_line_to_the_case_and_tell_what_changed(
    desk: Desk, client: Client
) -> None:
    case = desk.valid()
    computed(desk)
    sheet = desk.quarter.sheet()
    client.force_login(desk.quarter.people.working_group)

    line = client.get(f"/assessments/sheets/{sheet.pk}/lines/valid_complaints/").content.decode()
    assert f'href="/cases/{case.pk}/"' in line
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert f'href="/assessments/sheets/{sheet.pk}/"' in page
    desk.quarter.submit()
    desk.quarter.approve()
    desk.overrule(case)
    desk.take()
    matrix = client.get(f"/assessments/{desk.quarter.assessment.pk}/").content.decode()
    assert "审定之后案件有变化" in matrix
    assert case.number in matrix


def test_what_is_undecided_is_named_and_stops_the_approval(desk: Desk) -> None:
    case = desk.receive()
    computed(desk)

    assert approving.undecided_cases(desk.quarter.assessment) == [case.number]
    codes = [each.code for each in approving.hindrances(desk.quarter.assessment)]
    assert "assessments.cases_undecided" in codes


def test_a_case_decided_between_computing_and_approval_must_be_computed_first(desk: Desk) -> None:
    computed(desk)
    desk.quarter.submit()
    desk.valid()

    with pytest.raises(AssessmentRefused, match=r"^assessments\.records_changed$"):
        desk.quarter.approve()
    assert not Record.objects.exclude(case=None).exists()


@pytest.mark.django_db(transaction=True)
def test_computing_takes_the_cases_first() -> None:
    quarter = make_quarter()
    published_register()
    desk = Desk(quarter)
    quarter.complete("市场经营部", valid=0)
    desk.valid()
    jobs.request_compute(actor=quarter.people.working_group, assessment=quarter.assessment)
    Worker(Options(until_empty=True)).work()

    # 0.5 × 96 + 0.3 × 100 + 0.2 × 90
    assert quarter.sheet().score == Decimal(96)
