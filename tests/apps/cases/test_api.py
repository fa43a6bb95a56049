"""Cases for programs: opened once for each key, moved on, and never more than one may see."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.apps.cases.stories import PACK, Story, make_office, photo
from zhijian.cases.models import Case, CaseComment, CaseEvidence
from zhijian.foundation import clock
from zhijian.foundation.idempotency.models import AnsweredRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(make_office())


def caller(user: object) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def new_case(story: Story, **changed: Any) -> dict[str, Any]:
    told = {
        "pack": PACK, "kind": "complaint", "step": "register", "unit": story.people.unit.pk,
        "facts": {"subject": "排队", "injured": False, "handler": str(story.people.clerk.pk)},
    }  # fmt: skip
    return {**told, **changed}


def post(client: APIClient, path: str, body: dict[str, Any], key: str = "k1", **told: Any) -> Any:
    return client.post(path, body, headers={"Idempotency-Key": key}, **{"format": "json", **told})


def test_a_case_is_opened_once_for_each_key(story: Story) -> None:
    client = caller(story.people.working_group)

    first = post(client, "/api/cases", new_case(story))
    again = post(client, "/api/cases", new_case(story))
    other = post(client, "/api/cases", new_case(story, title="又一件"))
    without = client.post("/api/cases", new_case(story), format="json")

    assert first.status_code == 201, first.json()
    assert again.json() == first.json()
    assert first.json()["number"].startswith("CK")
    assert (other.status_code, other.json()["code"]) == (409, "api.idempotency_key_reused")
    assert (without.status_code, without.json()["code"]) == (409, "api.idempotency_key_missing")
    assert Case.objects.count() == 1


@pytest.mark.req("NCS-32")
def test_an_anonymous_report_by_a_program_is_kept_with_no_name(story: Story) -> None:
    body = new_case(
        story, step="report", anonymous=True, facts={"subject": "态度", "injured": False}
    )

    answer = post(caller(story.people.inspector), "/api/cases", body)

    assert answer.status_code == 201, answer.json()
    assert Case.objects.get().opener is None
    assert not AnsweredRequest.objects.exists()


def test_everything_that_is_wrong_is_listed_with_its_place(story: Story) -> None:
    facts = {"subject": "天气", "handler": "0", "injured": False}

    answer = post(caller(story.people.working_group), "/api/cases", new_case(story, facts=facts))

    assert answer.status_code == 409
    errors = {each["where"]: each["code"] for each in answer.json()["errors"]}
    assert errors["handler"] == "cases.unknown_person"
    assert "subject" in errors


@pytest.mark.parametrize("facts", [[], "x", {"subject": {"a": 1}}, {"subject": "\0"}])
def test_facts_that_are_none_are_refused(story: Story, facts: Any) -> None:
    client = caller(story.people.working_group)
    answer = post(client, "/api/cases", new_case(story, facts=facts))
    assert answer.status_code == 400


def test_from_reading_to_the_next_step(story: Story) -> None:
    case = story.open(at=clock.now(), more={"account": "张三反映", "place": "3 号"})
    clerk = caller(story.people.clerk)
    told = clerk.get(f"/api/cases/{case.pk}").json()
    assert {each["step"] for each in told["open_steps"]} == {"agree", "answer"}
    assert told["facts"] == {"subject": "排队", "injured": False, "place": "3 号",
                             "handler": str(story.people.clerk.pk)}  # fmt: skip
    assert told["clocks"][0]["state"] == "running"

    file = post(clerk, f"/api/cases/{case.pk}/evidence", {"upload": photo()}, format="multipart")
    facts = {"answer": "已致歉", "loss": 12.5, "photos": [file.json()["digest"]]}
    step = {"step": "answer", "seq": told["seq"], "facts": facts}
    done = post(clerk, f"/api/cases/{case.pk}/steps", step, key="k2")
    again = post(clerk, f"/api/cases/{case.pk}/steps", step, key="k2")
    late = post(clerk, f"/api/cases/{case.pk}/steps", step, key="k3")

    assert done.status_code == 201, done.json()
    assert (done.json()["state"], done.json()["seq"]) == ("answered", 2)
    assert again.json() == done.json()
    assert (late.status_code, late.json()["code"]) == (409, "cases.moved_on")
    assert CaseEvidence.objects.count() == 1


def test_comments_and_evidence_are_listed(story: Story) -> None:
    case = story.open(at=clock.now())
    clerk = caller(story.people.clerk)
    for key in ("k1", "k1", "k2"):
        post(clerk, f"/api/cases/{case.pk}/comments", {"text": "顾客下午再来"}, key=key)

    assert CaseComment.objects.count() == 2
    assert len(clerk.get(f"/api/cases/{case.pk}/comments").json()) == 2
    assert clerk.get(f"/api/cases/{case.pk}/evidence").json() == []


def test_lists_go_by_cursor_and_show_only_what_one_may_see(story: Story) -> None:
    own = [story.open(at=clock.now()) for _ in range(3)]
    elsewhere = story.people.other_unit.pk
    inspector = str(story.people.inspector.pk)
    foreign = story.open(at=clock.now(), unit_id=elsewhere, more={"handler": inspector})
    clerk = caller(story.people.clerk)

    first = clerk.get("/api/cases?limit=2").json()
    rest = clerk.get(first["next"]).json()

    found = [each["number"] for each in (*first["results"], *rest["results"])]
    assert sorted(found) == [each.number for each in own]
    assert clerk.get(f"/api/cases/{foreign.pk}").status_code == 404
    assert clerk.get("/api/cases?shown=riddle").status_code == 400
    assert clerk.get("/api/cases?shown=ended&owner=me").json()["results"] == []
    assert caller(story.people.outsider).get("/api/cases").status_code == 403
