"""Examples of cases: what they are given, what they may expect, and when they are red."""
# ruff: noqa: E501 -- rows of examples read better whole

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.domain.casework.complaints import CALENDAR, FILES, read
from zhijian.domain.regulation.checks import citations
from zhijian.domain.regulation.examples import run_examples
from zhijian.domain.regulation.pack import Pack

REGISTER = (
    '{step: register, at: "2024-06-21T10:00", by: li, as: [waiter], '
    "facts: {subject: 茶水, injured: false, manager: wang%s}}"
)
GIVEN = "case: complaint, steps: [%s]" % (REGISTER % "")


def codes(given: str, expect: str = "{state: open}") -> list[str]:
    text = f"- {{name: x, ask: case, given: {{{given}}}, expect: {expect}}}\n"
    found = read({**FILES, "examples/x.yaml": text})
    assert isinstance(found, Pack), found
    (verdict,) = run_examples(found, CALENDAR)
    return [each.code for each in verdict.problems]


@pytest.mark.parametrize(
    "expect",
    [
        "{state: open, ends: none, owner: wang, unit: none, opener: li, refused: none, opens: none}",
        "{level: small, proposed: small, waiting: none, faults: none, fine: none}",
        '{clock.handling: running, due.handling: "2024-06-21T23:59:59"}',
        "{facts.subject: 茶水, facts: {injured: false}}",
    ],
)
def test_what_may_be_expected(expect: str) -> None:
    assert codes(GIVEN, expect) == []


def test_a_kind_without_levels_proposes_none() -> None:
    note = """
        id: note
        title: 便条
        number: {prefix: BT}
        states: [{id: open, title: 待办}, {id: done, title: 办结, ends: closed}]
        steps:
          - {id: write, title: 写, to: open, by: [waiter]}
          - {id: end, title: 办结, from: [open], to: done, by: [waiter]}
        """
    step = '{step: write, at: "2024-06-21T10:00", by: li, as: [waiter]}'

    found = read({**FILES, "cases/note.yaml": dedent(note), "examples/x.yaml": (
        f"- {{name: x, ask: case, given: {{case: note, steps: [{step}]}}, expect: {{level: none}}}}"
    )})  # fmt: skip

    assert isinstance(found, Pack), found
    assert [each.is_green for each in run_examples(found, CALENDAR)] == [True]


def test_what_differs_is_red() -> None:
    assert codes(GIVEN, "{state: closed, due.other: none}") == ["examples.differs"] * 2


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        (GIVEN + ', at: "2024-06-22T00:00"', '{clock.handling: overdue, faults: "过失:wang"}'),
        (GIVEN + ", earlier: {again: 1}", "{level: grave}"),
        (GIVEN + ", for: {by: wang, as: [manager]}", "{open: [agree, answer]}"),
        (GIVEN + ", for: {by: li}", "{open: withdraw}"),
        (GIVEN + ", for: {by: li}", "{open: [withdraw]}"),
        (GIVEN + ", open_cases: {complaint: 1}, unit: 东门店, group: 城东, attributes: {}", "{state: open}"),
        ("case: complaint, steps: [%s]" % (REGISTER % ", account: null"), "{facts.subject: 茶水}"),
        ("case: complaint, steps: [%s]" % (REGISTER % ", secret: true"), '{facts.secret: "true"}'),
    ],
)  # fmt: skip
def test_what_an_example_may_be_given(given: str, expect: str) -> None:
    assert codes(given, expect) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (GIVEN.replace("complaint", "praise"), "policy.unknown_word"),
        ("case: complaint", "policy.key_missing"),
        (GIVEN + ", when: 1", "policy.unknown_key"),
        (GIVEN + ", earlier: {agian: 1}", "policy.unknown_key"),
        (GIVEN + ", open_cases: {praise: 1}", "policy.unknown_key"),
        (GIVEN + ", for: {by: li, role: waiter}", "policy.unknown_key"),
        (GIVEN + ", parameters: {times: 2}", "scoring.unknown_parameter"),
        (GIVEN.replace('"2024-06-21T10:00"', '"10:00"'), "clock.not_a_moment"),
        (GIVEN.replace("by: li", "who: li"), "policy.unknown_key"),
        (GIVEN.replace("茶水", "[茶水, 态度]"), "examples.step_refused"),
    ],
)
def test_what_an_example_cannot_be_given(given: str, code: str) -> None:
    assert codes(given)[:1] == [code]


def test_every_clause_of_a_kind_is_cited() -> None:
    found = read(FILES)
    assert isinstance(found, Pack)

    cited = {clause for place, clause in citations(found) if place == "cases/complaint.yaml"}

    assert cited >= {"第一条", "第二条", "第三条", "第四条"}


def test_a_refusal_is_stated_or_the_example_is_red() -> None:
    step = REGISTER % ""
    twice = f"case: complaint, steps: [{step}, {step}]"

    assert codes(twice, "{state: open}") == ["examples.step_refused"]
    assert codes(twice, "{refused: casework.wrong_state}") == []
    assert codes(twice, "{refused: none}") == ["examples.differs"]


NOT_YET = """
id: days
title: 天数
entries: [{starts: 2025-01-01, value: 3, cites: 第二条}]
verified_until: 2030-12-31
"""
BY_PARAMETER = (
    "id: small\ntitle: 当日\ncites: 第二条\nkind: natural_day\ncount: parameter.days\nagreed: {}\n"
)


def test_a_limit_without_value_is_told_by_its_reason() -> None:
    text = f"- {{name: x, ask: case, given: {{{GIVEN}}}, expect: {{clock.handling: not_yet}}}}\n"
    files = {"parameters/days.yaml": NOT_YET, "limits/small.yaml": BY_PARAMETER}

    found = read({**FILES, **files, "examples/x.yaml": text})

    assert isinstance(found, Pack), found
    assert [each.problems for each in run_examples(found, CALENDAR)] == [()]


def test_a_clock_that_waits_is_not_started() -> None:
    closed = GIVEN.replace("register", "verify")

    assert codes(closed, "{clock.handling: not_started, refused: casework.not_opened}") == []
