"""Incidents on a phone: reported within a minute, taken note of, and every page accessible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.apps.incidents.company import KIND, PACK, circulated, hazard, hurt, make_company, told_at
from tests.people import People
from zhijian.foundation import clock
from zhijian.incidents.models import Acknowledgement, Bulletin, Hint, HintWord, Incident

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]
REPORT = f"/incidents/report/{PACK}/{KIND}/"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def people(live_server: Any) -> People:
    return make_company()


def test_every_page_is_accessible(
    page: Page, people: People, sign_in: SignIn, faults_of: Faults
) -> None:
    row = circulated(people, injured="1")
    bulletin, hint = Bulletin.objects.get(), Hint.objects.get(case=hurt(people))
    hazard(people)
    sign_in(people.working_group)
    wrong = {}
    for address in (
        "/incidents/?shown=all",
        REPORT,
        f"/incidents/report/?hint={hint.pk}",
        "/incidents/hints/",
        f"/incidents/hints/{hint.pk}/concealed/",
        "/incidents/hazards/",
        "/incidents/duties/",
        "/incidents/bulletins/",
        f"/incidents/bulletins/{bulletin.pk}/",
        f"/cases/{row.case_id}/",
    ):
        page.goto(address)
        if faults := faults_of():
            wrong[address] = faults
    assert wrong == {}


@pytest.mark.req("INC-01", "INC-05")
def test_an_incident_is_reported_on_a_phone_and_its_lessons_are_read_there(
    page: Page, people: People, sign_in: SignIn
) -> None:
    hint = Hint.objects.get(case=hurt(people))
    sign_in(people.clerk)
    page.set_viewport_size(PHONE)
    page.goto(f"/cases/{hint.case_id}/")
    page.get_by_role("link", name="上报事件").click()
    for field, label in (("sort", "人身伤害"), ("source", "客户投诉")):
        page.locator(f"#id_report-{field}").select_option(label=label)
    page.locator("#id_report-place").fill("一号楼大厅")
    page.locator("#id_report-happened_at").fill(told_at(clock.now() - timedelta(minutes=9)))
    page.locator("#id_report-account").fill("地面湿滑，一人摔伤")
    page.get_by_text("已知的损失和影响").click()
    page.locator("#id_report-injured").fill("1")
    page.get_by_role("button", name="上报").click()

    expect(page.locator("body")).to_contain_text("已上报：")
    row = Incident.objects.get()
    assert (row.case.level, row.place, row.was_late) == ("larger", "一号楼大厅", False)
    hint.refresh_from_db()
    assert hint.word == HintWord.REPORTED
    # Nothing is wider than the phone.
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    circulated(people)
    page.goto("/incidents/bulletins/")
    page.get_by_role("link", name=Bulletin.objects.get().case.number).click()
    page.locator("#id_measures").fill("已排查")
    page.get_by_role("button", name="签收").click()
    expect(page.locator("body")).to_contain_text("已代表")
    noted = Acknowledgement.objects.get(unit=people.unit)
    assert (noted.by, noted.measures) == (people.clerk, "已排查")
