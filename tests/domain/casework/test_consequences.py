"""Faults that follow by themselves, each once, with what they cost."""

from __future__ import annotations

import pytest

from tests.domain.casework.complaints import MANAGER, OFFICE, around, at, opened, pack, take
from zhijian.domain.casework.consequences import consequences_due
from zhijian.domain.casework.course import Course

FINES = """
id: fines
title: 罚款
kind: table
entries:
  - starts: 2024-01-01
    value: {店长: {过失: 50, 大过: 90}, 服务员: {过失: 20, 大过: 40}}
    cites: 第四条
    proposed: true
verified_until: 2030-12-31
"""
FACTS = """facts:
  - {id: rank, title: 级别, type: choice, options: [店长, 服务员]}
  - {id: how_bad, title: 程度, type: choice, options: [过失, 大过]}
"""
STEPS = "    overdue: [handling]\n    steps: [send_back]\n    fine: parameter.fines\n"
FOUND = pack(
    ("facts:\n", FACTS),
    ("may: [account, secret]", "may: [account, secret, rank, how_bad]"),
    ("charged: [{who: owner}]", "charged: [{who: owner, rank: rank}, {who: opener, rank: rank}]"),
    ("    overdue: [handling]\n", STEPS),
    parameters__fines=FINES,
)  # fmt: skip
GIVEN = around(FOUND)


def due(course: Course, moment: str, given=GIVEN):
    return consequences_due(course, given, at(moment))


def test_nothing_follows_in_time() -> None:
    assert due(Course(FOUND.cases["complaint"]), "2024-06-21T23:59:59") == ()
    assert due(opened(FOUND, GIVEN), "2024-06-21T23:59:59") == ()


def test_a_fault_follows_once_the_time_is_over_and_stays_the_same() -> None:
    course = opened(FOUND, GIVEN, rank="店长")

    first = due(course, "2024-06-22T00:00")
    assert [(each.key, each.person, each.fault) for each in first] == [
        ("late/owner", "wang", "过失"),
        ("late/opener", "li", "过失"),
    ]
    assert [each.since for each in first] == [at("2024-06-22T00:00")] * 2
    later = due(course, "2024-07-22T00:00")
    assert [(each.key, each.since) for each in later] == [(each.key, each.since) for each in first]
    late = take(course, MANAGER, "answer", "2024-06-23T00:00", GIVEN, facts={"answer": "换"})
    assert [each.key for each in due(late, "2024-07-22T00:00")] == ["late/owner", "late/opener"]


def test_a_fine_has_its_working_out() -> None:
    (fault, _) = due(opened(FOUND, GIVEN, rank="服务员"), "2024-06-22T00:00")

    assert fault.fine is not None
    assert list(fault.fine.lines()) == [
        "fault.late = 20  〔第四条〕",
        "  parameter.fines = —  〔第四条〕",
    ]
    assert fault.fine.unconfirmed
    assert fault.fine.given == (("rank", "服务员"), ("fault", "过失"))


def test_without_a_rank_there_is_no_fine_yet() -> None:
    assert [each.fine for each in due(opened(FOUND, GIVEN), "2024-06-22T00:00")] == [None, None]


def test_a_step_has_the_same_consequence_and_both_together_are_one() -> None:
    course = opened(FOUND, GIVEN, rank="店长")
    course = take(course, MANAGER, "answer", "2024-06-21T11:00", GIVEN, facts={"answer": "换"})
    course = take(course, OFFICE, "send_back", "2024-06-21T12:00", GIVEN, reason="凉")

    assert [each.since for each in due(course, "2024-06-21T12:00")] == [at("2024-06-21T12:00")] * 2
    assert due(course, "2024-06-21T11:59") == ()
    assert len(due(course, "2024-06-25T00:00")) == 2


def test_whoever_would_be_charged_twice_is_charged_once() -> None:
    course = opened(FOUND, GIVEN, manager="li")

    assert [each.key for each in due(course, "2024-06-22T00:00")] == ["late/owner"]


def test_the_fault_may_be_a_fact() -> None:
    found = pack(
        ("facts:\n", FACTS),
        ("may: [account, secret]", "may: [account, secret, rank, how_bad]"),
        ("fault: {zh: 过失, en: Fault}", "fault: fact.how_bad"),
        (
            "charged: [{who: owner}]",
            "charged: [{who: owner, rank: rank}]\n    fine: parameter.fines",
        ),
        parameters__fines=FINES,
    )
    given = around(found)
    rule = found.cases["complaint"].consequences[0]
    assert rule.fault_fact == "how_bad"

    (known,) = due(opened(found, given, rank="店长", how_bad="大过"), "2024-06-22T00:00", given)
    (unknown,) = due(opened(found, given, rank="店长"), "2024-06-22T00:00", given)

    assert (known.fault, known.fine and known.fine.value) == ("大过", 90)
    assert (unknown.fault, unknown.fine) == ("", None)


def test_somebody_unknown_is_still_told() -> None:
    found = pack(
        ("charged: [{who: owner}]", "charged: [{who: step.verify}]"),
    )
    given = around(found)

    (fault,) = due(opened(found, given), "2024-06-22T00:00", given)

    assert (fault.key, fault.person, fault.fine) == ("late/step.verify", "", None)


RESTART = "id: small\ntitle: 一般\ncites: 第二条\nkind: same_day\nagreed: {}\nreopening: restart\n"


@pytest.mark.parametrize(("moment", "count"), [("2024-06-22T09:00", 0), ("2024-06-24T09:00", 2)])
def test_an_earlier_run_that_was_late_counts_as_well(moment: str, count: int) -> None:
    found = pack(
        ("charged: [{who: owner}]", "charged: [{who: owner}, {who: opener}]"), limits__small=RESTART
    )
    given = around(found)
    course = opened(found, given)
    done = "2024-06-21T11:00" if not count else "2024-06-22T11:00"
    course = take(course, MANAGER, "answer", done, given, facts={"answer": "换"})
    course = take(course, OFFICE, "send_back", moment, given, reason="凉")

    assert len(due(course, moment, given)) == count
