"""Records through the doors for programs."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from zhijian.intake import services
from zhijian.intake.models import Record
from zhijian.intake.services import Entry

from .books import quarterly
from .test_imports import make_site

BOOK = quarterly()
HERE = f"/api/books/{BOOK.pack_id}/{BOOK.period}/records"
GOOD = {
    "kind": "self_check",
    "values": {"unit": "市场经营部", "month": "2024-01", "score": "96.50"},
}


@pytest.fixture
def cast(db):
    return make_site()


@pytest.fixture
def api(cast):
    client = APIClient()
    client.force_authenticate(cast.clerk)
    return client


def send(api, body, address=HERE, key="a"):
    return api.post(address, body, format="json", headers={"Idempotency-Key": key})


def test_a_record_is_created_once_for_each_key(api) -> None:
    first, second = send(api, GOOD), send(api, GOOD)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"] == Record.objects.get().pk
    assert first.json()["values"] == {"score": "96.5"}
    assert first.json()["source"] == "api"


def test_every_problem_names_its_field_and_code(api) -> None:
    answer = send(api, {"kind": "self_check", "values": {**GOOD["values"], "score": "101"}})

    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert [(each["where"], each["code"]) for each in answer.json()["errors"]] == [
        ("values.score", "records.out_of_range")
    ]
    assert not Record.objects.exists()


def test_what_is_not_ones_own_is_refused(api) -> None:
    other = {**GOOD, "values": {**GOOD["values"], "unit": "储运中心"}}
    answer = send(api, other)

    assert (answer.status_code, answer.json()["code"]) == (409, "intake.unit_not_yours")
    assert send(api, {**GOOD, "kind": "weather"}, key="b").json()["code"] == "intake.unknown_kind"
    assert api.post(HERE, GOOD, format="json").json()["code"] == "api.idempotency_key_missing"


def test_many_are_taken_together_or_not_at_all(api) -> None:
    months = [
        {**GOOD, "values": {**GOOD["values"], "month": f"2024-0{month}"}} for month in (1, 2, 5)
    ]
    bad = send(api, {"entries": months}, f"{HERE}/batch")
    good = send(api, {"entries": months[:2]}, f"{HERE}/batch", key="b")

    assert [(each["where"], each["code"]) for each in bad.json()["errors"]] == [
        ("entries.2.month", "records.outside_period")
    ]
    assert (good.status_code, good.json()["count"], Record.objects.count()) == (201, 2, 2)


def test_the_list_shows_what_one_may_see_page_by_page(api) -> None:
    for unit in ("市场经营部", "储运中心"):
        for month in ("2024-01", "2024-02"):
            told = {"unit": unit, "month": month, "score": "96"}
            services.enter_record(actor=None, book=BOOK, entry=Entry("self_check", told))

    page = api.get(HERE, {"limit": 1, "kind": "self_check"}).json()
    rest = api.get(page["next"]).json()

    assert [each["unit"] for each in (*page["results"], *rest["results"])] == ["市场经营部"] * 2
    assert rest["next"] is None
    assert api.get(HERE, {"unit": "x"}).status_code == 400
    assert api.get(HERE.replace("2024Q1", "soon")).status_code == 404
    assert api.get(HERE.replace("2024Q1", "1999Q1")).json()["code"] == "intake.unknown_book"


def test_the_schema_describes_the_doors(api) -> None:
    paths = api.get("/api/openapi.json").json()["paths"]

    described = paths["/api/books/{pack_id}/{period}/records"]["post"]
    assert any(each["name"] == "Idempotency-Key" for each in described["parameters"])
    assert "/api/books/{pack_id}/{period}/records/batch" in paths
