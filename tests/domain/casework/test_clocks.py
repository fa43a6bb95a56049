"""The clocks of a case: started, stopped, moved and begun again by its steps."""

from __future__ import annotations

from datetime import timedelta, timezone
from fractions import Fraction

import pytest

from tests.domain.casework.complaints import (
    CALENDAR,
    COMPLAINT,
    MANAGER,
    OFFICE,
    WAITER,
    around,
    at,
    opened,
    pack,
    take,
)
from zhijian.domain.casework.advancing import Asked, advance
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.timing import clock_events, clocks
from zhijian.domain.casework.who import PLATFORM
from zhijian.domain.deadlines.events import Completed, Reopened, Started, Stopped, Withdrawn
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.scoring.context import Unit

PACK = pack()
GIVEN = around(PACK)
ANSWER = {"facts": {"answer": "换茶"}}


def state_of(course: Course, moment: str, given=GIVEN) -> tuple[str, str]:
    clock = clocks(course, given, at(moment))["handling"]
    return clock.state, f"{clock.due:%d %H:%M:%S}"


def taken(course: Course, *steps: tuple) -> Course:
    for who, step, moment, more in steps:
        course = take(course, who, step, f"2024-06-{moment}", GIVEN, **more)
        assert isinstance(course, Course), course
    return course


def test_a_clock_that_was_never_started_is_not_there() -> None:
    assert clock_events(Course(PACK.cases["complaint"])) == {}
    assert clocks(Course(PACK.cases["complaint"]), GIVEN, at("2024-06-21T10:00")) == {}


def test_a_clock_starts_and_stops_with_its_steps() -> None:
    course = opened(PACK, GIVEN)
    assert state_of(course, "2024-06-21T12:00") == ("running", "21 23:59:59")

    done = taken(course, (MANAGER, "answer", "21T11:00", ANSWER))

    assert state_of(done, "2024-07-01T12:00") == ("met", "21 23:59:59")
    kinds = [type(each) for each in clock_events(done)["handling"].events]
    assert kinds == [Started, Completed]


def test_starting_again_begins_the_clock_as_its_limit_says() -> None:
    course = taken(
        opened(PACK, GIVEN),
        (MANAGER, "answer", "21T11:00", ANSWER),
        (OFFICE, "send_back", "22T09:00", {"reason": "凉"}),
    )

    assert type(clock_events(course)["handling"].events[-1]) is Reopened
    assert state_of(course, "2024-06-22T09:00") == ("overdue", "21 23:59:59")


def test_starting_what_runs_changes_nothing() -> None:
    agrees = (
        "    needs: [new_time, consent]\n",
        "    needs: [new_time, consent]\n    starts: [handling]\n",
    )
    found = pack(agrees)
    given = around(found)
    facts = {"new_time": "2024-06-25T10:00", "consent": True}

    course = take(opened(found, given), MANAGER, "agree", "2024-06-21T11:00", given, facts=facts)

    assert len(clock_events(course)["handling"].events) == 2
    assert state_of(course, "2024-06-21T12:00", given) == ("running", "25 10:00:00")


@pytest.mark.parametrize(
    ("ends", "event", "state"),
    [
        ("withdrawn", Withdrawn, "stopped"),
        ("rejected", Stopped, "stopped"),
        ("merged", Stopped, "stopped"),
    ],
)
def test_an_end_ends_the_clocks_that_still_run(ends: str, event: type, state: str) -> None:
    found = pack(("ends: withdrawn}", f"ends: {ends}}}"))
    given = around(found)

    course = take(opened(found, given), WAITER, "withdraw", "2024-06-21T11:00", given, reason="x")

    assert type(clock_events(course)["handling"].events[-1]) is event
    assert state_of(course, "2024-06-30T11:00", given)[0] == state


def test_an_ended_clock_is_left_alone_by_the_end() -> None:
    course = taken(
        opened(PACK, GIVEN),
        (MANAGER, "answer", "21T11:00", ANSWER),
        (OFFICE, "verify", "22T09:00", {"facts": {"satisfied": True}}),
    )

    assert len(clock_events(course)["handling"].events) == 2


def test_a_clock_counts_from_the_fact_that_says_so() -> None:
    found = pack(
        ("facts:\n", "facts:\n  - {id: heard, title: 听到时间, type: moment, time: past}\n"),
        ("needs: [subject, injured, manager]", "needs: [subject, injured, manager, heard]"),
        (
            "level: proposed\n    starts: [handling]",
            "level: proposed\n    starts: [{clock: handling, from: heard}]",
        ),
    )
    given = around(found)

    course = opened(found, given, heard="2024-06-20T23:00")

    assert state_of(course, "2024-06-21T10:00", given) == ("overdue", "20 23:59:59")


def test_the_limit_follows_the_level_and_stays_when_the_clock_ends() -> None:
    grave = (
        "    reason: true\n  - id: reopen",
        "    reason: true\n    level: grave\n  - id: reopen",
    )
    stays = ("    from: [open, answered]\n    to: withdrawn\n", "    from: [open, answered]\n")
    found = pack(
        grave, stays,
        ("  - {id: withdrawn, title: {zh: 已撤回, en: Withdrawn}, ends: withdrawn}\n", ""),
        ("from: [closed, withdrawn]", "from: [closed]"),
    )  # fmt: skip
    given = around(found)
    course = opened(found, given)
    raised = take(course, WAITER, "withdraw", "2024-06-21T11:00", given, reason="x")
    assert raised.level == "grave"
    assert state_of(raised, "2024-06-21T12:00", given) == ("running", "26 23:59:59")

    late = take(course, MANAGER, "answer", "2024-06-22T11:00", given, **ANSWER)
    late = take(late, WAITER, "withdraw", "2024-06-22T12:00", given, reason="x")

    assert (late.level, clock_events(late)["handling"].level) == ("grave", "small")
    assert state_of(late, "2024-06-22T12:00", given) == ("overdue", "21 23:59:59")
    again = take(late, WAITER, "withdraw", "2024-06-22T13:00", given, reason="x")
    assert again.level == "grave"


TERMS = """
id: %s
title: 时限
cites: 第二条
kind: natural_day
count: 3
pauses:
  days: whole
  reasons:
    - {id: waiting, title: 等候顾客, consent: true}
    - {id: talk, title: 沟通, stops: false}
extension: {kind: natural_day, most: 2, times: 1}
"""
AGREE = """    needs: [new_time, consent]
    agrees: [{clock: handling, until: new_time, consent: consent}]
"""
MANY = """    may: [new_time, consent, days]
    pauses: [{clock: handling, reason: waiting, until: new_time, consent: consent}]
  - {id: resume, title: 恢复, from: [open], by: [owner],
     resumes: [handling]}
  - {id: talk, title: 沟通, from: [open], by: [owner],
     pauses: [{clock: handling, reason: talk}]}
  - {id: ask, title: 申请延长, from: [open], by: [owner],
     needs: [days], requests: [{clock: handling, count: days}]}
  - {id: grant, title: 批准, from: [open], by: [office],
     may: [days], grants: [{clock: handling, count: days}]}
  - {id: grant_all, title: 照准, from: [open], by: [office],
     grants: [handling]}
  - {id: refuse, title: 不批准, from: [open], by: [office],
     refuses: [handling]}
  - {id: late_pause, title: 办后暂停, from: [answered], by: [owner],
     pauses: [{clock: handling, reason: waiting, consent: consent}]}
"""


@pytest.fixture(scope="module")
def many():
    limits = {"limits__small": TERMS % "small", "limits__grave": TERMS % "grave"}
    days = ("facts:\n", "facts:\n  - {id: days, title: 天数, type: integer}\n")
    return pack((AGREE, MANY), days, **limits)


def test_a_pause_stands_as_its_limit_provides(many) -> None:
    given = around(many)
    course = opened(many, given)
    facts = {"new_time": "2024-06-25T00:00", "consent": True}
    paused = take(course, MANAGER, "agree", "2024-06-22T00:00", given, facts=facts)

    assert state_of(paused, "2024-06-23T12:00", given)[0] == "paused"
    assert state_of(paused, "2024-06-25T12:00", given) == ("running", "27 23:59:59")
    on = take(paused, MANAGER, "resume", "2024-06-23T00:00", given)
    assert state_of(on, "2024-06-23T12:00", given) == ("running", "25 23:59:59")


@pytest.mark.parametrize(
    ("who", "step", "facts", "codes"),
    [
        (MANAGER, "agree", {"consent": False}, ["clock.pause_without_consent"]),
        (MANAGER, "talk", {}, ["clock.pause_does_not_stop"]),
        (MANAGER, "resume", {}, ["clock.no_pause"]),
        (MANAGER, "ask", {"days": "3"}, ["clock.extension_too_long"]),
        (OFFICE, "grant", {"days": "1"}, ["clock.no_request"]),
        (OFFICE, "refuse", {}, ["clock.no_request"]),
    ],
)
def test_what_would_do_nothing_to_a_clock_is_refused(many, who, step, facts, codes) -> None:
    given = around(many)

    assert take(opened(many, given), who, step, "2024-06-22T10:00", given, facts=facts) == codes


def test_what_acts_on_a_clock_that_does_not_run_is_refused(many) -> None:
    given = around(many)
    course = take(opened(many, given), MANAGER, "answer", "2024-06-21T11:00", given, **ANSWER)

    assert take(course, MANAGER, "late_pause", "2024-06-21T12:00", given) == [
        "casework.clock_not_running"
    ]


@pytest.mark.parametrize(
    ("who_step", "facts", "due"),
    [
        ("grant", {"days": "1"}, "25 23:59:59"),
        ("grant_all", {}, "26 23:59:59"),
        ("refuse", {}, "24 23:59:59"),
    ],
)
def test_an_extension_is_asked_for_and_decided(many, who_step, facts, due) -> None:
    given = around(many)
    asked = take(
        opened(many, given), MANAGER, "ask", "2024-06-22T10:00", given, facts={"days": "2"}
    )

    decided = take(asked, OFFICE, who_step, "2024-06-22T11:00", given, facts=facts)

    assert state_of(decided, "2024-06-22T12:00", given) == ("running", due)


NOT_YET = """
id: days
title: 天数
entries: [{starts: 2025-01-01, value: 3, cites: 第二条}]
verified_until: 2030-12-31
"""
BY_PARAMETER = (
    "id: small\ntitle: 当日\ncites: 第二条\nkind: natural_day\ncount: parameter.days\nagreed: {}\n"
)


def test_a_limit_without_value_on_the_day_says_so() -> None:
    found = pack(limits__small=BY_PARAMETER, parameters__days=NOT_YET)

    course = opened(found, around(found))

    assert clocks(course, around(found), at("2024-06-21T10:00")) == {
        "handling": NotInForce("not_yet")
    }


def test_the_count_is_that_of_the_law_of_the_case() -> None:
    found = pack(limits__small=BY_PARAMETER, parameters__days=NOT_YET.replace("2025", "2024"))
    given = around(found)
    replaced = found.law(given.law.day, replaced={"days": Fraction(5)})
    confirmed = Circumstances(replaced, found.limits, CALENDAR, Unit("甲"))

    assert state_of(opened(found, given), "2024-06-21T11:00", given)[1] == "24 23:59:59"
    assert state_of(opened(found, confirmed), "2024-06-21T11:00", confirmed)[1] == "26 23:59:59"


def test_a_window_without_value_on_the_day_refuses() -> None:
    window = (
        "id: reopening\ntitle: 重新办理\ncites: 第三条\nkind: natural_day\ncount: parameter.days\n"
    )
    found = pack(limits__reopening=window, parameters__days=NOT_YET)
    given = around(found)
    course = take(opened(found, given), WAITER, "withdraw", "2024-06-21T11:00", given, reason="x")

    assert take(course, OFFICE, "reopen", "2024-06-21T12:00", given) == ["casework.no_limit"]


def test_the_platform_acts_once_a_clock_is_overdue() -> None:
    who = "by: [platform], overdue: [handling]"
    step = f"  - {{id: climb, title: 升级, from: [open], {who}, level: grave, once: true}}\n"
    found = pack(("consequences:\n", step + "consequences:\n"))
    given = around(found)
    course = opened(found, given)

    assert take(course, PLATFORM, "climb", "2024-06-21T23:59:59", given) == ["casework.not_overdue"]
    assert take(course, MANAGER, "climb", "2024-06-22T00:00", given) == ["casework.not_entitled"]
    climbed = take(course, PLATFORM, "climb", "2024-06-22T00:00", given)
    assert (climbed.level, climbed.happened[-1].actor) == ("grave", "")
    assert state_of(climbed, "2024-06-22T00:00", given) == ("running", "26 23:59:59")


def test_a_step_in_time_is_refused_once_the_clock_is_overdue() -> None:
    found = pack(("    needs: [answer]\n", "    needs: [answer]\n    in_time: [handling]\n"))
    given = around(found)
    course = opened(found, given)
    facts = {"answer": "换茶"}

    answered = take(course, MANAGER, "answer", "2024-06-21T23:59:59", given, facts=facts)

    assert answered.state == "answered"
    assert take(course, MANAGER, "answer", "2024-06-22T00:00", given, facts=facts) == [
        "casework.overdue_already"
    ]


def test_a_clock_that_does_not_run_keeps_nobody_from_a_step_in_time() -> None:
    found = pack(
        ("    starts: [handling]\n    assigns", "    assigns"),
        ("    needs: [answer]\n", "    needs: [answer]\n    in_time: [handling]\n"),
    )
    given = around(found)
    facts = {"answer": "换茶"}

    answered = take(opened(found, given), MANAGER, "answer", "2024-07-22T00:00", given, facts=facts)

    assert answered.state == "answered"


def test_a_clock_waits_for_a_level() -> None:
    found = pack(
        ("    level: proposed\n", ""),
        ("    needs: [new_time, consent]\n", "    needs: [new_time, consent]\n    level: grave\n"),
    )
    given = around(found)
    course = opened(found, given)
    assert clocks(course, given, at("2024-06-21T11:00")) == {}

    facts = {"new_time": "2024-06-25T10:00", "consent": True}
    course = take(course, MANAGER, "agree", "2024-06-21T11:00", given, facts=facts)

    assert state_of(course, "2024-06-21T12:00", given) == ("running", "25 10:00:00")


def test_moments_with_a_zone_stay_in_it() -> None:
    zone = timezone(timedelta(hours=8))
    morning = at("2024-06-21T10:00").replace(tzinfo=zone)
    start = Course(PACK.cases["complaint"])

    course = advance(start, Asked("register", WAITER, COMPLAINT), morning, GIVEN)

    assert isinstance(course, Course)
    clock = clocks(course, GIVEN, morning)["handling"]
    assert clock.due == at("2024-06-21T23:59:59").replace(tzinfo=zone)
