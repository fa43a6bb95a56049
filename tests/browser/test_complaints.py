"""Complaints on a desk and on a phone: taken by keyboard alone, sent by the public, tracked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.apps.complaints.hotline import (
    KIND,
    MASKED,
    PACK,
    PHONE,
    make_hotline,
    office_of,
    page_of,
    received,
)
from tests.people import People
from zhijian.cases.models import Case
from zhijian.cases.services import Seen, Taking, advance_case
from zhijian.complaints import proof
from zhijian.complaints.models import Complaint
from zhijian.foundation import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]
DESK = f"/complaints/take/{PACK}/{KIND}/"


@pytest.fixture
def people(live_server: Any) -> People:
    return make_hotline()


def test_every_page_is_accessible(
    page: Page, people: People, sign_in: SignIn, faults_of: Faults
) -> None:
    office, row = office_of(people), received(people)
    sign_in(people.working_group)
    wrong = {}
    for address in (
        "/complaints/",
        f"{DESK}?saved={row.case_id}",
        "/complaints/report/",
        "/complaints/offices/",
        f"/complaints/offices/{office.pk}/",
        page_of(office),
        "/complaints/track/",
    ):
        page.goto(address)
        if faults := faults_of():
            wrong[address] = faults
    assert wrong == {}


@pytest.mark.req("CMP-50")
def test_a_call_is_taken_down_by_keyboard_alone(
    page: Page, people: People, sign_in: SignIn
) -> None:
    before = received(people)
    sign_in(people.working_group)
    page.goto(DESK)

    # The phone has the focus; the history comes while the caller still speaks.
    page.keyboard.type(PHONE)
    expect(page.locator("#caller")).to_contain_text(before.case.number)
    expect(page.locator("#caller")).to_contain_text("可能是同一件事")
    page.keyboard.press("Tab")
    page.keyboard.type("王女士")
    page.keyboard.press("Tab")
    page.keyboard.type("大厅地面又没有打扫")
    for field, value in (("category", "工作质量"), ("unit_", people.unit.name)):
        choice = page.locator(f"#id_desk-{field}")
        choice.focus()
        choice.select_option(label=value)
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("已登记：")).to_be_visible()
    row = Complaint.objects.latest("pk")
    assert row.masked == MASKED
    assert row.case.level == "serious"
    expect(page.locator(".notice-good")).to_contain_text("首次响应")


def test_the_public_complains_without_scripts(
    chromium: Browser, live_server: Any, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "SHORTEST_SECONDS", 0)
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="zh-CN",
        viewport={"width": 390, "height": 844},
    )  # fmt: skip
    page = context.new_page()
    page.goto(page_of(office_of(people)))
    page.get_by_label("投诉内容").fill("电梯里的灯不亮")
    page.get_by_label("类别").select_option(label="设施设备")
    page.get_by_label("联系电话").fill(PHONE)
    asked = page.locator("label[for=id_sum]").inner_text()
    said = sum("二三四五六七八九".index(asked[place]) + 2 for place in (0, 2))
    page.get_by_label("等于几").fill(str(said))
    page.get_by_role("button", name="提交").click()

    expect(page.get_by_text(Complaint.objects.get().case.number)).to_be_visible()
    context.close()


@pytest.mark.req("CMP-42")
def test_the_public_complains_tracks_and_rates(page: Page, people: People) -> None:
    office = office_of(people)
    page.goto(page_of(office))
    page.get_by_label("投诉内容").fill("电梯里的灯不亮")
    page.get_by_label("类别").select_option(label="设施设备")
    page.get_by_label("联系电话").fill(PHONE)
    # Sent at once, perhaps before the puzzle is solved: then the browser sends it afterwards.
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已受理")).to_be_visible()
    row = Complaint.objects.get()
    expect(page.get_by_text(row.case.number)).to_be_visible()

    answered(people, row)
    page.get_by_role("link", name="查询进度").click()
    page.get_by_label("受理编号").fill(row.case.number)
    page.get_by_label("登记的电话或查询码").fill(PHONE)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("已换新灯")).to_be_visible()
    expect(page.get_by_text(MASKED)).to_be_visible()
    page.get_by_label("对办理的评价").select_option(label="满意")
    page.get_by_role("button", name="评价").click()
    expect(page.get_by_text("已收到：评价")).to_be_visible()


def answered(people: People, row: Complaint) -> None:
    told = {"department": str(people.unit.pk), "handler": str(people.clerk.pk)}
    answer = {"findings": "属实", "cause": "设施设备", "measures": "换灯", "reply": "已换新灯"}
    for step, who, facts in (
        ("dispatch", people.working_group, told),
        ("answer", people.clerk, answer),
    ):
        seen = Seen(row.case_id, Case.objects.get(pk=row.case_id).seq)
        advance_case(actor=who, seen=seen, taking=Taking(step, facts), at=clock.now())
