"""Examples about time: due moments and clocks."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.domain.regulation.department import FEWER, files
from tests.domain.tiny import pack, raws
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.regulation.checks import check_pack, citations
from zhijian.domain.regulation.examples import run_example

CALENDAR = WorkingCalendar(published_years=frozenset({2024}), id="calendar")
FILES = {
    **files(),
    **FEWER,
    "limits/reply.yaml": """
        id: reply
        title: 答复
        cites: 第一条
        kind: natural_day
        count: 5
        pauses: {days: touched, cites: 第一条, reasons: [{id: user, title: 用户, cites: 第一条}]}
        reminders: [{share: "0.5"}]
        escalation: [{to: leader}]
        """,
    "limits/later.yaml": """
        id: later
        title: 后
        cites: 第一条
        kind: natural_day
        count: parameter.days
        """,
    "limits/minutes.yaml": """
        id: minutes
        title: 分钟
        cites: 第一条
        kind: elapsed
        unit: minute
        count: 30
        """,
    "limits/filing.yaml": """
        id: filing
        title: 申报
        cites: 第一条
        kind: natural_day
        count: 2
        direction: before
        earliest: 3
        """,
    "parameters/days.yaml": """
        id: days
        title: 天
        entries: [{starts: 2025-01-01, value: 3, cites: 第一条}]
        verified_until: 2030-12-31
        """,
}
PACK = pack(FILES)


def problems(ask: str, given: str, expect: str) -> list[str]:
    text = f"name: x\nask: {ask}\ngiven: {given}\nexpect: {expect}"
    raw = raws({"examples/x.yaml": dedent(text)})["examples/x.yaml"]
    return [each.code for each in run_example(PACK, raw, CALENDAR).problems]


MOMENT = '"2024-01-05T09:00"'


@pytest.mark.parametrize(
    ("ask", "given", "expect"),
    [
        ("due", "{limit: reply, from: 2024-01-05}", "{on: 2024-01-10, opens: none}"),
        ("due", f"{{limit: reply, from: {MOMENT}}}", "{at: '2024-01-10T23:59:59'}"),
        ("due", "{limit: filing, from: 2024-01-05}", "{opens: '2024-01-02T00:00:00'}"),
        ("due", f"{{limit: later, from: {MOMENT}}}", "{refused: not_yet}"),
        (
            "clock",
            f"{{limit: later, from: {MOMENT}, at: 2024-01-06}}",
            "{refused: not_yet}",
        ),
        (
            "clock",
            f"{{limit: reply, from: {MOMENT}, at: 2024-01-04}}",
            "{state: not_started, due: none, share: 0, reminders: none, escalation: none}",
        ),
        (
            "clock",
            f"{{limit: reply, from: {MOMENT}, counted_from: 2024-01-04, at: 2024-01-10}}",
            "{state: overdue, overdue_days: 1, overdue: 1 second, provisional: false}",
        ),
        (
            "clock",
            f"{{limit: reply, from: {MOMENT}, at: 2024-01-09}}",
            "{soon: true, remaining: 2 days, escalation: ['2024-01-11T00:00:00'], remarks: none}",
        ),
    ],
)
def test_an_example_is_green_when_it_comes_out(ask: str, given: str, expect: str) -> None:
    assert problems(ask, given, expect) == []
    assert problems(ask, given, "{nothing: of the kind}") == ["examples.differs"]


@pytest.mark.parametrize(
    ("ask", "given", "code"),
    [
        ("due", "{limit: minutes, from: 2024-01-05}", "deadline.needs_moment"),
        ("due", "{limit: reply, from: noon}", "clock.not_a_moment"),
        ("due", "{limit: reply, from: 2024-01-05, at: 2024-01-06}", "policy.unknown_key"),
        ("clock", "{limit: other, from: 2024-01-05, at: 2024-01-06}", "policy.unknown_word"),
        ("clock", f"{{limit: reply, from: {MOMENT}}}", "policy.key_missing"),
        (
            "clock",
            f"{{limit: minutes, from: {MOMENT}, counted_from: 2024-01-05, at: 2024-01-06}}",
            "deadline.needs_moment",
        ),
        (
            "clock",
            f"{{limit: reply, from: {MOMENT}, at: 2024-01-06, events: [{{event: closed}}]}}",
            "policy.unknown_word",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(ask: str, given: str, code: str) -> None:
    assert problems(ask, given, "{provisional: false}") == [code]


def test_clauses_and_roles_of_terms_are_checked_like_all_others() -> None:
    cited = [clause for place, clause in citations(PACK) if place == "limits/reply.yaml"]
    assert cited == ["第一条", "第一条", "第一条"]

    nobody = FILES["limits/reply.yaml"].replace("to: leader", "to: nobody")
    found, _ = check_pack(pack({**FILES, "limits/reply.yaml": nobody}), CALENDAR)
    assert [(each.code, each.where) for each in found if each.where.startswith("limits/")] == [
        ("policy.unknown_word", "limits/reply.yaml")
    ]
