"""A correction that was begun is given up: the former edition goes on to stand, nothing is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.corrections import CHANGED, REASON, correct, finish, make_published, second_committee
from tests.corrections import reopen as begin
from tests.quarters import PACK, Quarter
from zhijian.assessments import queries
from zhijian.assessments.models import Assessment, ObjectionState, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import approving, cancelling, objecting
from zhijian.assessments.services.objecting import Plea, Ruling
from zhijian.foundation.audit.queries import of_subject
from zhijian.intake import queries as intake
from zhijian.intake import services as intake_services
from zhijian.outcomes.models import LedgerEntry
from zhijian.reports import queries as reports
from zhijian.reports import services as report_services
from zhijian.reports.models import Report

pytestmark = pytest.mark.django_db

WHY = "查无漏计，更正没有依据"


@pytest.fixture
def published() -> Quarter:
    return make_published()


def cancel(quarter: Quarter, actor: Any = None, reason: str = WHY) -> Assessment:
    return cancelling.cancel_correction(
        actor=actor or second_committee(), assessment_id=quarter.assessment.pk, reason=reason
    )


def counted(quarter: Quarter) -> list[tuple[object, ...]]:
    """What counts in the period, whatever the rows are called."""
    rows = intake.records(PACK, quarter.book.period)
    return sorted((row.kind, row.unit_id or 0, row.on, str(row.values)) for row in rows)


def change_records(quarter: Quarter) -> None:
    """Add, change and void one record each."""
    quarter.enter("complaint", CHANGED, on=quarter.book.period.first, number="漏计-1",
                  customer="丙", content="错发货物", validity="有效")  # fmt: skip
    first, second, *_rest = intake.records(PACK, quarter.book.period, ["self_check"])
    cells = {"unit": first.unit.name, "month": f"{first.on:%Y-%m}", "score": "12"}
    entry = intake_services.Entry("self_check", cells)
    intake_services.change_record(
        actor=None, book=quarter.book, record_id=first.pk, entry=entry, reason="报错"
    )
    intake_services.void_record(
        actor=None, book=quarter.book, record_id=second.pk, reason="不属本期"
    )


def refused(code: str) -> Any:
    return pytest.raises(AssessmentRefused, match=f"^{code.replace('.', chr(92) + '.')}$")


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


@pytest.mark.req("SYS-14")
def test_the_period_returns_to_the_former_edition(published: Quarter) -> None:
    records, money = counted(published), list(LedgerEntry.objects.order_by("pk").values())
    former = begin(published)
    change_records(published)
    published.compute()
    assert counted(published) != records

    stands = cancel(published)

    assert stands == former
    former.refresh_from_db()
    assert (former.is_current, former.state, former.was_reopened) == (True, State.PUBLISHED, False)
    assert counted(published) == records
    assert intake.is_locked(PACK, published.book.period)
    assert list(LedgerEntry.objects.order_by("pk").values()) == money
    assert list(queries.final_assessments(PACK)) == [former]
    call_command("assessments_verify")


def test_what_was_entered_meanwhile_stays_in_the_history_and_the_trail(published: Quarter) -> None:
    begin(published)
    added = published.enter("complaint", CHANGED, on=published.book.period.first, number="漏计-1",
                            customer="丙", content="错发货物", validity="有效")  # fmt: skip

    cancel(published)

    row = intake.record(added)
    assert row is not None
    assert (row.is_voided, row.void_reason) == (True, WHY)
    correction = Assessment.objects.get(edition=2)
    told = of_subject("assessments.assessment", str(correction.pk))
    (entry,) = [each for each in told if each.action == "assessments.cancel_correction"]
    assert (entry.after["reason"], entry.after["stands"], entry.after["voided"]) == (
        WHY, 1, [added],
    )  # fmt: skip
    assert (correction.state, correction.corrects, correction.is_current) == (
        State.CANCELLED, None, False,
    )  # fmt: skip
    assert (correction.correction_reason, correction.cancel_reason) == (REASON, WHY)


def test_the_result_can_be_corrected_again(published: Quarter) -> None:
    former = begin(published)
    change_records(published)
    cancel(published)
    published.assessment = former
    former.refresh_from_db()

    correct(published)

    assert (published.assessment.edition, published.assessment.corrects) == (3, former)
    assert published.assessment.is_current
    complaints = intake.records(PACK, published.book.period, ["complaint"]).filter(
        values__number="漏计-1"
    )
    assert complaints.count() == 1
    call_command("assessments_verify")


def test_objections_to_it_are_withdrawn(published: Quarter) -> None:
    begin(published)
    published.compute()
    sheet = published.sheet(published.people.unit.name)
    plea = Plea("self_reported", "请核对")
    objection = objecting.raise_objection(
        actor=published.people.clerk, sheet_id=sheet.pk, plea=plea
    )

    cancel(published)

    objection.refresh_from_db()
    assert objection.state == ObjectionState.WITHDRAWN


def test_what_cannot_be_given_up_says_why(published: Quarter) -> None:
    with refused("assessments.no_correction"):
        cancel(published)
    begin(published)
    with refused("assessments.reason_needed"):
        cancel(published, reason=" ")
    for who in ("working_group", "clerk", "leader"):
        with refused("assessments.may_not"):
            cancel(published, actor=getattr(published.people, who))
    finish(published)
    with refused("assessments.correction_decided"):
        cancel(published)


def test_another_member_of_the_committee_gives_it_up_too(published: Quarter) -> None:
    begin(published)
    published.compute()
    published.submit()

    assert cancel(published, actor=published.people.committee).edition == 1


def test_a_decided_objection_keeps_the_correction(published: Quarter) -> None:
    begin(published)
    published.compute()
    sheet = published.sheet(published.people.unit.name)
    objection = objecting.raise_objection(
        actor=published.people.clerk, sheet_id=sheet.pk, plea=Plea("self_reported", "请核对")
    )
    objecting.decide(
        actor=published.people.committee, objection_id=objection.pk, ruling=Ruling(False, "无误")
    )

    with refused("assessments.correction_partly_decided"):
        cancel(published)


# --- papers -------------------------------------------------------------------------------------


def begin_report(quarter: Quarter, assessment: Assessment) -> Report:
    return report_services.begin(
        actor=quarter.people.working_group, assessment_id=assessment.pk, outline_id="analysis"
    )


def test_a_draft_goes_back_to_the_edition_that_stands(published: Quarter) -> None:
    draft = begin_report(published, published.assessment)
    former = begin(published)
    published.compute()
    carried = begin_report(published, published.assessment)
    assert carried == draft

    cancel(published)

    draft.refresh_from_db()
    assert (draft.assessment, draft.state) == (former, "draft")


def test_a_draft_that_was_to_replace_a_delivered_report_is_given_up(published: Quarter) -> None:
    texts = {"problems": "台账不全。", "causes": "人手不足。", "solutions": "补齐。"}
    group = published.people.working_group
    delivered = begin_report(published, published.assessment)
    report_services.save_texts(actor=group, report_id=delivered.pk, texts=texts)
    report_services.deliver(
        actor=group, report_id=delivered.pk, recipients="各部门", figure_url="http://x/"
    )
    begin(published)
    published.compute()
    draft = begin_report(published, published.assessment)
    report_services.save_texts(actor=group, report_id=draft.pk, texts={"causes": "另有原因。"})

    cancel(published)

    assert list(Report.objects.all()) == [delivered]
    (told,) = of_subject("reports.report", str(draft.pk))[-1:]
    assert told.before["texts"]["causes"] == "另有原因。"
    assert [each.assessment.edition for each in reports.assessments_to_report(group)] == []


def test_the_chain_of_notices_is_undisturbed(published: Quarter) -> None:
    former = begin(published)
    cancel(published)
    published.assessment = former
    former.refresh_from_db()
    correct(published)
    approving.publish(actor=published.people.working_group, assessment_id=published.assessment.pk)
    published.assessment.refresh_from_db()

    old = reports.notice(former.public_name)
    new = reports.notice(published.assessment.public_name)

    assert old is not None
    assert new is not None
    assert (old.superseded_by, new.corrects) == (new.name, old.name)
    assert len(reports.notices()) == 2


# --- pages and programs --------------------------------------------------------------------------


def test_the_committee_gives_it_up_on_the_page(published: Quarter) -> None:
    former = begin(published)
    of = {"assessment_id": published.assessment.pk}
    path, matrix = (
        reverse("assessments:cancel", kwargs=of),
        reverse("assessments:matrix", kwargs=of),
    )
    client = signed_in(second_committee())

    assert path in client.get(matrix).content.decode()
    assert "恢复到重新打开之前" in client.get(path).content.decode()
    assert client.post(path, {"reason": ""}).status_code == 422
    answer = client.post(path, {"reason": WHY})
    again = client.post(path, {"reason": WHY})

    assert answer["Location"] == f"/assessments/{former.pk}/"
    assert again.status_code == 422
    assert "没有可以取消的" in again.content.decode()
    page = client.get(matrix).content.decode()
    assert "这次更正已取消" in page
    assert WHY in page
    assert path not in page
    editions = client.get(f"/assessments/{former.pk}/editions/").content.decode()
    assert WHY in editions
    assert signed_in(published.people.working_group).get(path).status_code == 403


def test_a_program_gives_it_up(published: Quarter) -> None:
    former = begin(published)
    client = signed_in(second_committee())
    path = f"/api/assessments/{published.assessment.pk}/cancellation"
    sent = {"data": {"reason": WHY}, "content_type": "application/json"}

    first, again = client.post(path, **sent), client.post(path, **sent)

    assert first.status_code == 200
    assert (first.json()["state"], first.json()["was_to_correct"]) == ("cancelled", former.pk)
    assert again.json()["code"] == "assessments.no_correction"
    assert client.get(f"/api/assessments/{former.pk}").json()["is_current"] is True


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_giving_up_and_approving_at_once_one_comes_first() -> None:
    published = make_published()
    former = begin(published)
    second = second_committee()
    published.compute()
    published.submit()
    start, told = threading.Barrier(2), {}

    def go(name: str, act: Any) -> None:
        start.wait()
        try:
            act()
            told[name] = "done"
        except AssessmentRefused as refusal:
            told[name] = refusal.code
        finally:
            connection.close()

    steps = {"cancel": lambda: cancel(published, second), "approve": published.approve}
    threads = [threading.Thread(target=go, args=each) for each in steps.items()]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)

    former.refresh_from_db()
    assert sorted(told.values()) in (
        ["assessments.correction_decided", "done"],
        ["assessments.other_state", "done"],
    )
    assert former.is_current is (told["cancel"] == "done")
