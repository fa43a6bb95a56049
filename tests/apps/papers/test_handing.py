"""What becomes of a paper: received, extended, answered, closed, withdrawn."""

from __future__ import annotations

from datetime import date

import pytest

from tests.apps.cases.stories import START, moment
from tests.apps.papers.stories import PaperStory, make_office, noticed
from zhijian.cases.models import Case
from zhijian.foundation.notifications.models import Notification
from zhijian.papers import services
from zhijian.papers.models import Paper, State
from zhijian.papers.refusals import PaperRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> PaperStory:
    return PaperStory(make_office())


def events(paper: Paper) -> list[str]:
    return [each.word for each in paper.events.order_by("pk")]


def test_it_is_received_when_everybody_has_received_it(story: PaperStory) -> None:
    paper = noticed(story)
    at = moment("2024-06-20T11:00")

    first = services.receive(actor=story.people.clerk, paper_id=paper.pk, at=at)
    again = services.receive(actor=story.people.clerk, paper_id=paper.pk, at=at)
    assert (first.state, again.state) == (State.ISSUED, State.ISSUED)
    done = services.note_receipt(
        actor=story.people.working_group,
        paper_id=paper.pk,
        person_id=story.people.committee.pk,
        at=at,
    )

    assert done.state == State.RECEIVED
    assert events(paper) == ["issued", "received", "received"]
    rows = {each.person_id: each.noted_by_id for each in paper.receivers.all()}
    assert rows == {
        story.people.clerk.pk: None,
        story.people.committee.pk: story.people.working_group.pk,
    }


def test_nobody_receives_what_does_not_go_to_them(story: PaperStory) -> None:
    paper = noticed(story)

    for actor, code in (
        (story.people.working_group, "papers.not_to_them"),
        (story.people.other_clerk, "papers.not_there"),
    ):
        with pytest.raises(PaperRefused) as refused:
            services.receive(actor=actor, paper_id=paper.pk, at=START)
        assert refused.value.code == code
    with pytest.raises(PaperRefused) as refused:
        services.note_receipt(
            actor=story.people.clerk, paper_id=paper.pk, person_id=story.people.clerk.pk, at=START
        )
    assert refused.value.code == "papers.may_not_manage"


def test_more_time_in_the_case_is_more_time_for_its_paper(story: PaperStory) -> None:
    paper = noticed(story)
    told = {"new_time": "2024-06-25T10:00", "consent": "是"}
    story.step(paper.case, "agree", story.people.clerk, "2024-06-20T12:00", facts=told)

    paper.refresh_from_db()
    assert paper.reply_by == moment("2024-06-25T10:00")
    assert events(paper) == ["issued", "extended"]
    assert Notification.objects.filter(message__event="papers.extended").count() == 2
    with pytest.raises(PaperRefused) as refused:
        services.extend(
            actor=story.people.working_group,
            paper_id=paper.pk,
            until=date(2024, 6, 30),
            reason="等材料",
            at=START,
        )
    assert refused.value.code == "papers.limit_of_case"


def test_the_answer_and_the_end_of_the_case_are_noted(story: PaperStory) -> None:
    paper = noticed(story)
    case = Case.objects.get(pk=paper.case_id)
    story.step(case, "answer", story.people.clerk, "2024-06-20T15:00", facts={"answer": "已致歉"})
    paper.refresh_from_db()
    assert paper.state == State.ANSWERED

    story.step(
        case, "verify", story.people.committee, "2024-06-20T16:00", facts={"satisfied": "是"}
    )
    paper.refresh_from_db()
    assert paper.state == State.CLOSED
    assert events(paper) == ["issued", "answered", "closed"]


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (date(2024, 7, 5), "等材料", ""),
        (date(2024, 6, 19), "等材料", "papers.not_later"),
        (date(2024, 6, 18), "等材料", "papers.not_later"),
        (date(2024, 7, 5), "  ", "papers.reason_needed"),
    ],
)
def test_a_day_of_the_case_is_extended_by_hand(
    story: PaperStory, until: date, reason: str, code: str
) -> None:
    case = story.open()
    facts = {"answer": "已致歉", "visited_on": "2024-06-19"}
    story.step(case, "answer", story.people.clerk, "2024-06-20T15:00", facts=facts)
    actor = story.people.working_group
    paper = services.issue(actor=actor, case_id=case.pk, form="reply", at=START)
    assert paper.reply_by == moment("2024-06-19T23:59:59")

    def extend() -> Paper:
        return services.extend(actor=actor, paper_id=paper.pk, until=until, reason=reason, at=START)

    if code:
        with pytest.raises(PaperRefused) as refused:
            extend()
        assert refused.value.code == code
        paper.refresh_from_db()
        assert paper.reply_by == moment("2024-06-19T23:59:59")
    else:
        assert extend().reply_by == moment("2024-07-05T23:59:59")
        assert events(paper) == ["issued", "extended"]


def test_what_is_withdrawn_counts_no_more_and_the_next_one_names_it(story: PaperStory) -> None:
    paper = noticed(story)
    actor = story.people.working_group

    with pytest.raises(PaperRefused) as refused:
        services.withdraw(actor=actor, paper_id=paper.pk, reason=" ", at=START)
    assert refused.value.code == "papers.reason_needed"
    services.withdraw(actor=actor, paper_id=paper.pk, reason="发错单位", at=START)
    with pytest.raises(PaperRefused) as refused:
        services.withdraw(actor=actor, paper_id=paper.pk, reason="再撤", at=START)
    assert refused.value.code == "papers.not_open"
    with pytest.raises(PaperRefused):
        services.receive(actor=story.people.clerk, paper_id=paper.pk, at=START)
    new = services.issue(actor=actor, case_id=paper.case_id, form="notice", reason="改发", at=START)

    paper.refresh_from_db()
    assert (paper.state, new.replaces_id) == (State.WITHDRAWN, paper.pk)
    assert Notification.objects.filter(message__event="papers.withdrawn").count() == 2
