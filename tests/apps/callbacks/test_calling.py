"""Calling back: who may, how often, and what follows in the case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.apps.callbacks.ledger_cases import (
    MORNING,
    answer,
    answered,
    call,
    merged,
    of,
    opened,
    taken,
)
from tests.apps.complaints.hotline import make_hotline
from tests.people import People
from zhijian.callbacks import services
from zhijian.callbacks.models import CallBack, CallState, Cause
from zhijian.callbacks.refusals import CallBackRefused
from zhijian.cases.models import Case
from zhijian.cases.refusals import StepRefused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def people() -> People:
    return make_hotline()


def test_a_call_back_falls_due_with_the_answer(people: People) -> None:
    case = opened(people)
    assert not CallBack.objects.filter(case=case).exists()

    row = of(answered(people))

    assert (row.state, row.due_on, row.rule) == (CallState.PENDING, MORNING.date(), "phone")
    assert row.number == "HF2026-0001"


@pytest.mark.req("CMP-01", "SPT-10")
def test_whoever_is_satisfied_closes_the_case(people: People) -> None:
    case = answered(people)

    row = call(people.working_group, of(case), "reached", satisfied="是", solved="是")

    case.refresh_from_db()
    assert (row.state, row.satisfied) == (CallState.DONE, True)
    assert case.state == "closed"
    assert row.caller == people.working_group


def test_whoever_is_not_sends_it_back_and_is_called_again(people: People) -> None:
    case = answered(people)

    row = call(people.working_group, of(case), "reached", satisfied="否", note="仍有污渍")

    case.refresh_from_db()
    assert (row.state, row.satisfied, case.state) == (CallState.DONE, False, "dispatched")
    assert "仍有污渍" in case.events.latest("seq").document
    answer(people, case, at=MORNING + 3 * HOUR)
    again = of(case)
    assert again.pk != row.pk
    assert again.state == CallState.PENDING


def test_nobody_calls_about_their_own_work(people: People) -> None:
    case = answered(people)

    with pytest.raises(CallBackRefused) as refused:
        call(people.clerk, of(case), "reached", satisfied="是")

    assert refused.value.code == "callbacks.not_entitled"
    assert of(case).attempts.count() == 0


def test_whoever_acted_in_the_case_does_not_call_though_entitled(people: People) -> None:
    case = opened(people)
    to = {"department": str(people.unit.pk), "handler": str(people.working_group.pk)}
    taken(case, "dispatch", people.working_group, **to)
    told = {"findings": "属实", "cause": "人员操作", "measures": "已清洁", "reply": "已清洁"}
    taken(case, "answer", people.working_group, **told)

    with pytest.raises(CallBackRefused) as refused:
        call(people.working_group, of(case), "reached", satisfied="是")

    assert refused.value.code == "callbacks.own_case"


def test_three_attempts_on_two_days_make_somebody_unreachable(people: People) -> None:
    case = answered(people)
    caller, first = people.working_group, MORNING + 2 * HOUR

    call(caller, of(case), "no_answer", first)
    call(caller, of(case), "busy", first + 2 * HOUR)
    assert of(case).state == CallState.PENDING
    call(caller, of(case), "no_answer", first + 4 * HOUR)
    assert of(case).state == CallState.PENDING  # three, but all on one day
    row = call(caller, of(case), "no_answer", first + 24 * HOUR)

    case.refresh_from_db()
    assert (row.state, case.state) == (CallState.UNREACHABLE, "closed")
    assert case.events.latest("seq").step == "close_unreached"


@pytest.mark.parametrize(
    ("hours", "code"),
    [(2, "callbacks.too_soon"), (13, "callbacks.out_of_hours"), (1, "callbacks.before_last")],
)
def test_attempts_keep_their_distance_and_hours(people: People, hours: float, code: str) -> None:
    case = answered(people)
    call(people.working_group, of(case), "no_answer", MORNING + 1.5 * HOUR)

    with pytest.raises(StepRefused) as refused:
        call(people.working_group, of(case), "busy", MORNING + hours * HOUR)

    assert [each.code for each in refused.value.problems] == [code]
    assert of(case).attempts.count() == 1


def test_another_time_that_was_asked_for_is_kept_whatever_the_hour(people: People) -> None:
    case = answered(people)
    call(people.working_group, of(case), "later", MORNING + 2 * HOUR, note="晚上九点后")

    row = call(people.working_group, of(case), "reached", MORNING + 12.5 * HOUR, satisfied="是")

    assert row.state == CallState.DONE


def test_refusing_the_call_needs_its_reason_and_closes(people: People) -> None:
    case = answered(people)
    with pytest.raises(StepRefused):
        call(people.working_group, of(case), "refused")

    row = call(people.working_group, of(case), "refused", note="客户说不必回访")

    case.refresh_from_db()
    assert (row.state, row.reason, case.state) == (CallState.REFUSED, "客户说不必回访", "closed")


def test_an_answer_is_checked_like_any_fact(people: People) -> None:
    case = answered(people)

    with pytest.raises(StepRefused) as refused:
        call(people.working_group, of(case), "reached", solved="也许")

    assert {each.where for each in refused.value.problems} == {"solved", "satisfied"}
    assert of(case).state == CallState.PENDING


def test_excluding_takes_two(people: People) -> None:
    case, caller = answered(people), people.working_group
    asked = services.ask_exclusion(
        actor=caller, call_back_id=of(case).pk, reason="客户已搬离", at=MORNING + 2 * HOUR
    )
    with pytest.raises(CallBackRefused) as refused:
        services.decide_exclusion(
            actor=caller, exclusion_id=asked.pk, grants=True, at=MORNING + 2 * HOUR
        )
    assert refused.value.code == "callbacks.exclusion_own"
    with pytest.raises(CallBackRefused) as own:
        services.decide_exclusion(
            actor=people.clerk, exclusion_id=asked.pk, grants=True, at=MORNING + 2 * HOUR
        )
    assert own.value.code == "callbacks.own_case"


def test_a_step_taken_on_the_page_of_the_case_is_the_call_itself(people: People) -> None:
    case = answered(people)

    taken(case, "call_back", people.working_group, satisfied="是")

    row = of(case)
    assert (row.state, row.satisfied, row.caller) == (CallState.DONE, True, people.working_group)
    assert [each.outcome for each in row.attempts.all()] == ["reached"]


def test_nobody_closes_a_case_as_unreachable_without_trying(people: People) -> None:
    case = answered(people)

    with pytest.raises(CallBackRefused) as refused:
        taken(case, "close_unreached", people.working_group, reason="没人接")

    assert refused.value.code == "callbacks.not_tried_enough"
    case.refresh_from_db()
    assert case.state == "answered"


def test_everybody_who_complained_keeps_their_call(people: People) -> None:
    first, second = opened(people, phone="13800005678"), opened(people, phone="13900001111")
    merged(people, second, first)
    to = {"department": str(people.unit.pk), "handler": str(people.clerk.pk)}
    taken(first, "dispatch", people.working_group, **to)
    answer(people, first)

    assert {of(first).root_id, of(second).root_id} == {first.pk}
    with pytest.raises(CallBackRefused) as refused:
        taken(first, "call_back", people.working_group, satisfied="是")
    assert refused.value.code == "callbacks.others_pending"
    call(people.working_group, of(first), "reached", satisfied="是")
    first.refresh_from_db()
    assert first.state == "answered"
    call(people.working_group, of(second), "reached", satisfied="是")
    first.refresh_from_db()
    assert first.state == "closed"


def test_one_who_is_not_satisfied_sends_it_back_for_all(people: People) -> None:
    first, second = opened(people), opened(people, phone="13900001111")
    merged(people, second, first)
    to = {"department": str(people.unit.pk), "handler": str(people.clerk.pk)}
    taken(first, "dispatch", people.working_group, **to)
    answer(people, first)

    call(people.working_group, of(second), "reached", satisfied="否", note="没有解决")

    first.refresh_from_db()
    assert first.state == "dispatched"
    assert (of(first).state, of(first).cause) == (CallState.EXCLUDED, Cause.MOVED)


def test_a_wrong_result_is_taken_back_and_the_call_made_again(people: People) -> None:
    case = answered(people)
    row = call(people.working_group, of(case), "reached", satisfied="是")

    services.correct(
        actor=people.working_group, call_back_id=row.pk, reason="记错了", at=MORNING + 2 * HOUR
    )
    row = call(
        people.working_group, of(case), "reached", MORNING + 3 * HOUR, "其实不满意", satisfied="否"
    )

    case.refresh_from_db()
    assert (row.state, row.satisfied) == (CallState.DONE, False)
    assert row.corrections.get().satisfied is True
    assert case.state == "received"  # reopened within the window


def test_after_the_window_the_answer_stays_without_reopening(people: People) -> None:
    case = answered(people)
    row = call(people.working_group, of(case), "reached", satisfied="是")
    late = MORNING + timedelta(days=40)
    services.correct(actor=people.working_group, call_back_id=row.pk, reason="记错了", at=late)

    row = call(people.working_group, of(case), "reached", late + HOUR, "不满意", satisfied="否")

    assert (row.state, row.satisfied) == (CallState.DONE, False)
    assert Case.objects.get(pk=case.pk).state == "closed"
