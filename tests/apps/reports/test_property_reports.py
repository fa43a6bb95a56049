"""Property companies: the assessment itself is watched, and its result is talked over."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.people import make_people
from tests.quarters import Quarter
from zhijian.assessments.services import opening
from zhijian.domain.dates.period import Period
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock
from zhijian.foundation.files import queries as files
from zhijian.intake import services as intake
from zhijian.intake.book import Book
from zhijian.intake.services import Entry, RecordRefused
from zhijian.packs import queries as packs
from zhijian.packs.files import load_pack
from zhijian.packs.services import Following, load_from_folder, publish, subscribe
from zhijian.reports import services
from zhijian.reports.papers import forms
from zhijian.reports.refusals import ReportRefused

PACKS = Path(__file__).parents[3] / "packs"
WATCHED = "监督机构抽查了两份评分，依据齐全；建议公开评分标准。"


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace(" ", "").replace("\n", "")


def half_year() -> Quarter:
    """A half-year of one property company under regulation D, with every record."""
    name, people = "property-assessment-d", make_people()
    row = load_from_folder(PACKS / name, None, clock.now())
    publish(row.pk, None, clock.now())
    subscribe(name, Following(people.unit.pk, "must", date(2024, 1, 1)), None)
    assessment = opening.open_period(
        actor=people.working_group, pack_id=name, scheme="property", period="2024H1"
    )
    book = Book(packs.typed(row.pk), Period.parse("2024H1"))
    found = Quarter(people, row.pk, book, {people.unit.name: people.unit}, assessment)
    for indicator in ("服务态度", "工作效率", "服务质量", "管理制度"):
        found.enter("mark", on="2024-03-01", indicator=indicator, score="92", marked_by="王")
    found.enter("owner_survey", on="2024-05-01", number="W1", score="92")
    return found


@pytest.mark.django_db
@pytest.mark.req("ASM-33")
def test_a_body_of_its_own_checks_the_assessment_and_its_report_is_delivered() -> None:
    found = half_year()
    check = Entry("supervision", {"unit": "市场经营部", "on": "2024-06-01", "fact": "抽查两份评分"})
    with pytest.raises(RecordRefused, match="role_may_not_enter"):
        intake.enter_record(actor=found.people.working_group, book=found.book, entry=check)
    found.compute()
    before = found.sheet().score
    intake.enter_record(actor=found.people.inspector, book=found.book, entry=check)
    found.confirm_values()
    found.compute()
    assert found.sheet().score == before == 92
    found.submit()
    found.approve()

    office = found.people.working_group
    report = services.begin(
        actor=office, assessment_id=found.assessment.pk, outline_id="evaluation"
    )
    delivery = {"recipients": "社区和业主", "figure_url": "http://x/figures/"}
    with pytest.raises(ReportRefused):
        services.deliver(actor=office, report_id=report.pk, **delivery)
    services.save_texts(actor=office, report_id=report.pk, texts={"supervision": WATCHED})
    delivered = services.deliver(actor=office, report_id=report.pk, **delivery)

    with files.open_file(delivered.pdf_id) as content:
        said = words(content.read())
    assert "评估报告" in said
    assert "监督意见" in said
    assert WATCHED in said
    assert "社区和业主" in delivered.recipients


def regulation(name: str) -> Pack:
    found = load_pack(PACKS / name)
    assert isinstance(found, Pack)
    return found


@pytest.mark.req("ASM-25")
def test_the_result_is_fed_back_talked_over_and_improvement_agreed() -> None:
    found = regulation("property-assessment-c")
    feedback = found.outlines["feedback"]
    parts = {part.id: part for part in feedback.parts}

    assert (feedback.cites, parts["talk"].cites) == ("2.3", "2.3")
    assert parts["talk"].written_by == "working_group"
    assert {"results", "components"} <= {each.show for each in parts["results"].figures}
    talked = "7 月 5 日与物业公司面谈：电梯报修超时，8 月 1 日前增配一人。"
    minutes = {
        "pack": {"id": found.id, "version": "1.0", "digest": "0" * 64, "title": "办法"},
        "period": "2024Q2",
        "facts": [["held_on", "2024-07-05"], ["attended", "考核人、物业公司"]],
        "text": talked,
    }
    said = words(forms.minutes(minutes))
    assert talked.replace(" ", "") in said
    assert "考核人、物业公司" in said
