"""Which level is proposed, why, and who may decide otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.casework.complaints import COMPLAINT, MANAGER, WAITER, around, opened, pack, take
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.levels import graver, level_of, looks_back

PACK = pack()
KIND = PACK.cases["complaint"]
WORST = """  - id: worst
    title: 特重
    when: {injured: true, subject: 态度}
    limits: {handling: grave}
repeats:
"""
THREE = ("repeats:\n", WORST)
TIMES = """
id: times
title: 次数
entries: [{starts: 2024-01-01, value: %s, cites: 第一条, proposed: true}]
verified_until: 2030-12-31
"""
START = "2024-06-21T10:00"


def proposal(found, facts, **more):
    answer = level_of(found.cases["complaint"], facts, around(found, **more))
    assert answer is not None
    return answer


def test_the_working_out_says_what_was_tried() -> None:
    answer = proposal(PACK, {"injured": True, "subject": "茶水"})

    assert list(answer.working.lines()) == [
        "level = grave",
        "  level.grave = true  〔第一条〕",
        "    injured = true",
        "  repeats.again = false  〔第一条〕",
        "    repeats.again.found = 1",
        "    2 = 2",
        "    30 = 30",
    ]
    assert answer.waiting == ()


def test_the_gravest_level_that_holds_is_proposed() -> None:
    three = pack(THREE)

    assert proposal(three, {"injured": True, "subject": "态度"}).level == "worst"
    assert proposal(three, {"injured": True, "subject": "茶水"}).level == "grave"
    assert proposal(three, {"injured": False, "subject": "态度"}).level == "small"


def test_graver_levels_that_wait_for_facts_are_named() -> None:
    three = pack(THREE)

    answer = proposal(three, {"injured": True})
    assert (answer.level, answer.waiting) == ("grave", ("worst",))
    step = answer.working.because[1]
    assert (step.value, step.status) == (None, "not_assessed")
    assert proposal(three, {}).waiting == ("grave", "worst")
    assert proposal(three, {"injured": False}).waiting == ()


@pytest.mark.parametrize(("earlier", "level"), [(0, "small"), (1, "grave"), (5, "grave")])
def test_repetition_raises_the_level(earlier: int, level: str) -> None:
    answer = proposal(PACK, {"injured": False}, earlier={"again": earlier})

    assert answer.level == level


def test_repetition_never_lowers_a_level_and_raises_only_those_it_names() -> None:
    three = pack(THREE)
    assert (
        proposal(three, {"injured": True, "subject": "态度"}, earlier={"again": 3}).level == "worst"
    )

    only = pack(("raises: grave", "raises: grave, levels: [grave]"))
    assert proposal(only, {"injured": False}, earlier={"again": 3}).level == "small"


def test_the_count_may_be_a_parameter_that_is_still_to_be_confirmed() -> None:
    found = pack(("count: 2", "count: parameter.times"), parameters__times=TIMES % 3)

    assert proposal(found, {"injured": False}, earlier={"again": 1}).level == "small"
    answer = proposal(found, {"injured": False}, earlier={"again": 2})
    assert answer.level == "grave"
    assert answer.working.unconfirmed


def test_earlier_cases_count_from_the_first_day_of_the_time() -> None:
    rule = KIND.repeats[0]

    assert looks_back(rule, date(2024, 6, 21), around(PACK)) == date(2024, 5, 22)


def test_having_no_level_is_milder_than_any() -> None:
    assert graver(KIND, "", "small") == "small"
    assert graver(KIND, "grave", "small") == "grave"


def test_a_kind_without_levels_proposes_none() -> None:
    found = pack(cases__plain=PLAIN)

    assert level_of(found.cases["plain"], {}, around(found)) is None


PLAIN = """
id: plain
title: 简单
number: {prefix: JD}
states: [{id: done, title: 办结, ends: closed}]
steps: [{id: note, title: 登记, to: done, by: [anyone]}]
"""


def register(found, given, **more):
    start = Course(found.cases["complaint"])
    return take(start, WAITER, "register", START, given, facts=COMPLAINT, **more)


def test_another_level_needs_a_reason() -> None:
    given = around(PACK)

    assert register(PACK, given, level="grave") == ["casework.level_unexplained"]
    course = register(PACK, given, level="grave", reason="顾客激动")
    assert (course.level, course.happened[0].level) == ("grave", "grave")
    assert register(PACK, given, level="small").level == "small"


def test_where_nothing_is_proposed_a_person_chooses() -> None:
    found = pack((", when: {injured: true}", ""))
    given = around(found)

    assert register(found, given) == ["casework.level_missing"]
    assert register(found, given, level="grave") == ["casework.level_unexplained"]
    assert register(found, given, level="grave", reason="顾客激动").level == "grave"


def test_a_step_raises_to_at_least_its_level() -> None:
    grave = ("    needs: [answer]\n    stops", "    needs: [answer]\n    level: small\n    stops")
    found = pack(grave)
    given = around(found)
    course = opened(found, given, injured=True)

    course = take(course, MANAGER, "answer", "2024-06-21T11:00", given, facts={"answer": "送医"})

    assert course.level == "grave"
