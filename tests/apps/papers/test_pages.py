"""The pages of papers: list, one paper, issuing with a preview, verification by anybody, API."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.cases.test_api import caller
from tests.apps.papers.stories import PaperStory, archived, make_office, noticed, only
from zhijian.foundation import clock
from zhijian.foundation.audit.models import AuditEntry
from zhijian.papers import services
from zhijian.papers.models import Paper, State

pytestmark = pytest.mark.django_db
VERIFY = "/papers/verify/"


@pytest.fixture
def story() -> PaperStory:
    return PaperStory(make_office())


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def personal(story: PaperStory) -> Paper:
    case = story.open(at=clock.now(), more={"customer": "张三"})
    return services.issue(
        actor=story.people.working_group, case_id=case.pk, form="reply", at=clock.now()
    )


def test_the_page_of_the_case_shows_its_papers_and_what_may_be_issued(story: PaperStory) -> None:
    paper = noticed(story, at=clock.now())
    page = text(signed_in(story.people.working_group).get(f"/cases/{paper.case_id}/"))

    assert paper.number in page
    assert "办理“核实”时自动签发" in page
    assert reverse("papers:issue", args=[paper.case_id, "reply"]) in page
    auditor = text(signed_in(story.people.auditor).get(f"/cases/{paper.case_id}/"))
    assert paper.number in auditor
    assert reverse("papers:issue", args=[paper.case_id, "reply"]) not in auditor


def test_it_is_previewed_and_then_issued(story: PaperStory) -> None:
    case = story.open(at=clock.now())
    client = signed_in(story.people.working_group)
    page = reverse("papers:issue", args=[case.pk, "reply"])

    assert "预览" in text(client.get(page))
    preview = client.get(reverse("papers:preview", args=[case.pk, "reply"]))
    assert preview.content.startswith(b"%PDF")
    assert Paper.objects.filter(form="reply").count() == 0
    answer = client.post(page)

    paper = only(case, "reply")
    assert answer.headers["Location"] == reverse("papers:paper", args=[paper.pk])
    assert client.post(page, {"reason": ""}).status_code == 422
    client.post(page, {"reason": "补写经过"})
    assert [each.state for each in Paper.objects.filter(form="reply").order_by("pk")] == [
        State.REPLACED, State.ISSUED,
    ]  # fmt: skip


def test_what_is_personal_is_for_receivers_and_those_who_may_see_it_and_noted(
    story: PaperStory,
) -> None:
    paper = personal(story)
    pdf = reverse("papers:pdf", args=[paper.pk])
    file = reverse("foundation:file", args=[paper.pdf_id])

    shown = signed_in(story.people.clerk).get(pdf)
    assert shown.content == archived(paper)
    assert AuditEntry.objects.filter(action="papers.open_personal").count() == 1
    auditor = signed_in(story.people.auditor)
    assert auditor.get(pdf).status_code == 302
    assert auditor.get(file).status_code == 404
    assert "含个人信息" in text(auditor.get(reverse("papers:paper", args=[paper.pk])))
    plain = only(paper.case)
    assert auditor.get(reverse("papers:pdf", args=[plain.pk])).content == archived(plain)


def test_a_paper_of_a_hidden_case_is_hidden_but_not_from_its_receiver(story: PaperStory) -> None:
    paper = noticed(story, at=clock.now(), more={"secret": "是"})
    page = reverse("papers:paper", args=[paper.pk])

    for name, status in (("clerk", 200), ("committee", 200), ("leader", 404), ("other_clerk", 404)):
        assert signed_in(getattr(story.people, name)).get(page).status_code == status, name


def test_people_receive_extend_and_withdraw_on_its_page(story: PaperStory) -> None:
    paper = noticed(story, at=clock.now())
    clerk, office = signed_in(story.people.clerk), signed_in(story.people.working_group)
    at = {name: reverse(f"papers:{name}", args=[paper.pk])
          for name in ("paper", "receive", "note_receipt", "extend", "withdraw")}  # fmt: skip

    assert at["receive"] in text(clerk.get(at["paper"]))
    clerk.post(at["receive"])
    assert at["receive"] not in text(clerk.get(at["paper"]))
    assert office.post(at["note_receipt"], {"person": "0"}).status_code == 422
    office.post(at["note_receipt"], {"person": story.people.committee.pk})
    paper.refresh_from_db()
    assert paper.state == State.RECEIVED
    late = office.post(at["extend"], {"until": "2999-01-01", "reason": "等材料"})
    assert late.status_code == 422
    assert "随案件的时限" in text(late)
    assert clerk.post(at["withdraw"], {"reason": "x"}).status_code == 403
    office.post(at["withdraw"], {"reason": "发错"})
    assert "已撤回" in text(office.get(at["paper"]))


def test_the_list_is_filtered_exported_and_does_not_grow_in_queries(
    story: PaperStory, django_assert_num_queries: Any
) -> None:
    first = noticed(story, at=clock.now())
    client, address = signed_in(story.people.working_group), reverse("papers:papers")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    second = noticed(story, unit_id=story.people.other_unit.pk)
    services.withdraw(
        actor=story.people.working_group, paper_id=first.pk, reason="发错", at=clock.now()
    )
    with django_assert_num_queries(len(one)):
        client.get(address)

    for asked, shown, hidden in (
        ("shown=void", first, second),
        ("shown=overdue", second, first),
        (f"q={second.number.lower()}", second, first),
        (f"q={second.case.number}", second, first),
        (f"unit={story.people.other_unit.pk}", second, first),
    ):
        told = text(client.get(f"{address}?{asked}"))
        assert shown.number in told, asked
        assert hidden.number not in told, asked
        assert hidden.number not in text(client.get(f"{address}?{asked}&as=csv")), asked
    mine = text(signed_in(story.people.committee).get(f"{address}?receiver=me"))
    assert second.number in mine
    assert first.number not in mine
    assert client.get(f"{address}?as=xlsx").content.startswith(b"PK")
    assert client.get(f"{address}?as=exe").status_code == 404
    assert "没有符合条件的单据" in text(
        client.get(f"{address}?shown=riddle&form=无&unit=9{'9' * 30}")
    )


def test_anybody_verifies_a_paper_and_learns_nothing_else(story: PaperStory) -> None:
    paper = personal(story)
    client = Client()

    assert client.get(VERIFY).status_code == 200
    for code in (paper.code, paper.code.lower().replace("-", " ")):
        told = text(client.get(VERIFY, {"number": paper.number.lower(), "code": code}))
        assert "单据有效" in told
        assert paper.digest in told
        for hidden in ("张三", paper.case.number, story.people.clerk.display_name):
            assert hidden not in told
    for asked in (
        {"number": paper.number, "code": "AAAA-AAAA-AAAA"},
        {"number": paper.number, "code": ""},
        {"number": "", "code": paper.code},
        {"number": "X" * 5000, "code": "\0'\"<script>"},
    ):
        wrong = text(client.get(VERIFY, asked))
        assert "没有查到" in wrong
        assert paper.digest not in wrong
    services.withdraw(
        actor=story.people.working_group, paper_id=paper.pk, reason="含错误信息", at=clock.now()
    )
    void = text(client.get(VERIFY, {"number": paper.number, "code": paper.code}))
    assert "单据已经失效" in void
    assert "含错误信息" not in void


def test_guesses_are_counted_by_address(story: PaperStory) -> None:
    paper = noticed(story, at=clock.now())
    client = Client(REMOTE_ADDR="203.0.113.7")
    asked = {"number": paper.number, "code": "AAAA-AAAA-AAAA"}

    codes = [client.get(VERIFY, asked).status_code for _ in range(31)]

    assert codes == [200] * 30 + [429]
    right = client.get(VERIFY, {"number": paper.number, "code": paper.code})
    assert (right.status_code, paper.digest in text(right)) == (429, False)
    assert Client(REMOTE_ADDR="203.0.113.8").get(VERIFY, asked).status_code == 200


def test_programs_read_papers(story: PaperStory) -> None:
    paper = noticed(story, at=clock.now())
    clerk = caller(story.people.clerk)

    listed = clerk.get("/api/papers?receiver=me").json()["results"]
    assert [each["number"] for each in listed] == [paper.number]
    told = clerk.get(f"/api/papers/{paper.pk}").json()
    assert told["digest"] == paper.digest
    assert [each["word"] for each in told["events"]] == ["issued"]
    assert {each["person"] for each in told["receivers"]} == {
        story.people.clerk.pk, story.people.committee.pk,
    }  # fmt: skip
    assert "code" not in told
    assert caller(story.people.other_clerk).get(f"/api/papers/{paper.pk}").status_code == 404
    assert clerk.get("/api/papers?shown=riddle").status_code == 400
    assert caller(story.people.outsider).get("/api/papers").status_code == 403
