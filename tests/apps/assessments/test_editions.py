"""A decided result is corrected by the next edition, and stays for ever as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.corrections import CHANGED, REASON, correct, make_published, reopen, second_committee
from tests.quarters import PACK, Quarter, make_complete_quarter
from zhijian.assessments import bench_of, editions, queries, resting, trial_queries
from zhijian.assessments.models import Assessment, ScoreSheet, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import approving, computing, correcting, opening
from zhijian.foundation.audit.queries import of_subject
from zhijian.intake import queries as intake
from zhijian.intake import services as intake_services
from zhijian.intake.refusals import RecordRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Quarter:
    return make_published()


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def refused(code: str) -> Any:
    return pytest.raises(AssessmentRefused, match=f"^{code.replace('.', chr(92) + '.')}$")


def as_it_stands(row: Assessment) -> dict[str, object]:
    """Everything that was decided: the row without its place among the editions, every sheet."""
    told = Assessment.objects.filter(pk=row.pk).values().get()
    told.pop("is_current")
    return {**told, "sheets": list(row.sheets.order_by("pk").values())}


def test_a_reopened_result_stands_until_its_correction_is_approved(published: Quarter) -> None:
    before = as_it_stands(published.assessment)

    former = reopen(published)
    correction = published.assessment

    assert (correction.edition, correction.corrects, correction.state) == (2, former, State.OPEN)
    assert (correction.correction_reason, correction.is_current) == (REASON, False)
    assert as_it_stands(former) == before
    assert list(queries.final_assessments(PACK)) == [former]
    (told,) = (
        each
        for each in of_subject("assessments.assessment", str(former.pk))
        if each.action == "assessments.reopen"
    )
    assert (told.after["edition"], told.after["reason"]) == (2, REASON)


def test_the_records_of_a_reopened_period_can_be_corrected_again(published: Quarter) -> None:
    late = {"month": "2024-01", "score": "50"}
    with pytest.raises(RecordRefused, match=r"^intake\.period_locked$"):
        published.enter("register_check", complete="齐全", checked_by="王")

    reopen(published)

    assert not intake.is_locked(PACK, published.book.period)
    (row, *_rest) = intake.records(PACK, published.book.period, ["self_check"])
    intake_services.void_record(actor=None, book=published.book, record_id=row.pk, reason="重报")
    assert published.enter("self_check", row.unit.name, **late)


def test_only_the_lock_of_the_reopened_result_is_lifted(published: Quarter) -> None:
    period = published.book.period
    intake_services.lock_period(
        actor=None, pack_id=PACK, first=period.first, last=period.last, reason="assessments:0"
    )

    reopen(published)

    lock = intake.lock_on(PACK, period.first, period.last)
    assert lock is not None
    assert lock.reason == "assessments:0"


@pytest.mark.req("ASM-14")
def test_the_correction_takes_the_place_and_the_former_stays_as_it_was(
    published: Quarter, capsys: pytest.CaptureFixture[str]
) -> None:
    before = as_it_stands(published.assessment)

    former = correct(published)
    correction = published.assessment

    assert as_it_stands(former) == before
    assert (former.is_superseded, correction.is_current) == (True, True)
    assert list(queries.final_assessments(PACK)) == [correction]
    assert queries.standing_edition(former) == correction
    assert correction.snapshot_id != former.snapshot_id
    assert correction.result_digest != former.result_digest
    assert intake.is_locked(PACK, published.book.period)
    call_command("assessments_verify")
    proved = capsys.readouterr().out
    assert f"✓ {former}: {former.result_digest}" in proved
    assert f"✓ {correction}: {correction.result_digest}" in proved


def test_a_correction_can_be_corrected(published: Quarter) -> None:
    first = correct(published)
    second = published.assessment
    third = correcting.reopen(actor=second_committee(), assessment_id=second.pk, reason="再核")
    published.assessment = third
    published.compute()
    published.submit()
    published.approve()

    assert [each.edition for each in editions.editions(first)] == [3, 2, 1]
    assert [each.is_current for each in editions.editions(first)] == [True, False, False]
    assert editions.changes(published.people.committee, third) == []


def test_who_may_not_reopen_is_told_why(published: Quarter) -> None:
    people, key = published.people, published.assessment.pk

    for person, reason, code in (
        (people.working_group, REASON, "assessments.may_not"),
        (people.clerk, REASON, "assessments.may_not"),
        (people.committee, REASON, "assessments.own_approval"),
        (second_committee(), "  ", "assessments.reason_needed"),
    ):
        with refused(code):
            correcting.reopen(actor=person, assessment_id=key, reason=reason)
    assert Assessment.objects.count() == 1
    assert intake.is_locked(PACK, published.book.period)


def test_what_is_not_decided_or_already_reopened_cannot_be_reopened(published: Quarter) -> None:
    former = reopen(published)

    with refused("assessments.already_reopened"):
        correcting.reopen(actor=second_committee(), assessment_id=former.pk, reason="再来")
    with refused("assessments.not_decided"):
        correcting.reopen(
            actor=second_committee(), assessment_id=published.assessment.pk, reason="还没审定"
        )


def test_who_reopened_does_not_approve_the_correction(published: Quarter) -> None:
    reopen(published)
    published.compute()
    published.submit()

    with refused("assessments.own_reopening"):
        approving.approve(actor=second_committee(), assessment_id=published.assessment.pk)


def test_a_result_under_correction_is_not_published() -> None:
    quarter = make_complete_quarter()
    quarter.confirm_values()
    quarter.compute()
    quarter.submit()
    quarter.approve()
    former = reopen(quarter)

    with refused("assessments.under_correction"):
        approving.publish(actor=quarter.people.working_group, assessment_id=former.pk)


def test_the_database_keeps_one_current_edition(published: Quarter) -> None:
    reopen(published)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=published.assessment.pk).update(is_current=True)
    with refused("assessments.already_open"):
        opening.open_period(
            actor=published.people.working_group,
            pack_id=PACK,
            scheme="department",
            period="2024Q1",
        )


def test_what_looks_up_a_period_finds_the_current_edition(
    published: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(published)
    corrected = published.sheet(CHANGED)
    later = opening.open_period(
        actor=published.people.working_group, pack_id=PACK, scheme="department", period="2024Q2"
    )
    judged = computing.judge_all(later, lambda *_progress: None)
    computing.store(actor=None, assessment_id=later.pk, judged=judged)
    sheet = later.sheets.get(unit_name=CHANGED)
    monkeypatch.setattr(bench_of, "looks_back", lambda _assessor: True)

    (earlier,) = queries.earlier_results(sheet)
    past = bench_of.past_of(later, bench_of.assessor_of(later))

    assert earlier.sheet_id == corrected.pk
    assert [each.grade for each in past[CHANGED] if each.grade] == [corrected.grade]
    assert published.assessment in trial_queries.with_results(PACK, "department")
    assert len(trial_queries.with_results(PACK, "department")) == 2
    record = intake.records(PACK, published.book.period, ["self_check"]).filter(
        unit__name=CHANGED
    )[0]  # fmt: skip
    (use,) = resting.uses_of_record(record.pk)
    assert str(corrected.pk) in use.url


def test_later_results_that_looked_back_are_named(
    published: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Assessment.objects.create(
        pack_version_id=published.version_id, pack_id=PACK, scheme="department", period="2024Q2",
        first=date(2024, 4, 1), last=date(2024, 6, 30), state=State.APPROVED,
        opened_by=published.people.working_group, opened_at=published.assessment.opened_at,
    )  # fmt: skip
    assert editions.resting_on(published.assessment) == []

    monkeypatch.setattr(editions, "looks_back", lambda _assessor: True)

    assert editions.resting_on(published.assessment) == [later]


def test_the_records_behind_a_corrected_result_are_those_of_its_day(published: Quarter) -> None:
    path = f"/assessments/sheets/{published.sheet(CHANGED).pk}/lines/valid_complaints/"
    former = correct(published)
    client = signed_in(published.people.leader)

    before = client.get(path).content.decode()
    after = client.get(
        f"/assessments/sheets/{published.sheet(CHANGED).pk}/lines/valid_complaints/"
    ).content.decode()

    assert former.is_superseded
    assert "错发货物" not in before
    assert "错发货物" in after


# --- pages --------------------------------------------------------------------------------------


def test_the_page_of_editions_tells_what_changed(published: Quarter) -> None:
    former = correct(published)
    leader, clerk = signed_in(published.people.leader), signed_in(published.people.other_clerk)
    path = reverse("assessments:editions", kwargs={"assessment_id": published.assessment.pk})

    text = leader.get(path).content.decode()
    others = clerk.get(path).content.decode()

    assert REASON in text
    assert former.result_digest[:16] in text
    assert CHANGED in text
    assert "储运中心" not in text
    assert CHANGED not in others
    assert "都没有变化" in others
    of_former = reverse("assessments:editions", kwargs={"assessment_id": former.pk})
    assert CHANGED in leader.get(of_former).content.decode()


def test_every_page_of_a_result_says_which_edition_it_is(published: Quarter) -> None:
    old_sheet = published.sheet(CHANGED).pk
    former = correct(published)
    client = signed_in(published.people.leader)
    new_sheet = published.sheet(CHANGED).pk

    for path in (f"/assessments/{former.pk}/", f"/assessments/sheets/{old_sheet}/"):
        text = client.get(path).content.decode()
        assert "这一版已被更正取代" in text
        assert f"/assessments/{published.assessment.pk}/" in text
    assert f"/assessments/sheets/{new_sheet}/" in text
    for path in (f"/assessments/{published.assessment.pk}/", f"/assessments/sheets/{new_sheet}/"):
        text = client.get(path).content.decode()
        assert "本版更正第 1 版" in text
        assert f"/assessments/{former.pk}/" in text
    assert f"/assessments/sheets/{old_sheet}/" in text
    impact = client.get(f"/assessments/sheets/{old_sheet}/impact/").content.decode()
    assert "已重新打开更正" in impact


def test_the_committee_reopens_on_the_page_with_a_reason(published: Quarter) -> None:
    of = {"assessment_id": published.assessment.pk}
    path, matrix = (
        reverse("assessments:reopen", kwargs=of),
        reverse("assessments:matrix", kwargs=of),
    )
    first, second = signed_in(published.people.committee), signed_in(second_committee())

    assert path not in first.get(matrix).content.decode()
    assert "由您审定" in first.get(path).content.decode()
    assert path in second.get(matrix).content.decode()
    assert second.get(path).status_code == 200
    assert second.post(path, {"reason": ""}).status_code == 422
    answer = second.post(path, {"reason": REASON})
    again = second.post(path, {"reason": REASON})

    correction = Assessment.objects.get(edition=2)
    assert answer["Location"] == f"/assessments/{correction.pk}/"
    assert again.status_code == 422
    assert "已经重新打开" in again.content.decode()
    assert signed_in(published.people.working_group).get(path).status_code == 403
    desk = signed_in(published.people.working_group).get("/").content.decode()
    assert REASON in desk


def test_the_overview_and_the_desk_show_one_result_for_a_period(published: Quarter) -> None:
    correct(published)
    overview = signed_in(published.people.leader).get("/overview/").content.decode()

    assert overview.count(f'<option value="{published.assessment.pk}"') == 1
    assert overview.count("<option value=") == 1
    desk = signed_in(published.people.working_group).get("/").content.decode()
    assert "公布" in desk
    assert ScoreSheet.objects.filter(assessment=published.assessment).count() == 7


def test_a_program_reopens_once(published: Quarter) -> None:
    client = signed_in(second_committee())
    path = f"/api/assessments/{published.assessment.pk}/correction"
    sent = {"data": {"reason": REASON}, "content_type": "application/json"}
    once = {"headers": {"Idempotency-Key": "k1"}}

    first, again = client.post(path, **sent, **once), client.post(path, **sent, **once)
    other = client.post(path, **sent, headers={"Idempotency-Key": "k2"})

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert (first.json()["edition"], first.json()["corrects"]) == (2, published.assessment.pk)
    assert other.json()["code"] == "assessments.already_reopened"
    current = client.get("/api/assessments", {"editions": "current"}).json()["results"]
    assert [each["id"] for each in current] == [published.assessment.pk]
    assert len(client.get("/api/assessments").json()["results"]) == 2
