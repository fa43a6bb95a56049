"""How many queries a page takes: written down, and the same for 7 and for 300 units."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.quarters import Quarter, make_complete_quarter
from zhijian.assessments.models import ScoreSheet
from zhijian.organizations.models import Unit

GOLDEN = Path(__file__).parent / "query_counts.json"
MANY = 300

pytestmark = [pytest.mark.django_db, pytest.mark.golden]


def widen(quarter: Quarter) -> None:
    """Give the assessment as many sheets as a large organization has, each like the first."""
    like = quarter.sheet()
    company = quarter.people.unit.parent
    units = Unit.objects.bulk_create(
        Unit(code=f"N{number}", name=f"新部门{number}", kind="department", parent=company)
        for number in range(MANY - len(quarter.units))
    )
    for unit in units:
        like.pk, like.unit, like.unit_name = None, unit, unit.name
        like._state.adding = True
        like.save()
    assert ScoreSheet.objects.filter(is_current=True).count() == MANY


def counts(client: Client, quarter: Quarter) -> dict[str, int]:
    """How many queries each page takes when it is asked for the second time."""
    sheet = f"/assessments/sheets/{quarter.sheet().pk}/"
    pages = {
        "list": "/assessments/",
        "matrix": f"/assessments/{quarter.assessment.pk}/",
        "matrix by name": f"/assessments/{quarter.assessment.pk}/?sort=unit&grade=优秀",
        "sheet": sheet,
        "impact": f"{sheet}impact/",
        "line": f"{sheet}lines/self_reported/",
        "line of many": f"{sheet}lines/valid_complaints/",
        "objections": f"/assessments/{quarter.assessment.pk}/objections/",
        "overview": "/overview/",
    }
    found = {}
    for name, path in pages.items():
        assert client.get(path, follow=True).status_code == 200, path
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found[name] = len(captured)
    return found


def test_the_number_of_queries_does_not_grow_with_the_units(client: Client) -> None:
    quarter = make_complete_quarter()
    client.force_login(quarter.people.working_group)

    few = counts(client, quarter)
    widen(quarter)
    many = counts(client, quarter)

    assert many == few
    if os.environ.get("GOLDEN_UPDATE"):
        GOLDEN.write_text(json.dumps(few, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert few == json.loads(GOLDEN.read_text(encoding="utf-8"))
