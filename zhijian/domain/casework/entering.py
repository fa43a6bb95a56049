"""What is entered in a step: read, checked, or refused with the place and the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from zhijian.domain.casework.course import Course
from zhijian.domain.casework.fact import Fact, FactValue
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.vocabulary import PLAIN
from zhijian.domain.dates.period import Period
from zhijian.domain.problems import Problem
from zhijian.domain.records.cells import Cell, cell_text
from zhijian.domain.records.checking import Row, Surroundings, check_row
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import Record

Entered = Cell | datetime | tuple[str, ...]
"""A fact as it was entered: typed by a person, or sent by a program."""

Values = dict[str, FactValue]
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_LONGEST: Final = 200


def read_entered(
    course: Course, step: CaseStep, entered: Mapping[str, Entered], at: datetime
) -> tuple[Values, list[Problem]]:
    """Return the facts entered in a step, and everything that is wrong with them.

    What is left blank is not entered. A problem stands at the name of its fact.
    """
    given = {name: value for name, value in entered.items() if not _is_blank(value)}
    asked = {name: value for name, value in given.items() if name in step.asks}
    facts = course.kind.facts
    values, problems = _plain(
        course, {n: v for n, v in asked.items() if facts[n].type in PLAIN}, at
    )
    for name, value in asked.items():
        if facts[name].type not in PLAIN:
            read = _own(facts[name], value, at)
            if isinstance(read, Problem):
                problems.append(read)
            else:
                values[name] = read
    for name, held in values.items():
        problems += _misplaced(facts[name], held, at)
        problems += _taken_back(course, facts[name], held)
    problems += _not_asked(course, step, given)
    problems += _missing(course, step, given)
    return values, problems


def _is_blank(value: Entered) -> bool:
    return not value if isinstance(value, tuple) else not cell_text(value)


def _plain(
    course: Course, entered: Mapping[str, Entered], at: datetime
) -> tuple[Values, list[Problem]]:
    """Check what records can hold as they check it."""
    kind = course.kind
    cells = {name: value for name, value in entered.items() if not isinstance(value, tuple)}
    several = [_several(kind.facts[name]) for name in entered if name not in cells]
    fields = tuple(replace(kind.facts[name].field, required=False) for name in cells)
    like = RecordKind(kind.id, kind.title, kind.cites, "period", fields, is_register=True)
    around = Surroundings(Period.containing(at.date(), "month"), frozenset())
    found = check_row(like, Row("", cells, str), around)
    if isinstance(found, Record):
        return {name: found.values[name] for name in cells}, several
    return {}, [*found, *several]


def _own(fact: Fact, value: Entered, at: datetime) -> FactValue | Problem:
    """Read what only cases have: moments, files, people and units."""
    if fact.type == "moment":
        return _moment(fact, value, at)
    if fact.type == "file":
        digests = value if isinstance(value, tuple) else (cell_text(value),)
        return tuple(dict.fromkeys(digests))
    if isinstance(value, tuple):
        return _several(fact)
    text = cell_text(value)
    if len(text) > _LONGEST:
        return Problem.at(fact.id, "casework.not_a_name", field=fact.title, found=text[:60])
    return text


def _several(fact: Fact) -> Problem:
    return Problem.at(fact.id, "casework.several_values", field=fact.title)


def _moment(fact: Fact, value: Entered, at: datetime) -> datetime | Problem:
    if isinstance(value, datetime):
        return value
    if isinstance(value, tuple):
        return _several(fact)
    text = cell_text(value)
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text).replace(tzinfo=at.tzinfo)
    except ValueError:
        pass
    return Problem.at(fact.id, "casework.not_a_moment", field=fact.title, found=text[:60])


def _misplaced(fact: Fact, value: FactValue, at: datetime) -> Iterator[Problem]:
    """A day or moment lies on the side of its entry that the fact says."""
    if not fact.time or not isinstance(value, date):
        return
    now: date = at if isinstance(value, datetime) else at.date()
    if fact.time == "past" and value > now:
        yield Problem.at(fact.id, "casework.not_past", field=fact.title, found=_told(value))
    if fact.time == "future" and value < now:
        yield Problem.at(fact.id, "casework.not_future", field=fact.title, found=_told(value))


def _taken_back(course: Course, fact: Fact, value: FactValue) -> Iterator[Problem]:
    lasting = fact.lasting or fact.id == course.kind.confidential
    if lasting and value is False and course.facts.get(fact.id) is True:
        yield Problem.at(fact.id, "casework.never_taken_back", field=fact.title)


def _not_asked(course: Course, step: CaseStep, given: Mapping[str, Entered]) -> Iterator[Problem]:
    for name in given:
        if name not in step.asks:
            known = course.kind.facts.get(name)
            field = known.title if known else name
            yield Problem.at(name, "casework.fact_not_asked", field=field, step=step.title)


def _missing(course: Course, step: CaseStep, given: Mapping[str, Entered]) -> Iterator[Problem]:
    for name in step.needs:
        if name not in given:
            field = course.kind.facts[name].title
            yield Problem.at(name, "casework.fact_missing", field=field, step=step.title)


def _told(value: date) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
