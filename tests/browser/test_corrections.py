"""The life after approval on a desk and on a phone: reopened, corrected, put right, trained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.corrections import (
    CHANGED,
    REASON,
    correct,
    make_published,
    order_measures,
    second_committee,
)
from tests.quarters import Quarter
from zhijian.accounts import queries as accounts
from zhijian.accounts.roles import COMMITTEE
from zhijian.assessments.models import Assessment
from zhijian.assessments.services import approving
from zhijian.foundation import clock
from zhijian.outcomes.models import Remedy, RemedyState
from zhijian.packs import services as packs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]


@pytest.fixture
def published(live_server: Any) -> Quarter:
    quarter = make_published()
    order_measures(quarter)
    return quarter


def faults_on(page: Page, addresses: list[str], faults_of: Faults) -> dict[str, list[str]]:
    """What is wrong with each page, in Chinese."""
    wrong = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        wrong[address] = faults_of()
    return {address: found for address, found in wrong.items() if found}


def test_every_page_is_accessible(
    page: Page, published: Quarter, sign_in: SignIn, faults_of: Faults
) -> None:
    old_sheet = published.sheet(CHANGED).pk
    former = correct(published)
    order_measures(published)
    actor = published.people.working_group
    approving.publish(actor=actor, assessment_id=published.assessment.pk)
    people = [each.id for each in accounts.people_with_role(COMMITTEE)]
    packs.distribute(published.version_id, people, None, clock.now())
    remedy = Remedy.objects.filter(state=RemedyState.OPEN)[0]
    sign_in(actor)

    wrong = faults_on(
        page,
        [
            "/",
            "/overview/",
            "/assessments/",
            f"/assessments/{former.pk}/",
            f"/assessments/{published.assessment.pk}/",
            f"/assessments/{published.assessment.pk}/editions/",
            f"/assessments/sheets/{old_sheet}/",
            f"/reports/notices/{former.public_name}/",
            "/reports/notices/",
            "/outcomes/remedies/",
            f"/outcomes/remedies/{remedy.pk}/",
            f"/outcomes/entries/{remedy.entry_id}/",
            f"/packs/{published.version_id}/distribution",
        ],
        faults_of,
    )

    assert wrong == {}


def test_the_committee_reopens_a_result(
    page: Page, published: Quarter, sign_in: SignIn, faults_of: Faults
) -> None:
    sign_in(second_committee())
    page.goto(f"/assessments/{published.assessment.pk}/")
    page.get_by_role("link", name="重新打开").click()
    expect(page.get_by_label("理由")).to_be_visible()
    assert faults_of() == []
    page.get_by_label("理由").fill(REASON)
    page.get_by_role("button", name="重新打开").click()

    expect(page.get_by_text("本版更正第 1 版")).to_be_visible()
    expect(page.get_by_text(REASON)).to_be_visible()
    assert Assessment.objects.get(edition=2).corrects == published.assessment
    assert faults_of() == []


def test_a_measure_is_reported_and_verified(
    page: Page, published: Quarter, sign_in: SignIn, faults_of: Faults, tmp_path: Path
) -> None:
    proof = tmp_path / "signed.txt"
    proof.write_text("签到表", encoding="utf-8")
    remedy = Remedy.objects.get(entry__unit_name=CHANGED)
    sign_in(published.people.clerk)
    page.goto("/")
    page.get_by_role("link", name="完成整改").click()
    page.get_by_label("做了什么").fill("补训两次，抽查合格")
    page.get_by_label("完成证明").set_input_files(proof)
    page.get_by_role("button", name="提交完成报告").click()
    expect(page.get_by_text("已报告完成，等待他人验证。")).to_be_visible()

    sign_in(published.people.working_group)
    page.goto("/outcomes/remedies/?state=done")
    page.get_by_role("link", name="限期整改").click()
    expect(page.get_by_label("已整改到位")).to_be_visible()
    assert faults_of() == []
    page.get_by_label("已整改到位").check()
    page.get_by_role("button", name="记录验证意见").click()

    expect(page.get_by_text("验证完成")).to_be_visible()
    remedy.refresh_from_db()
    assert remedy.state == RemedyState.VERIFIED
