"""Every paper in both languages; names and what people wrote stay as they are."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.corrections import make_published
from tests.quarters import Quarter
from zhijian.outcomes.models import LedgerEntry
from zhijian.reports import services
from zhijian.reports.models import Report
from zhijian.reports.papers import phrases
from zhijian.reports.services import NewMinutes

pytestmark = pytest.mark.django_db

CHINESE = re.compile(r"[\u3400-\u9fff]")
TEXTS = {"problems": "台账不全。", "causes": "人手不足。", "solutions": "五月底前补齐。"}


@pytest.fixture
def published() -> Quarter:
    return make_published()


@pytest.fixture
def delivered(published: Quarter) -> Report:
    actor = published.people.working_group
    report = services.begin(
        actor=actor, assessment_id=published.assessment.pk, outline_id="analysis"
    )
    services.save_texts(actor=actor, report_id=report.pk, texts=TEXTS)
    return services.deliver(
        actor=actor, report_id=report.pk, recipients="各部门", figure_url="http://x/figures/"
    )


def asked(quarter: Quarter, address: str, **more: Any) -> Any:
    client = Client(**more)
    client.force_login(quarter.people.committee)
    return client.get(address, follow=True)


def lines(content: bytes) -> list[str]:
    pages = PdfReader(io.BytesIO(content)).pages
    return [line for page in pages for line in page.extract_text().splitlines()]


def remnants(quarter: Quarter, content: bytes) -> list[str]:
    """The lines that hold Chinese beyond names of units and what people wrote or numbered."""
    data = (*quarter.units, *TEXTS.values(), "三楼", "全体", "通过。")
    found = []
    for line in lines(content):
        rest = re.sub(r"(质报|奖惩)\s*〔\d{4}〕\s*\d+\s*号", "", line.replace(" ", ""))
        for each in data:
            rest = rest.replace(each, "")
        found += [line] if CHINESE.search(rest) else []
    return found


def papers(quarter: Quarter) -> dict[str, str]:
    key = quarter.assessment.pk
    entry = LedgerEntry.objects.filter(kind="penalty").first()
    assert entry is not None
    services.save_minutes(
        actor=quarter.people.working_group,
        assessment_id=key,
        told=NewMinutes(quarter.assessment.last, "三楼", "全体", "通过。"),
    )
    return {
        f"/reports/sheets/{quarter.sheet().pk}.pdf": "score sheet",
        f"/reports/results/{key}.pdf": "Chair of the committee",
        f"/reports/decisions/{entry.pk}.pdf": "Notice of penalty",
        f"/reports/notices/{quarter.assessment.public_name}/notice.pdf": "published herewith",
        f"/reports/meetings/{key}/minutes.pdf": "Minutes of the service quality meeting",
    }


def test_single_papers_can_be_had_in_english(published: Quarter) -> None:
    for address, said in papers(published).items():
        english = asked(published, f"{address}?lang=en").content
        by_request = asked(published, address, headers={"Accept-Language": "en"}).content

        assert said in " ".join(lines(english)), address
        assert remnants(published, english) == [], address
        assert by_request == english, address


def test_a_paper_in_chinese_can_be_had_by_a_reader_of_english(published: Quarter) -> None:
    for address in papers(published):
        chinese = asked(published, address).content
        english = {"headers": {"Accept-Language": "en"}}
        assert asked(published, f"{address}?lang=zh", **english).content == chinese, address
        assert asked(published, f"{address}?lang=x").content == chinese, address


def test_amounts_in_capitals_are_for_chinese_papers_only(published: Quarter) -> None:
    entry = LedgerEntry.objects.filter(kind="penalty").first()
    assert entry is not None
    address = f"/reports/decisions/{entry.pk}.pdf"

    told = "".join(lines(asked(published, address).content)).replace(" ", "")
    assert entry.capitals.removeprefix("负") in told
    told = "".join(lines(asked(published, f"{address}?lang=en").content)).replace(" ", "")
    assert f"of{abs(entry.amount):,.2f}yuan(renminbi)" in told


def test_a_delivered_report_is_archived_in_chinese_and_translated_on_demand(
    published: Quarter, delivered: Report
) -> None:
    address = f"/reports/{delivered.pk}/preview.pdf"
    original = b"".join(asked(published, address).streaming_content)
    translation = asked(published, f"{address}?lang=en").content

    assert "".join(lines(original)).replace(" ", "").count("一、检查与抽查结果") == 1
    told = " ".join(lines(translation))
    assert "1. Results of checks" in told
    assert "Translation of the delivered original in Chinese" in told
    assert delivered.digest[:20] in told.replace(" ", "")
    assert "台账不全。" in told.replace(" ", "")
    assert remnants(published, translation) == []


def test_a_report_that_was_frozen_before_papers_spoke_english_is_still_translated(
    published: Quarter, delivered: Report
) -> None:
    delivered.data = {
        name: value
        for name, value in delivered.data.items()
        if name not in ("shape", "edition", "signatures")
    } | {"signatures": ["编制"], "facts": [["报告编号", delivered.code]]}
    delivered.save(update_fields=["data"])

    told = " ".join(lines(asked(published, f"/reports/{delivered.pk}/preview.pdf?lang=en").content))

    assert "1. Results of checks" in told
    assert "编制" in told.replace(" ", "")


def test_the_workbook_of_results_is_english_too(published: Quarter) -> None:
    content = asked(published, f"/reports/results/{published.assessment.pk}.xlsx?lang=en").content
    book = load_workbook(io.BytesIO(content))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    ]

    assert book.sheetnames[:2] == ["Results", "Ledger"]
    assert "Excellent" in cells
    numbers = re.compile(r"奖惩〔\d{4}〕\d+号")
    rest = {numbers.sub("", cell) for cell in cells} - set(published.units)
    assert [cell for cell in rest if CHINESE.search(cell)] == []


def test_every_phrase_of_the_papers_has_both_languages() -> None:
    groups = (
        phrases.OF_TEMPLATES, phrases.OF_FIGURES, phrases.OF_REPORTS, phrases.OF_FORMS,
    )  # fmt: skip
    assert len(phrases.PHRASES) == sum(map(len, groups)), "a name stands in two groups"
    for name, words in phrases.PHRASES.items():
        assert words.zh, name
        assert words.en, name
        assert not CHINESE.search(words.en), name
        assert set(re.findall(r"{\w+}", words.en)) <= set(re.findall(r"{\w+}", words.zh)), name
