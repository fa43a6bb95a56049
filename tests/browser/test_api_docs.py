"""The documentation of the API under our strict policy, and the page where tokens are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.people import PASSWORD, make_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_documentation_lists_the_doors(page: Page) -> None:
    page.goto("/api/docs")
    page.wait_for_selector(".opblock-summary-path")

    paths = page.locator(".opblock-summary-path").all_inner_texts()

    # Long addresses are broken with invisible signs.
    assert any("assessments" in path for path in paths)


def test_a_person_makes_a_token_and_revokes_it(
    page: Page, sign_in: Callable[[Any], None], faults_of: Callable[[], list[str]]
) -> None:
    sign_in(make_people().clerk)
    page.goto("/accounts/tokens/")
    page.get_by_label("用途").fill("财务系统")
    page.get_by_role("button", name="创建令牌").click()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()

    expect(page.get_by_text("令牌只显示这一次")).to_be_visible()
    assert faults_of() == []

    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销", exact=True)).to_be_visible()
    assert faults_of() == []
