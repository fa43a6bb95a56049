"""Writing a case: number, event, copies, people, faults. Nothing else in the program does it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhijian.accounts import queries as accounts
from zhijian.cases.alike import keys_of
from zhijian.cases.documents import document_of, hash_of
from zhijian.cases.followers import follow
from zhijian.cases.models import (
    Case,
    CaseAlike,
    CaseEvent,
    CaseFault,
    CaseLink,
    CaseNotice,
    CaseParty,
    EventSort,
    LinkWord,
)
from zhijian.cases.services import telling
from zhijian.cases.services.asked import NOBODY, Once
from zhijian.cases.services.checking import id_of
from zhijian.cases.services.files import keep_files
from zhijian.cases.services.planning import Moment, Planned, assigned_unit
from zhijian.cases.services.texts import write_texts
from zhijian.cases.services.timing import NEVER, earliest_due, read_clocks, write_clocks
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.consequences import FaultDue, consequences_due
from zhijian.domain.casework.course import Happened
from zhijian.domain.exact import plain
from zhijian.domain.explain.document import to_document
from zhijian.foundation.audit import chain
from zhijian.foundation.numbering.services import next_number

NUMBERS = "cases."
"""Begins the name of the series of numbers; the prefix of the kind follows."""

_COPIED = [
    "state", "ends", "since", "level", "unit_id", "owner_id", "is_confidential", "due_at",
    "sorts_at", "seq", "last_hash", "merged_into_id",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event before it is chained: what it is, its text, and who did it."""

    sort: str
    step: str
    document: str
    actor_id: int | None
    at: datetime
    once: Once = NOBODY


def write_opened(
    planned: Sequence[Planned], moment: Moment, told: Once = NOBODY, source: Case | None = None
) -> list[Case]:
    """Write new cases with all that belongs to them, the first one under the key.

    ``source`` is the case that is written already and stands before them in the plan.
    """
    year = moment.at.year
    serials = {
        place: next_number(kind=f"{NUMBERS}{_prefix(planned[place])}", year=year)
        for place in sorted(range(len(planned)), key=lambda each: _prefix(planned[each]))
    }
    cases = [source] if source else []
    for place, each in enumerate(planned):
        case = _write_case(each, (year, serials[place]), moment, NOBODY if place else told)
        if each.after is not None:
            write_link(cases[each.after], case, moment, each.key)
        cases.append(case)
    opened = cases[1:] if source else cases
    for case, each in zip(opened, planned, strict=True):
        follow(case, each.standing, moment.user, moment.at)
    return opened


def write_step(case: Case, standing: Standing, moment: Moment, told: Once = NOBODY) -> CaseEvent:
    """Write the last step of a course: event, copies, clocks, people, faults."""
    happened = standing.course.happened[-1]
    event, owner_id = _event_of(happened, told), case.owner_id
    row = write_event(case, event)
    write_copies(case, standing, moment.at)
    if case.owner_id != owner_id:
        telling.assigned(case, standing.kind, event.actor_id)
    write_people(case, standing)
    write_faults(case, standing, moment.at)
    return row


def write_event(case: Case, event: NewEvent) -> CaseEvent:
    """Chain an event to the case; the row of the case, which is locked, is saved by the caller."""
    row = _chained(case, event)
    row.case = case
    row.save(force_insert=True)
    return row


def write_copies(case: Case, standing: Standing, at: datetime) -> None:
    """Write where a case stands, for lists and for the sweep."""
    read = read_clocks(standing, at)
    _copy(case, standing, earliest_due(read))
    case.save(update_fields=_COPIED)
    keys = CaseNotice.objects.filter(case=case).values_list("key", flat=True)
    write_clocks(case, read, set(keys) if read else ())
    _write_alike(case, standing)
    write_texts(case, standing)


def write_people(case: Case, standing: Standing) -> None:
    """Note who has a part in a case: whoever opened, owns, acted or is named in it."""
    facts = standing.course.facts
    named = (
        id_of(facts[name])
        for name, fact in standing.kind.facts.items()
        if fact.type == "person" and facts.get(name)
    )
    acted = id_of(standing.course.happened[-1].actor)
    ids = {acted, case.owner_id, case.opener_id, *named} - {None}
    add_parties(case, {each for each in ids if each is not None})


def add_parties(case: Case, ids: Collection[int]) -> None:
    """Note people who have a part in a case, each once."""
    CaseParty.objects.bulk_create(
        [CaseParty(case=case, person_id=each) for each in sorted(ids)], ignore_conflicts=True
    )


def write_faults(case: Case, standing: Standing, at: datetime) -> int:
    """Write every fault that has come about, each once; return how many are new."""
    due = consequences_due(standing.course, standing.around, at)
    if not due:
        return 0
    known = set(CaseFault.objects.filter(case=case).values_list("key", flat=True))
    new = [_fault(case, each, at) for each in due if each.key not in known]
    CaseFault.objects.bulk_create(new, ignore_conflicts=True)
    add_parties(case, {row.person_id for row in new if row.person_id})
    return len(new)


def write_link(source: Case, target: Case, moment: Moment, key: str = "") -> CaseLink:
    """Link a case to the one that it opened."""
    return CaseLink.objects.create(
        source=source, target=target, word=LinkWord.OPENED, key=key, at=moment.at
    )


def _write_case(planned: Planned, numbered: tuple[int, int], moment: Moment, told: Once) -> Case:
    standing, (year, serial) = planned.standing, numbered
    kind, happened = standing.kind, standing.course.happened[0]
    actor_id = id_of(happened.actor)
    case = Case(
        pack_id=standing.pack.id,
        pack_version_id=planned.version_id,
        kind=kind.id,
        prefix=kind.prefix,
        year=year,
        serial=serial,
        number=f"{kind.prefix}{year}-{serial:04d}",
        title=planned.title,
        unit_id=planned.unit_id,
        opened_at=moment.at,
        opener_id=actor_id,
        is_anonymous=_is_anonymous(standing),
        last_hash=chain.START,
        is_sample=planned.is_sample,
    )
    about = {
        "opens": {
            "kind": kind.id,
            "pack": standing.pack.id,
            "version": standing.pack.header.version,
            "unit": planned.unit_id,
            "title": planned.title,
        }
    }
    event = _chained(case, _event_of(happened, told, **about))
    read = read_clocks(standing, moment.at)
    _copy(case, standing, earliest_due(read))
    case.save(force_insert=True)
    event.case = case
    event.save(force_insert=True)
    write_clocks(case, read, ())
    _write_alike(case, standing)
    write_texts(case, standing)
    write_people(case, standing)
    write_faults(case, standing, moment.at)
    telling.assigned(case, standing.kind, actor_id)
    keep_files(case, planned.taking, standing, moment)
    return case


def _is_anonymous(standing: Standing) -> bool:
    """Tell whether whoever opened it left no name; the platform and other cases have none."""
    happened = standing.course.happened[0]
    step = standing.kind.steps[happened.step]
    return not happened.actor and not happened.roles and step.anonymous != "never"


def _copy(case: Case, standing: Standing, due: datetime | None) -> None:
    course = standing.course
    case.state, case.ends, case.level = course.state, course.ends, course.level
    case.since = course.since or case.opened_at
    case.owner_id = id_of(course.owner)
    case.unit_id = assigned_unit(course, case.unit_id)
    hides = standing.kind.confidential
    case.is_confidential = case.is_confidential or (bool(hides) and course.facts.get(hides) is True)
    case.due_at, case.sorts_at = due, due or NEVER


def _event_of(happened: Happened, told: Once, **more: object) -> NewEvent:
    return NewEvent(
        EventSort.STEP,
        happened.step,
        document_of(happened, **more),
        id_of(happened.actor),
        happened.at,
        told,
    )


def _chained(case: Case, event: NewEvent) -> CaseEvent:
    case.seq += 1
    row = CaseEvent(
        seq=case.seq,
        sort=event.sort,
        step=event.step,
        at=event.at,
        actor_id=event.actor_id,
        document=event.document,
        previous_hash=case.last_hash,
        key=event.once.key,
        asked=event.once.asked,
        is_sample=case.is_sample,
    )
    row.hash = case.last_hash = hash_of(row, case.number)
    return row


def _write_alike(case: Case, standing: Standing) -> None:
    course = standing.course
    if not standing.kind.repeats or course.opened_on is None:
        return
    keys = keys_of(standing.pack.id, standing.kind, course.facts, case.unit_id)
    CaseAlike.objects.bulk_create(
        [
            CaseAlike(case=case, rule=rule.id, key=key, opened_on=course.opened_on)
            for rule, key in keys
        ],
        update_conflicts=True,
        unique_fields=["case", "rule"],
        update_fields=["key"],
    )


def _fault(case: Case, due: FaultDue, at: datetime) -> CaseFault:
    person_id = id_of(due.person)
    known = person_id is not None and accounts.person(person_id) is not None
    fine = due.fine
    return CaseFault(
        case=case,
        key=due.key,
        rule=due.rule.id,
        title=due.rule.title.zh,
        title_en=due.rule.title.en,
        fault=due.fault,
        cites=due.rule.cites,
        person_id=person_id if known else None,
        since=due.since,
        fine=plain(fine.value) if fine and not isinstance(fine.value, str | None) else "",
        working=to_document(fine) if fine else None,
        written_at=at,
    )


def _prefix(planned: Planned) -> str:
    return planned.standing.kind.prefix
