"""Money follows an approval exactly once, and nothing that is booked is ever changed."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from openpyxl import load_workbook

from tests.kept import kept
from tests.people import People
from tests.quarters import Quarter, make_quarter
from zhijian.assessments.models import ScoreSheet
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.outcomes import queries, services
from zhijian.outcomes.models import LedgerEntry
from zhijian.outcomes.refusals import OutcomeRefused

pytestmark = pytest.mark.django_db

# 96 → 0.5 × 96 + 0.3 × 100 + 0.2 × 90 = 96 excellent; 95 with nothing against it: see below.
SCORES = {"市场经营部": ("96", 1), "储运中心": ("80", 2), "物流业务部": ("95", 0)}


@kept
def submitted() -> Quarter:
    quarter = make_quarter()
    for place, unit in enumerate(quarter.units):
        score, valid = SCORES.get(unit, (str(94 - place), 1))
        quarter.complete(unit, score=score, valid=valid)
    quarter.confirm_values()
    quarter.compute()
    quarter.submit()
    return quarter


@pytest.fixture
def approved() -> Quarter:
    quarter = submitted()
    quarter.approve()
    return quarter


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def entry(unit: str) -> LedgerEntry:
    return LedgerEntry.objects.get(unit_name=unit, reverses=None)


@pytest.mark.req("ASM-14", "SYS-14")
def test_approval_books_what_the_sheets_propose(approved: Quarter) -> None:
    reward, penalty = entry("市场经营部"), entry("储运中心")

    assert (reward.kind, reward.amount, reward.capitals) == (
        "reward",
        Decimal("2000.00"),
        "贰仟元整",
    )
    # 0.5 × 80 + 0.3 × 100 + 0.2 × 80 = 86, counted as 90: (95 - 90) × 1000
    assert (penalty.kind, penalty.amount, penalty.capitals) == (
        "penalty",
        Decimal("-5000.00"),
        "负伍仟元整",
    )
    sheets = {row.unit_name: row.yuan for row in approved.assessment.sheets.all()}
    booked = {row.unit_name: row.amount for row in LedgerEntry.objects.all()}
    assert booked == {unit: yuan for unit, yuan in sheets.items() if yuan}


@pytest.mark.req("ASM-13")
def test_a_unit_that_just_passes_is_neither_rewarded_nor_punished() -> None:
    quarter = make_quarter()
    for unit in quarter.units:
        # 0.5 × 90 + 0.3 × 100 + 0.2 × 100 = 95
        quarter.complete(unit, score="90", valid=0)
    quarter.confirm_values()
    quarter.compute()
    quarter.submit()
    quarter.approve()

    assert quarter.sheet().grade == "合格"
    assert not LedgerEntry.objects.exists()


def test_nothing_is_booked_before_the_approval() -> None:
    quarter = make_quarter()
    quarter.complete("市场经营部")
    quarter.compute()

    assert not LedgerEntry.objects.exists()


def test_settling_again_books_nothing_twice(approved: Quarter) -> None:
    before = LedgerEntry.objects.count()

    again = services.settle(approved.assessment, approved.people.committee, clock.now())

    assert (again, LedgerEntry.objects.count()) == (0, before)


def test_the_numbers_of_decisions_have_no_gap(approved: Quarter) -> None:
    numbers = sorted(LedgerEntry.objects.values_list("number", flat=True))

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(approved: Quarter, change: str) -> None:
    rows = LedgerEntry.objects.filter(unit_name="市场经营部")

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(amount=9) if change == "update" else rows.delete()

    assert entry("市场经营部").amount == 2000


def test_a_reversal_takes_the_opposite_amount_and_keeps_the_entry(approved: Quarter) -> None:
    wrong = entry("市场经营部")

    reversal = services.reverse(
        actor=approved.people.committee, entry_id=wrong.pk, reason="重复奖励"
    )

    assert (reversal.amount, reversal.reverses_id) == (Decimal(-2000), wrong.pk)
    assert reversal.capitals == "负贰仟元整"
    assert queries.totals(LedgerEntry.objects.filter(unit_name="市场经营部")).balance == 0
    assert of_subject("outcomes.entry", str(wrong.pk))[0].after["reason"] == "重复奖励"
    with pytest.raises(OutcomeRefused, match=r"^outcomes\.already_reversed$"):
        services.reverse(actor=approved.people.committee, entry_id=wrong.pk, reason="再一次")
    with pytest.raises(OutcomeRefused, match=r"^outcomes\.already_reversed$"):
        services.reverse(actor=approved.people.committee, entry_id=reversal.pk, reason="又一次")


def test_measures_to_take_are_booked_with_their_day(approved: Quarter) -> None:
    sheet = approved.sheet("市场经营部")
    measure = {**sheet.proposals[0], "rule": "mend", "kind": "measure", "yuan": "0.00",
               "title": "限期整改", "text": "三十日内整改", "days": 30}  # fmt: skip
    ScoreSheet.objects.filter(pk=sheet.pk).update(proposals=[*sheet.proposals, measure])

    services.settle(approved.assessment, approved.people.committee, clock.now())

    row = LedgerEntry.objects.get(kind="measure")
    assert row.due_on == clock.today() + timedelta(days=30)
    assert (row.amount, row.capitals) == (0, "")
    page = signed_in(approved.people.leader).get("/outcomes/", {"kind": "measure"})
    assert str(row.due_on) in page.content.decode()
    paper = signed_in(approved.people.leader).get(f"/reports/decisions/{row.pk}.pdf")
    assert paper.content.startswith(b"%PDF")


def test_the_ledger_asks_the_database_as_often_for_many_entries(
    approved: Quarter, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(approved.people.leader)
    client.get("/outcomes/")

    with django_assert_max_num_queries(12):
        client.get("/outcomes/")


def test_only_the_committee_reverses(approved: Quarter) -> None:
    with pytest.raises(OutcomeRefused, match=r"^outcomes\.may_not$"):
        services.reverse(
            actor=approved.people.working_group, entry_id=entry("储运中心").pk, reason="x"
        )


@pytest.mark.req("DIS-25")
def test_an_entry_names_proposer_evidence_approver_day_and_how_to_object(
    approved: Quarter,
) -> None:
    penalty = entry("储运中心")
    page = signed_in(approved.people.leader).get(f"/outcomes/entries/{penalty.pk}/")

    assert penalty.proposed_by == approved.people.working_group
    assert penalty.approved_by == approved.people.committee
    assert penalty.effective_on == clock.today()
    assert penalty.working["value"] == "-5000"
    text = page.content.decode()
    assert f"/assessments/sheets/{penalty.sheet_id}/" in text
    assert "负伍仟元整" in text
    assert f"/reports/decisions/{penalty.pk}.pdf" in text


# --- pages --------------------------------------------------------------------------------------


def test_a_clerk_sees_the_entries_of_the_own_unit_only(approved: Quarter) -> None:
    people: People = approved.people
    text = signed_in(people.clerk).get("/outcomes/").content.decode()

    assert entry("市场经营部").code in text
    assert entry("储运中心").code not in text
    assert (
        signed_in(people.clerk).get(f"/outcomes/entries/{entry('储运中心').pk}/").status_code == 404
    )
    assert signed_in(people.outsider).get("/outcomes/").status_code == 403


def test_filters_stay_in_the_address_and_in_the_export(approved: Quarter) -> None:
    client = signed_in(approved.people.leader)
    page = client.get("/outcomes/", {"kind": "penalty"}).content.decode()

    assert entry("储运中心").code in page
    assert entry("市场经营部").code not in page
    assert "ledger.csv?kind=penalty" in page
    lines = client.get("/outcomes/ledger.csv", {"kind": "penalty"}).content.decode("utf-8-sig")
    penalties = LedgerEntry.objects.filter(kind="penalty").count()
    assert len(lines.strip().splitlines()) == penalties + 1
    assert "-5000.00" in lines


def test_the_exported_workbook_calculates_nothing(approved: Quarter) -> None:
    unit = approved.units["市场经营部"]
    copied = {
        field.attname: getattr(entry("市场经营部"), field.attname)
        for field in LedgerEntry._meta.concrete_fields
        if field.name not in ("id", "number", "title", "rule")
    }
    LedgerEntry.objects.create(**copied, number=900, title="=1+1", rule="other")
    client = signed_in(approved.people.leader)

    content = client.get("/outcomes/ledger.xlsx", {"unit": unit.pk}).content
    rows = list(load_workbook(io.BytesIO(content)).active.values)

    assert [row[4] for row in rows[1:]] == ["=1+1", "部门奖励"]
    cells = load_workbook(io.BytesIO(content)).active["E"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert rows[1][6] == 2000
    text = client.get("/outcomes/ledger.csv", {"unit": unit.pk}).content.decode("utf-8-sig")
    assert "'=1+1" in text


def test_the_committee_reverses_on_the_page_with_a_reason(approved: Quarter) -> None:
    client, wrong = signed_in(approved.people.committee), entry("储运中心")
    address = f"/outcomes/entries/{wrong.pk}/reverse"

    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "记错部门"}).status_code == 302
    again = client.post(address, {"reason": "记错部门"})
    assert again.status_code == 422
    assert "不能再冲销" in again.content.decode()
    assert "已被冲销" in client.get(f"/outcomes/entries/{wrong.pk}/").content.decode()
