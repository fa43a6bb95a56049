"""Finding cases by a part of their title: the same on both engines, and nothing hidden."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.apps.cases.stories import Story, make_office
from zhijian.cases import queries
from zhijian.cases.models import Case
from zhijian.cases.queries import Sought
from zhijian.cases.queries import search as searching
from zhijian.foundation import clock

pytestmark = pytest.mark.django_db

TITLES = (
    "大厅空调不制冷",
    "空调时好时坏，大厅等候过长",
    "WiFi 100%_不通\\'\"",
    "客房 空 调",
    "𠮷野家门口积水",
    "表",
)


@pytest.fixture
def story() -> Story:
    return Story(make_office())


@pytest.fixture
def cases(story: Story) -> list[Case]:
    return [story.open(title=title) for title in TITLES]


def found(story: Story, text: str) -> set[str]:
    sought = Sought(shown=queries.ALL, text=text)
    rows = queries.cases_seen(story.people.working_group, sought, clock.now())
    return {row.title for row in rows}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("空调", {0, 1}),
        ("大厅空调", {0}),
        ("调大", set()),
        ("空", {0, 1, 3}),
        ("表", {5}),
        ("wifi", {2}),
        ("%", {2}),
        ("_", {2}),
        ("\\", {2}),
        ("'", {2}),
        ('"', {2}),
        ("𠮷野", {4}),
        ("𠮷", {4}),
        ("客房 空", {3}),
        ("时坏时好", set()),
        ("不" * 60, set()),
    ],
)
@pytest.mark.parametrize("many", [5000, 0], ids=["rare", "common"])
@pytest.mark.usefixtures("cases")
def test_any_part_of_a_title_finds_it(
    story: Story,
    text: str,
    places: set[int],
    many: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searching, "_MANY", many)

    assert found(story, text) == {TITLES[place] for place in places}


def test_a_number_finds_its_case_and_the_titles_that_name_it(story: Story) -> None:
    case = story.open(title="门锁坏")
    other = story.open(title=f"与 {case.number} 相同")

    assert found(story, case.number.lower()) == {case.title, other.title}


def test_what_is_confidential_is_not_found(story: Story, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(is_confidential=True)
    sought = Sought(shown=queries.ALL, text="空调")

    seen = queries.cases_seen(story.people.inspector, sought, clock.now())

    assert {row.title for row in seen} == {TITLES[1]}
    numbered = Sought(shown=queries.ALL, text=cases[0].number)
    assert not queries.cases_seen(story.people.inspector, numbered, clock.now()).exists()


def test_the_index_answers_on_postgresql(story: Story, cases: list[Case]) -> None:
    is_indexed = connection.vendor == "postgresql"
    rows = searching.search(Case.objects.all(), "空调")
    if is_indexed:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert ("case_title_pieces" in rows.explain()) is is_indexed
