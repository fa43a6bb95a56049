"""Results are handed in; the committee hears the bell and is led to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.apps.foundation.notifications.example_rows import NOWHERE, make_robot
from tests.quarters import make_complete_quarter
from zhijian.foundation.notifications import queries
from zhijian.foundation.notifications.models import Robot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]


def test_from_the_results_handed_in_to_the_bell_and_the_matrix(
    page: Page, sign_in: SignIn, faults_of: Faults
) -> None:
    quarter = make_complete_quarter()
    quarter.confirm_values()
    quarter.compute()
    matrix = f"/assessments/{quarter.assessment.pk}/"
    sign_in(quarter.people.working_group)
    page.goto(matrix)
    page.get_by_role("button", name="提交审定").click()
    expect(page.get_by_text("已提交质量管理委员会审定")).to_be_visible()
    assert page.locator("#bell .badge").count() == 0

    sign_in(quarter.people.committee)
    page.goto("/")
    bell = page.get_by_role("link", name="1 条未读通知")
    expect(bell).to_be_visible()
    bell.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("通知")
    assert faults_of() == []
    page.get_by_role("link", name=re.compile("考核结果待审定")).click()

    page.wait_for_url(f"**{matrix}")
    expect(page.locator("#bell .badge")).to_have_count(0)
    assert queries.unread(quarter.people.committee) == 0


def test_the_bell_rings_on_a_page_that_lies_open(page: Page, sign_in: SignIn) -> None:
    quarter = make_complete_quarter()
    quarter.confirm_values()
    quarter.compute()
    sign_in(quarter.people.committee)
    page.goto("/")
    expect(page.locator("#bell")).to_be_visible()

    quarter.submit()
    page.evaluate("htmx.ajax('GET', '/notifications/bell', {target: '#bell', swap: 'outerHTML'})")

    expect(page.locator("#bell .badge")).to_have_text("1")


def test_a_person_chooses_their_mails(page: Page, sign_in: SignIn, faults_of: Faults) -> None:
    people = make_complete_quarter().people
    sign_in(people.clerk)
    page.goto("/notifications/settings")
    page.get_by_label("考核结果已公布").uncheck()
    assert faults_of() == []
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_label("考核结果已公布")).not_to_be_checked()
    assert queries.without_mail(people.clerk) == {"assessments.published"}


def test_an_administrator_sets_a_robot_up(page: Page, sign_in: SignIn, faults_of: Faults) -> None:
    people = make_complete_quarter().people
    make_robot(name="旧群")
    sign_in(people.administrator)
    page.goto("/notifications/robots/")
    assert faults_of() == []
    page.get_by_role("link", name="添加机器人").click()
    page.get_by_label("名称").fill("质量管理群")
    page.get_by_label("机器人地址").fill(NOWHERE)
    page.get_by_label("考核结果已公布").check()
    assert faults_of() == []
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。可以发送一条测试消息。")).to_be_visible()
    page.get_by_role("button", name="发送测试消息").click()
    expect(page.get_by_text("127.0.0.1 没有应答")).to_be_visible()
    assert faults_of() == []
    assert Robot.objects.filter(name="质量管理群").exists()
