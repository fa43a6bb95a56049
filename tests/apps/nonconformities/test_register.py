"""The register: every nonconformity in it at once, filtered, counted, compared."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.apps.nonconformities.checks import KIND, LEVELS, PACK, found, make_checks
from tests.people import People
from zhijian.cases.models import Case
from zhijian.cases.services import Opening, Taking, open_case
from zhijian.foundation import clock
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.models import Entry
from zhijian.nonconformities.queries import Wanted

pytestmark = pytest.mark.django_db
REGISTER, COUNTS = reverse("nonconformities:register"), reverse("nonconformities:counts")
QUICK = reverse("nonconformities:quick", kwargs={"pack_id": LEVELS, "kind": KIND})


@pytest.fixture
def people() -> People:
    return make_checks()


@pytest.fixture
def agent(people: People) -> Client:
    client = Client()
    client.force_login(people.working_group)
    return client


def test_what_is_found_is_in_the_register_at_once(agent: Client, people: People) -> None:
    case = found(people)

    row = Entry.objects.get(case=case)
    assert (row.item, row.area, row.source, row.rank) == ("保洁", "大堂", "周检", 1)
    assert row.found_on == clock.today()
    assert case.number in agent.get(REGISTER).content.decode()


@pytest.mark.parametrize(
    ("asked", "is_shown"),
    [
        ({"item": "保洁"}, True),
        ({"item": "保安"}, False),
        ({"area": "大堂"}, True),
        ({"source": "季检"}, False),
        ({"none": "clause"}, True),
        ({"none": "item"}, False),
        ({"shown": "ended"}, False),
        ({"kind": f"{PACK}:{KIND}"}, True),
        ({"rank": "4"}, False),
        ({"first": "2999-01-01"}, False),
        ({"q": "保洁不合"}, True),
        ({"unit": "x", "rank": "9", "first": "never", "shown": "odd", "none": "x"}, True),
    ],
)
def test_filters_find_what_matches(
    agent: Client, people: People, asked: dict[str, str], is_shown: bool
) -> None:
    case = found(people)

    assert (case.number in agent.get(REGISTER, asked).content.decode()) is is_shown


def test_a_clerk_sees_their_units_only(people: People) -> None:
    found(people)

    assert queries.register(people.other_clerk, Wanted(), clock.now()).count() == 0
    assert queries.register(people.clerk, Wanted(), clock.now()).count() == 1
    assert queries.counted(people.other_clerk, Wanted(), "item", clock.now()) == ()


def test_the_register_is_made_again_from_the_events(people: People) -> None:
    found(people)
    before = list(Entry.objects.values("case", "item", "area", "found_on"))
    Entry.objects.all().delete()

    assert services.register_missing() == 1
    assert list(Entry.objects.values("case", "item", "area", "found_on")) == before
    Entry.objects.update(item="")
    call_command("nonconformities_register", "--anew", stdout=(said := io.StringIO()))
    assert said.getvalue() == "nonconformities 1\n"
    assert list(Entry.objects.values("case", "item", "area", "found_on")) == before


@pytest.mark.req("NCS-01")
def test_who_records_reads_what_does_not_conform(agent: Client, people: People) -> None:
    pages = (
        agent.get(reverse("nonconformities:record")),
        agent.get(QUICK),
        agent.get(
            reverse("cases:open", kwargs={"pack_id": LEVELS, "kind": KIND, "step": "register"})
        ),
    )

    for page in pages:
        assert "影响服务过程或质量、可能引起客户不满意的，为不合格服务。" in page.content.decode()


def test_a_minor_one_is_recorded_quickly_and_counted(agent: Client, people: People) -> None:
    told = {
        "quick-unit_": people.unit.pk,
        "quick-found_at": f"{clock.day_of(clock.now())}T00:00",
        "quick-item": "保洁",
    }

    refused = agent.post(QUICK, {**told, "quick-found_at": ""})
    saved = agent.post(QUICK, told, follow=True)

    assert refused.status_code == 422
    case = Case.objects.get()
    assert (case.level, case.ends) == ("minor", "closed")
    assert case.number in saved.content.decode()
    (bar,) = queries.counted(people.working_group, Wanted(), "rank", clock.now())
    assert (bar.key, bar.bar.count) == ("1", 1)


def test_what_is_alike_is_told_while_recording_and_on_the_case(
    agent: Client, people: People
) -> None:
    told = {
        "quick-unit_": people.unit.pk,
        "quick-found_at": f"{clock.day_of(clock.now())}T00:00",
        "quick-item": "保洁",
    }
    agent.post(QUICK, told)
    first = Case.objects.get()
    earlier = reverse("nonconformities:earlier", kwargs={"pack_id": LEVELS, "kind": KIND})

    assert first.number in agent.get(earlier, told).content.decode()
    assert first.number not in agent.get(earlier, {**told, "quick-item": "保安"}).content.decode()
    assert agent.get(earlier, {"quick-unit_": "x"}).content.decode().strip() == ""
    agent.post(QUICK, told)
    second = Case.objects.latest("pk")
    page = agent.get(reverse("cases:case", kwargs={"case_id": second.pk})).content.decode()
    assert f">{first.number}</a>" in page


@pytest.mark.req("NCS-55")
def test_a_repeated_minor_one_is_raised_as_the_regulation_says(people: People) -> None:
    facts = {
        "found_at": f"{clock.day_of(clock.now())}T00:00", "item": "保洁", "description": "水渍",
        "effect": "影响不大", "feeling": "不明显", "latent": "否", "fixable": "是",
        "complained_to": "无",
    }  # fmt: skip
    opened = [
        open_case(
            actor=people.clerk,
            opening=Opening(LEVELS, KIND, Taking("register", facts), people.unit.pk),
            at=clock.now(),
        )
        for _ in range(2)
    ]

    assert [each.level for each in opened] == ["minor", "general"]


def test_every_bar_opens_its_cases(agent: Client, people: People) -> None:
    for item in ("保洁", "保洁", "保安"):
        found(people, item=item)

    for by in queries.DIMENSIONS:
        page = agent.get(COUNTS, {"by": by}).content.decode()
        links = re.findall(r'<td class="num"><a href="([^"]+)">(\d+)</a>', page)
        assert links, by
        for link, figure in links:
            shown = agent.get(link.replace("&amp;", "&")).content.decode()
            assert len(set(re.findall(r"BHG\d{4}-\d{4}", shown))) == int(figure), (by, link)


def test_counts_are_exact_shares(people: People) -> None:
    for item in ("保洁", "保洁", "保安"):
        found(people, item=item)

    bars = queries.counted(people.working_group, Wanted(), "item", clock.now())

    assert [(e.label, e.bar.count, str(e.bar.running), e.share) for e in bars] == [
        ("保洁", 2, "2/3", "66.7"), ("保安", 1, "1", "100"),
    ]  # fmt: skip


def test_the_trend_counts_months_in_their_order(people: People) -> None:
    found(people)
    found(people, found_on=(clock.today() - timedelta(days=70)).isoformat())
    span = Wanted(first=clock.today() - timedelta(days=100), last=clock.today())

    months, judged = queries.by_month(people.working_group, span, clock.now())

    assert sum(each.count for each in months) == 2
    assert months[-1].count == 1
    assert [each.first for each in months] == sorted(each.first for each in months)
    assert judged.mean * len(months) == 2


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_register_and_counts_are_sent_as_files(agent: Client, people: People, form: str) -> None:
    case = found(people)

    rows = agent.get(reverse("nonconformities:export", kwargs={"form": form}))
    bars = agent.get(reverse("nonconformities:export_counts", kwargs={"by": "item", "form": form}))

    if form == "csv":
        (_, line) = csv.reader(io.StringIO(rows.content.decode("utf-8-sig")))
        assert line[0] == case.number
        assert "保洁" in bars.content.decode("utf-8-sig")
    else:
        assert rows.content.startswith(b"PK")
        assert bars.content.startswith(b"PK")


def test_programs_read_the_register(agent: Client, people: People) -> None:
    case = found(people)

    (row,) = agent.get("/api/nonconformities", {"item": "保洁"}).json()["results"]
    assert (row["number"], row["area"]) == (case.number, "大堂")
    assert agent.get("/api/nonconformities", {"item": "保安"}).json()["results"] == []
    (bar,) = agent.get("/api/nonconformities/counts/item").json()
    assert (bar["label"], bar["count"], bar["running"], bar["vital"]) == ("保洁", 1, "1", True)
    assert agent.get("/api/nonconformities/counts/odd").status_code == 404
