"""A report from its draft to the archive, and what anybody can find out about it later."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.quarters import Quarter, make_complete_quarter
from zhijian.assessments.services import approving
from zhijian.foundation import clock
from zhijian.foundation.files import queries as files
from zhijian.outcomes.models import LedgerEntry
from zhijian.reports import services
from zhijian.reports.models import Minutes, Publication, Report, State
from zhijian.reports.refusals import ReportRefused

pytestmark = pytest.mark.django_db

TEXTS = {
    "problems": "储运中心台账登记不全。",
    "causes": "人手不足。",
    "solutions": "五月底前补齐。",
}


@pytest.fixture
def quarter() -> Quarter:
    quarter = make_complete_quarter()
    quarter.enter("call_back_finding", "储运中心", on="2024-03-05", problem="记录不全",
                  points="0.5", reason="缺一页")  # fmt: skip
    quarter.compute()
    return quarter


def approve(quarter: Quarter) -> Quarter:
    quarter.confirm_values()
    quarter.compute()
    quarter.submit()
    quarter.approve()
    return quarter


@pytest.fixture
def approved(quarter: Quarter) -> Quarter:
    return approve(quarter)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def begin(quarter: Quarter) -> Report:
    return services.begin(
        actor=quarter.people.working_group,
        assessment_id=quarter.assessment.pk,
        outline_id="analysis",
    )


def deliver(quarter: Quarter, report: Report | None = None) -> Report:
    report = report or begin(quarter)
    actor = quarter.people.working_group
    services.save_texts(actor=actor, report_id=report.pk, texts=TEXTS)
    return services.deliver(
        actor=actor, report_id=report.pk, recipients="各部门", figure_url="http://x/figures/"
    )


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace(" ", "").replace("\n", "")


def archived(report: Report) -> bytes:
    with files.open_file(report.pdf_id) as content:
        return content.read()


def refused(code: str):
    return pytest.raises(ReportRefused, match=f"^{code.replace('.', chr(92) + '.')}$")


@pytest.mark.req("RPT-04", "RPT-11")
def test_the_report_has_its_six_parts_with_figures_and_texts(approved: Quarter) -> None:
    said = words(archived(deliver(approved)))

    for part in ("一、检查与抽查结果", "二、满意度调查结果", "三、客户投诉情况",
                 "四、存在的问题", "五、原因分析", "六、解决办法"):  # fmt: skip
        assert part in said
    assert "缺失的数据" in said
    assert "没有缺失的数据" in said
    assert "储运中心台账登记不全" in said
    assert "市场经营部" in said
    assert "第1页" in said


@pytest.mark.req("RPT-11", "SYS-20")
def test_missing_data_are_named_and_explained(quarter: Quarter) -> None:
    from zhijian.intake import queries
    from zhijian.intake import services as intake

    rows = queries.records(quarter.book.pack_id, quarter.book.period, ["self_check"])
    month = rows.filter(unit=quarter.units["武汉业务部"]).first()
    intake.void_record(actor=None, book=quarter.book, record_id=month.pk, reason="重报")
    quarter.compute()
    report = begin(quarter)

    said = words(services.preview(report, ""))

    assert "武汉业务部缺数据，未计算内部自查考核平均得分" in said


@pytest.mark.req("POL-21")
def test_a_draft_with_proposed_values_says_so_and_cannot_be_delivered(quarter: Quarter) -> None:
    report = begin(quarter)
    said = words(services.preview(report, ""))

    assert "含有未经确认的默认值" in said
    assert "考核形式权重" in said
    assert "草稿" in said
    with refused("reports.not_approved"):
        deliver(quarter, report)


def test_every_part_is_written_before_delivery(approved: Quarter) -> None:
    report = begin(approved)
    services.save_texts(
        actor=approved.people.working_group, report_id=report.pk, texts={"causes": "忙"}
    )

    with pytest.raises(ReportRefused) as refusal:
        services.deliver(
            actor=approved.people.working_group,
            report_id=report.pk,
            recipients="各部门",
            figure_url="",
        )

    assert refusal.value.code == "reports.text_missing"
    assert refusal.value.facts["parts"] == "存在的问题、解决办法"


def test_the_archived_bytes_are_the_same_at_every_download(approved: Quarter) -> None:
    report = deliver(approved)
    client = signed_in(approved.people.leader)
    address = f"/reports/{report.pk}/preview.pdf"

    first, second = (b"".join(client.get(address, follow=True).streaming_content) for _ in range(2))

    assert first == second
    assert hashlib.sha256(first).hexdigest() == report.digest
    assert report.code == f"质报〔{clock.today().year}〕1号"
    assert report.code in words(first).replace("报 ", "报")


def test_there_is_one_report_of_each_outline(approved: Quarter) -> None:
    begin(approved)

    with refused("reports.already_begun"):
        begin(approved)


def test_a_delivered_report_takes_no_more_texts(approved: Quarter) -> None:
    report = deliver(approved)

    with refused("reports.other_state"):
        services.save_texts(
            actor=approved.people.working_group, report_id=report.pk, texts={"causes": "x"}
        )


def test_a_withdrawn_report_is_replaced_and_both_can_be_verified(approved: Quarter) -> None:
    actor, first = approved.people.working_group, deliver(approved)
    services.withdraw(actor=actor, report_id=first.pk, reason="原因分析有误")
    second = services.reissue(actor=actor, report_id=first.pk)
    assert second.texts == TEXTS
    second = deliver(approved, second)

    anybody = Client()
    old = anybody.get("/reports/verify/", {"number": first.code}).content.decode()
    new = anybody.get("/reports/verify/", {"digest": second.digest}).content.decode()
    wrong = anybody.get("/reports/verify/", {"number": first.code, "digest": second.digest})

    assert "原因分析有误" in old
    assert second.code in old
    assert "报告有效" in new
    assert "没有查到" in wrong.content.decode()
    assert actor.display_name not in old + new
    assert "没有查到" in anybody.get("/reports/verify/", {"number": "x"}).content.decode()


# --- pages --------------------------------------------------------------------------------------


def test_the_working_group_writes_previews_and_delivers(approved: Quarter) -> None:
    client = signed_in(approved.people.working_group)
    begun = {"assessment": approved.assessment.pk, "outline": "analysis"}
    assert "编写服务质量分析报告" in client.get("/reports/").content.decode()
    address = client.post("/reports/begin", begun)["Location"]
    report = Report.objects.get()
    told = {f"part-{name}": text for name, text in TEXTS.items()}

    saved = client.post(f"{address}texts", told, headers={"HX-Request": "true"})
    assert "已自动保存" in saved.content.decode()
    assert client.get(f"{address}preview.pdf").content.startswith(b"%PDF")
    assert client.post(f"{address}deliver", {"recipients": ""}).status_code == 422
    assert client.post(f"{address}deliver", {"recipients": "各部门"}).status_code == 302
    report.refresh_from_db()

    assert report.state == State.DELIVERED
    assert report.digest in client.get(address).content.decode()
    assert "还有部分没有写" not in client.get(address).content.decode()
    late = client.post(f"{address}texts", told, headers={"HX-Request": "true"})
    assert "不能办理这一步" in late.content.decode()
    assert client.post(f"{address}withdraw", {"reason": ""}).status_code == 422
    client.post(f"{address}withdraw", {"reason": "有误"})
    fresh = client.post(f"{address}reissue")["Location"]
    assert "历次报告" in client.get(fresh).content.decode()
    assert client.post(f"{address}reissue").status_code == 302
    assert client.post("/reports/begin", begun).status_code == 302


def test_every_figure_leads_to_its_rows(approved: Quarter) -> None:
    from zhijian.reports.papers.assessment import figures_of

    report = deliver(approved)
    client = signed_in(approved.people.leader)
    pages = {
        figure["show"]: client.get(f"/reports/figures/{figure['id']}/")
        for figure in figures_of(report.data)
    }

    assert {answer.status_code for answer in pages.values()} == {200}
    complaints = pages["complaints"].content.decode()
    assert "所依据的记录：客户投诉，6 条" in complaints
    assert "送货迟到" in complaints
    assert "乙</td>" not in complaints  # the customer's name is personal
    assert f"/assessments/sheets/{approved.sheet().pk}/" in pages["results"].content.decode()
    assert client.get("/reports/figures/F1-99-1/").status_code == 404
    assert client.get("/reports/figures/nonsense/").status_code == 404
    assert signed_in(approved.people.clerk).get(
        f"/reports/figures/F{report.pk}-1-1/"
    ).status_code == 404  # fmt: skip


def test_drafts_and_lists_of_all_units_are_not_for_clerks(approved: Quarter) -> None:
    report = begin(approved)
    client = signed_in(approved.people.clerk)

    assert client.get(f"/reports/{report.pk}/").status_code == 404
    assert client.get(f"/reports/results/{approved.assessment.pk}.pdf").status_code == 404
    assert client.get(f"/reports/results/{approved.assessment.pk}.xlsx").status_code == 404
    own, other = approved.sheet("市场经营部"), approved.sheet("储运中心")
    assert client.get(f"/reports/sheets/{own.pk}.pdf").status_code == 200
    assert client.get(f"/reports/sheets/{other.pk}.pdf").status_code == 404


def test_single_papers_say_what_they_must(approved: Quarter) -> None:
    client = signed_in(approved.people.leader)
    penalty = LedgerEntry.objects.filter(kind="penalty").first()
    assert penalty is not None
    sheet = words(client.get(f"/reports/sheets/{approved.sheet().pk}.pdf").content)
    results = words(client.get(f"/reports/results/{approved.assessment.pk}.pdf").content)
    decision = words(client.get(f"/reports/decisions/{penalty.pk}.pdf").content)

    assert "内部自查考核平均得分" in sheet
    assert "96×50+100×30+100×20" in sheet
    assert "委员会主任：" in results
    assert results.count("中心") >= 3
    assert "惩罚决定通知书" in decision
    assert penalty.capitals.removeprefix("负") in decision
    assert "第十四条" in decision
    assert "书面提出" in decision


@pytest.mark.req("SYS-14")
def test_the_results_workbook_holds_matrix_workings_and_ledger(approved: Quarter) -> None:
    client = signed_in(approved.people.leader)
    content = client.get(f"/reports/results/{approved.assessment.pk}.xlsx").content
    book = load_workbook(io.BytesIO(content))

    assert book.sheetnames[:2] == ["结果", "奖惩台账"]
    assert set(approved.units) <= set(book.sheetnames)
    rows = {row[0]: row for row in book["结果"].iter_rows(min_row=4, values_only=True)}
    assert rows["市场经营部"][5] == float(approved.sheet("市场经营部").score)
    booked = sum(row[4] for row in book["奖惩台账"].iter_rows(min_row=2, values_only=True))
    assert booked == float(sum(each.amount for each in LedgerEntry.objects.all()))


# --- notices, meeting, register -------------------------------------------------------------------


@pytest.mark.req("RPT-22", "SYS-15")
def test_published_results_are_for_everybody_and_name_nobody(approved: Quarter) -> None:
    anybody = Client()
    assert "目前没有公示" in anybody.get("/reports/notices/").content.decode()
    assessment = approving.publish(
        actor=approved.people.working_group, assessment_id=approved.assessment.pk
    )
    address = f"/reports/notices/{assessment.public_name}/"

    assert address in anybody.get("/reports/notices/").content.decode()
    page = anybody.get(address)
    english = anybody.get(address, headers={"Accept-Language": "en"}).content.decode()
    paper = words(anybody.get(f"{address}notice.pdf").content)
    translated = words(anybody.get(f"{address}notice.pdf?lang=en").content)

    text = page.content.decode()
    assert "储运中心" in text
    assert "Q1 2024" in english
    assert "储运中心" in paper
    assert "储运中心" in translated
    assert "havebeenapprovedandarepublishedherewith" in translated
    for person in (approved.people.working_group, approved.people.committee):
        assert person.display_name not in text + paper
    assert anybody.get("/reports/notices/unknown/").status_code == 404


def test_nothing_is_shown_before_publication(approved: Quarter) -> None:
    assert Client().get("/reports/notices//notice.pdf").status_code == 404
    assert Client().get(f"/reports/notices/{approved.assessment.pk}/").status_code == 404


@pytest.mark.req("ASM-16")
def test_the_meeting_has_its_day_its_papers_and_minutes(quarter: Quarter) -> None:
    address = f"/reports/meetings/{quarter.assessment.pk}/"
    client = signed_in(quarter.people.working_group)
    sent = {"held_on": "2024-04-10", "place": "三楼", "attended": "全体", "text": "通过。"}

    assert "2024年4月10日" in client.get(address).content.decode()
    assert client.post(address, {**sent, "held_on": "2999-01-01"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert Minutes.objects.get().text == "通过。"
    leader = signed_in(quarter.people.leader)
    assert "通过。" in leader.get(address).content.decode()
    leader.post(address, {**sent, "text": "改"})
    assert Minutes.objects.get().text == "通过。"


@pytest.mark.req("ASM-16")
def test_a_meeting_on_a_day_off_is_pointed_out(quarter: Quarter) -> None:
    quarter.assessment.meeting_on = "2024-04-06"
    quarter.assessment.save()
    page = signed_in(quarter.people.leader).get(f"/reports/meetings/{quarter.assessment.pk}/")

    assert "这一天不是工作日" in page.content.decode()


@pytest.mark.req("RPT-29")
def test_publication_duties_are_kept_with_place_day_and_proof(approved: Quarter) -> None:
    client = signed_in(approved.people.working_group)
    duty = {
        "assessment": approved.assessment.pk,
        "what": "季度考核结果",
        "place": "公告栏",
        "due_on": "2024-04-20",
    }
    assert client.post("/reports/publications/", {**duty, "place": ""}).status_code == 422
    assert client.post("/reports/publications/", duty).status_code == 302
    assert "已逾期" in client.get("/reports/publications/").content.decode()
    row = Publication.objects.get()
    address = f"/reports/publications/{row.pk}/"
    done = {
        "published_on": str(clock.today()),
        "proof": SimpleUploadedFile("photo.txt", "公告栏照片".encode()),
    }

    assert client.get(address).status_code == 200
    assert client.post(address, {"published_on": "2999-01-01"}).status_code == 422
    assert client.post(address, done).status_code == 302
    again = {**done, "proof": SimpleUploadedFile("photo.txt", "再一次".encode())}
    assert client.post(address, again).status_code == 422
    page = client.get("/reports/publications/").content.decode()
    assert "photo.txt" in page
    assert "已公开" in page
    proof = files.files_of("reports.publication", str(row.pk))[0]
    address = reverse("foundation:file", args=[proof.id])
    sent = signed_in(approved.people.leader).get(address)
    assert b"".join(sent.streaming_content).decode() == "公告栏照片"
    assert signed_in(approved.people.clerk).get(address).status_code == 404
