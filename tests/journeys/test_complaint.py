"""A complaint from the first call to its end, by keyboard alone; and one that nobody answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.apps.complaints.hotline import KIND, PACK, PHONE, make_hotline, received
from tests.people import People
from zhijian.cases import services
from zhijian.cases.models import Case
from zhijian.foundation import clock
from zhijian.foundation.notifications import queries

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Any], None]


@pytest.fixture
def people(live_server: Any) -> People:
    return make_hotline()


@pytest.mark.req("CMP-50")
def test_from_the_call_to_the_end_by_keyboard_alone(
    page: Page, people: People, sign_in: SignIn
) -> None:
    sign_in(people.working_group)
    case = taken_down(page, people)

    page.goto(f"/cases/{case.pk}/")
    unfold(page, "派发")
    choose(page, "#id_dispatch-department", people.unit.name)
    choose(page, "#id_dispatch-handler", people.clerk.display_name)
    send(page, "派发")
    assert Case.objects.get().owner == people.clerk

    sign_in(people.clerk)
    page.goto(f"/cases/{case.pk}/")
    unfold(page, "处理并答复")
    write(page, "#id_answer-findings", "属实")
    choose(page, "#id_answer-cause", "流程安排")
    write(page, "#id_answer-measures", "当场打扫")
    write(page, "#id_answer-reply", "已打扫，谢谢您的提醒")
    send(page, "处理并答复")

    # Whoever handled it does not call back; whoever took it down does.
    sign_in(people.working_group)
    page.goto(f"/cases/{case.pk}/")
    unfold(page, "回访后办结")
    choose(page, "#id_call_back-satisfied", "是")
    send(page, "回访后办结")
    case.refresh_from_db()
    assert (case.state, case.ends) == ("closed", "closed")


def test_what_nobody_answers_is_late_on_its_page_and_told_to_its_owner(
    page: Page, people: People, sign_in: SignIn
) -> None:
    case = received(people).case
    # What the worker does every five minutes, three weeks on.
    services.sweep(at=clock.now() + timedelta(days=21))

    assert queries.unread(people.working_group) > 0
    sign_in(people.working_group)
    page.goto("/notifications/")
    expect(page.get_by_text(case.number).first).to_be_visible()
    page.goto(f"/cases/{case.pk}/")
    expect(page.get_by_text("逾期").first).to_be_visible()


def taken_down(page: Page, people: People) -> Case:
    """Take a call down as the desk does."""
    page.goto(f"/complaints/take/{PACK}/{KIND}/")
    page.keyboard.type(PHONE)
    page.keyboard.press("Tab")
    page.keyboard.type("王女士")
    page.keyboard.press("Tab")
    page.keyboard.type("大厅地面没有打扫")
    choose(page, "#id_desk-category", "工作质量")
    choose(page, "#id_desk-unit_", people.unit.name)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已登记：")).to_be_visible()
    return Case.objects.get()


def unfold(page: Page, step: str) -> None:
    """Open the form of a step, as the key does that presses what has the focus."""
    summary = page.locator("details > summary", has_text=step).first
    summary.focus()
    if summary.locator("..").get_attribute("open") is None:
        page.keyboard.press("Enter")


def choose(page: Page, field: str, label: str) -> None:
    """Walk through the options of a choice until the one with a label."""
    choice = page.locator(field)
    choice.focus()
    options = choice.locator("option").all_inner_texts()
    for _step in range(options.index(label)):
        page.keyboard.press("ArrowDown")
    expect(choice.locator("option:checked")).to_have_text(label)


def write(page: Page, field: str, text: str) -> None:
    page.locator(field).focus()
    page.keyboard.type(text)


def send(page: Page, step: str) -> None:
    page.get_by_role("button", name=step, exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"已办理：{step}")).to_be_visible()
