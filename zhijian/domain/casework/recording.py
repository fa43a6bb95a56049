"""Cases → records: whether a kind of case can give records of a kind, and what one case gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from zhijian.domain.casework.conditions import comparable
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.exact import plain
from zhijian.domain.policy.raw import number_of
from zhijian.domain.problems import Problem
from zhijian.domain.records.cells import Cell
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.records.source import NOTHING, RECORD, CaseSource, Pick
from zhijian.domain.words import Words

SECRET: Final = "（保密）"
"""What stands in a record instead of a text of a confidential case."""

IN_CASE: Final = "（见案件）"
"""What stands in a record instead of a personal text: whoever reads it there leaves a trace."""

_DAYS: Final = ("date", "moment")
_FITS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "choice", "decimal", "integer", "date", "moment"),
    "reference": ("text", "choice"),
    "choice": ("choice",),
    "decimal": ("decimal", "integer"),
    "integer": ("integer",),
    "flag": ("flag",),
    "date": _DAYS,
}
"""Which types of a case a field of a record takes."""

_HOLDS: Final[Mapping[str, type]] = {
    "decimal": Fraction,
    "integer": Fraction,
    "flag": bool,
    "text": str,
    "choice": str,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """One case as it is asked: its number, its course, and its clocks at its last event."""

    number: str
    title: str
    course: Course
    clocks: Mapping[str, Clock] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """What one case gives for a kind of record.

    ``gives`` is a record or nothing, and ``pending`` says that this is still to be decided;
    ``unit`` is the unit that a fact names, or empty for that of the case; ``cells`` are entered
    like those of a form.
    """

    gives: str
    pending: bool = False
    on: date | None = None
    unit: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)


def misfits(kind: RecordKind, source: CaseSource, cases: CaseKind | None) -> Iterator[Problem]:
    """Yield what keeps a kind of case from giving records of a kind."""
    place = f"records/{kind.id}.yaml"
    if cases is None:
        yield Problem.at(place, "records.no_such_case", kind=source.case, pack=source.pack or "—")
        return
    yield from _states(place, source, cases)
    yield from (replace(each, where=place) for each in _picks(kind, source, cases))
    yield from _tests(place, source, cases)


def _states(place: str, source: CaseSource, cases: CaseKind) -> Iterator[Problem]:
    """Every state is named, so that no case is left out in silence."""
    named = {state for rule in source.rules for state in rule.states}
    for name in sorted(named - cases.states.keys()):
        yield Problem.at(place, "records.no_such_state", state=name, kind=cases.title)
    for state in cases.states.values():
        if state.id not in named:
            yield Problem.at(place, "records.state_left_out", state=state.title, kind=cases.title)


def _picks(kind: RecordKind, source: CaseSource, cases: CaseKind) -> Iterator[Problem]:
    wanted = [(source.on, Field("on", Words("日期", "Date"), "date"))]
    wanted += [(pick, _field(kind, name)) for name, pick in source.fields.items()]
    for pick, each in wanted:
        type_ = _type(pick, cases)
        if not type_:
            yield Problem.at("", "records.not_of_this_case", found=str(pick), kind=cases.title)
        elif type_ not in _FITS[each.type]:
            yield Problem.at("", "records.case_type", field=each.title, found=str(pick))
        else:
            yield from _values(each, pick, cases)
    if source.unit and _type(Pick("fact", source.unit), cases) != "unit":
        yield Problem.at("", "records.not_of_this_case", found=f"fact.{source.unit}",
                         kind=cases.title)  # fmt: skip
    for rule in source.rules:
        for name, text in rule.sets.items():
            if not _takes(_field(kind, name), text):
                yield Problem.at("", "records.state_sets", field=_field(kind, name).title,
                                 found=text)  # fmt: skip


def _field(kind: RecordKind, name: str) -> Field:
    """A field that is there: reading has refused all other names."""
    return next(each for each in kind.fields if each.id == name)


def _type(pick: Pick, cases: CaseKind) -> str:
    """The type of what a pick finds; nothing where the kind of case has no such thing."""
    match pick.word:
        case "case":
            return "text" if pick.name in ("number", "title") else "date"
        case "fact":
            return cases.facts[pick.name].type if pick.name in cases.facts else ""
        case "step":
            return "date" if pick.name in cases.steps else ""
        case "clock":
            return "date" if pick.name in cases.clocks else ""
    return "choice" if cases.levels else ""


def _values(each: Field, pick: Pick, cases: CaseKind) -> Iterator[Problem]:
    """What the case can say, the field must be able to hold."""
    fact = cases.facts.get(pick.name) if pick.word == "fact" else None
    if each.type == "choice":
        said = fact.field.options if fact else {one.title.zh: 0 for one in cases.levels.values()}
        strangers = [word for word in said if word not in each.options]
        if strangers:
            options = "、".join(strangers)
            yield Problem.at("", "records.case_options", field=each.title, found=options)
    elif fact and fact.type == "text" and fact.field.max_length > each.max_length:
        longest = fact.field.max_length
        yield Problem.at(
            "", "records.case_longer", field=each.title, found=longest, limit=each.max_length
        )


def _takes(each: Field, text: str) -> bool:
    if each.type == "choice":
        return text in each.options
    if each.is_number:
        return number_of(text) is not None
    if each.type == "flag":
        return text in ("是", "否")
    return each.type in ("text", "reference")


def _tests(place: str, source: CaseSource, cases: CaseKind) -> Iterator[Problem]:
    """A test that could never hold would leave every case out."""
    for test in source.where:
        fact = cases.facts.get(test.fact)
        holds = _HOLDS.get(fact.type) if fact else None
        for each in test.comparisons:
            fits = each.word == "empty" or (
                holds is not None and all(isinstance(one, holds) for one in each.operands)
            )
            if fact is None or each.word == "line" or not fits:
                yield Problem.at(
                    place, "records.not_of_this_case", found=f"fact.{test.fact}", kind=cases.title
                )


def given(source: CaseSource, kind: RecordKind, telling: Telling) -> Given:
    """Return what one case gives; ``misfits`` has nothing against the two.

    A pending case whose day is not known yet stands at the day on which it was opened; a record
    without a day is refused when it is checked.
    """
    course = telling.course
    rule = source.rule(course.state)
    if rule is None or not _passes(source, course):
        return Given(NOTHING)
    on = _value(source.on, telling)
    day = on.date() if isinstance(on, datetime) else on
    placed = day if isinstance(day, date) else None
    unit = course.person(source.unit) if source.unit else ""
    if rule.gives == NOTHING:
        return Given(NOTHING, rule.pending, placed or course.opened_on, unit)
    cells = {name: _cell(pick, telling, kind.field(name)) for name, pick in source.fields.items()}
    return Given(RECORD, rule.pending, placed, unit, {**cells, **rule.sets})


def _passes(source: CaseSource, course: Course) -> bool:
    for test in source.where:
        value = course.facts.get(test.fact)
        known = None if value is None else comparable(value)
        if not all(each.holds(known) for each in test.comparisons):
            return False
    return True


def _value(pick: Pick, telling: Telling) -> FactValue:
    course = telling.course
    match pick.word:
        case "case":
            return _of_case(pick.name, telling)
        case "fact":
            return course.facts.get(pick.name)
        case "step":
            taken = [each.at.date() for each in course.happened if each.step == pick.name]
            return taken[-1] if taken else None
        case "clock":
            return _of_clock(pick.part, telling.clocks.get(pick.name))
    return course.kind.levels[course.level].title.zh if course.level else None


def _of_case(name: str, telling: Telling) -> FactValue:
    course = telling.course
    match name:
        case "number":
            return telling.number
        case "title":
            return telling.title
        case "opened":
            return course.opened_on
    return course.since.date() if course.ends and course.since else None


def _of_clock(part: str, clock: Clock | None) -> FactValue:
    if clock is None:
        return None
    if part == "due":
        return clock.due.date() if clock.due else None
    is_done = clock.state in ("met", "overdue") and clock.run is not None
    return clock.run.ended.at.date() if is_done and clock.run and clock.run.ended else None


def _cell(pick: Pick, telling: Telling, into: Field | None) -> Cell:
    """A value as somebody would enter it; secret and personal texts stay in the case."""
    value = _value(pick, telling)
    if value is None or isinstance(value, tuple):
        return None
    kept_back = _kept_back(pick, telling.course)
    if kept_back:
        return kept_back if isinstance(value, str) else None
    if isinstance(value, Fraction) and into is not None and into.type == "text":
        return plain(value)
    return value.date() if isinstance(value, datetime) else value


def _kept_back(pick: Pick, course: Course) -> str:
    """What stands instead of a value that is not taken out of the case, or nothing."""
    fact = course.kind.facts[pick.name] if pick.word == "fact" else None
    hides = course.kind.confidential
    is_text = (fact and fact.type == "text") or str(pick) == "case.title"
    if hides and is_text and course.facts.get(hides) is True:
        return SECRET
    return IN_CASE if fact and fact.field.personal else ""
