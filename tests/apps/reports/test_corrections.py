"""Papers follow the correction of a result: notices name each other, reports form a chain."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.corrections import CHANGED, correct, make_published, reopen
from tests.quarters import Quarter
from zhijian.assessments.services import approving
from zhijian.foundation import clock
from zhijian.outcomes.models import LedgerEntry
from zhijian.reports import queries, services
from zhijian.reports.models import Publication, Report, State
from zhijian.reports.papers.assessment import paper as printed
from zhijian.reports.refusals import ReportRefused
from zhijian.reports.services import Done, NewDuty

pytestmark = pytest.mark.django_db

TEXTS = {"problems": "台账不全。", "causes": "人手不足。", "solutions": "五月底前补齐。"}


@pytest.fixture
def published() -> Quarter:
    return make_published()


def begin(quarter: Quarter) -> Report:
    return services.begin(
        actor=quarter.people.working_group,
        assessment_id=quarter.assessment.pk,
        outline_id="analysis",
    )


def deliver(quarter: Quarter, report: Report) -> Report:
    actor = quarter.people.working_group
    services.save_texts(actor=actor, report_id=report.pk, texts=TEXTS)
    return services.deliver(
        actor=actor, report_id=report.pk, recipients="各部门", figure_url="http://x/figures/"
    )


def publish(quarter: Quarter) -> None:
    approving.publish(actor=quarter.people.working_group, assessment_id=quarter.assessment.pk)
    quarter.assessment.refresh_from_db()


def page(path: str, user: object = None, **more: object) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)  # type: ignore[arg-type]
    return client.get(path, **more).content.decode()  # type: ignore[arg-type]


def paper(path: str, user: object = None) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)  # type: ignore[arg-type]
    pages = PdfReader(io.BytesIO(client.get(path).content)).pages
    text = "".join(each.extract_text() for each in pages)
    return text.replace(" ", "").replace("\n", "")


@pytest.mark.req("RPT-22")
def test_notices_of_a_result_and_its_correction_name_each_other(published: Quarter) -> None:
    first = published.assessment
    old = f"/reports/notices/{first.public_name}/"
    before = page(old)

    correct(published)
    waiting = page(old)
    publish(published)
    new = f"/reports/notices/{published.assessment.public_name}/"

    assert "更正" not in before
    assert "更正后的结果将另行公示" in waiting
    superseded, corrected = page(old), page(new)
    assert new in superseded
    assert "已于" in superseded
    assert old in corrected
    listed = page("/reports/notices/")
    assert old in listed
    assert new in listed
    assert "已被更正" in listed
    english = page(old, headers={"Accept-Language": "en"})
    assert "superseded" in english
    assert "已被更正" in paper(f"{old}notice.pdf")
    assert "thenoticeofthecorrectioncounts" in paper(f"{old}notice.pdf?lang=en")
    assert "本公示更正" in paper(f"{new}notice.pdf")


def test_notices_name_each_other_over_an_edition_that_nobody_published(published: Quarter) -> None:
    first = published.assessment
    correct(published)
    second = published.assessment
    reopen(published)
    published.compute()
    published.submit()
    published.approve()
    waiting = queries.notice(first.public_name)
    publish(published)

    old, new = queries.notice(first.public_name), queries.notice(published.assessment.public_name)

    assert waiting is not None
    assert old is not None
    assert new is not None
    assert second.published_at is None
    assert published.assessment.edition == 3
    assert (waiting.superseded_by, old.superseded_by, new.corrects) == ("", new.name, old.name)
    assert old.superseded_on == waiting.superseded_on == clock.today()
    assert new.corrects_of == clock.day_of(first.published_at)  # type: ignore[arg-type]


def test_a_correction_under_way_is_not_told_to_the_public(published: Quarter) -> None:
    old = f"/reports/notices/{published.assessment.public_name}/"

    reopen(published)

    assert "更正" not in page(old)


def test_a_delivered_report_is_withdrawn_and_its_successor_begins_with_its_texts(
    published: Quarter,
) -> None:
    first = deliver(published, begin(published))
    correct(published)
    first.refresh_from_db()

    assert first.state == State.WITHDRAWN
    assert "更正为第 2 版" in first.withdrawn_reason
    second = begin(published)
    assert (second.replaces, second.texts) == (first, TEXTS)
    second = deliver(published, second)

    told = page("/reports/verify/", data={"number": first.code})
    assert "报告已撤回" in told
    assert second.code in told
    assert "报告有效" in page("/reports/verify/", data={"number": second.code})
    assert queries.chain_of(first) == queries.chain_of(second) == [first, second]
    assert printed(second.data)["subtitle"].endswith("（更正第 2 版）")


def test_the_button_on_a_withdrawn_report_leads_to_the_current_edition(published: Quarter) -> None:
    first = deliver(published, begin(published))
    correct(published)

    second = services.reissue(actor=published.people.working_group, report_id=first.pk)

    assert (second.assessment, second.replaces) == (published.assessment, first)


def test_a_draft_goes_on_about_the_correction(published: Quarter) -> None:
    draft = begin(published)
    services.save_texts(
        actor=published.people.working_group, report_id=draft.pk, texts={"causes": "忙"}
    )

    correct(published)

    draft.refresh_from_db()
    assert (draft.assessment, draft.state) == (published.assessment, State.DRAFT)
    assert draft.texts == {"causes": "忙"}


def test_a_report_begun_before_the_approval_takes_the_draft_over(published: Quarter) -> None:
    draft = begin(published)
    former = reopen(published)
    published.compute()

    assert begin(published) == draft
    with pytest.raises(ReportRefused, match=r"^reports\.under_correction$"):
        services.begin(
            actor=published.people.working_group, assessment_id=former.pk, outline_id="analysis"
        )
    published.submit()
    published.approve()
    assert Report.objects.get().assessment == published.assessment
    listed = page("/reports/", published.people.working_group)
    assert "编写服务质量分析报告" not in listed


def test_where_the_result_was_published_the_correction_is_owed(published: Quarter) -> None:
    actor = published.people.working_group
    duties = [
        services.note_duty(
            actor=actor,
            assessment_id=published.assessment.pk,
            duty=NewDuty("季度结果", place, None),
        )
        for place in ("公告栏", "网站")
    ]
    proof = SimpleUploadedFile("photo.txt", "照片".encode())
    services.fulfil(actor=actor, publication_id=duties[0].pk, done=Done(clock.today(), proof))

    correct(published)

    owed = Publication.objects.filter(assessment=published.assessment).order_by("pk")
    assert [(row.what, row.place, row.published_on) for row in owed] == [
        ("季度结果", "网站", None),
        ("更正：季度结果", "公告栏", None),
    ]
    duties[0].refresh_from_db()
    assert duties[0].published_on == clock.today()


def test_single_papers_say_which_edition_they_are_of(published: Quarter) -> None:
    old_sheet, old_entry = published.sheet(CHANGED), LedgerEntry.objects.get(unit_name=CHANGED)
    former = correct(published)
    leader, new_sheet = published.people.leader, published.sheet(CHANGED)
    new_entry = LedgerEntry.objects.get(unit_name=CHANGED, reverses=None, reversed_by=None)

    assert "已被更正" in paper(f"/reports/sheets/{old_sheet.pk}.pdf", leader)
    assert "更正第2版" in paper(f"/reports/sheets/{new_sheet.pk}.pdf", leader)
    assert "已被更正" in paper(f"/reports/results/{former.pk}.pdf", leader)
    results = paper(f"/reports/results/{published.assessment.pk}.pdf", leader)
    assert "第2版，更正" in results
    assert "审定的第1版" in results
    assert "已冲销" in paper(f"/reports/decisions/{old_entry.pk}.pdf", leader)
    decision = paper(f"/reports/decisions/{new_entry.pk}.pdf", leader)
    assert f"本决定取代已冲销的{old_entry.code}" in decision


def test_the_ledger_in_the_workbook_adds_up_to_the_corrected_results(published: Quarter) -> None:
    correct(published)
    client = Client()
    client.force_login(published.people.leader)
    path = f"/reports/results/{published.assessment.pk}.xlsx"
    book = load_workbook(io.BytesIO(client.get(path).content))

    booked = sum(row[4] for row in book["奖惩台账"].iter_rows(min_row=2, values_only=True))
    sheets = published.assessment.sheets.filter(is_current=True)
    assert booked == float(sum(row.yuan or 0 for row in sheets))


def test_the_translation_of_a_withdrawn_report_says_that_it_counts_no_more(
    published: Quarter,
) -> None:
    delivered = deliver(published, begin(published))
    path = f"/reports/{delivered.pk}/preview.pdf?lang=en"
    counts = paper(path, published.people.leader)
    services.withdraw(
        actor=published.people.working_group, report_id=delivered.pk, reason="数字有误"
    )

    after = paper(path, published.people.leader)

    assert "whichalonecounts" in counts
    assert "hasbeenwithdrawn" not in counts
    assert "Theoriginalhasbeenwithdrawn" in after
    assert "数字有误" in after
    assert f"Withdrawnon{clock.today().isoformat()}" in after
