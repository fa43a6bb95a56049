"""Working every case out again from its events, and comparing what is stored beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Count, Max, Min

from zhijian.cases.documents import hash_of
from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseClock, CaseEvent, CaseFault, CaseText
from zhijian.cases.services.checking import id_of
from zhijian.cases.services.texts import texts_of
from zhijian.cases.services.timing import earliest_due, read_clocks
from zhijian.cases.to_domain import Standing, standing_of
from zhijian.domain.casework.consequences import consequences_due
from zhijian.domain.casework.course import BrokenCourse
from zhijian.domain.deadlines.alarms import falls_due
from zhijian.foundation.audit import chain
from zhijian.foundation.numbering.queries import last_number

_CHUNK = 500

Row = TypeVar("Row", CaseEvent, CaseClock, CaseFault, CaseText)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that does not agree with the events: of which case, what, stored and found."""

    number: str
    what: str
    stored: object = ""
    found: object = ""

    def __str__(self) -> str:
        told = f"{self.number}: {self.what}"
        return told if self.stored == self.found else f"{told}: {self.stored} / {self.found}"


@dataclass(slots=True)
class Verified:
    """How many cases were read, and what does not agree."""

    cases: int = 0
    discrepancies: list[Discrepancy] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    """What is stored of a case beside its row."""

    events: Sequence[CaseEvent]
    clocks: Sequence[CaseClock]
    faults: Sequence[CaseFault]
    texts: Sequence[CaseText]


def verify() -> Verified:
    """Read every case, and the numbers that were given."""
    library, verified, last = Library(), Verified(), 0
    while cases := list(Case.objects.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        last = cases[-1].pk
        for case, held in _with_rows(cases):
            verified.discrepancies += [*_chain(case, held.events), *_replayed(library, case, held)]
        verified.cases += len(cases)
    verified.discrepancies += _numbers()
    return verified


def _with_rows(cases: list[Case]) -> Iterator[tuple[Case, _Held]]:
    ids = [case.pk for case in cases]
    events = _by_case(CaseEvent.objects.filter(case_id__in=ids).order_by("seq"))
    clocks = _by_case(CaseClock.objects.filter(case_id__in=ids))
    faults = _by_case(CaseFault.objects.filter(case_id__in=ids))
    texts = _by_case(CaseText.objects.filter(case_id__in=ids))
    for case in cases:
        yield case, _Held(events[case.pk], clocks[case.pk], faults[case.pk], texts[case.pk])


def _by_case(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _chain(case: Case, events: Sequence[CaseEvent]) -> Iterator[Discrepancy]:
    """Every event follows the one before it, and the row knows the last one."""
    previous = chain.START
    for place, event in enumerate(events, start=1):
        if event.seq != place:
            yield Discrepancy(case.number, "event missing", event.seq, place)
            return
        if event.previous_hash != previous or event.hash != hash_of(event, case.number):
            yield Discrepancy(case.number, f"event {place} was changed")
            return
        previous = event.hash
    if (case.seq, case.last_hash) != (len(events), previous):
        yield Discrepancy(case.number, "end of the chain", case.seq, len(events))


def _replayed(library: Library, case: Case, held: _Held) -> Iterator[Discrepancy]:
    if not held.events:
        yield Discrepancy(case.number, "no events")
        return
    try:
        standing = standing_of(case, library, held.events)
    except (BrokenCourse, KeyError, ValueError) as broken:
        yield Discrepancy(case.number, f"cannot be replayed: {broken}")
        return
    for what, stored, found in _pairs(case, standing):
        if stored != found:
            yield Discrepancy(case.number, what, stored, found)
    if texts_of(standing, case.title) != {row.is_personal: row.text for row in held.texts}:
        # Not shown: some of it is personal.
        yield Discrepancy(case.number, "text to be searched")
    yield from _clocks(case, held, standing)
    last = standing.course.happened[-1].at
    due = {each.key for each in consequences_due(standing.course, standing.around, last)}
    for key in sorted(due - {row.key for row in held.faults}):
        yield Discrepancy(case.number, f"fault {key} was not written")


def _pairs(case: Case, standing: Standing) -> Iterator[tuple[str, object, object]]:
    """Each stored copy beside what follows from the events."""
    course, hides = standing.course, standing.kind.confidential
    yield "state", case.state, course.state
    yield "end", case.ends, course.ends
    yield "level", case.level, course.level
    yield "owner", case.owner_id, id_of(course.owner)
    yield "opener", case.opener_id, id_of(course.opener)
    yield "unit", case.unit_id, id_of(course.unit) or case.unit_id
    yield "confidential", case.is_confidential, bool(hides and course.facts.get(hides) is True)


def _clocks(case: Case, held: _Held, standing: Standing) -> Iterator[Discrepancy]:
    """The clocks that were read with the calendar of today; the others wait to be read again."""
    read = read_clocks(standing, standing.course.happened[-1].at)
    stored = {row.clock: row for row in held.clocks}
    if stored.keys() != read.keys():
        yield Discrepancy(case.number, "clocks", sorted(stored), sorted(read))
        return
    today = standing.around.calendar.digest
    if any(row.calendar != today for row in held.clocks if not row.is_over):
        return
    if case.due_at != earliest_due(read):
        yield Discrepancy(case.number, "due", case.due_at, earliest_due(read))
    for name, clock in read.items():
        pair = (stored[name].due_at, stored[name].is_over)
        found = (falls_due(clock), bool(clock.run and clock.run.ended))
        if pair != found:
            yield Discrepancy(case.number, f"clock {name}", pair, found)


def _numbers() -> Iterator[Discrepancy]:
    """Every number from the first to the last of its series belongs to a case."""
    series = Case.objects.values("prefix", "year").order_by("prefix", "year")
    for each in series.annotate(count=Count("pk"), first=Min("serial"), last=Max("serial")):
        given = last_number(kind=f"cases.{each['prefix']}", year=each["year"])
        if (each["first"], each["count"], given) != (1, each["last"], each["last"]):
            name = f"{each['prefix']}{each['year']}"
            yield Discrepancy(name, "numbers", each["count"], given)
