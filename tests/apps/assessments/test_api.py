"""The doors of assessments: the same services as the pages, and never more than one's own unit."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from tests.quarters import PACK, Quarter, make_complete_quarter
from zhijian.accounts import services
from zhijian.assessments.models import Assessment, Objection
from zhijian.foundation.files.models import StoredFile
from zhijian.foundation.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter() -> Quarter:
    return make_complete_quarter()


def program_of(user: Any, **headers: str) -> APIClient:
    _, secret = services.make_token(user=user, name="program", days=1)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}", **headers)
    return client


def create(client: APIClient, path: str, once: str = "k1", **body: Any) -> Any:
    return client.post(path, body, format="json", headers={"Idempotency-Key": once})


def opened(client: APIClient, period: str = "2024Q2", once: str = "k1") -> Any:
    body = {"pack": PACK, "scheme": "department", "period": period}
    return create(client, "/api/assessments", once, **body)


def sheet_of(quarter: Quarter) -> str:
    return f"/api/sheets/{quarter.sheet().pk}"


def measured(working: dict[str, Any]) -> str:
    """The first line that was measured from records."""
    if working.get("records"):
        return str(working["id"])
    return next((found for each in working.get("because", ()) if (found := measured(each))), "")


def test_a_period_is_opened_once_for_each_key(quarter: Quarter) -> None:
    client = program_of(quarter.people.working_group)

    first, again = opened(client), opened(client)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert again["Idempotent-Replayed"] == "true"
    assert Assessment.objects.count() == 2


def test_a_refusal_has_a_code_and_words_in_both_languages(quarter: Quarter) -> None:
    chinese = opened(program_of(quarter.people.working_group), "2024Q1")
    english = opened(
        program_of(quarter.people.working_group, HTTP_ACCEPT_LANGUAGE="en"), "2024Q1", "k2"
    )

    assert chinese.status_code == english.status_code == 409
    assert chinese["Content-Type"] == "application/problem+json"
    assert chinese.json()["code"] == english.json()["code"] == "assessments.already_open"
    assert "已经开过" in chinese.json()["title"]
    assert "already open" in english.json()["title"]


def test_only_who_may_open_a_period_opens_one(quarter: Quarter) -> None:
    assert opened(program_of(quarter.people.clerk)).status_code == 403
    assert opened(program_of(quarter.people.committee)).status_code == 403


def test_computing_is_a_job_that_can_be_followed(quarter: Quarter) -> None:
    client = program_of(quarter.people.working_group)
    path = f"/api/assessments/{quarter.assessment.pk}/compute"

    first, again = client.post(path), client.post(path)

    assert first.status_code == again.status_code == 202
    assert first.json()["id"] == again.json()["id"]
    assert client.get(first["Location"]).json()["state"] == "ready"
    assert Job.objects.count() == 1
    assert program_of(quarter.people.clerk).get(first["Location"]).status_code == 404


def test_results_say_their_unconfirmed_values(quarter: Quarter) -> None:
    client = program_of(quarter.people.working_group)

    rows = client.get(f"/api/assessments/{quarter.assessment.pk}/results").json()["results"]

    assert len(rows) == len(quarter.units)
    assert all(row["unconfirmed"] for row in rows)
    assert {row["notices"][0]["code"] for row in rows} == {"assess.unconfirmed"}
    assert all(isinstance(row["score"], str) for row in rows)


def test_results_come_page_by_page_and_by_filter(quarter: Quarter) -> None:
    client = program_of(quarter.people.working_group)
    path = f"/api/assessments/{quarter.assessment.pk}/results"

    names, page = [], client.get(f"{path}?limit=3").json()
    while page:
        names += [row["unit"] for row in page["results"]]
        page = client.get(page["next"]).json() if page["next"] else None

    assert sorted(names) == sorted(quarter.units)
    own = client.get(path, {"unit": quarter.people.unit.pk}).json()["results"]
    assert [row["unit"] for row in own] == ["市场经营部"]
    assert client.get(path, {"status": "blocked"}).json()["results"] == []
    assert client.get(path, {"status": "wrong"}).json()["errors"][0]["where"] == "status"
    assert client.get(path, {"cursor": "cD1ub3RoaW5n"}).status_code == 404


def test_a_sheet_has_the_keys_of_the_command_line(quarter: Quarter) -> None:
    answer = program_of(quarter.people.clerk).get(sheet_of(quarter)).json()

    contract = {"unit", "status", "score", "grade", "amount", "components", "working"}
    assert contract <= answer.keys()
    assert answer["working"] == quarter.sheet().working
    assert {"id", "value", "cites", "because", "records"} <= answer["working"].keys()
    assert answer["pack"]["id"] == PACK
    assert answer["unconfirmed"] == quarter.sheet().unconfirmed


def test_what_belongs_to_another_unit_does_not_exist_for_a_clerk(quarter: Quarter) -> None:
    other = program_of(quarter.people.other_clerk)
    line = measured(quarter.sheet().working)
    made = create(
        program_of(quarter.people.clerk),
        f"{sheet_of(quarter)}/objections",
        line=line,
        reason="有误",
    )

    rows = other.get(f"/api/assessments/{quarter.assessment.pk}/results").json()["results"]
    raised = other.get(f"/api/assessments/{quarter.assessment.pk}/objections").json()["results"]
    assert [row["unit"] for row in rows] == ["储运中心"]
    assert raised == []
    assert other.get(sheet_of(quarter)).status_code == 404
    assert other.get(f"/api/objections/{made.json()['id']}").status_code == 404
    refused = create(other, f"{sheet_of(quarter)}/objections", line=line, reason="有误")
    assert refused.status_code == 404
    detail = other.get(f"/api/assessments/{quarter.assessment.pk}").json()
    assert detail["hindrances"] == []


def test_an_objection_is_raised_once_and_decided_by_the_committee(quarter: Quarter) -> None:
    clerk, committee = (
        program_of(person) for person in (quarter.people.clerk, quarter.people.committee)
    )
    body = {"line": measured(quarter.sheet().working), "reason": "记录有误"}
    made = create(clerk, f"{sheet_of(quarter)}/objections", **body)
    again = create(clerk, f"{sheet_of(quarter)}/objections", **body)
    place = f"/api/objections/{made.json()['id']}"

    assert (made.status_code, again.json()) == (201, made.json())
    decision = {"decision": "rejected", "reason": "记录属实"}
    assert clerk.post(f"{place}/decision", decision, format="json").status_code == 403
    assert committee.post(f"{place}/decision", {}, format="json").status_code == 400
    decided = committee.post(f"{place}/decision", decision, format="json")
    assert decided.json()["state"] == "rejected"
    late = clerk.post(f"{place}/withdrawal")
    assert late.json()["code"] == "assessments.already_decided"
    assert Objection.objects.get().decision_reason == "记录属实"


def attached(client: APIClient, quarter: Quarter, *files: SimpleUploadedFile) -> Any:
    body = {
        "line": measured(quarter.sheet().working),
        "reason": "记录有误",
        "evidence": list(files),
    }
    path = f"{sheet_of(quarter)}/objections"
    return client.post(path, body, format="multipart", headers={"Idempotency-Key": "k1"})


def letter(content: str = "说明", name: str = "letter.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("desk.png", b"\x89PNG\r\n\x1a\n picture")


def test_an_objection_brings_its_evidence_and_is_raised_once(quarter: Quarter) -> None:
    clerk = program_of(quarter.people.clerk)

    made, again = (attached(clerk, quarter, letter(), photo()) for _ in range(2))

    assert (made.status_code, again.json()) == (201, made.json())
    files = made.json()["evidence"]
    assert [(each["name"], each["size"]) for each in files] == [("letter.txt", 6), ("desk.png", 16)]
    assert files[0]["digest"] == hashlib.sha256("说明".encode()).hexdigest()
    assert StoredFile.objects.count() == 2
    listed = clerk.get(f"/api/assessments/{quarter.assessment.pk}/objections").json()["results"]
    assert listed[0]["evidence"] == files
    with_session = APIClient()
    with_session.force_login(quarter.people.clerk)
    page = with_session.get(f"/assessments/objections/{made.json()['id']}/").content.decode()
    assert "desk.png" in page


def test_the_same_key_with_other_evidence_is_another_request(quarter: Quarter) -> None:
    clerk = program_of(quarter.people.clerk)
    attached(clerk, quarter, letter("一"), letter("二"))

    for other in ((letter("改"), letter("二")), (letter("一"),), (letter("一", "a.txt"),)):
        refused = attached(clerk, quarter, *other)
        assert (refused.status_code, refused.json()["code"]) == (409, "api.idempotency_key_reused")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (("page.html", b"<p>"), "files.type_not_allowed"),
        (("photo.png", b"not a picture"), "files.content_differs"),
        (("empty.txt", b""), "files.empty"),
    ],
)
def test_evidence_that_may_not_come_in_refuses_the_whole_objection(
    quarter: Quarter, file: tuple[str, bytes], code: str
) -> None:
    clerk = program_of(quarter.people.clerk)

    refused = attached(clerk, quarter, letter(), SimpleUploadedFile(*file))

    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert not Objection.objects.exists()
    assert not StoredFile.objects.exists()
    assert attached(clerk, quarter, letter()).status_code == 201


def test_what_is_no_file_is_told_at_its_place(quarter: Quarter) -> None:
    body = {"line": "total", "reason": "有误", "evidence": ["letter.txt"]}
    client = program_of(quarter.people.clerk)

    answer = create(client, f"{sheet_of(quarter)}/objections", **body)

    assert answer.status_code == 400
    assert [each["where"] for each in answer.json()["errors"]] == ["evidence.0"]


def test_results_go_all_the_way_to_publication(quarter: Quarter) -> None:
    quarter.confirm_values()
    quarter.compute()
    group, committee = (
        program_of(person) for person in (quarter.people.working_group, quarter.people.committee)
    )
    here = f"/api/assessments/{quarter.assessment.pk}"

    assert group.post(f"{here}/submit").json()["state"] == "in_review"
    assert group.post(f"{here}/approve").status_code == 403
    assert committee.post(f"{here}/approve", {}, format="json").json()["state"] == "approved"
    assert committee.post(f"{here}/approve", {}, format="json").status_code == 409
    assert group.post(f"{here}/publish").json()["state"] == "published"


def test_the_approval_is_refused_with_what_hinders_it(quarter: Quarter) -> None:
    quarter.submit()
    here = f"/api/assessments/{quarter.assessment.pk}"
    committee = program_of(quarter.people.committee)

    answer = committee.post(f"{here}/approve", {}, format="json")

    assert answer.json()["code"] == "assessments.unconfirmed_values"
    told = committee.get(here).json()["hindrances"]
    assert [each["code"] for each in told] == ["assessments.unconfirmed_values"]


@pytest.mark.parametrize("person", ["administrator", "security_administrator", "outsider"])
def test_who_looks_after_the_site_reads_no_results(quarter: Quarter, person: str) -> None:
    client = APIClient()
    client.force_authenticate(getattr(quarter.people, person))

    for path in ("/api/assessments", sheet_of(quarter), "/api/ledger", "/api/packs"):
        assert client.get(path).status_code == 403


def test_an_auditor_reads_and_changes_nothing(quarter: Quarter) -> None:
    client = program_of(quarter.people.auditor)
    here = f"/api/assessments/{quarter.assessment.pk}"

    assert client.get(f"{here}/results").status_code == 200
    for step in ("compute", "submit", "approve", "publish", "send-back"):
        assert client.post(f"{here}/{step}", {"reason": "不"}, format="json").status_code == 403
