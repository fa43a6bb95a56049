"""Who may call, when, and what the attempts come to."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.domain.casework.complaints import CALENDAR, read
from tests.domain.casework.test_call_backs import with_rules
from zhijian.domain.callbacks import calling
from zhijian.domain.callbacks.arising import Arrival, arrivals, standing_arrival
from zhijian.domain.callbacks.calling import Attempt, Pace
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course, Happened, handed_over, replay
from zhijian.domain.casework.who import Person
from zhijian.domain.deadlines.hours import Span
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Unit

NINE = datetime.fromisoformat("2024-06-20T09:00:00+08:00")
PACE = Pace(3, 2, 2, Span.parse("08:30-20:00"))
OFFICE = frozenset({"office"})


def hour(count: float) -> datetime:
    return NINE + timedelta(hours=count)


def the_pack() -> Pack:
    found = read(with_rules())
    assert isinstance(found, Pack)
    return found


def around(pack: Pack) -> Circumstances:
    return Circumstances(pack.law(NINE.date()), pack.limits, CALENDAR, Unit("示例店"))


def course(pack: Pack, *steps: tuple[str, str]) -> Course:
    """A case in which people took steps, an hour after the other."""
    facts = {"manager": "wang"}
    return replay(
        pack.cases["complaint"],
        [
            Happened(seq, step, who, frozenset(), hour(seq), facts if seq == 1 else {})
            for seq, (step, who) in enumerate(steps, 1)
        ],
    )


ANSWERED = (("register", "li"), ("answer", "wang"))


def test_the_pace_is_that_of_the_regulation() -> None:
    pack = the_pack()
    rule = pack.cases["complaint"].call_backs["phone"]

    assert calling.pace_of(rule, around(pack)) == Pace(3, 2, 2, Span.parse("09:00-20:00"))


@pytest.mark.parametrize(
    ("who", "roles", "codes"),
    [
        ("zong", OFFICE, []),
        ("li", OFFICE, []),  # has only passed the case on
        ("wang", OFFICE, ["callbacks.own_case"]),
        ("zong", frozenset({"waiter"}), ["callbacks.not_entitled"]),
    ],
)
def test_nobody_calls_about_their_own_work(
    who: str, roles: frozenset[str], codes: list[str]
) -> None:
    pack = the_pack()
    rule = pack.cases["complaint"].call_backs["phone"]

    found = calling.against_caller(rule, course(pack, *ANSWERED), Person(who, roles))

    assert [each.code for each in found] == codes


def test_the_owner_does_not_call_though_they_took_no_step() -> None:
    pack = the_pack()
    rule = pack.cases["complaint"].call_backs["phone"]
    owned = handed_over(course(pack, *ANSWERED), "zong")

    found = calling.against_caller(rule, owned, Person("zong", OFFICE))

    assert [each.code for each in found] == ["callbacks.own_case_owner"]


@pytest.mark.parametrize(
    ("attempts", "at", "codes"),
    [
        ((), hour(0), []),
        ((), hour(-1), ["callbacks.out_of_hours"]),
        ((), hour(11), ["callbacks.out_of_hours"]),
        ((("busy", 0),), hour(1.9), ["callbacks.too_soon"]),
        ((("busy", 0),), hour(2), []),
        ((("busy", 2),), hour(1), ["callbacks.before_last"]),
        ((("later", 0),), hour(12.5), []),
        ((("later", 2),), hour(1), ["callbacks.before_last"]),
    ],
)
def test_when_an_attempt_may_be_made(
    attempts: tuple[tuple[str, float], ...], at: datetime, codes: list[str]
) -> None:
    made = [Attempt(hour(when), outcome) for outcome, when in attempts]

    assert [each.code for each in calling.against_moment(PACE, made, at)] == codes


def test_without_hours_any_hour_will_do() -> None:
    assert calling.against_moment(Pace(1, 1, 0), [], hour(14)) == ()


def test_enough_attempts_on_enough_days_make_somebody_unreachable() -> None:
    one_day = [Attempt(hour(each), "no_answer") for each in (0, 2, 4)]

    assert calling.missed([*one_day, Attempt(hour(5), "later")]) == (3, 1)
    assert not calling.is_unreachable(PACE, one_day)
    assert calling.is_unreachable(PACE, [*one_day, Attempt(hour(24), "wrong_number")])
    assert not calling.is_unreachable(PACE, [Attempt(hour(0), "busy"), Attempt(hour(24), "busy")])


@pytest.mark.parametrize("told", [True, False])
def test_the_answers_say_whether_somebody_is_satisfied(told: bool) -> None:
    pack = the_pack()
    rule = pack.cases["complaint"].call_backs["phone"]
    found = calling.is_satisfied(rule, course(pack, *ANSWERED), {"satisfied": told}, around(pack))

    assert found is told


def test_the_first_step_that_leads_on_is_taken() -> None:
    case = course(the_pack(), *ANSWERED)

    assert calling.step_after(case, ("reopen", "verify", "send_back")) == "verify"
    assert calling.step_after(case, ("reopen",)) == ""


def test_each_arrival_counts_and_says_when_it_ended() -> None:
    pack = the_pack()
    more = (*ANSWERED, ("send_back", "zong"), ("answer", "wang"), ("verify", "zong"))
    again = course(pack, *ANSWERED, *more[2:4])

    assert arrivals(course(pack, *more), ("answered",)) == (
        Arrival(2, hour(2), 3), Arrival(4, hour(4), 5),
    )  # fmt: skip
    assert arrivals(course(pack, *more), ("answered", "closed")) == (
        Arrival(2, hour(2), 3), Arrival(4, hour(4)),
    )  # fmt: skip
    assert standing_arrival(again, ("answered",)) == Arrival(4, hour(4))
    assert standing_arrival(course(pack, *more), ("answered",)) is None
    assert standing_arrival(Course(pack.cases["complaint"]), ("answered",)) is None
