"""A step changes a case wholly or not at all, and everything that follows comes with it."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.apps.cases.stories import Story, codes, make_office, moment, shown, steps
from zhijian.cases import services, to_domain
from zhijian.cases.documents import hash_of
from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseClock, CaseEvent, CaseEvidence, CaseFault, CaseLink
from zhijian.cases.refusals import CaseRefused, MovedOn, StepRefused
from zhijian.cases.services import Merging, Seen, Taking
from zhijian.foundation.audit import chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(make_office())


def test_from_registration_to_the_end(story: Story) -> None:
    case = story.closed()

    assert (case.state, case.ends, case.due_at) == ("closed", "closed", None)
    assert steps(case) == ["register", "answer", "verify"]
    held = CaseClock.objects.get(case=case)
    assert (held.state, held.is_over, held.next_at) == ("met", True, None)
    assert held.verdict["state"] == "met"
    assert not CaseFault.objects.filter(case=case).exists()


@pytest.mark.req("SYS-06")
def test_events_are_chained_and_the_database_keeps_them(story: Story) -> None:
    case = story.closed()
    previous = chain.START
    for event in case.events.order_by("seq"):
        assert event.previous_hash == previous
        assert event.hash == hash_of(event, case.number)
        previous = event.hash
    assert case.last_hash == previous

    for tampering in (
        lambda: CaseEvent.objects.update(document="{}"),
        lambda: CaseEvent.objects.filter(case=case)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            tampering()


@pytest.mark.req("NCS-32")
def test_confidential_and_anonymous_stay_so(story: Story) -> None:
    case = story.open(
        step="report", anonymous=True, facts={"subject": "态度", "injured": "否", "secret": "是"}
    )
    assert (case.is_confidential, case.is_anonymous) == (True, True)

    for flag in ("is_confidential", "is_anonymous"):
        with pytest.raises(DatabaseError, match="stay so"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**{flag: False})
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(opener=story.people.clerk)


def test_of_two_who_saw_the_same_the_second_is_told_who_was_first(story: Story) -> None:
    case = story.open()
    answer = {"facts": {"answer": "已致歉"}, "seq": 1}
    story.step(case, "answer", story.people.clerk, "2024-06-20T11:00", **answer)

    with pytest.raises(MovedOn) as refused:
        story.step(case, "answer", story.people.clerk, "2024-06-20T11:00", **answer)

    assert refused.value.words() == (
        "案件 CK2024-0001 刚刚由“clerk”办理了“办理”，您的操作没有生效；请看过现状再办理。"
    )
    assert "“Handle”" in refused.value.words("en")
    assert steps(case) == ["register", "answer"]


def test_asked_again_under_a_key_a_step_is_taken_once(story: Story) -> None:
    case = story.open()
    told = {"facts": {"answer": "已致歉"}, "seq": 1, "key": "k1"}
    story.step(case, "answer", story.people.clerk, "2024-06-20T11:00", **told)
    again = story.step(case, "answer", story.people.clerk, "2024-06-20T11:05", **told)

    assert again.state == "answered"
    assert steps(case) == ["register", "answer"]


def test_nobody_verifies_what_they_did(story: Story) -> None:
    case = story.open(more={"handler": str(story.people.working_group.pk)})
    group = story.people.working_group
    story.step(case, "answer", group, "2024-06-20T11:00", facts={"answer": "已致歉"})

    with pytest.raises(StepRefused) as refused:
        story.step(case, "verify", group, "2024-06-20T12:00", facts={"satisfied": "是"})

    assert codes(refused) == ["casework.four_eyes"]


def test_facts_come_back_as_they_were_entered(story: Story) -> None:
    case = story.open()
    upload = shown(case)
    story.step(
        case, "answer", story.people.clerk, "2024-06-20T11:00", uploads=(upload,),
        facts={"answer": "已致歉", "loss": "12.50", "visited_on": "2024-06-20"},
    )  # fmt: skip
    story.step(case, "send_back", story.people.committee, "2024-06-20T12:00", reason="未道歉")
    later = {"new_time": "2024-06-25T10:30", "consent": "是"}
    case = story.step(case, "agree", story.people.clerk, "2024-06-20T13:00", facts=later)

    facts = to_domain.standing_of(case, Library()).course.facts

    assert facts["loss"] == Fraction(25, 2)
    assert facts["visited_on"] == date(2024, 6, 20)
    assert facts["new_time"] == moment("2024-06-25T10:30")
    assert isinstance(facts["new_time"], datetime)
    assert facts["photos"] == (upload.digest,)
    assert facts["injured"] is False
    assert case.due_at == moment("2024-06-25T10:30")


def test_a_step_opens_other_cases_in_the_same_transaction(story: Story) -> None:
    case = story.open()
    upload = shown(case)
    story.step(
        case, "answer", story.people.clerk, "2024-06-20T11:00", uploads=(upload,),
        facts={"answer": "流程有误", "loss": "0.1"},
    )  # fmt: skip
    story.step(case, "correct", story.people.working_group, "2024-06-20T12:00")

    link = CaseLink.objects.get(source=case)
    action = link.target
    assert (link.word, action.number, action.kind) == ("opened", "CJ2024-0001", "action")
    assert (action.unit, action.title) == (story.people.unit, "流程有误")
    assert action.due_at == moment("2024-06-30T23:59:59")
    assert CaseEvidence.objects.get(case=action).digest == upload.digest
    # The complaint waits for it.
    with pytest.raises(StepRefused) as refused:
        story.step(case, "verify", story.people.committee, "2024-06-20T13:00",
                   facts={"satisfied": "是"})  # fmt: skip
    assert codes(refused) == ["casework.case_open"]
    story.step(action, "finish", story.people.clerk, "2024-06-21T09:00", facts={"done": "改流程"})
    closed = story.step(case, "verify", story.people.committee, "2024-06-21T10:00",
                        facts={"satisfied": "是"})  # fmt: skip
    assert closed.ends == "closed"


@pytest.mark.req("SYS-07")
def test_what_is_returned_with_a_reason_runs_again(story: Story) -> None:
    case = story.answered()
    with pytest.raises(StepRefused) as refused:
        story.step(case, "send_back", story.people.committee, "2024-06-20T16:00")
    assert codes(refused) == ["casework.reason_missing"]

    back = story.step(
        case, "send_back", story.people.committee, "2024-06-20T16:00", reason="没有答复顾客"
    )

    assert (back.state, back.owner) == ("open", story.people.clerk)
    held = CaseClock.objects.get(case=case)
    assert (held.state, held.is_over, held.verdict) == ("running", False, None)


class TestHandOver:
    def give(self, story: Story, case: Case, **told: object) -> Case:
        args = {"actor": story.people.working_group, "to_id": story.people.inspector.pk,
                "reason": "出差", "at": moment("2024-06-20T11:00"), **told}  # fmt: skip
        return services.hand_over(seen=Seen(case.pk, case.seq), **args)  # type: ignore[arg-type]

    def test_the_new_owner_has_it_and_the_chain_tells(self, story: Story) -> None:
        case = self.give(story, story.open())

        assert case.owner == story.people.inspector
        assert steps(case) == ["register", "hand_over"]
        done = story.step(
            case, "answer", story.people.inspector, "2024-06-20T12:00", facts={"answer": "已致歉"}
        )
        assert done.state == "answered"

    def test_the_owner_may_too_and_nobody_else(self, story: Story) -> None:
        case = self.give(story, story.open(), actor=story.people.clerk)
        assert case.owner == story.people.inspector

        with pytest.raises(CaseRefused) as refused:
            self.give(story, case, actor=story.people.clerk)
        assert refused.value.code == "cases.may_not_hand_over"

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"reason": " "}, "cases.hand_over_reason"),
            ({"to_id": 99_999}, "cases.nobody_to_hand_to"),
            ({"to_id": "clerk"}, "cases.owner_already"),
            ({"to_id": "outsider"}, "cases.cannot_act"),
        ],
    )
    def test_what_cannot_be_is_said(self, story: Story, told: dict[str, object], code: str) -> None:
        case = story.open()
        if isinstance(told.get("to_id"), str):
            told = {"to_id": getattr(story.people, str(told["to_id"])).pk}
        with pytest.raises(CaseRefused) as refused:
            self.give(story, case, **told)
        assert refused.value.code == code

    def test_what_has_ended_stays_where_it_is(self, story: Story) -> None:
        with pytest.raises(CaseRefused) as refused:
            self.give(story, story.closed())
        assert refused.value.code == "cases.ended"


class TestMerging:
    def merge(self, story: Story, case: Case, into: Case, step: str = "join") -> Case:
        return services.merge(
            actor=story.people.working_group,
            merging=Merging(Seen(case.pk, case.seq), into.pk),
            taking=Taking(step, reason="同一事件"),
            at=moment("2024-06-20T11:30"),
        )

    @pytest.mark.req("CMP-40")
    def test_a_repeat_becomes_part_and_keeps_its_own_record(self, story: Story) -> None:
        first = story.open()
        repeat = story.open(more={"account": "李四也反映"}, at=moment("2024-06-20T10:30"))

        merged = self.merge(story, repeat, first)

        assert (merged.ends, merged.merged_into) == ("merged", first)
        assert CaseLink.objects.get(source=repeat).word == "merged"
        assert to_domain.standing_of(merged, Library()).course.facts["account"] == "李四也反映"
        assert list(first.merged.all()) == [merged]

    def test_what_cannot_be_merged_is_said_and_nothing_happens(self, story: Story) -> None:
        first, closed = story.open(), story.closed()
        action = story.open(kind="action", step="begin", facts={"cause": "培训不足"})
        for into, step, code in (
            (first, "join", "cases.merge_with_itself"),
            (closed, "join", "cases.merge_into_ended"),
            (action, "join", "cases.merge_other_kind"),
            (story.open(), "withdraw", "cases.step_does_not_merge"),
        ):
            with pytest.raises(CaseRefused) as refused:
                self.merge(story, first, into, step)
            assert refused.value.code == code
        first.refresh_from_db()
        assert (first.state, first.merged_into, first.seq) == ("open", None, 1)


def test_few_queries_for_a_step(story: Story, django_assert_max_num_queries: Any) -> None:
    case = story.open()
    with django_assert_max_num_queries(35):
        story.step(case, "answer", story.people.clerk, "2024-06-20T11:00", facts={"answer": "好"})
