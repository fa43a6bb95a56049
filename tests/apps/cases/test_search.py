"""Finding cases by a part of what they tell: the same on both engines, and nothing hidden."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.cases.stories import Story, make_office
from zhijian.cases import queries
from zhijian.cases.models import Case, CaseText
from zhijian.cases.queries import Sought
from zhijian.cases.queries import search as searching
from zhijian.cases.verifying import verify
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


def test_what_was_told_is_found_and_what_is_told_later_too(story: Story) -> None:
    case = story.open(more={"account": "门口的感应闸机夹住了行李箱"})
    assert found(story, "感应闸机") == {case.title}
    assert found(story, "已致歉") == set()

    story.step(
        case, "answer", story.people.clerk, "2024-06-20T15:00", facts={"answer": "已致歉并检修"}
    )

    assert found(story, "歉并检") == found(story, "闸机夹") == {case.title}
    assert [str(each) for each in verify().discrepancies] == []


def test_numbers_and_names_of_people_are_not_found(story: Story) -> None:
    account = "请回电 138 0000 0012 或写信到 wang@example.cn，闸机夹伤了手"
    case = story.open(more={"account": account, "customer": "王小明"})

    assert found(story, "闸机夹伤") == {case.title}
    for hidden in ("13800000012", "138 0000 0012", "0012", "wang", "王小明"):
        assert found(story, hidden) == set()


def test_what_is_personal_is_searched_only_for_those_who_may_reveal_it(story: Story) -> None:
    case = story.open(title="排队", more={"account": "老人晕倒"})
    people = story.people
    both = {"auditor": people.auditor, "clerk": people.clerk, "office": people.working_group}
    sought = Sought(shown=queries.ALL, text="老人晕倒")

    told = {
        name: queries.cases_seen(user, sought, clock.now()).exists() for name, user in both.items()
    }

    assert queries.case_for(people.auditor, case.pk) is not None
    assert told == {"auditor": False, "clerk": True, "office": True}


def test_texts_are_made_again_from_the_events(story: Story, cases: list[Case]) -> None:
    CaseText.objects.filter(case=cases[0]).delete()
    CaseText.objects.filter(case=cases[1]).update(text="被人改动")
    wrong = [each.number for each in verify().discrepancies]
    assert wrong == [cases[0].number, cases[1].number]

    printed = StringIO()
    call_command("cases_texts", stdout=printed)

    assert f" {len(TITLES)} " in printed.getvalue()
    assert verify().discrepancies == []
    assert found(story, "空调") == {TITLES[0], TITLES[1]}


def test_the_index_answers_on_postgresql(story: Story, cases: list[Case]) -> None:
    is_indexed = connection.vendor == "postgresql"
    with CaptureQueriesContext(connection) as asked:
        rows = searching.search(Case.objects.all(), "空调", story.people.working_group)
        assert rows.count() == 2
    if not is_indexed:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        pieces = next(each["sql"] for each in asked if "@>" in each["sql"])
        cursor.execute(f"EXPLAIN {pieces}")
        assert "case_text_pieces" in str(cursor.fetchall())
