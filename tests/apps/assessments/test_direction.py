"""A regulation may say that less is better: pages, pictures and papers then follow it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import People, make_people
from zhijian.assessments.models import Assessment
from zhijian.assessments.services import computing, opening
from zhijian.domain.dates.period import Period
from zhijian.foundation import clock
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.intake.services import Entry
from zhijian.packs import queries as packs
from zhijian.packs.services import Following, subscribe
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish

pytestmark = pytest.mark.django_db
FOREIGN = Path(__file__).parents[2] / "golden" / "foreign"
MONTH, YEAR = "2024-03", "2024"
MANY, FEW = "市场经营部", "储运中心"


def computed(people: People, folder: str, scheme: str, period: str, records: Any) -> Assessment:
    """An assessment under a foreign regulation, with the records of each unit."""
    row = load_from_folder(FOREIGN / folder, None, clock.now())
    publish(row.pk, None, clock.now())
    for unit in (people.unit, people.other_unit):
        subscribe(folder, Following(unit.pk, "must", row.effective), None)
    book = Book(packs.typed(row.pk), Period.parse(period))
    for unit, kind, values in records:
        entry = Entry(kind, {"unit": unit, "on": book.period.first, **values})
        intake.enter_record(actor=None, book=book, entry=entry)
    assessment = opening.open_period(
        actor=people.working_group, pack_id=folder, scheme=scheme, period=period
    )
    judged = computing.judge_all(assessment, lambda *_progress: None)
    computing.store(actor=people.working_group, assessment_id=assessment.pk, judged=judged)
    assessment.refresh_from_db()
    return assessment


def restaurants(people: People) -> Assessment:
    inspection = {"inspector": "Lee"}
    return computed(people, "restaurant-letter-grades", "restaurant", MONTH, [
        (MANY, "inspection", inspection),
        (MANY, "violation", {"code": "10F surfaces not proper", "condition": "V"}),
        (FEW, "inspection", inspection),
        (FEW, "violation", {"code": "10F surfaces not proper", "condition": "I"}),
    ])  # fmt: skip


def page(people: People, name: str, query: str = "", **arguments: object) -> str:
    client = Client()
    client.force_login(people.leader)
    answer = client.get(reverse(name, kwargs=arguments) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_matrix_begins_with_the_fewest_points() -> None:
    people = make_people()
    assessment = restaurants(people)

    usual = page(people, "assessments:matrix", assessment_id=assessment.pk)
    turned = page(people, "assessments:matrix", "?sort=-score", assessment_id=assessment.pk)

    assert usual.index(f">{FEW}<") < usual.index(f">{MANY}<")
    assert turned.index(f">{MANY}<") < turned.index(f">{FEW}<")
    grades = dict(assessment.sheets.values_list("unit_name", "grade"))
    assert grades == {FEW: "A", MANY: "C"}


def test_the_overview_colours_by_what_is_better() -> None:
    people = make_people()
    computed(people, "food-hygiene-rating", "place", YEAR, [
        (MANY, "inspection", {"hygiene": "15", "structure": "10", "management": "10"}),
        (FEW, "inspection", {"hygiene": "0", "structure": "5", "management": "0"}),
    ])  # fmt: skip

    charts = [
        json.loads(each)
        for each in re.findall(
            r'<script [^>]*type="application/json">(.*?)</script>', page(people, "desk:overview")
        )
    ]

    heat = next(each for each in charts if each.get("kind") == "heatmap")
    # Points for faults are the fewer the better, the rating made of them the higher.
    assert heat["falls"] == [True, True, True, False]
    assert heat["rows"] == [FEW, MANY]
