"""How a case is graded can be followed: each measure with its bounds, each change of the level."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.casework.complaints import MANAGER, OFFICE, around, at, opened, pack, take
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.grading import Bound, gradings, measures
from zhijian.domain.casework.timing import clocks

HURT = ("facts:\n", "facts:\n  - {id: hurt, title: {zh: 受伤人数, en: Hurt}, type: integer}\n"
        "  - {id: loss, title: {zh: 损失, en: Loss}, type: decimal}\n")  # fmt: skip
ASKED = ("may: [account, secret]", "may: [account, secret, hurt, loss]")
WORST = """  - id: worst
    title: {zh: 特重, en: Worst}
    when:
      any:
        - {hurt: {at_least: parameter.most}}
        - {loss: {above: "100", at_most: "900"}}
        - {parameter.most: {below: "1"}}
    limits: {handling: grave}
repeats:
"""
MOST = """
id: most
title: {zh: 人数, en: People}
entries: [{starts: 2024-01-01, value: 3, cites: 第一条, proposed: true}]
verified_until: 2030-12-31
"""
REGRADE = """steps:
  - id: regrade
    title: {zh: 重新定级, en: Grade again}
    from: [open]
    by: [manager, office]
    may: [hurt]
    level: proposed
"""
PACK = pack(
    HURT, ASKED, ("repeats:\n", WORST), ("steps:\n", REGRADE), parameters__most=MOST
)  # fmt: skip
KIND = PACK.cases["complaint"]


@pytest.mark.parametrize(("hurt", "holds"), [(2, False), (3, True), (None, False)])
def test_each_measure_has_its_bounds(hurt: int | None, holds: bool) -> None:
    value = None if hurt is None else Fraction(hurt)
    found = measures(KIND, {"hurt": value, "injured": True, "loss": Fraction(101)}, around(PACK))

    # In the order of the facts; what is compared with a parameter says that it is unconfirmed.
    assert [each.fact for each in found] == ["hurt", "loss", "injured"]
    assert found[0].value == value
    assert found[0].bounds == (Bound("worst", "at_least", (Fraction(3),), holds, True),)
    assert found[1].bounds == (
        Bound("worst", "above", (Fraction(100),), True),
        Bound("worst", "at_most", (Fraction(900),), True),
    )
    assert found[2].bounds == (Bound("grave", "equals", (True,), True),)


def test_every_change_of_the_level_is_told_with_the_one_before() -> None:
    given = around(PACK)
    course = opened(PACK, given, injured=True, hurt="1", loss="5")
    for hour, facts in (
        ("11:00", {"hurt": "3"}),
        ("12:00", {"hurt": "4"}),
        ("13:00", {"hurt": "1"}),
    ):
        moved = take(course, MANAGER, "regrade", f"2024-06-21T{hour}", given, facts=facts)
        assert isinstance(moved, Course), moved
        course = moved

    told = [(each.seq, each.level, each.former, each.is_raised) for each in gradings(course)]
    assert told == [
        (1, "grave", "", False), (2, "worst", "grave", True), (4, "grave", "worst", False),
    ]  # fmt: skip
    assert gradings(Course(KIND)) == ()


RESTART = """steps:
  - id: remind
    title: {zh: 续报, en: Report again}
    from: [open]
    by: [manager, office]
    restarts: [handling]
"""


def test_a_step_may_end_a_clock_and_begin_it_anew() -> None:
    limits = (
        "id: small\ntitle: 一般\ncites: 第一条\nkind: same_day\nreopening: restart\nagreed: {}\n"
    )
    found = pack(("steps:\n", RESTART), limits__small=limits)
    step = found.cases["complaint"].steps["remind"]
    assert [each.word for each in step.acts] == ["stop", "start"]
    assert step.leaves_running("handling")
    assert not found.cases["complaint"].steps["answer"].leaves_running("handling")
    given = around(found)
    course = take(opened(found, given), OFFICE, "remind", "2024-06-22T10:00", given)
    assert isinstance(course, Course), course
    clock = clocks(course, given, at("2024-06-22T10:00"))["handling"]
    assert (clock.state, f"{clock.due:%d %H:%M}") == ("running", "22 23:59")
    assert [run.state for run in clock.earlier] == ["overdue"]
