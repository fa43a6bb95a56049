"""How many queries pages of cases and an intake take, however many cases and units there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.cases.stories import Story, make_office
from tests.people import People
from zhijian.foundation import clock
from zhijian.organizations.models import Unit

pytestmark = pytest.mark.django_db
MANY = 60


@pytest.fixture
def story() -> Story:
    return Story(make_office())


def counts(people: People, *paths: str) -> list[int]:
    """How many queries each page takes when it is asked for the second time."""
    client = Client()
    client.force_login(people.working_group)
    found = []
    for path in paths:
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found.append(len(captured))
    return found


def test_pages_take_as_many_queries_for_few_cases_as_for_many(story: Story) -> None:
    case = story.open(at=clock.now())
    paths = (f"/cases/{case.pk}/", "/cases/", "/cases/?shown=all")
    few = counts(story.people, *paths)

    Unit.objects.bulk_create(
        Unit(code=f"N{number}", name=f"新部门{number}", kind="department", parent=story.people.unit)
        for number in range(MANY)
    )
    for _number in range(MANY):
        story.open(at=clock.now())

    assert counts(story.people, *paths) == few
    assert few[0] <= 22


def test_an_intake_takes_few_queries_however_many_there_are(story: Story) -> None:
    story.open(at=clock.now())
    with CaptureQueriesContext(connection) as captured:
        story.open(at=clock.now())
    first = len(captured)
    for _number in range(MANY):
        story.open(at=clock.now())

    with CaptureQueriesContext(connection) as captured:
        story.open(at=clock.now())

    assert len(captured) == first
    assert first <= 26
