"""Every golden example of every pack: those that are delivered, the tutorial, foreign schemes.

Each example is one test under its own name. Where its ``req`` names a requirement row, the test
carries it; the numbers of the worked examples (EX-…) are shown in the test's properties.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.policy.raw import Raw, Reading
from zhijian.domain.regulation.checks import check_pack
from zhijian.domain.regulation.examples import read_example, run_example
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.calendars import load_calendar
from zhijian.packs.files import load_pack

HERE = Path(__file__).parent
PACKS = HERE.parents[1] / "packs"
ROWS = HERE.parent / "requirements.csv"
EXAMPLE_NUMBER = re.compile(r"(EX|AMB)-\d+")


def folders() -> list[Path]:
    """Every folder that holds a pack."""
    roots = (PACKS, HERE, HERE / "foreign")
    return [path.parent for root in roots for path in sorted(root.glob("*/pack.yaml"))]


#: Every pack is read once, for its examples to be listed and then to be run.
answer_of = cache(load_pack)


def pack_of(folder: Path) -> Pack:
    answer = answer_of(folder)
    if isinstance(answer, Pack):
        return answer
    told = "\n".join(f"{each.where} {each.code} {dict(each.facts)}" for each in answer)
    raise AssertionError(f"{folder.name} cannot be read:\n{told}")


@cache
def calendar() -> WorkingCalendar:
    return load_calendar(PACKS / "calendar-cn")


@cache
def rows() -> frozenset[str]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        return frozenset(line["id"] for line in csv.DictReader(file))


def requirements_of(raw: Raw) -> tuple[str, ...]:
    example = Reading().attempt(lambda: read_example(Reading(), raw))
    return example.requirements if example else ()


def name_of(raw: Raw) -> str:
    example = Reading().attempt(lambda: read_example(Reading(), raw))
    return example.name if example else raw.where


def every_example() -> Iterator[object]:
    for folder in folders():
        loaded = answer_of(folder)
        for raw in loaded.examples if isinstance(loaded, Pack) else ():
            marks = [pytest.mark.req(each) for each in requirements_of(raw) if each in rows()]
            yield pytest.param(folder, raw, id=f"{folder.name}: {name_of(raw)}", marks=marks)


@pytest.mark.parametrize(("folder", "raw"), list(every_example()))
def test_example(folder: Path, raw: Raw, record_property) -> None:
    for number in filter(EXAMPLE_NUMBER.fullmatch, requirements_of(raw)):
        record_property("example", number)

    verdict = run_example(pack_of(folder), raw, calendar())

    assert verdict.is_green, "\n".join(
        f"{each.where} {each.code} {dict(each.facts)}" for each in verdict.problems
    )


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_pack_keeps_what_it_promises(folder: Path) -> None:
    problems, verdicts = check_pack(pack_of(folder), calendar())

    assert problems == ()
    assert verdicts, "a pack without examples proves nothing"


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_what_examples_claim_exists(folder: Path) -> None:
    """A number in ``req`` is a requirement row, a worked example or an ambiguity."""
    strangers = {
        number
        for raw in pack_of(folder).examples
        for number in requirements_of(raw)
        if number not in rows() and not EXAMPLE_NUMBER.fullmatch(number)
    }

    assert not strangers


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_no_two_examples_share_a_name(folder: Path) -> None:
    names = [name_of(raw) for raw in pack_of(folder).examples]

    assert len(set(names)) == len(names)
