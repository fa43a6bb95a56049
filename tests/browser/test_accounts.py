"""Signing in and the pages of administration, seen in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.people import PASSWORD, make_people, make_person
from zhijian.accounts import services
from zhijian.foundation import clock
from zhijian.foundation.drafts.services import save_draft
from zhijian.foundation.jobs.services import enqueue
from zhijian.foundation.jobs.tasks import tidy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]


def test_a_person_signs_in_and_comes_back_to_the_page_asked_for(
    page: Page, faults_of: Faults, settings: Any
) -> None:
    settings.SAMPLE_SITE = True
    make_person("zhou")
    services.ensure_sample_people(starts=clock.today())
    page.goto("/accounts/profile/")
    assert faults_of() == []

    page.get_by_label("用户名", exact=True).fill("zhou")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("用户名或密码")).to_be_visible()
    assert faults_of() == []
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("我的账号")


def test_the_second_step_is_set_up_from_the_account(
    page: Page, sign_in: Callable[[Any], None], faults_of: Faults
) -> None:
    sign_in(make_person("zhou"))
    page.goto("/accounts/mfa/totp/activate/")
    assert faults_of() == []
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="确认").click()

    expect(page.get_by_role("img", name="密钥的二维码")).to_be_visible()
    assert faults_of() == []


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        (
            "administrator",
            (
                "/accounts/people/",
                "/accounts/people/new",
                "/accounts/people/{clerk}/",
                "/accounts/permissions/",
                "/organizations/",
                "/organizations/new",
                "/jobs/",
            ),
        ),
        ("security_administrator", ("/accounts/people/{clerk}/", "/accounts/people/{clerk}/grant")),
        ("auditor", ("/accounts/audit/", "/accounts/audit/verify")),
        (
            "clerk",
            (
                "/accounts/profile/",
                "/accounts/password/",
                "/accounts/sessions/",
                "/accounts/mfa/",
                "/drafts/",
                "/jobs/",
                "/jobs/{job}/",
            ),
        ),
    ],
)
def test_every_page_is_accessible(
    page: Page,
    sign_in: Callable[[Any], None],
    faults_of: Faults,
    who: str,
    addresses: tuple[str, ...],
) -> None:
    people = make_people()
    job = enqueue(task=tidy, arguments={}, owner=people.clerk, title="整理")
    save_draft(user=people.clerk, key="intake:2024-01", data={"score": "95"})
    sign_in(getattr(people, who))
    for address in addresses:
        page.goto(address.format(clerk=people.clerk.pk, job=job))
        assert faults_of() == [], address
