"""A quarter through the pages: from the clerk's self-check to the published notice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.quarters import Quarter, make_quarter
from zhijian.assessments.models import State
from zhijian.foundation.jobs.worker import Options, Worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]

#: Where a record is shown after it was entered.
RECORD = re.compile(r"/intake/records/\d+/$")


@dataclass
class Story:
    """One quarter, one browser window, and everybody in front of it in turn."""

    quarter: Quarter
    page: Page
    sign_in: SignIn
    faults_of: Faults

    @property
    def address(self) -> str:
        return f"/assessments/{self.quarter.assessment.pk}/"

    def sees(self, who: Any, address: str) -> None:
        self.sign_in(who)
        self.page.goto(address)

    def clerk_enters_the_months(self) -> None:
        page, book = self.page, f"/intake/books/{self.quarter.book.pack_id}/2024Q1/"
        for month in self.quarter.book.period.months():
            self.sees(self.quarter.people.clerk, f"{book}self_check/new")
            page.locator("[name=month]").select_option(month)
            page.locator("[name=score]").fill("96")
            page.locator("[name=score]").press("Enter")
            page.wait_for_url(RECORD)
        assert self.faults_of() == []

    def office_enters_the_rest(self) -> None:
        enter = self.quarter.enter
        enter("office_sample", month="2024-01", score="94")
        enter("questionnaire", on="2024-03-20", customer="甲公司", score="95")
        complaint = {"number": "T1", "customer": "乙", "content": "迟到", "validity": "有效"}
        enter("complaint", on="2024-02-05", **complaint)
        enter("register_check", complete="齐全", checked_by="王")

    def office_computes(self) -> None:
        self.sees(self.quarter.people.working_group, self.address)
        self.page.get_by_role("button", name="计算").click()
        expect(self.page.get_by_text("已开始计算")).to_be_visible()
        Worker(Options(until_empty=True)).work()
        self.page.goto(self.address)
        expect(self.page.get_by_role("link", name="市场经营部")).to_be_visible()
        assert self.faults_of() == []

    def clerk_objects(self) -> str:
        page = self.page
        self.sees(self.quarter.people.clerk, self.address)
        page.get_by_role("link", name="市场经营部").click()
        expect(page.get_by_role("link", name="异议 有效投诉次数")).to_be_visible()
        assert self.faults_of() == []
        page.get_by_role("link", name="异议 有效投诉次数").click()
        page.get_by_label("异议理由").fill("客户已书面撤回投诉。")
        page.locator("select[name=record_id]").select_option(index=1)
        assert self.faults_of() == []
        page.get_by_role("button", name="提交异议").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("有效投诉次数")
        return page.url

    def committee_upholds(self, objection: str) -> None:
        page = self.page
        self.sees(self.quarter.people.committee, objection)
        page.locator("input[name=decision][value=void]").check(force=True)
        page.get_by_label("决定理由").fill("撤回书面材料属实。")
        assert self.faults_of() == []
        page.get_by_role("button", name="作出决定").click()
        expect(page.get_by_role("table")).to_contain_text("更正前")

    def results_become_final(self) -> None:
        page, people = self.page, self.quarter.people
        self.sees(people.working_group, self.address)
        page.get_by_role("button", name="提交审定").click()
        expect(page.get_by_text("已提交质量管理委员会审定")).to_be_visible()
        self.sees(people.committee, self.address)
        page.get_by_role("link", name="审定", exact=True).click()
        expect(page.get_by_role("button", name="审定通过")).to_be_visible()
        assert self.faults_of() == []
        page.get_by_role("button", name="审定通过").click()
        expect(page.get_by_text("考核结果已审定")).to_be_visible()
        self.sees(people.working_group, self.address)
        page.get_by_role("button", name="公布").click()
        expect(page.get_by_text("考核结果已公布")).to_be_visible()

    def everybody_reads_them(self) -> None:
        page = self.page
        page.goto("/outcomes/")
        expect(page.get_by_role("main")).to_contain_text("5,000.00")
        assert self.faults_of() == []
        page.context.clear_cookies()
        page.goto(f"/reports/notices/{self.quarter.assessment.public_name}/")
        expect(page.get_by_role("main")).to_contain_text("市场经营部")
        assert self.faults_of() == []


def test_from_the_self_check_to_the_notice(page: Page, sign_in: SignIn, faults_of: Faults) -> None:
    quarter = make_quarter()
    for unit in quarter.units:
        if unit != "市场经营部":
            quarter.complete(unit)
    quarter.confirm_values()
    story = Story(quarter, page, sign_in, faults_of)

    story.clerk_enters_the_months()
    story.office_enters_the_rest()
    story.office_computes()
    story.committee_upholds(story.clerk_objects())
    story.results_become_final()
    quarter.assessment.refresh_from_db()
    story.everybody_reads_them()

    assert quarter.assessment.state == State.PUBLISHED
    # 0.5 × (96 - 1) + 0.3 × 100 + 0.2 × 100 = 97.5; (97.5 - 95) × 2000 = 5000
    assert (quarter.sheet().score, quarter.sheet().yuan) == (97.5, 5000)


@pytest.mark.parametrize("address", ["/", "/overview/", "/assessments/", "/assessments/open/"])
def test_desk_and_lists_are_sound(
    page: Page, sign_in: SignIn, faults_of: Faults, address: str
) -> None:
    quarter = make_quarter()
    for unit in quarter.units:
        quarter.complete(unit)
    quarter.compute()
    sign_in(quarter.people.working_group)

    page.goto(address)

    assert faults_of() == []
