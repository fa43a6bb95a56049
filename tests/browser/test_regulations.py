"""The front page, glossary and signatures of regulations on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.people import make_people
from zhijian.foundation import clock
from zhijian.packs import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACKS = Path(__file__).parents[2] / "packs"
Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]


def test_terms_are_explained_and_signatures_given(
    page: Page, sign_in: SignIn, faults_of: Faults
) -> None:
    people = make_people()
    center, system = (
        services.load_from_folder(PACKS / name, None, clock.now())
        for name in ("government-service-center", "customer-service-system")
    )
    sign_in(people.leader)

    page.goto(f"/packs/{center.pk}/")
    assert faults_of() == []
    page.get_by_role("link", name="首席代表", exact=True).first.click()
    expect(page.locator("#term-5")).to_be_in_viewport()

    page.goto(f"/packs/{system.pk}/signatures")
    assert faults_of() == []
    page.get_by_label("意见").fill("同意下发")
    page.get_by_role("button", name="签署").click()
    expect(page.get_by_text("同意下发").first).to_be_visible()
    assert faults_of() == []


def test_contact_data_are_told(page: Page, sign_in: SignIn, faults_of: Faults) -> None:
    people = make_people()
    sign_in(people.clerk)

    page.goto(f"/organizations/{people.unit.pk}/contact")
    assert faults_of() == []
    page.get_by_label("联系人").fill("王芳")
    page.get_by_label("联系电话").fill("电话")
    page.get_by_label("电子邮箱").fill("wang@example.cn")
    page.get_by_label("联系地址").fill("江汉路 1 号")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填写电话号码").first).to_be_visible()
    page.get_by_label("联系电话").fill("027-8888 0000")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_text("已保存。").first).to_be_visible()
