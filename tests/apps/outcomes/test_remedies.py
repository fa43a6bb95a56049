"""What a result orders to be put right: reported with evidence, verified by somebody else."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.people import People, make_people, make_person
from tests.quarters import PACK, published_pack
from zhijian.accounts import roles
from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.foundation.files import queries as files
from zhijian.organizations.models import Unit
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import LedgerEntry, Remedy, RemedyState, StepKind
from zhijian.outcomes.refusals import OutcomeRefused
from zhijian.outcomes.services import Done

pytestmark = pytest.mark.django_db

STEP = {"id": "total", "op": "given", "title": "考核得分", "value": "60", "cites": "四.3",
        "because": [], "records": []}  # fmt: skip


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def remedies(people: People) -> dict[str, Remedy]:
    """An order for each of the two units, booked as an approval books it."""
    now = clock.now()
    assessment = Assessment.objects.create(
        pack_version_id=published_pack(), pack_id=PACK, scheme="department", period="2024Q1",
        first="2024-01-01", last="2024-03-31", state="approved",
        opened_by=people.working_group, opened_at=now,
    )  # fmt: skip
    for unit, days in ((people.unit, 30), (people.other_unit, None)):
        proposal = {"rule": "rectify", "title": "限期整改", "kind": "measure", "cites": "四.3",
                    "yuan": "0.00", "text": "制定整改措施", "days": days,
                    "working": {**STEP, "id": "outcome.rectify"}}  # fmt: skip
        ScoreSheet.objects.create(
            assessment=assessment, unit=unit, unit_name=unit.name, status="assessed", score=60,
            grade="不合格", yuan=0, working=STEP, proposals=[proposal], computed_at=now,
        )  # fmt: skip
    services.settle(assessment, people.committee, now)
    return {each.entry.unit_name: each for each in Remedy.objects.select_related("entry")}


def own(remedies: dict[str, Remedy]) -> Remedy:
    return remedies["市场经营部"]


def done(**changed: Any) -> Done:
    told = {"on": clock.today(), "text": "补训两次", "evidence": proof()}
    return Done(**{**told, **changed})


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("signed.txt", "签到表".encode())


def refused(code: str) -> Any:
    return pytest.raises(OutcomeRefused, match=f"^{code.replace('.', chr(92) + '.')}$")


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_an_order_is_followed_up_and_a_reward_is_not(remedies: dict[str, Remedy]) -> None:
    assert {unit: each.state for unit, each in remedies.items()} == {
        "市场经营部": "open",
        "储运中心": "open",
    }
    assert own(remedies).entry.due_on == clock.today() + timedelta(days=30)
    assert remedies["储运中心"].entry.due_on is None


def test_it_is_reported_with_evidence_and_verified_by_another(
    people: People, remedies: dict[str, Remedy]
) -> None:
    key = own(remedies).pk
    services.report_done(actor=people.clerk, remedy_id=key, done=done())
    services.verify(actor=people.working_group, remedy_id=key, accepted=True, text="")

    remedy = Remedy.objects.get(pk=key)
    assert remedy.state == RemedyState.VERIFIED
    told = [(step.kind, step.by, step.on) for step in remedy.steps.all()]
    assert told == [
        (StepKind.DONE, people.clerk, clock.today()),
        (StepKind.VERIFIED, people.working_group, None),
    ]
    (step, _verified) = queries.steps_of(remedy)
    assert [file.name for file in step.evidence] == ["signed.txt"]
    audited = {each.action for each in of_subject("outcomes.entry", str(remedy.entry_id))}
    assert {"outcomes.remedy_done", "outcomes.remedy_verified"} <= audited


@pytest.mark.req("SYS-11")
def test_nobody_verifies_what_they_reported_even_after_another_did(
    people: People, remedies: dict[str, Remedy]
) -> None:
    key, colleague = own(remedies).pk, make_person("colleague", roles.WORKING_GROUP)
    services.report_done(actor=people.working_group, remedy_id=key, done=done())

    with refused("outcomes.own_remedy"):
        services.verify(actor=people.working_group, remedy_id=key, accepted=True, text="")
    services.verify(actor=colleague, remedy_id=key, accepted=False, text="照片看不清")
    services.report_done(actor=people.clerk, remedy_id=key, done=done())
    with refused("outcomes.own_remedy"):
        services.verify(actor=people.working_group, remedy_id=key, accepted=True, text="")

    assert queries.to_verify(people.working_group) == 0
    assert queries.to_verify(colleague) == 1


def test_what_is_returned_is_done_again(people: People, remedies: dict[str, Remedy]) -> None:
    key = own(remedies).pk
    services.report_done(actor=people.clerk, remedy_id=key, done=done())

    with refused("outcomes.reason_needed"):
        services.verify(actor=people.working_group, remedy_id=key, accepted=False, text=" ")
    services.verify(actor=people.working_group, remedy_id=key, accepted=False, text="缺签到表")

    assert Remedy.objects.get(pk=key).state == RemedyState.OPEN
    services.report_done(actor=people.clerk, remedy_id=key, done=done())
    assert Remedy.objects.get(pk=key).steps.count() == 3


def test_a_bad_report_is_refused_and_nothing_is_kept(
    people: People, remedies: dict[str, Remedy]
) -> None:
    key, tomorrow = own(remedies).pk, clock.today() + timedelta(days=1)
    for actor, told, code in (
        (people.other_clerk, done(), "outcomes.may_not"),
        (people.leader, done(), "outcomes.may_not"),
        (people.clerk, done(text="  "), "outcomes.remedy_text_needed"),
        (people.clerk, done(on=tomorrow), "outcomes.done_in_future"),
        (people.clerk, done(on=clock.today() - timedelta(days=1)), "outcomes.done_too_early"),
    ):
        with refused(code):
            services.report_done(actor=actor, remedy_id=key, done=told)
    with refused("outcomes.remedy_not_done"):
        services.verify(actor=people.working_group, remedy_id=key, accepted=True, text="")
    with refused("outcomes.may_not"):
        services.verify(actor=people.clerk, remedy_id=key, accepted=True, text="")

    assert not Remedy.objects.get(pk=key).steps.exists()
    services.report_done(actor=people.clerk, remedy_id=key, done=done())
    with refused("outcomes.remedy_not_open"):
        services.report_done(actor=people.clerk, remedy_id=key, done=done())


def test_a_reversed_order_is_lifted(people: People, remedies: dict[str, Remedy]) -> None:
    entry = LedgerEntry.objects.get(unit_name="市场经营部")

    services.reverse(actor=people.committee, entry_id=entry.pk, reason="记错单位")

    assert Remedy.objects.get(pk=own(remedies).pk).state == RemedyState.LIFTED


def be_late(monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.today() + timedelta(days=31)
    monkeypatch.setattr(clock, "today", lambda: later)


def test_the_desk_tells_who_has_to_act(
    people: People, remedies: dict[str, Remedy], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = own(remedies).pk
    address = reverse("outcomes:remedy", args=[key])
    assert address in signed_in(people.clerk).get("/").content.decode()
    assert address not in signed_in(people.other_clerk).get("/").content.decode()
    assert "逾期的整改措施" not in signed_in(people.working_group).get("/").content.decode()

    be_late(monkeypatch)

    assert "已过期" in signed_in(people.clerk).get("/").content.decode()
    desk = signed_in(people.working_group).get("/").content.decode()
    assert "催办 1 项逾期的整改措施" in desk
    services.report_done(actor=people.clerk, remedy_id=key, done=done())
    assert "验证 1 项整改措施" in signed_in(people.working_group).get("/").content.decode()
    assert "验证 1 项整改措施" in signed_in(people.committee).get("/").content.decode()


def test_the_overview_counts_what_is_open_and_late(
    people: People, remedies: dict[str, Remedy], monkeypatch: pytest.MonkeyPatch
) -> None:
    be_late(monkeypatch)

    overview = signed_in(people.leader).get("/overview/").content.decode()

    assert "/outcomes/remedies/?state=open" in overview
    assert "已逾期 1" in overview


# --- pages --------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_state_unit_and_words(
    people: People, remedies: dict[str, Remedy], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path = signed_in(people.leader), reverse("outcomes:remedies")
    unit: Unit = people.unit

    def units(**query: object) -> set[str]:
        text = client.get(path, query).content.decode()
        return {name for name in remedies if f">{name}</td>" in text}

    assert units() == {"市场经营部", "储运中心"}
    assert units(unit=unit.pk) == {"市场经营部"}
    assert units(q="储运") == {"储运中心"}
    assert units(state="verified") == set()
    assert units(state="overdue") == set()
    assert units(state="nonsense", unit="x", page="99") == {"市场经营部", "储运中心"}
    be_late(monkeypatch)
    assert units(state="overdue") == {"市场经营部"}


def test_a_clerk_sees_the_measures_of_the_own_unit_only(
    people: People, remedies: dict[str, Remedy]
) -> None:
    clerk = signed_in(people.clerk)
    other = remedies["储运中心"].pk

    assert "储运中心" not in clerk.get(reverse("outcomes:remedies")).content.decode()
    rows = clerk.get(reverse("outcomes:export_remedies", kwargs={"form": "csv"})).content
    names = [row[0] for row in csv.reader(io.StringIO(rows.decode("utf-8-sig")))]
    assert names[1:] == ["市场经营部"]
    assert clerk.get(reverse("outcomes:remedy", args=[other])).status_code == 404
    assert clerk.post(reverse("outcomes:remedy_done", args=[other])).status_code == 404
    assert signed_in(people.outsider).get(reverse("outcomes:remedies")).status_code == 403


def test_it_is_ticked_off_on_its_page(people: People, remedies: dict[str, Remedy]) -> None:
    key = own(remedies).pk
    page = reverse("outcomes:remedy", args=[key])
    report, verdict = (
        reverse(f"outcomes:remedy_{name}", args=[key]) for name in ("done", "verdict")
    )
    clerk, group = signed_in(people.clerk), signed_in(people.working_group)
    sent = {"on": str(clock.today()), "text": "补训两次", "evidence": proof()}

    assert report in clerk.get(page).content.decode()
    assert clerk.post(report, {"on": "", "text": ""}).status_code == 422
    assert clerk.post(verdict, {"accepted": "yes"}).status_code == 403
    assert clerk.post(report, sent).status_code == 302
    assert report not in clerk.get(page).content.decode()
    assert group.post(verdict, {}).status_code == 422
    assert group.post(verdict, {"accepted": "no", "text": ""}).status_code == 422
    assert group.post(verdict, {"accepted": "yes", "text": "属实"}).status_code == 302
    late = group.post(verdict, {"accepted": "yes"})
    assert late.status_code == 422
    assert "没有等待验证的报告" in late.content.decode()
    text = group.get(page, headers={"Accept-Language": "en"}).content.decode()
    assert "signed.txt" in text
    assert "Verified" in text
    entry = group.get(reverse("outcomes:entry", args=[own(remedies).entry_id])).content.decode()
    assert page in entry


def test_the_evidence_is_read_by_who_may_see_the_unit(
    people: People, remedies: dict[str, Remedy]
) -> None:
    remedy = own(remedies)
    services.report_done(actor=people.clerk, remedy_id=remedy.pk, done=done())
    (file,) = files.files_of(queries.EVIDENCE_OF_REMEDY, str(remedy.steps.get().pk))
    path = reverse("foundation:file", args=[file.id])

    sent = signed_in(people.leader).get(path)
    assert b"".join(sent.streaming_content).decode() == "签到表"  # type: ignore[arg-type]
    assert signed_in(people.other_clerk).get(path).status_code == 404


def test_a_program_reports_and_verifies(people: People, remedies: dict[str, Remedy]) -> None:
    key = own(remedies).pk
    clerk, group = signed_in(people.clerk), signed_in(people.working_group)
    sent = {"on": str(clock.today()), "text": "补训", "evidence": proof()}

    (listed,) = clerk.get("/api/remedies", {"state": "open"}).json()["results"]
    assert (listed["id"], listed["unit"], listed["is_overdue"]) == (key, "市场经营部", False)
    answer = clerk.post(f"/api/remedies/{key}/done", sent, headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, answer.json()["state"]) == (201, "done")
    verdict = {"data": {"accepted": "yes"}, "content_type": "application/json"}
    assert clerk.post(f"/api/remedies/{key}/verdict", **verdict).status_code == 403
    answer = group.post(f"/api/remedies/{key}/verdict", **verdict)
    assert (answer.status_code, answer.json()["state"]) == (200, "verified")
    other = remedies["储运中心"].pk
    hidden = clerk.post(
        f"/api/remedies/{other}/done", {**sent, "evidence": proof()},
        headers={"Idempotency-Key": "k2"},
    )  # fmt: skip
    assert hidden.status_code == 404
