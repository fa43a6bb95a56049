"""What ``packs/README.md`` says about limits and clocks is run: every limit with every case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.clock import STATES
from zhijian.domain.deadlines.events_reading import EVENTS
from zhijian.domain.deadlines.vocabulary import KINDS
from zhijian.domain.regulation.examples import run_examples
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.foundation.wording import catalogue
from zhijian.packs.calendars import load_calendar
from zhijian.packs.files import parse, read_folder

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
README = (ROOT / "packs" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml limit\n(.*?)```", README, re.DOTALL)
WORDS = HERE / "vocabulary_pack"
CASE = re.compile(r"# (due|clock) \{(.*)\} → \{(.*)\}")


def cases() -> Iterator[object]:
    for block in BLOCKS:
        lines = block.splitlines()
        limit = "\n".join(line for line in lines if not line.startswith("# "))
        told = [line for line in lines if line.startswith("# ")]
        assert told, limit
        for line in told:
            found = CASE.fullmatch(line)
            assert found, line
            yield pytest.param(limit, *found.groups(), id=f"{limit} {line}")


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return load_calendar(ROOT / "packs" / "calendar-cn")


@pytest.mark.parametrize(("limit", "ask", "given", "expect"), list(cases()))
def test_a_limit_comes_out_as_the_manual_says(
    limit: str, ask: str, given: str, expect: str, calendar: WorkingCalendar
) -> None:
    files, problems = read_folder(WORDS)
    assert not problems
    heading = 'id: x\ntitle: 时限\ncites: "1"\n'
    example = f"- name: x\n  ask: {ask}\n  given: {{limit: x, {given}}}\n  expect: {{{expect}}}\n"
    files["limits/x.yaml"] = parse((heading + limit).encode(), "limits/x.yaml")
    files["examples/sample.yaml"] = parse(example.encode(), "examples/sample.yaml")

    pack = read_pack(files)

    assert isinstance(pack, Pack), [(each.where, each.code, each.facts) for each in pack]
    (verdict,) = run_examples(pack, calendar)
    assert verdict.is_green, verdict.problems


def test_every_word_about_limits_has_a_worked_example() -> None:
    shown = "".join(BLOCKS)

    assert {kind for kind in KINDS if f"kind: {kind}\n" not in shown} == set()
    terms = ("pauses", "agreed", "extension", "reopening", "reminders", "escalation", "earliest")
    assert {term for term in terms if f"{term}: " not in shown} == set()
    told = README[README.index("### The clock of a duty") :]
    assert {event for event in EVENTS if f"`{event}`" not in told} == set()
    assert {state for state in STATES if f"`{state}`" not in README} == set()


def test_every_code_of_limits_and_clocks_stands_in_the_manual_with_its_words() -> None:
    codes = [code for code in catalogue() if code.startswith(("limit.", "clock."))]

    missing = [each for each in codes if f"| `{each}` | {catalogue()[each]['en']} |" not in README]
    assert missing == []
