"""The complaints of the handbook, read by the real readers, with parts of their files replaced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from zhijian.domain.casework.advancing import Asked, advance
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.who import Person
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.domain.scoring.context import Unit
from zhijian.packs.files import Unparsable, parse

FOLDER = Path(__file__).parents[2] / "golden" / "case_pack"
CASE = "cases/complaint.yaml"
FILES = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*.yaml"))
    if path.parent.name != "examples"
}
CALENDAR = WorkingCalendar(published_years=frozenset({2024}))

WAITER = Person("li", frozenset({"waiter"}))
MANAGER = Person("wang", frozenset({"manager"}))
OFFICE = Person("zong", frozenset({"office"}))
COMPLAINT = {"subject": "茶水", "injured": False, "manager": "wang"}


def changed(*pairs: tuple[str, str], **files: str) -> dict[str, str]:
    """The files with parts of the case replaced; each part must be there."""
    text = FILES[CASE]
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return {
        **FILES,
        CASE: text,
        **{f"{name.replace('__', '/')}.yaml": t for name, t in files.items()},
    }


def read(files: Mapping[str, str]) -> Pack | tuple[Problem, ...]:
    try:
        return read_pack({path: parse(text.encode(), path) for path, text in files.items()})
    except Unparsable as error:
        return (error.problem,)


def problems(files: Mapping[str, str]) -> list[tuple[str, str]]:
    found = read(files)
    return [] if isinstance(found, Pack) else [(each.code, each.where) for each in found]


def pack(*pairs: tuple[str, str], **files: str) -> Pack:
    found = read(changed(*pairs, **files))
    assert isinstance(found, Pack), found
    return found


def kind(*pairs: tuple[str, str], **files: str) -> CaseKind:
    return pack(*pairs, **files).cases["complaint"]


def around(found: Pack, day: str = "2024-06-21", **more: Any) -> Circumstances:
    law = found.law(at(day).date())
    return Circumstances(law, found.limits, CALENDAR, Unit("甲"), **more)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def take(
    course: Course, who: Person, step: str, moment: str, given: Circumstances, **more: Any
) -> Course | list[str]:
    """Take a step; return the course, or the codes of what stands against it."""
    answer = advance(course, Asked(step, who, **more), at(moment), given)
    return answer if isinstance(answer, Course) else [each.code for each in answer]


def opened(found: Pack, given: Circumstances, **facts: Any) -> Course:
    """A complaint that a waiter registered on 21 June 2024 at ten."""
    entered = {**COMPLAINT, **facts}
    course = take(
        Course(found.cases["complaint"]),
        WAITER,
        "register",
        "2024-06-21T10:00",
        given,
        facts=entered,
    )
    assert isinstance(course, Course), course
    return course


def answered(found: Pack, given: Circumstances) -> Course:
    """The same complaint, handled by the manager an hour later."""
    facts = {"answer": "换茶"}
    course = take(opened(found, given), MANAGER, "answer", "2024-06-21T11:00", given, facts=facts)
    assert isinstance(course, Course), course
    return course
