"""The pages of papers on a desk and on a phone; a paper is received by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.apps.papers.stories import PaperStory, make_office, noticed
from zhijian.foundation import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Faults = Callable[[], list[str]]
SignIn = Callable[[Any], None]


@pytest.fixture
def story(live_server: Any) -> PaperStory:
    return PaperStory(make_office())


def test_a_paper_is_found_received_and_verified(
    page: Page, story: PaperStory, sign_in: SignIn, faults_of: Faults
) -> None:
    late, paper = noticed(story), noticed(story, at=clock.now())
    wrong = {}

    def look(address: str) -> None:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        if faults := faults_of():
            wrong[address] = faults

    look(f"/papers/verify/?number={paper.number}&code={paper.code}")
    expect(page.get_by_text("单据有效")).to_be_visible()
    look(f"/papers/verify/?number={paper.number}&code=AAAA")
    sign_in(story.people.working_group)
    for address in (
        f"/papers/of/{paper.case_id}/reply/",
        f"/papers/of/{paper.case_id}/notice/",
        f"/papers/{late.pk}/",
        f"/cases/{paper.case_id}/",
    ):
        look(address)
    sign_in(story.people.clerk)
    look("/papers/?receiver=me")
    page.get_by_role("link", name=paper.number).press("Enter")
    page.get_by_role("button", name="签收").press("Enter")

    expect(page.get_by_text("已签收。")).to_be_visible()
    expect(page.get_by_role("button", name="签收", exact=True)).to_have_count(0)
    assert wrong == {}
