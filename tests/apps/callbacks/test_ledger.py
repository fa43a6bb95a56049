"""The ledger balances whatever happens, and agrees with the events of the cases."""

from __future__ import annotations

import random
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
from tests.people import People, make_person
from zhijian.accounts import roles
from zhijian.accounts.models import User
from zhijian.callbacks import queries, services
from zhijian.callbacks.models import CallBack, CallState
from zhijian.callbacks.queries import Wanted
from zhijian.cases.models import Case
from zhijian.foundation.refusal import Refusal

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
EVERYTHING = Wanted(shown=queries.ALL)


@pytest.fixture
def people() -> People:
    return make_hotline()


class Story:
    """Random things that happen to complaints, one after the other, as people would do them."""

    def __init__(self, people: People, chance: random.Random) -> None:
        self.people, self.chance = people, chance
        self.at = MORNING
        self.done: set[str] = set()

    def go_on(self) -> None:
        """Something happens; what is refused changes nothing."""
        self.at += timedelta(minutes=self.chance.choice((7, 45, 150, 1500)))
        acts = (
            self.opens, self.opens, self.dispatches, self.dispatches, self.answers, self.answers,
            self.answers, self.merges, self.withdraws, self.reopens, self.calls, self.calls,
            self.calls, self.calls, self.excludes, self.corrects, self.steps,
        )  # fmt: skip
        act = self.chance.choice(acts)
        try:
            act()
        except Refusal:
            self.done.add(f"refused {act.__name__}")
        else:
            self.done.add(act.__name__)

    def case(self, *states: str) -> Case:
        rows = list(Case.objects.filter(state__in=states).order_by("pk"))
        if not rows:
            raise Refusal("cases.not_there")
        return self.chance.choice(rows)

    def opens(self) -> None:
        phone = f"1380000{self.chance.randrange(1000):04d}"
        opened(self.people, self.at, phone=phone)

    def dispatches(self) -> None:
        to = {"department": str(self.people.unit.pk), "handler": str(self.people.clerk.pk)}
        taken(self.case("received"), "dispatch", self.people.working_group, self.at, **to)

    def answers(self) -> None:
        answer(self.people, self.case("dispatched"), self.at)

    def merges(self) -> None:
        one = self.case("received", "dispatched")
        merged(self.people, one, self.case("dispatched", "answered"), self.at)

    def withdraws(self) -> None:
        who = self.people.working_group
        taken(self.case("received", "dispatched"), "withdraw", who, self.at, "客户撤回")

    def reopens(self) -> None:
        taken(self.case("closed"), "reopen", self.people.working_group, self.at, "又坏了")

    def steps(self) -> None:
        """Somebody closes or sends back on the page of the case."""
        name = self.chance.choice(("call_back", "redo", "close_unreached"))
        told = {"satisfied": "是"} if name == "call_back" else {}
        reason = "" if told else "重办"
        taken(self.case("answered"), name, self.people.working_group, self.at, reason, **told)

    def row(self, *states: str) -> CallBack:
        rows = list(CallBack.objects.filter(state__in=states).order_by("pk"))
        if not rows:
            raise Refusal("callbacks.not_there")
        return self.chance.choice(rows)

    def calls(self) -> None:
        outcome = self.chance.choice(("reached", "reached", "no_answer", "busy", "refused"))
        told = {"satisfied": self.chance.choice("是是否")} if outcome == "reached" else {}
        who = self.people.working_group
        call(who, self.row("pending"), outcome, self.at, "备注", **told)

    def excludes(self) -> None:
        row = self.row("pending")
        asked = services.ask_exclusion(
            actor=self.people.working_group, call_back_id=row.pk, reason="已搬离", at=self.at
        )
        grants = self.chance.random() < 0.7
        services.decide_exclusion(
            actor=second_caller(), exclusion_id=asked.pk, grants=grants, at=self.at
        )

    def corrects(self) -> None:
        row = self.row("done", "refused", "unreachable")
        services.correct(
            actor=self.people.working_group, call_back_id=row.pk, reason="记错", at=self.at
        )


def second_caller() -> User:
    """Somebody else of the hotline."""
    found = User.objects.filter(username="second").first()
    return found or make_person("second", roles.WORKING_GROUP)


@pytest.mark.req("SPT-10", "CMP-01")
@pytest.mark.parametrize("seed", range(3))
def test_the_ledger_balances_whatever_happens(people: People, seed: int) -> None:
    for _ in range(3):
        answered(people)
    story = Story(people, random.Random(seed))
    for count in range(50):
        story.go_on()
        found = queries.ledger(people.working_group, EVERYTHING, queries.BY[count % 3])
        assert found.whole.balances
        assert all(line.balance.balances for line in found.lines)
        assert found.whole.closed == CallBack.objects.count()

    assert queries.differences() == ()
    assert CallBack.objects.count() > 3
    assert {"calls", "answers"} <= story.done


def test_a_row_that_is_lacking_is_told(people: People) -> None:
    case = answered(people)
    assert queries.differences() == ()

    CallBack.objects.filter(case=case).delete()

    assert [each[:1] for each in queries.differences()] == ["-"]


def test_each_line_leads_to_its_rows_and_the_rates_to_what_they_rest_on(people: People) -> None:
    caller = people.working_group
    first, second, third = (answered(people) for _ in range(3))
    answered(people)
    call(caller, of(first), "reached", satisfied="是")
    call(caller, of(second), "reached", note="没修好", satisfied="否")
    call(caller, of(third), "refused", note="不必")

    whole = queries.ledger(caller, EVERYTHING, "day").whole

    assert (whole.closed, whole.done, whole.refused, whole.pending) == (4, 2, 1, 1)
    assert (whole.called.part, whole.called.whole) == (3, 4)
    assert (whole.reached.part, whole.reached.whole) == (2, 3)
    assert (whole.content.part, whole.content.whole) == (1, 2)
    for shown, count in ((queries.CONCLUDED, 3), (queries.DUE, 4), (queries.SATISFIED, 1)):
        assert queries.rows(caller, Wanted(shown=shown)).count() == count


def test_whoever_does_not_see_the_case_sees_no_row(people: People) -> None:
    answered(people)

    assert queries.rows(people.other_clerk, EVERYTHING).count() == 0
    assert queries.rows(people.clerk, EVERYTHING).count() == 1
    assert queries.ledger(people.other_clerk, EVERYTHING, "unit").whole.closed == 0


def test_excluded_with_consent_is_not_due_and_closes_the_case(people: People) -> None:
    case = answered(people)
    asked = services.ask_exclusion(
        actor=people.working_group, call_back_id=of(case).pk, reason="已搬离", at=MORNING + HOUR
    )

    row = services.decide_exclusion(
        actor=second_caller(), exclusion_id=asked.pk, grants=True, at=MORNING + 2 * HOUR
    )

    case.refresh_from_db()
    assert (row.state, row.reason, case.state) == (CallState.EXCLUDED, "已搬离", "closed")
    assert queries.ledger(people.working_group, EVERYTHING, "month").whole.called.whole == 0
