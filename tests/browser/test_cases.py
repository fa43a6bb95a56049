"""The pages of cases on a desk and on a phone: readable by all, and usable by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.apps.cases.stories import PACK, Story, make_office
from zhijian.cases import services
from zhijian.cases.models import Case
from zhijian.foundation import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]


@pytest.fixture
def story(live_server: Any) -> Story:
    return Story(make_office())


def test_every_page_is_accessible(
    page: Page, story: Story, sign_in: SignIn, faults_of: Faults
) -> None:
    late, case = story.open(more={"account": "张三反映"}), story.open(at=clock.now())
    services.sweep(at=clock.now())
    sign_in(story.people.working_group)
    wrong = {}
    for address in (
        "/cases/",
        f"/cases/?kind={PACK}:complaint",
        "/cases/open/",
        f"/cases/open/{PACK}/complaint/register/",
        f"/cases/{late.pk}/",
        f"/cases/{case.pk}/",
    ):
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        faults = faults_of()
        if faults:
            wrong[address] = faults
    assert wrong == {}


@pytest.mark.req("CMP-02")
def test_a_case_is_opened_and_handled_by_keyboard_alone(
    page: Page, story: Story, sign_in: SignIn
) -> None:
    sign_in(story.people.clerk)
    page.goto(f"/cases/open/{PACK}/complaint/register/")
    for field, value in (("unit_", "市场经营部"), ("subject", "排队"), ("injured", "否"),
                         ("handler", "clerk")):  # fmt: skip
        choice = page.locator(f"#id_register-{field}")
        choice.focus()
        choice.select_option(label=value)
    page.get_by_role("button", name="立案").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已立案：")).to_be_visible()
    case = Case.objects.get()

    summary = page.locator("details summary", has_text="办理 第二条")
    summary.focus()
    page.keyboard.press("Enter")
    answer = page.locator("#id_answer-answer")
    answer.focus()
    page.keyboard.type("已致歉")
    page.locator(f"form[action='/cases/{case.pk}/steps/answer'] button[type=submit]").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("已办理：办理")).to_be_visible()
    case.refresh_from_db()
    assert case.state == "answered"
