"""Examples of cases: a course of steps with days, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from zhijian.domain.casework.advancing import Asked, advance
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.consequences import consequences_due
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.entering import Entered
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.filling import bodies, issued_by, receivers, reply_by
from zhijian.domain.casework.following import cases_due
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.levels import level_of
from zhijian.domain.casework.paying import decision_of, owed_in
from zhijian.domain.casework.permitting import open_steps
from zhijian.domain.casework.register import DO_NOT_COUNT, is_counted
from zhijian.domain.casework.timing import clocks
from zhijian.domain.casework.who import Person
from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.deadlines.events_reading import read_moment
from zhijian.domain.exact import plain
from zhijian.domain.policy.parameter import NotInForce
from zhijian.domain.policy.raw import Fields, Raw, Reading, as_list, as_text, entries, refuse
from zhijian.domain.problems import Problem
from zhijian.domain.records.record import word_of
from zhijian.domain.regulation.given import replaced_of, values_of
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Unit

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """The circumstances of an example about a case; ``at`` is the moment that is asked about."""

    kind: CaseKind
    asked: tuple[tuple[Asked, datetime], ...]
    around: Circumstances
    at: datetime
    person: Person | None


def ask_case(pack: Pack, reading: Reading, raw: Raw, calendar: WorkingCalendar) -> Answers:
    """Take the steps of an example one by one; one that is refused changes nothing."""
    given = _read(pack, reading, raw, calendar)
    course, problems, opened = Course(given.kind), list[Problem](), list[str]()
    for asked, at in given.asked:
        moved = advance(course, asked, at, given.around)
        if isinstance(moved, Course):
            course = moved
            opened += [each.kind for each in cases_due(course, given.around)]
        else:
            problems += moved
    return {
        "state": course.state or "none",
        "ends": course.ends or "none",
        "owner": course.owner or "none",
        "unit": course.unit or "none",
        "opener": course.opener or "none",
        "refused": _joined(each.code for each in problems),
        "opens": _joined(opened),
        "counted": _joined(_counted(course, given)),
        **dict(_levels(course, given)),
        **dict(_clocks(course, given)),
        **dict(_faults(course, given)),
        **dict(_papers(course, given)),
        **dict(_open(course, given)),
        **dict(_owed(course, given)),
        **{f"facts.{name}": _told(value) for name, value in course.facts.items()},
    }


def _counted(course: Course, given: Given) -> Iterator[str]:
    """Yield the controls in which the case counts as it stands."""
    kind = given.kind
    for each in kind.controls if course.ends not in DO_NOT_COUNT else ():
        if is_counted(each, kind.facts, course.facts, course.level, given.around):
            yield each.id


def _levels(course: Course, given: Given) -> Iterator[tuple[str, str]]:
    proposal = level_of(given.kind, course.facts, given.around)
    yield "level", course.level or "none"
    if proposal:
        yield "proposed", proposal.level or "none"
        yield "waiting", _joined(proposal.waiting)


def _clocks(course: Course, given: Given) -> Iterator[tuple[str, str]]:
    found = clocks(course, given.around, given.at)
    for name in given.kind.clocks:
        clock = found.get(name)
        if clock is None or isinstance(clock, NotInForce):
            yield f"clock.{name}", clock.reason if clock else "not_started"
        else:
            yield f"clock.{name}", clock.state
            yield f"due.{name}", _told(clock.due)


def _faults(course: Course, given: Given) -> Iterator[tuple[str, str]]:
    due = consequences_due(course, given.around, given.at)
    yield "faults", _joined(f"{each.fault}:{each.person}" for each in due)
    fines = [each.fine.value for each in due if each.fine]
    numbers = [each for each in fines if isinstance(each, Fraction)]
    yield "fine", plain(sum(numbers, Fraction(0))) if numbers else "none"


def _papers(course: Course, given: Given) -> Iterator[tuple[str, str]]:
    """The forms that the steps issued, and of each paper to whom it goes and until when."""
    rules = {form.id: form.paper for form in given.kind.forms.values() if form.paper}
    taken = [each.step for each in course.happened]
    yield "papers", _joined(name for each in taken for name in issued_by(given.kind, each))
    for name, rule in rules.items():
        yield f"to.{name}", _joined((*receivers(rule, course), *bodies(rule)))
        until = reply_by(rule, course, given.around, given.at)
        yield f"reply.{name}", _told(until) if until else "none"


def _owed(course: Course, given: Given) -> Iterator[tuple[str, str]]:
    """What is owed by the facts known now, and what was decided to be."""
    found, decided = owed_in(course, given.around), decision_of(course, given.around)
    if found:
        yield "owed", "none" if found.yuan is None else plain(found.yuan)
        yield "owed.rule", found.rule.id if found.rule else "none"
        yield "owed.missing", _joined(found.missing)
        yield "owed.unconfirmed", _joined(each.zh for each in found.unconfirmed)
        yield "owed.last_day", _told(found.last_day)
        yield "owed.not_paid", _joined(each.what.fact for each in found.not_paid)
        yuan = decided.owed.yuan if decided else None
        yield "decided", "none" if yuan is None else plain(yuan)


def _open(course: Course, given: Given) -> Iterator[tuple[str, str]]:
    if given.person:
        steps = open_steps(course, given.person, given.at, given.around)
        yield "open", _joined(each.step.id for each in steps if each.is_open)


def _read(pack: Pack, reading: Reading, raw: Raw, calendar: WorkingCalendar) -> Given:
    fields = reading.fields(raw)
    name = fields.text("case")
    if name not in pack.cases:
        known = ", ".join(pack.cases)
        raise refuse(fields.need("case"), "policy.unknown_word", found=name, allowed=known)
    asked = tuple(_read_step(reading, each) for each in fields.items("steps"))
    if not asked:
        raise refuse(raw, "policy.key_missing", key="steps")
    unit = Unit(
        fields.text("unit", pack.header.units[0] if pack.header.units else "甲"),
        fields.text("group", ""),
        values_of(fields.maybe("attributes")),
    )
    law = pack.law(
        asked[0][1].date(), replaced=replaced_of(pack, reading, fields.maybe("parameters"))
    )
    kind = pack.cases[name]
    earlier = _counts(fields, "earlier", (each.id for each in kind.repeats))
    open_cases = _counts(fields, "open_cases", pack.cases)
    around = Circumstances(law, pack.limits, calendar, unit, earlier, open_cases)
    moment, person = fields.maybe("at"), fields.maybe("for")
    given = Given(
        kind,
        asked,
        around,
        read_moment(moment) if moment else asked[-1][1],
        _read_person(reading.fields(person)) if person else None,
    )
    fields.close()
    return given


def _read_step(reading: Reading, raw: Raw) -> tuple[Asked, datetime]:
    fields = reading.fields(raw)
    facts = fields.maybe("facts")
    asked = Asked(
        fields.text("step"),
        Person(fields.text("by", ""), frozenset(fields.texts("as"))),
        {name: _entered(each) for name, each in entries(facts)} if facts else {},
        fields.text("reason", ""),
        fields.text("level", ""),
        fields.flag("anonymous"),
    )
    at = read_moment(fields.need("at"))
    fields.close()
    return asked, at


def _read_person(fields: Fields) -> Person:
    person = Person(fields.text("by", ""), frozenset(fields.texts("as")))
    fields.close()
    return person


def _entered(raw: Raw) -> Entered:
    if raw.value is None or isinstance(raw.value, bool | date):
        return raw.value
    if isinstance(raw.value, tuple):
        return tuple(as_text(each) for each in as_list(raw))
    return as_text(raw)


def _counts(fields: Fields, key: str, known: Iterable[str]) -> Mapping[str, int]:
    raw = fields.maybe(key)
    if raw is None:
        return {}
    own = fields.reading.fields(raw)
    counts = {name: own.whole(name, 0, least=0) for name in known}
    own.close()
    return counts


def _joined(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words)) or "none"


def _told(value: FactValue) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return " ".join(value) if isinstance(value, tuple) else word_of(value)
