"""What stands on a paper follows from the course of the case: who signed, to whom, until when."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.domain.casework.complaints import COMPLAINT, MANAGER, OFFICE, WAITER, around, at, pack
from zhijian.domain.casework.advancing import Asked, advance
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.filling import (
    bodies,
    due_of,
    issued_by,
    last_of,
    receivers,
    reply_by,
)
from zhijian.domain.casework.paper import Cell, PaperRule
from zhijian.domain.casework.who import Person
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words

REGISTERED = at("2024-06-21T10:00")


def course_of(found: Pack, *steps: tuple[str, Person, dict[str, object], str]) -> Course:
    course = Course(found.cases["complaint"])
    for step, who, facts, reason in steps:
        moved = advance(course, Asked(step, who, facts, reason), REGISTERED, around(found))  # type: ignore[arg-type]
        assert isinstance(moved, Course), moved
        course = moved
    return course


def rule_of(found: Pack) -> PaperRule:
    rule = found.cases["complaint"].forms["answer_sheet"].paper
    assert rule is not None
    return rule


REGISTER = ("register", WAITER, dict(COMPLAINT), "")
ANSWER = ("answer", MANAGER, {"answer": "换茶"}, "")
BACK = ("send_back", OFFICE, {}, "茶仍是凉的")


def test_the_cells_of_the_handbook_are_read() -> None:
    rule = rule_of(pack())
    first, second = rule.parts

    assert [(cell.source, cell.name) for cell in first.cells] == [
        ("case", "number"), ("fact", "subject"), ("fact", "injured"), ("due", "handling"),
        ("fact", "account"),
    ]  # fmt: skip
    assert first.cells[4] == Cell("fact", "account", Words("事情经过", "What happened"), 4)
    assert first.cells[1].title == Words("事由", "Subject")
    assert second.cells[1].source == "reason"
    assert second.cells[2] == Cell("blank", "", Words("备注", "Remarks"), 2)
    assert [each.steps for each in second.signatures] == [("answer",), ("verify",), ()]


def test_whoever_took_one_of_the_steps_last_has_signed() -> None:
    course = course_of(pack(), REGISTER, ANSWER, BACK, ("answer", MANAGER, {"answer": "再换"}, ""))

    signed = last_of(course, ("answer", "verify"))

    assert signed is not None
    assert (signed.seq, signed.actor) == (4, "wang")
    assert last_of(course, ("verify",)) is None
    assert last_of(course, ()) is None


def test_it_goes_to_the_people_whom_the_case_names_and_to_bodies() -> None:
    found = pack(("to: [owner, office]", "to: [owner, fact.manager, opener, step.verify, office]"))
    course = course_of(found, REGISTER)

    assert receivers(rule_of(found), course) == ("wang", "li")
    assert bodies(rule_of(found)) == ("office",)


def test_the_steps_that_issue_it_are_named_by_the_form() -> None:
    kind = pack().cases["complaint"]

    assert issued_by(kind, "register") == ("answer_sheet",)
    assert issued_by(kind, "answer") == ()


@pytest.mark.parametrize(
    ("reply", "steps", "expected"),
    [
        ("reply: {clock: handling}", (REGISTER,), at("2024-06-21T23:59:59")),
        ("reply: {clock: handling}", (), None),
        ("answered: []", (REGISTER,), None),
        ("reply: {fact: new_time}", (REGISTER,), None),
        (
            "reply: {fact: new_time}",
            (REGISTER, ("agree", MANAGER, {"new_time": "2024-06-24T10:00", "consent": True}, "")),
            at("2024-06-24T10:00"),
        ),
    ],
)
def test_the_time_to_answer_is_that_of_a_clock_or_of_a_fact(
    reply: str, steps: tuple[tuple[str, Person, dict[str, object], str], ...],
    expected: datetime | None,
) -> None:  # fmt: skip
    found = pack(("reply: {clock: handling}\n      answered: [answer]", reply))
    course = course_of(found, *steps) if steps else Course(found.cases["complaint"])

    assert reply_by(rule_of(found), course, around(found), REGISTERED) == expected


def test_a_clock_that_never_ran_has_no_due_moment() -> None:
    found = pack()

    course = Course(found.cases["complaint"])
    assert due_of(course, "handling", around(found), REGISTERED) is None
