"""The parts that pages are made of, seen in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.gallery.urls"),
]

Faults = Callable[[], list[str]]

ON_ITS_WAY = "Object.keys(sessionStorage).some(name => name.startsWith('zhijian-sent:'))"


def wait_for_drafts(page: Page, count: int) -> None:
    page.wait_for_function("count => Object.keys(localStorage).length === count", arg=count)


def test_every_part_is_accessible_and_keeps_to_the_policy(page: Page, faults_of: Faults) -> None:
    page.goto("/gallery/")
    expect(page.locator("figure[data-drawn] canvas").first).to_be_visible()
    expect(page.locator("figure[data-drawn]")).to_have_count(7)

    assert faults_of() == []


def test_the_figures_behind_a_chart_can_be_opened(page: Page) -> None:
    page.goto("/gallery/")
    figure = page.locator("figure", has_text="问题原因")
    figure.get_by_text("查看图中数据").click()

    expect(figure.get_by_role("row").nth(1)).to_have_text("超时3057.7 %")


def test_the_language_is_changed_in_the_header_and_remembered(page: Page) -> None:
    page.goto("/gallery/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/gallery/")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Save")).to_be_visible()


def test_what_was_typed_comes_back_until_the_server_has_taken_it(page: Page) -> None:
    page.goto("/gallery/")
    page.get_by_label("经过").fill("客户来电反映")
    wait_for_drafts(page, 1)

    page.goto("/gallery/")
    expect(page.get_by_label("经过")).to_have_value("客户来电反映")
    expect(page.get_by_text("已恢复您上次没有提交的内容")).to_be_visible()

    # Refused: the form is shown again and the draft stays.
    page.get_by_role("button", name="保存").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    wait_for_drafts(page, 1)

    page.get_by_label("客户").fill("主业单位")
    page.get_by_label("扣分").fill("0.5")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已收到")).to_be_visible()
    wait_for_drafts(page, 0)


def test_a_part_that_arrives_while_a_form_is_sent_does_not_decide_about_its_draft(
    page: Page,
) -> None:
    page.goto("/gallery/")
    page.get_by_label("经过").fill("客户来电反映")
    wait_for_drafts(page, 1)
    # The answer to the form never comes; what a part of the page asks for does.
    page.evaluate("document.addEventListener('submit', event => event.preventDefault())")
    page.get_by_role("button", name="保存").click()
    assert page.evaluate(ON_ITS_WAY)
    page.evaluate("document.body.dispatchEvent(new Event('htmx:load', {bubbles: true}))")

    assert page.evaluate(ON_ITS_WAY)
    assert page.evaluate("Object.keys(localStorage).length") == 1


def test_a_draft_can_be_thrown_away(page: Page) -> None:
    page.goto("/gallery/")
    page.get_by_label("经过").fill("写错了")
    wait_for_drafts(page, 1)
    page.goto("/gallery/")
    page.get_by_role("button", name="不要了").click()

    expect(page.get_by_label("经过")).to_have_value("")
    wait_for_drafts(page, 0)


def test_an_error_in_the_summary_leads_to_its_field(page: Page) -> None:
    page.goto("/gallery/")
    page.get_by_role("button", name="保存").click()
    page.locator("[data-error-summary]").get_by_role("link", name="扣分").click()

    expect(page.get_by_label("扣分")).to_be_focused()


def test_the_skip_link_comes_first(page: Page) -> None:
    page.goto("/gallery/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_error_pages_are_accessible(page: Page, faults_of: Faults) -> None:
    page.goto("/there-is-no-such-page/")
    expect(page.get_by_role("heading", name="没有找到这一页")).to_be_visible()

    assert faults_of() == []
