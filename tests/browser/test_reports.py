"""The pages of the ledger and of reports on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.corrections import make_published
from tests.quarters import PACK, Quarter
from zhijian.outcomes.models import LedgerEntry
from zhijian.reports import services
from zhijian.reports.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]


@pytest.fixture
def published(live_server: Any) -> Quarter:
    return make_published()


def draft(quarter: Quarter) -> Report:
    actor, key = quarter.people.working_group, quarter.assessment.pk
    return services.begin(actor=actor, assessment_id=key, outline_id="analysis")


def test_every_page_is_accessible(
    page: Page, published: Quarter, sign_in: SignIn, faults_of: Faults
) -> None:
    report = draft(published)
    entry = LedgerEntry.objects.first()
    assert entry is not None
    sign_in(published.people.working_group)
    wrong = {}
    for address in (
        "/outcomes/",
        f"/outcomes/entries/{entry.pk}/",
        "/outcomes/budgets/",
        f"/outcomes/budgets/{PACK}/group_budget/",
        "/reports/",
        f"/reports/{report.pk}/",
        f"/reports/figures/F{report.pk}-1-1/",
        f"/reports/figures/F{report.pk}-3-1/",
        f"/reports/meetings/{published.assessment.pk}/",
        "/reports/publications/",
        "/reports/notices/",
        f"/reports/notices/{published.assessment.public_name}/",
        "/reports/verify/?number=x",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        wrong[address] = faults_of()

    assert {address: found for address, found in wrong.items() if found} == {}


def test_what_is_written_is_kept_while_typing(
    page: Page, published: Quarter, sign_in: SignIn
) -> None:
    report = draft(published)
    sign_in(published.people.working_group)
    page.goto(f"/reports/{report.pk}/")
    page.get_by_label("原因分析").fill("人手不足。")
    page.get_by_label("原因分析").blur()

    expect(page.locator("#saved")).to_contain_text("已自动保存")
    report.refresh_from_db()
    assert report.texts["causes"] == "人手不足。"
