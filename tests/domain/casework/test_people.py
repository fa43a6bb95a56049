"""Who may take a step: by body, by part in the case, by name; and who may not, ever."""

from __future__ import annotations

import pytest

from tests.domain.casework.complaints import (
    CASE,
    COMPLAINT,
    FILES,
    MANAGER,
    OFFICE,
    WAITER,
    answered,
    around,
    at,
    kind,
    opened,
    pack,
    take,
)
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.permitting import open_steps
from zhijian.domain.casework.who import Person
from zhijian.domain.words import Words

PACK = pack()
GIVEN = around(PACK)


def test_open_steps_say_why_not() -> None:
    told = {
        each.step.id: [problem.code for problem in each.problems]
        for each in open_steps(answered(PACK, GIVEN), MANAGER, at("2024-06-21T12:00"), GIVEN)
    }

    assert told == {
        "verify": ["casework.four_eyes"],
        "send_back": ["casework.four_eyes"],
        "withdraw": ["casework.not_entitled"],
    }
    free = open_steps(answered(PACK, GIVEN), OFFICE, at("2024-06-21T12:00"), GIVEN)
    assert [each.step.id for each in free if each.is_open] == ["verify", "send_back"]


def test_whoever_once_handled_it_never_verifies_it() -> None:
    course = answered(PACK, GIVEN)
    course = take(course, OFFICE, "send_back", "2024-06-21T12:00", GIVEN, reason="凉")
    owner = Person("wang", frozenset({"manager"}))
    course = take(course, owner, "answer", "2024-06-21T12:30", GIVEN, facts={"answer": "再换"})
    assert isinstance(course, Course)

    assert course.who_did("answer") == ("wang", "wang")
    assert take(course, owner, "verify", "2024-06-21T13:00", GIVEN, facts={"satisfied": True}) == [
        "casework.four_eyes"
    ]


def test_alone_lets_a_person_verify_their_own_work_because_the_pack_says_so() -> None:
    found = pack(
        ("    verifies: [answer]\n    needs", "    verifies: [answer]\n    alone: true\n    needs")
    )
    given = around(found)

    course = take(
        answered(found, given),
        MANAGER,
        "verify",
        "2024-06-21T12:00",
        given,
        facts={"satisfied": True},
    )

    assert isinstance(course, Course)
    assert course.ends == "closed"


@pytest.mark.parametrize(
    ("not_by", "who"),
    [
        ("opener", Person("li", frozenset({"office"}))),
        ("owner", Person("wang", frozenset({"office"}))),
        ("waiter", Person("zong", frozenset({"office", "waiter"}))),
        ("step.register", Person("li", frozenset({"office"}))),
        ("fact.manager", Person("wang", frozenset({"office"}))),
    ],
)
def test_who_is_barred_is_named_in_many_ways(not_by: str, who: Person) -> None:
    text = ("    verifies: [answer]\n    reason", f"    not_by: [{not_by}]\n    reason")
    found = pack(text)
    given = around(found)

    assert take(
        answered(found, given), who, "send_back", "2024-06-21T12:00", given, reason="凉"
    ) == ["casework.barred"]
    assert isinstance(
        take(answered(found, given), OFFICE, "send_back", "2024-06-21T12:00", given, reason="凉"),
        Course,
    )


@pytest.mark.parametrize(
    ("by", "person"), [("step.answer", "wang"), ("fact.manager", "wang"), ("anyone", "somebody")]
)
def test_who_is_entitled_is_named_in_many_ways(by: str, person: str) -> None:
    found = pack(("    by: [opener]\n", f"    by: [{by}]\n"))
    given = around(found)
    ask = {"reason": "顾客撤回"}

    assert isinstance(
        take(answered(found, given), Person(person), "withdraw", "2024-06-21T12:00", given, **ask),
        Course,
    )
    if by != "anyone":
        assert take(
            answered(found, given), WAITER, "withdraw", "2024-06-21T12:00", given, **ask
        ) == ["casework.not_entitled"]


def test_a_step_named_before_it_was_taken_entitles_nobody() -> None:
    found = pack(("    by: [opener]\n", "    by: [step.verify]\n"))

    assert take(
        answered(found, GIVEN), OFFICE, "withdraw", "2024-06-21T12:00", GIVEN, reason="x"
    ) == ["casework.not_entitled"]


def test_an_anonymous_opening_stores_no_name() -> None:
    found = pack(
        (
            "    by: [waiter, manager, office]\n    needs",
            "    by: [waiter, manager, office]\n    anonymous: may\n    needs",
        ),
        ("type: text, personal: true}", "type: text, names_reporter: true}"),
    )
    given = around(found)
    facts = {**COMPLAINT, "account": "我是小李"}
    start = Course(found.cases["complaint"])

    assert take(
        start, WAITER, "register", "2024-06-21T10:00", given, facts=facts, anonymous=True
    ) == ["casework.gives_away"]
    course = take(
        start, WAITER, "register", "2024-06-21T10:00", given, facts=COMPLAINT, anonymous=True
    )
    assert isinstance(course, Course)
    assert (course.opener, course.happened[0].roles) == ("", frozenset())
    assert take(course, WAITER, "withdraw", "2024-06-21T10:30", given, reason="x") == [
        "casework.not_entitled"
    ]
    named = take(start, WAITER, "register", "2024-06-21T10:00", given, facts=facts)
    assert isinstance(named, Course)
    assert named.opener == "li"


def test_a_step_may_always_leave_no_name() -> None:
    found = pack(
        (
            "    by: [waiter, manager, office]\n    needs",
            "    by: [anyone]\n    anonymous: always\n    needs",
        )
    )

    course = opened(found, around(found))

    assert course.opener == ""


def test_words_of_a_refusal_stand_in_both_languages() -> None:
    (problem,) = [
        each
        for step in open_steps(answered(PACK, GIVEN), MANAGER, at("2024-06-21T12:00"), GIVEN)
        for each in step.problems
        if step.step.id == "withdraw"
    ]

    assert problem.fact("roles") == "立案人"
    assert problem.fact("roles_en") == "whoever opened the case"
    assert kind().steps["verify"].title == Words("核实", "Verify")
    assert CASE in FILES
