"""A paper is issued with a step or by hand: numbered, archived, told to whom it goes."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from tests.apps.cases.stories import START, moment
from tests.apps.papers.stories import PaperStory, archived, make_office, noticed, only, words
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.audit.queries import verify_chain
from zhijian.foundation.files.queries import is_intact
from zhijian.foundation.notifications.models import Notification
from zhijian.papers import services
from zhijian.papers.models import Paper, PaperEvent, State
from zhijian.papers.refusals import PaperRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> PaperStory:
    return PaperStory(make_office())


def issued(story: PaperStory, case: Any, form: str, reason: str = "", actor: Any = None) -> Paper:
    return services.issue(
        actor=actor or story.people.working_group,
        case_id=case.pk,
        form=form,
        reason=reason,
        at=START,
    )


@pytest.mark.req("SYS-17")
def test_the_step_that_the_regulation_names_issues_it(story: PaperStory) -> None:
    paper = noticed(story, more={"place": "3 号窗口"})

    said = words(archived(paper))
    for text in (
        "整改通知单", "QR-01", paper.number, paper.code, "3号窗口", "第1页共1页", "1.0版",
        "2024年6月20日", "请于2024年6月21日前答复", "一、问题", "签发单位（盖章）",
    ):  # fmt: skip
        assert text in said, text
    assert paper.number == "CKT2024-0001"
    assert paper.reply_by == moment("2024-06-21T23:59:59")
    assert paper.state == State.ISSUED
    assert paper.issuer in said


def test_the_bytes_are_archived_under_their_digest(story: PaperStory) -> None:
    paper = noticed(story)

    assert hashlib.sha256(archived(paper)).hexdigest() == paper.digest
    assert is_intact(paper.pdf_id)
    entry = AuditEntry.objects.get(action="papers.issue")
    assert entry.after["digest"] == paper.digest
    assert verify_chain().is_sound


def test_the_receivers_are_told_and_bodies_are_those_who_hold_them(story: PaperStory) -> None:
    paper = noticed(story)

    people = {each.person_id for each in paper.receivers.all()}
    assert people == {story.people.clerk.pk, story.people.committee.pk}
    told = Notification.objects.filter(message__event="papers.issued")
    assert {each.recipient_id for each in told} == people


@pytest.mark.req("SYS-05")
def test_numbers_have_no_gap_by_form_and_year_and_a_refused_step_takes_none(
    story: PaperStory,
) -> None:
    for _ in range(2):
        noticed(story)
    case = story.answered(at="2024-06-20T15:00")
    with pytest.raises(Exception, match="must_hold"):
        story.step(
            case, "verify", story.people.committee, "2024-06-20T16:00", facts={"satisfied": "否"}
        )
    story.step(
        case, "verify", story.people.committee, "2024-06-20T16:00", facts={"satisfied": "是"}
    )
    noticed(story, at=moment("2025-01-02T10:00"))

    assert sorted(Paper.objects.values_list("number", flat=True)) == [
        "CKB2024-0001", "CKT2024-0001", "CKT2024-0002", "CKT2024-0003", "CKT2025-0001",
    ]  # fmt: skip


def test_a_paper_by_hand_shows_what_is_known_then(story: PaperStory) -> None:
    case = story.answered(more={"customer": "张三", "account": "排了一小时"})

    paper = issued(story, case, "reply")

    said = words(archived(paper))
    assert "张三" in said
    assert "排了一小时" in said
    assert paper.is_personal
    assert paper.reply_by is None


def test_only_the_step_issues_what_a_step_issues(story: PaperStory) -> None:
    case = story.open()

    with pytest.raises(PaperRefused) as refused:
        issued(story, case, "sheet")
    assert refused.value.code == "papers.issued_by_step"
    with pytest.raises(PaperRefused) as refused:
        issued(story, case, "poster")
    assert refused.value.code == "papers.no_such_form"
    assert Paper.objects.filter(form="sheet").count() == 0


def test_issued_anew_it_names_the_one_whose_place_it_takes(story: PaperStory) -> None:
    first = noticed(story)

    with pytest.raises(PaperRefused) as refused:
        issued(story, first.case, "notice")
    assert refused.value.code == "papers.reissue_reason"
    second = issued(story, first.case, "notice", "写错窗口")

    first.refresh_from_db()
    assert (first.state, second.state) == (State.REPLACED, State.ISSUED)
    assert (second.number, second.replaces_id) == ("CKT2024-0002", first.pk)
    assert f"本件取代{first.number}" in words(archived(second))
    assert archived(first) != archived(second)
    assert [each.word for each in first.events.order_by("pk")] == ["issued", "replaced"]


def test_a_step_taken_again_issues_it_anew(story: PaperStory) -> None:
    case = story.closed()
    story.step(case, "reopen", story.people.working_group, "2024-06-21T09:00")
    story.step(case, "answer", story.people.clerk, "2024-06-21T10:00", facts={"answer": "再次致歉"})
    story.step(
        case, "verify", story.people.committee, "2024-06-21T11:00", facts={"satisfied": "是"}
    )

    old, new = Paper.objects.filter(case=case, form="sheet").order_by("pk")
    assert (old.state, new.replaces) == (State.REPLACED, old)
    assert "再次致歉" in words(archived(new))


@pytest.mark.parametrize("name", ["auditor", "outsider", "other_clerk"])
def test_nobody_issues_without_the_right(story: PaperStory, name: str) -> None:
    case = story.answered()

    with pytest.raises(PaperRefused) as refused:
        issued(story, case, "reply", actor=getattr(story.people, name))
    assert refused.value.code == "papers.may_not_issue"


def test_whoever_leaves_no_name_stands_on_no_paper(story: PaperStory) -> None:
    case = story.open(
        story.people.inspector, step="report", anonymous=True,
        facts={"subject": "排队", "injured": "否"},
    )  # fmt: skip
    paper = issued(story, case, "reply")

    assert story.people.inspector.display_name not in words(archived(paper))


@pytest.mark.req("SYS-06")
@pytest.mark.parametrize(
    "changed", [{"number": "X"}, {"digest": "0"}, {"document": {}}, {"code": "X"}]
)
def test_the_database_refuses_to_change_what_was_issued(
    story: PaperStory, changed: dict[str, Any]
) -> None:
    paper = noticed(story)

    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperEvent.objects.filter(paper=paper).update(at=F("at") + timedelta(days=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperEvent.objects.filter(paper=paper)._raw_delete("default")


def test_equal_documents_give_equal_bytes_and_no_markup(story: PaperStory) -> None:
    from zhijian.papers.printing import render

    case = story.answered(more={"place": '"; #read("/etc/passwd") $x$ *a*'})
    paper = only(case)

    assert render(paper.document) == archived(paper)
    assert '#read("/etc/passwd")$x$*a*' in words(archived(paper))


def test_a_long_text_flows_over_pages(story: PaperStory) -> None:
    text = "处理经过很长。" * 280
    case = story.open(more={"account": text})
    story.step(case, "answer", story.people.clerk, "2024-06-20T15:00", facts={"answer": text})

    said = words(archived(issued(story, case, "reply")))

    assert "第1页共3页" in said
    assert "第3页共3页" in said
    assert said.count("很长。") == 560
