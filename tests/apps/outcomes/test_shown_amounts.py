"""An amount that somebody still has to type is shown as to come, and then as typed; never as zero.

Every test looks at the figures: of the data a paper is made from, of the cells of a workbook, of
what a program is told.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.apps.outcomes.open_results import PLAN, UNIT, Decided, decided, worked_out
from tests.apps.outcomes.test_amounts import signed_in, type_amount
from tests.corrections import REASON, second_committee
from zhijian.assessments import money
from zhijian.assessments import queries as assessments
from zhijian.assessments.services import correcting
from zhijian.outcomes import services
from zhijian.outcomes.models import LedgerEntry
from zhijian.reports.material import material
from zhijian.reports.office import decision, score_sheet
from zhijian.reports.papers import figures, findings, forms

pytestmark = pytest.mark.django_db

OPEN = {
    "rule": "honour", "title": "荣誉", "title_en": "Honour", "kind": "reward",
    "approver": "committee", "least": "100", "most": "5000",
}  # fmt: skip


@pytest.fixture
def result() -> Decided:
    return decided()


def figures_of(result: Decided) -> dict[str, Any]:
    return material(result.assessment)


def row_of(result: Decided) -> dict[str, Any]:
    (row,) = figures_of(result)["results"]
    return row


def money_table(result: Decided) -> dict[str, Any]:
    (block,) = findings.money(figures_of(result), {"title": "奖惩金额"})
    return block


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace(" ", "").replace("\n", "")


# --- the data of papers --------------------------------------------------------------------------


@pytest.mark.req("DIS-16")
def test_the_data_of_papers_hold_no_zero_for_what_is_still_to_be_typed(result: Decided) -> None:
    row = row_of(result)

    assert (row["amount"], row["settled_amount"]) == (None, "0.00")
    assert (row["open_amounts"], row["typed_amounts"]) == ([OPEN], [])


@pytest.mark.req("DIS-16")
def test_what_was_typed_stands_there_with_its_reason(result: Decided) -> None:
    booked = type_amount(result, "3000.50")

    row = row_of(result)

    assert (row["amount"], row["open_amounts"]) == ("3000.50", [])
    assert row["typed_amounts"] == [
        {"title": "荣誉", "code": booked.code, "amount": "3000.50", "reason": "委员会第 3 次会议"}
    ]


def test_the_table_of_money_says_that_it_is_to_come_then_how_much(result: Decided) -> None:
    before = money_table(result)
    type_amount(result, "3000")
    after = money_table(result)

    assert before["rows"] == [[UNIT, "好", "奖励", "待填写", "—"]]
    assert before["note"] == (
        "奖励合计 0.00 元，惩罚合计 0.00 元。另有 1 项待填写。金额取自奖惩台账，含冲销。"
        "大厅：荣誉，由审定人填写，100 至 5000 元。"
    )
    assert after["rows"] == [[UNIT, "好", "奖励", "3,000.00", "叁仟元整"]]
    assert after["note"].startswith("奖励合计 3,000.00 元，惩罚合计 0.00 元。金额取自奖惩台账")
    assert "荣誉 3,000.00 元（" in after["note"]
    assert "委员会第 3 次会议" in after["note"]


def test_the_table_of_money_speaks_english(result: Decided) -> None:
    data = {**figures_of(result), "language": "en", "words": {"荣誉": "Honour", "好": "Good"}}

    (block,) = findings.money(data, {"title": "Money"})

    assert block["rows"] == [[UNIT, "Good", "Reward", "to be typed"]]
    assert "1 more still to be typed." in block["note"]
    assert "大厅: Honour, typed by the approver, 100 to 5000 yuan." in block["note"]


def test_the_list_of_results_has_a_column_of_money_while_it_is_to_come(result: Decided) -> None:
    (block,) = figures.results(figures_of(result), {"title": "结果"})

    assert [each["title"] for each in block["columns"]][-1] == "奖惩金额（元）"
    assert block["rows"][0][-1] == "待填写"


def test_a_penalty_beside_it_is_not_lost() -> None:
    fine = "  - {id: fine, title: 罚款, kind: penalty, cites: 第二条, yuan: '500'}\n"
    result = decided(plan=PLAN.replace("rules:\n", f"rules:\n{fine}"), expects="fine honour")

    row, note = row_of(result), money_table(result)["note"]

    assert (row["amount"], row["settled_amount"]) == (None, "-500.00")
    assert money_table(result)["rows"][0][2:4] == [
        "奖励、惩罚",
        {"text": "-500.00 + 待填写", "tone": "bad"},
    ]
    assert "奖励合计 0.00 元，惩罚合计 -500.00 元。另有 1 项待填写。" in note
    type_amount(result, "700")
    assert row_of(result)["amount"] == "200.00"
    assert "奖励合计 700.00 元，惩罚合计 -500.00 元。" in money_table(result)["note"]


def test_the_paper_of_a_sheet_states_the_limits_then_the_amount(result: Decided) -> None:
    sheet = result.sheet()

    data = score_sheet(sheet, "zh")
    before = words(forms.score_sheet(data))
    assert (data["result"]["amount"], data["result"]["open_amounts"]) == (None, [OPEN])
    assert "待填写：荣誉，由审定人填写，100至5000元" in before
    assert "不奖不罚" not in before
    assert "0.00元" not in before
    type_amount(result, "3000")
    after = words(forms.score_sheet(score_sheet(sheet, "zh")))
    assert "3,000.00（叁仟元整）" in after
    assert "委员会第3次会议" in after


# --- after the approval the ledger speaks --------------------------------------------------------


def test_what_the_committee_takes_back_is_taken_back_in_the_report_too() -> None:
    typed = '    typed: {at_least: "100", at_most: "5000"}\n    approver: committee\n'
    result = decided(plan=PLAN.replace(typed, "    yuan: '800'\n"), expects_open="none")
    assert row_of(result)["amount"] == "800.00"

    services.reverse(actor=result.people.committee, entry_id=result.entry().pk, reason="撤销")

    assert row_of(result)["amount"] == "0.00"
    assert "奖励合计 0.00 元" in money_table(result)["note"]
    assert "含冲销" in money_table(result)["note"]


def test_a_typed_amount_that_was_reversed_is_to_come_again(result: Decided) -> None:
    wrong = type_amount(result, "3000")
    services.reverse(actor=result.people.committee, entry_id=wrong.pk, reason="填错")

    row = row_of(result)

    assert (row["amount"], row["settled_amount"], row["open_amounts"]) == (None, "0.00", [OPEN])
    assert row["typed_amounts"] == []


def test_before_the_approval_the_sheet_speaks() -> None:
    result = worked_out()

    row = row_of(result)

    assert not LedgerEntry.objects.exists()
    assert (row["amount"], row["open_amounts"]) == (None, [OPEN])
    assert "台账" not in money_table(result)["note"]
    sheets = result.assessment.sheets.filter(is_current=True)
    told = assessments.summary(sheets, result.assessment).money
    assert told == money.Totals(Decimal(0), Decimal(0), awaited=1)


def test_a_corrected_result_is_told_from_its_sheet_the_correction_from_the_ledger(
    result: Decided,
) -> None:
    former = result.assessment
    type_amount(result, "3000")

    result.assessment = correcting.reopen(
        actor=second_committee(), assessment_id=former.pk, reason=REASON
    )
    result.enter("90")
    result.approve()
    former.refresh_from_db()

    assert row_of(result)["amount"] == "3000.00"
    assert material(former)["results"][0]["amount"] is None


# --- pages, workbooks, programs ------------------------------------------------------------------


def test_pages_say_that_it_is_to_come(result: Decided) -> None:
    client = signed_in(result.people.leader)
    key, sheet = result.assessment.pk, result.sheet().pk
    pages = [f"/assessments/{key}/", f"/assessments/sheets/{sheet}/", "/overview/"]
    for path in pages:
        page = client.get(path).content.decode()
        assert "待填写" in page, path
    assert "由审定人填写，100 至 5000 元" in client.get(pages[1]).content.decode()
    assert "另有 1 项待填写" in client.get(pages[0]).content.decode()

    type_amount(result, "3000")

    for path in pages:
        page = client.get(path).content.decode()
        assert "3,000.00" in page, path
        assert "另有 1 项待填写" not in page, path
    assert "委员会第 3 次会议" in client.get(pages[1]).content.decode()


def test_the_workbook_of_results_has_words_then_a_number(result: Decided) -> None:
    client, path = signed_in(result.people.leader), f"/reports/results/{result.assessment.pk}.xlsx"

    def cells() -> tuple[list[Any], list[Any]]:
        book = load_workbook(io.BytesIO(client.get(path).content))
        matrix, ledger = book.worksheets[0], book.worksheets[1]
        return list(matrix.values), list(ledger.values)

    matrix, ledger = cells()
    assert matrix[3][-1] == "待填写"
    assert matrix[1][0] == "大厅：荣誉，由审定人填写，100 至 5000 元。"
    assert ledger[1][4] == "待填写"
    type_amount(result, "3000")
    assert cells()[0][3][-1] == 3000


def test_the_exported_matrix_has_a_column_for_it(result: Decided) -> None:
    client = signed_in(result.people.leader)
    path = f"/assessments/{result.assessment.pk}/matrix.xlsx"

    def row() -> dict[str, Any]:
        head, told = load_workbook(io.BytesIO(client.get(path).content)).active.values
        return dict(zip(head, told, strict=True))

    assert row()["金额(元)"] in (None, "")
    assert row()["待填写的金额"] == "荣誉：由审定人填写，100 至 5000 元"
    type_amount(result, "3000")
    assert row()["金额(元)"] == 3000
    assert "待填写的金额" not in row()


def test_programs_are_told_null_and_what_is_open(result: Decided) -> None:
    client = signed_in(result.people.leader)

    def told(client: Client) -> list[dict[str, Any]]:
        results = client.get(f"/api/assessments/{result.assessment.pk}/results").json()
        return [results["results"][0], client.get(f"/api/sheets/{result.sheet().pk}").json()]

    for each in told(client):
        assert (each["amount"], each["settled_amount"]) == (None, "0.00")
        assert (each["open_amounts"], each["typed_amounts"]) == ([OPEN], [])
        assert each["is_booked"] is True
    assert told(client)[1]["outcomes"][0]["yuan"] is None
    booked = type_amount(result, "3000")
    for each in told(client):
        assert (each["amount"], each["open_amounts"]) == ("3000.00", [])
        (typed,) = each["typed_amounts"]
        assert (typed["code"], typed["amount"]) == (booked.code, "3000.00")
        assert typed["reason"] == "委员会第 3 次会议"


def test_the_decision_paper_says_who_types_it(result: Decided) -> None:
    client = signed_in(result.people.leader)

    before = words(client.get(f"/reports/decisions/{result.entry().pk}.pdf").content)
    booked = type_amount(result, "3000")
    after = words(client.get(f"/reports/decisions/{booked.pk}.pdf").content)

    assert "由审定人填写，100至5000元" in before
    assert "金额为人民币叁仟元整" in after


# --- who decides ---------------------------------------------------------------------------------

BODIES = """\
bodies:
  - {id: board, title: {zh: 服务评审会, en: Service board}, role: committee, duties: [审定]}
  - {id: head, title: {zh: 中心主任, en: Head}, role: leader, duties: [批准]}
"""


def test_the_decision_names_the_bodies_of_its_regulation() -> None:
    reward = decided(bodies=BODIES)
    said = words(forms.decision(decision(reward.entry(), "zh")))
    typed = type_amount(reward, "3000")

    assert "经服务评审会审定" in said
    assert "向服务评审会书面提出" in said
    assert decision(typed, "en")["issuer"] == "Service board"


def test_an_amount_that_the_leader_typed_was_decided_by_the_leader() -> None:
    result = decided(score="50", bodies=BODIES)
    entry = result.entry("warning")

    typed = type_amount(result, "200", result.people.leader, "warning")

    assert decision(entry, "zh")["approver"] == "服务评审会"
    assert decision(typed, "zh")["approver"] == "中心主任"


def test_a_role_that_no_body_holds_is_called_by_its_name(result: Decided) -> None:
    assert decision(result.entry(), "zh")["issuer"] == "质量管理委员会"


def test_an_amount_that_was_typed_anew_says_so(result: Decided) -> None:
    wrong = type_amount(result, "3000")
    services.reverse(actor=result.people.committee, entry_id=wrong.pk, reason="填错")
    right = type_amount(result, "300")
    client = signed_in(result.people.leader)

    old = client.get(f"/outcomes/entries/{wrong.pk}/").content.decode()
    new = decision(right, "zh")

    assert "金额已重新填写" in old
    assert "更正后重新记入" not in old
    assert right.code in old
    assert new["succession"] == f"本决定取代已冲销的{wrong.code}。"
