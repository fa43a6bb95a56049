"""Whatever leaves the site names the regulation it rests on, and its version."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.apps.packs import tiny
from tests.corrections import make_approved
from tests.quarters import PACK, Quarter
from zhijian.assessments.services import approving
from zhijian.foundation import clock
from zhijian.outcomes.models import LedgerEntry
from zhijian.packs.services import publish

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-17")]

NAMED = "XX公司服务质量管理办法(试行) 1.0"
ENGLISH = "Measures for Service Quality Management of XX Company (trial) 1.0"


@pytest.fixture
def approved() -> Quarter:
    return make_approved()


@pytest.fixture
def client(approved: Quarter) -> Client:
    client = Client()
    client.force_login(approved.people.leader)
    return client


def lists(approved: Quarter) -> tuple[str, ...]:
    return (
        f"/assessments/{approved.assessment.pk}/matrix.{{}}",
        "/outcomes/ledger.{}",
        "/outcomes/remedies.{}",
        f"/intake/books/{PACK}/{approved.assessment.period}/self_check/export.{{}}",
    )


def test_every_list_names_it_in_each_row(approved: Quarter, client: Client) -> None:
    for address in lists(approved):
        lines = client.get(address.format("csv")).content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(lines)))
        assert {row["制度版本"] for row in rows} <= {NAMED}, address
        assert "制度版本" in lines.splitlines()[0]

        content = client.get(address.format("xlsx")).content
        head, *cells = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        assert head[-1] == "制度版本"
        assert {row[-1] for row in cells} <= {NAMED}


def test_a_list_in_english_names_it_in_english(approved: Quarter, client: Client) -> None:
    address = lists(approved)[0].format("csv")
    lines = client.get(address, headers={"Accept-Language": "en"}).content.decode("utf-8-sig")

    (named,) = {row["Version of the regulation"] for row in csv.DictReader(io.StringIO(lines))}
    assert named == ENGLISH


def test_workbooks_name_it(approved: Quarter, client: Client) -> None:
    def first(address: str) -> list[str]:
        book = load_workbook(io.BytesIO(client.get(address).content))
        return [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]

    results = first(f"/reports/results/{approved.assessment.pk}.xlsx")
    assert "XX公司服务质量管理办法(试行)" in results
    assert "1.0" in results
    client.force_login(approved.people.working_group)
    form = first(f"/intake/books/{PACK}/{approved.assessment.period}/template.xlsx")
    assert "XX公司服务质量管理办法(试行)" in form
    assert [each for each in form if each.startswith(f"政策包 {PACK} · 版本 1.0 · 摘要 ")]


def test_every_page_of_every_paper_names_it(approved: Quarter, client: Client) -> None:
    published = approving.publish(
        actor=approved.people.working_group, assessment_id=approved.assessment.pk
    )
    entry = LedgerEntry.objects.filter(kind="penalty").first()
    assert entry is not None
    for address in (
        f"/reports/sheets/{approved.sheet().pk}.pdf",
        f"/reports/results/{approved.assessment.pk}.pdf",
        f"/reports/decisions/{entry.pk}.pdf",
        f"/reports/notices/{published.public_name}/notice.pdf",
    ):
        pages = PdfReader(io.BytesIO(client.get(address).content)).pages
        for page in pages:
            text = page.extract_text().replace("\n", "").replace(" ", "")
            assert f"依据：{PACK}1.0" in text, address
        said = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
        assert "XX公司服务质量管理办法" in said


@pytest.mark.req("POL-09")
def test_papers_of_a_period_name_the_regulation_that_prevails(
    approved: Quarter, client: Client
) -> None:
    address = f"/reports/results/{approved.assessment.pk}.pdf"
    notice = "与《窗口服务办法》相抵触的，以该制度为准"

    def said() -> str:
        pages = PdfReader(io.BytesIO(client.get(address).content)).pages
        return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")

    assert notice not in said()
    front = tiny.contents()["pack.yaml"].replace("issuer: 中心", "issuer: XX公司")
    tiny_version = tiny.draft(pack=f"{front}overrides: 此前与本办法相抵触的，以本办法为准\n")
    publish(tiny_version.pk, None, clock.now())

    assert notice in said()
