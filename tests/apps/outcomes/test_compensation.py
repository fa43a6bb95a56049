"""What cases decide to pay is booked with its working-out, shown, printed, and never changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.apps.outcomes.claims import PACK, Claim, confirm, make_office
from tests.people import People
from zhijian.cases.refusals import StepRefused
from zhijian.domain.explain.document import from_document
from zhijian.foundation import clock
from zhijian.foundation.audit import queries as audit
from zhijian.foundation.files import queries as files
from zhijian.outcomes import queries
from zhijian.outcomes.models import CompensationEntry
from zhijian.papers.models import Paper

pytestmark = pytest.mark.django_db

OWED = "outcomes:owed"
ASKED = {
    "posted_on": "2026-01-10", "claimed_on": "2026-02-01", "harm": "损毁",
    "exclusion": "没有免责原因", "insured": "是", "insured_amount": "10000", "share": "30",
}  # fmt: skip


@pytest.fixture
def people() -> People:
    return make_office()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def booked(claim: Claim) -> list[tuple[str, Decimal]]:
    rows = CompensationEntry.objects.filter(case=claim.case).order_by("pk")
    return [(row.word, row.amount) for row in rows]


@pytest.mark.req("CMP-29", "SYS-14")
def test_a_decision_is_booked_with_its_working_out(people: People) -> None:
    claim = Claim(people).decided()

    (row,) = CompensationEntry.objects.all()
    assert (row.amount, row.capitals, row.claimed) == (
        Decimal(3000), "叁仟元整", Decimal(9000)
    )  # fmt: skip
    assert (row.rule, row.cites, row.by) == ("insured_share", "第十四条第3项", people.working_group)
    told = {each.id: each.value for each in from_document(row.working).walk()}
    assert (told["insured_amount"], told["share"]) == (10000, 30)
    assert "张三丰" not in str(row.working)
    assert audit.find(audit.Filter(action="outcomes.compensation_decided")).count() == 1
    assert row.code == f"PC{clock.today().year}-0001"
    assert booked(claim) == [("decided", Decimal(3000))]


@pytest.mark.req("CMP-32")
def test_nothing_is_paid_before_the_period_is_confirmed(people: People) -> None:
    claim = Claim(people).decided()
    with pytest.raises(StepRefused) as refused:
        claim.paid()
    assert [each.code for each in refused.value.problems] == ["casework.compensation_unconfirmed"]

    confirm(people)
    claim.paid()

    assert booked(claim) == [("decided", Decimal(3000)), ("paid", Decimal(3000))]
    totals = queries.compensation_totals(queries.compensation_seen(people.committee))
    assert (totals.owed, totals.paid, totals.open) == (3000, 3000, 0)


@pytest.mark.req("CMP-35")
def test_a_new_decision_takes_the_former_one_back(people: People) -> None:
    claim = Claim(people).decided()
    claim.take("dispute", people.clerk, dispute="赔偿金额")
    claim.take("settle", people.clerk, findings="实际损毁四成")
    claim.take("propose", people.clerk, agreed="否", share="40")
    claim.take("decide", people.working_group, reply="见新决定书")

    assert booked(claim) == [
        ("decided", Decimal(3000)), ("lifted", Decimal(-3000)), ("decided", Decimal(4000))
    ]  # fmt: skip
    totals = queries.compensation_totals(queries.compensation_seen(people.committee))
    assert (totals.owed, totals.paid) == (4000, 0)


@pytest.mark.req("CMP-35")
def test_a_dispute_that_goes_elsewhere_takes_the_decision_back(people: People) -> None:
    claim = Claim(people).decided()
    claim.take("dispute", people.clerk, dispute="赔偿金额")
    claim.take("refer", people.working_group, path="仲裁")

    assert booked(claim) == [("decided", Decimal(3000)), ("lifted", Decimal(-3000))]


@pytest.mark.req("CMP-31")
def test_an_exclusion_is_booked_as_nothing_with_its_clause(people: People) -> None:
    claim = Claim(people).decided(harm="延误", exclusion="不可抗力")

    (row,) = CompensationEntry.objects.all()
    assert (row.amount, row.rule, row.cites) == (0, "force_majeure", "第十五条第1项")
    with pytest.raises(StepRefused):
        claim.paid()
    claim.take("close", people.clerk, reply="不可抗力")
    assert claim.case.pk == row.case_id


def test_what_is_booked_cannot_be_changed_or_deleted(people: People) -> None:
    Claim(people).decided()
    for act in (
        lambda: CompensationEntry.objects.update(amount=1),
        lambda: CompensationEntry.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.req("CMP-27", "CMP-33")
def test_the_decision_is_printed_with_amount_and_capitals(people: People) -> None:
    claim = Claim(people).decided()

    paper = Paper.objects.get(case=claim.case, form="decision")
    with files.open_file(paper.pdf_id) as content:
        pages = PdfReader(content).pages
        told = "".join("".join(page.extract_text().split()) for page in pages)
    for each in ("3,000.00", "叁仟元整", "第十四条第3项", "6000.00", "仲裁"):
        assert each in told
    assert Paper.objects.filter(case=claim.case, form="answer_sheet").count() == 1


def test_the_page_of_the_case_shows_what_is_owed(people: People) -> None:
    claim = Claim(people).proposed()
    url = reverse("cases:case", args=[claim.case.pk])

    shown = signed_in(people.clerk).get(url).content.decode()

    for each in ("3,000.00", "叁仟元整", "索赔期限", "保价金额×百分比", "6,000.00"):
        assert each in shown
    claim.take("decide", people.working_group, reply="见决定书")
    shown = signed_in(people.clerk).get(url).content.decode()
    assert "已决定的赔偿" in shown
    assert "PC2" in shown
    other = signed_in(people.inspector).get(url).content.decode()
    assert "已决定的赔偿" not in other


def test_the_book_lists_filters_exports_and_opens_entries(people: People) -> None:
    claim = Claim(people).decided()
    page, url = signed_in(people.committee), reverse("outcomes:compensation")

    assert claim.case.number in page.get(url).content.decode()
    assert claim.case.number in page.get(url, {"q": claim.case.number}).content.decode()
    for nothing in ({"word": "paid"}, {"last": "2020-01-01"}, {"q": "没有"}):
        assert claim.case.number not in page.get(url, nothing).content.decode()
    assert page.get(url, {"unit": "x", "first": "x", "word": "x"}).status_code == 200
    for form in ("csv", "xlsx"):
        told = page.get(reverse("outcomes:export_compensation", args=[form]))
        assert told.status_code == 200
    told = page.get(reverse("outcomes:export_compensation", args=["csv"])).content.decode()
    assert "叁仟元整" in told
    row = CompensationEntry.objects.get()
    entry = reverse("outcomes:compensation_entry", args=[row.pk])
    assert "保价金额×百分比" in page.get(entry).content.decode()
    assert signed_in(people.clerk).get(entry).status_code == 200
    assert signed_in(people.other_clerk).get(entry).status_code == 404
    claim.take("dispute", people.clerk, dispute="赔偿金额")
    claim.take("refer", people.working_group, path="仲裁")
    lifted = CompensationEntry.objects.get(word="lifted")
    shown = page.get(reverse("outcomes:compensation_entry", args=[lifted.pk])).content.decode()
    assert row.code in shown
    assert "已撤销" in page.get(url).content.decode()


def test_the_desk_works_out_what_would_be_owed(people: People) -> None:
    page, url = signed_in(people.clerk), reverse(OWED, args=[PACK, "claim"])

    assert page.get(reverse("outcomes:owed_kinds")).url == url
    assert "不可抗力，不赔偿" in page.get(url).content.decode()
    shown = page.get(url, ASKED).content.decode()
    assert "3,000.00" in shown
    assert "叁仟元整" in shown
    assert "还须填写" in page.get(url, {**ASKED, "share": ""}).content.decode()
    late = page.get(url, {**ASKED, "claimed_on": "2027-02-01"})
    assert late.status_code == 422
    gone = page.get(url, {**ASKED, "posted_on": "2024-01-10"}).content.decode()
    assert "超过索赔期限" in gone
    assert page.get(reverse(OWED, args=[PACK, "complaint"])).status_code == 404
    english = page.get(url, ASKED, headers={"accept-language": "en"}).content.decode()
    assert "叁仟元整" not in english
    assert CompensationEntry.objects.count() == 0


def test_programs_list_the_book_and_ask_what_would_be_owed(people: People) -> None:
    claim = Claim(people).decided()
    page = signed_in(people.working_group)

    listed = page.get("/api/compensation").json()["results"]
    assert [(each["case_number"], each["amount"]) for each in listed] == [
        (claim.case.number, "3000.00")
    ]
    assert page.get("/api/compensation", {"word": "paid"}).json()["results"] == []
    url = f"/api/compensation/{PACK}/claim/owed"
    told = page.post(url, {"facts": ASKED}, content_type="application/json").json()
    assert (told["yuan"], told["rule"], told["missing"]) == ("3000.00", "insured_share", [])
    assert told["unconfirmed"] == ["索赔期限"]
    assert told["working"]["id"] == "compensation"
    asked = {"facts": {**ASKED, "share": "", "indirect": "5"}}
    told = page.post(url, asked, content_type="application/json").json()
    assert (told["yuan"], told["missing"]) == (None, ["share"])
    assert told["not_paid"] == [{"fact": "indirect", "cites": "第十四条"}]
    wrong = page.post(url, {"facts": {"share": "many"}}, content_type="application/json")
    assert wrong.status_code == 409
    assert wrong.json()["code"] == "records.not_a_number"
    gone = page.post("/api/compensation/x/claim/owed", {"facts": {}}, "application/json")
    assert gone.status_code == 404
