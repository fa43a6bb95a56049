"""What may be done where a case stands, by whom, and what it leads to."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.casework.complaints import (
    COMPLAINT,
    MANAGER,
    OFFICE,
    WAITER,
    answered,
    around,
    at,
    opened,
    pack,
    take,
)
from zhijian.domain.casework.course import BrokenCourse, Course, Happened, handed_over, replay
from zhijian.domain.casework.following import cases_due
from zhijian.domain.casework.permitting import open_steps
from zhijian.domain.casework.who import PLATFORM, Person

PACK = pack()
KIND = PACK.cases["complaint"]
GIVEN = around(PACK)
NOBODY = Person("")
NAMELESS = Person("", frozenset({"office"}))


def test_a_case_that_was_never_opened_is_nowhere() -> None:
    course = Course(KIND)

    assert (course.opener, course.opened_on, course.ends, course.state) == ("", None, "", "")
    assert cases_due(course, GIVEN) == ()
    assert [each.step.id for each in open_steps(course, WAITER, at("2024-06-21T10:00"), GIVEN)] == [
        "register"
    ]


def test_a_case_in_other_hands_is_otherwise_the_same() -> None:
    course = answered(PACK, GIVEN)

    moved = handed_over(course, "zhao")

    assert moved.owner == "zhao"
    assert handed_over(moved, "wang") == course


def test_replaying_what_happened_leads_to_the_same_course() -> None:
    course = answered(PACK, GIVEN)

    assert replay(KIND, course.happened) == course
    assert course.opened_on == date(2024, 6, 21)
    assert (course.opener, course.owner, course.state) == ("li", "wang", "answered")
    assert course.since == at("2024-06-21T11:00")


@pytest.mark.parametrize(
    "event",
    [
        Happened(1, "answer", "wang", frozenset(), at("2024-06-21T10:00")),
        Happened(2, "register", "li", frozenset(), at("2024-06-21T10:00")),
        Happened(1, "dance", "li", frozenset(), at("2024-06-21T10:00")),
    ],
)
def test_events_that_cannot_have_happened_are_refused(event: Happened) -> None:
    with pytest.raises(BrokenCourse, match="does not follow"):
        replay(KIND, [event])


def test_an_event_before_the_last_one_is_refused() -> None:
    first, second = answered(PACK, GIVEN).happened
    early = Happened(2, second.step, "wang", frozenset(), at("2024-06-21T09:59"), second.facts)

    with pytest.raises(BrokenCourse):
        replay(KIND, [first, early])


GOOD = {"satisfied": True}


@pytest.mark.parametrize(
    ("who", "step", "more", "code"),
    [
        (OFFICE, "dance", {}, "casework.unknown_step"),
        (OFFICE, "register", {}, "casework.wrong_state"),
        (WAITER, "verify", {"facts": GOOD}, "casework.not_entitled"),
        (MANAGER, "verify", {"facts": GOOD}, "casework.four_eyes"),
        (OFFICE, "verify", {}, "casework.fact_missing"),
        (OFFICE, "verify", {"facts": {**GOOD, "answer": "x"}}, "casework.fact_not_asked"),
        (OFFICE, "verify", {"facts": {**GOOD, "colour": "x"}}, "casework.fact_not_asked"),
        (OFFICE, "verify", {"facts": {"satisfied": "也许"}}, "records.not_a_flag"),
        (OFFICE, "verify", {"facts": {"satisfied": False}}, "casework.must_hold"),
        (OFFICE, "verify", {"facts": GOOD, "level": "grave"}, "casework.level_not_asked"),
        (OFFICE, "verify", {"facts": GOOD, "level": "worst"}, "casework.unknown_level"),
        (OFFICE, "verify", {"facts": GOOD, "anonymous": True}, "casework.not_anonymous"),
        (OFFICE, "send_back", {"reason": "  "}, "casework.reason_missing"),
        (PLATFORM, "verify", {"facts": GOOD}, "casework.not_entitled"),
        (NOBODY, "withdraw", {"reason": "x"}, "casework.not_entitled"),
        (NAMELESS, "verify", {"facts": GOOD}, "casework.not_entitled"),
    ],
)
def test_what_stands_against_a_step_is_told(who, step, more, code) -> None:
    assert take(answered(PACK, GIVEN), who, step, "2024-06-21T12:00", GIVEN, **more) == [code]


def test_a_step_before_the_last_one_is_refused() -> None:
    given = {"facts": {"satisfied": True}}

    assert take(answered(PACK, GIVEN), OFFICE, "verify", "2024-06-21T10:59", GIVEN, **given) == [
        "casework.before_last"
    ]


def test_a_case_must_be_opened_first() -> None:
    assert take(Course(KIND), OFFICE, "verify", "2024-06-21T10:00", GIVEN) == [
        "casework.not_opened"
    ]


def test_what_is_left_blank_changes_nothing() -> None:
    course = opened(PACK, GIVEN, account="烫", secret="")

    assert course.facts["account"] == "烫"
    assert "secret" not in course.facts


def test_a_window_closes() -> None:
    course = opened(PACK, GIVEN)
    course = take(course, WAITER, "withdraw", "2024-06-21T11:00", GIVEN, reason="x")
    again = take(course, OFFICE, "reopen", "2024-06-28T23:59:59", GIVEN)

    assert take(course, OFFICE, "reopen", "2024-06-29T00:00", GIVEN) == ["casework.window_closed"]
    assert isinstance(again, Course)
    assert (again.state, again.since) == ("open", at("2024-06-28T23:59:59"))


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("type: moment", "2024-06-21T09:00"),
        ("type: date", "2024-06-21"),
        ("type: file", ("a", "b")),
        ("type: unit", "东门店"),
        ("type: text", "有"),
    ],
)
def test_of_any_fact_may_be_asked_whether_it_is_empty(fact: str, value) -> None:
    found = pack(
        ("facts:\n", f"facts:\n  - {{id: extra, title: 补充, {fact}}}\n"),
        (
            "may: [account, secret]",
            "may: [account, secret, extra]\n    must: {extra: {empty: false}}",
        ),
    )
    given = around(found)

    assert opened(found, given, extra=value).state == "open"
    start = Course(found.cases["complaint"])
    assert take(start, WAITER, "register", "2024-06-21T10:00", given, facts=COMPLAINT) == [
        "casework.must_hold"
    ]


def test_once_is_once() -> None:
    found = pack(
        ("    reason: true\n    starts: [handling]\n", "    once: true\n    starts: [handling]\n")
    )
    given = around(found)
    course = take(answered(found, given), OFFICE, "send_back", "2024-06-21T12:00", given)
    course = take(course, MANAGER, "answer", "2024-06-21T12:30", given, facts={"answer": "再换"})

    assert take(course, OFFICE, "send_back", "2024-06-21T13:00", given) == ["casework.taken_once"]


def test_a_step_waits_for_linked_cases() -> None:
    waits = ("    needs: [satisfied]\n", "    needs: [satisfied]\n    waits_for: [complaint]\n")
    found = pack(waits)
    facts = {"facts": {"satisfied": True}}

    assert take(
        answered(found, GIVEN),
        OFFICE,
        "verify",
        "2024-06-21T12:00",
        around(found, open_cases={"complaint": 1}),
        **facts,
    ) == ["casework.case_open"]
    assert isinstance(
        take(answered(found, GIVEN), OFFICE, "verify", "2024-06-21T12:00", around(found), **facts),
        Course,
    )


def test_a_condition_before_a_step_is_told_with_what_it_looks_at() -> None:
    either = "any: [{injured: true}, {parameter.most: {at_least: 9}}]"
    when = f"    when: {{level: grave, {either}}}\n"
    way = "    from: [open, answered]\n"
    found = pack((way, way + when), parameters__most=MOST)
    given = around(found)
    told = [
        problem
        for each in open_steps(answered(found, given), WAITER, at("2024-06-21T12:00"), given)
        for problem in each.problems
        if each.step.id == "withdraw"
    ]

    assert [each.code for each in told] == ["casework.not_now"]
    assert told[0].fact("facts") == "等级、有人受伤、最多"
    assert told[0].fact("facts_en") == "Level, Somebody was hurt, Most"


MOST = """
id: most
title: {zh: 最多, en: Most}
entries: [{starts: 2024-01-01, value: 5, cites: 第一条}]
verified_until: 2030-12-31
"""


def test_a_lasting_flag_is_never_taken_back() -> None:
    asks = (
        "    needs: [answer]\n    stops",
        "    needs: [answer]\n    may: [secret, injured]\n    stops",
    )
    lasting = (
        "en: Somebody was hurt}, type: flag}",
        "en: Somebody was hurt}, type: flag, lasting: true}",
    )
    found = pack(asks, lasting)
    given = around(found)
    course = opened(found, given, injured=True, secret=True)
    facts = {"answer": "送医", "secret": False, "injured": False}

    assert (
        take(course, MANAGER, "answer", "2024-06-21T11:00", given, facts=facts)
        == ["casework.never_taken_back"] * 2
    )
    facts |= {"secret": True, "injured": True}
    assert isinstance(
        take(course, MANAGER, "answer", "2024-06-21T11:00", given, facts=facts), Course
    )


def test_a_case_goes_to_whoever_takes_it_over_and_to_a_unit() -> None:
    found = pack(
        ("facts:\n", "facts:\n  - {id: house, title: 门店, type: unit}\n"),
        ("may: [account, secret]", "may: [account, secret, house]"),
        ("assigns: {owner: manager}", "assigns: {owner: actor, unit: house}"),
    )

    course = opened(found, around(found), house="东门店")

    assert (course.owner, course.unit) == ("li", "东门店")


def test_the_level_needs_its_facts_before_a_case_is_closed() -> None:
    found = pack(
        (
            "needs: [answer], limits: {handling: grave}",
            "needs: [answer, account], limits: {handling: grave}",
        )
    )
    given = around(found)
    course = opened(found, given, injured=True)
    course = take(course, MANAGER, "answer", "2024-06-21T11:00", given, facts={"answer": "送医"})

    assert take(course, OFFICE, "verify", "2024-06-21T12:00", given, facts={"satisfied": True}) == [
        "casework.level_needs"
    ]


def test_steps_open_other_cases_with_what_they_take_over() -> None:
    opens = "opens: [{kind: next, step: start, when: {injured: true}, carries: {what: subject}}]"
    found = pack(
        ("    needs: [satisfied]\n", f"    needs: [satisfied]\n    {opens}\n"), cases__next=NEXT
    )
    given = around(found)

    def verified(injured: bool) -> Course:
        course = opened(found, given, injured=injured)
        course = take(course, MANAGER, "answer", "2024-06-21T11:00", given, facts={"answer": "换"})
        course = take(
            course, OFFICE, "verify", "2024-06-21T12:00", given, facts={"satisfied": True}
        )
        assert isinstance(course, Course)
        return course

    assert cases_due(verified(False), given) == ()
    (due,) = cases_due(verified(True), given)
    assert (due.key, due.kind, due.step, due.facts) == ("3/1", "next", "start", {"what": "茶水"})
    child = take(
        Course(found.cases["next"]),
        Person("zong", frozenset({"case"})),
        due.step,
        "2024-06-21T12:00",
        given,
        facts=dict(due.facts),
    )
    assert isinstance(child, Course)


NEXT = """
id: next
title: 后续
number: {prefix: HX}
facts: [{id: what, title: 事由, type: choice, options: [茶水, 态度]}]
states: [{id: open, title: 待办}, {id: closed, title: 办结, ends: closed}]
steps:
  - {id: start, title: 立案, to: open, by: [case], needs: [what]}
  - {id: finish, title: 办结, from: [open], to: closed, by: [anyone]}
"""
