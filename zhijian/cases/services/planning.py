"""What a step comes to, before anything is written: the case after it, and the cases it opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from zhijian.cases import to_domain
from zhijian.cases.library import Library
from zhijian.cases.refusals import CaseRefused, StepRefused
from zhijian.cases.services.asked import Opening, Taking
from zhijian.cases.services.checking import id_of, too_many, unknown_names
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.advancing import advance
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.entering import read_entered
from zhijian.domain.casework.following import CaseDue, cases_due
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.who import PLATFORM, PUBLIC, Person
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.organizations.queries import UnitRef

_MOST_AT_ONCE = 20
TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens, in the zone where days are counted, and by whom; ``user`` is nobody
    where the platform acts, or somebody from outside."""

    at: datetime
    user: Any = None
    is_public: bool = False

    @classmethod
    def of(cls, at: datetime, user: Any = None) -> Moment:
        """Return a moment that came in any zone."""
        return cls(timezone.localtime(at), user)

    @classmethod
    def outside(cls, at: datetime) -> Moment:
        """Return a moment at which somebody from outside acts, who has no account."""
        return cls(timezone.localtime(at), is_public=True)

    def person(self, pack: Pack, unit_id: int) -> Person:
        """Return whoever acts as the bodies they act for in a unit."""
        if self.user is None:
            return PUBLIC if self.is_public else PLATFORM
        return to_domain.person_of(self.user, pack, unit_id)


@dataclass(frozen=True, slots=True)
class Before:
    """A case before a step: where it stands, its unit, its id once it is written, and the digests
    of the files that may be named."""

    standing: Standing
    unit_id: int
    case_id: int | None = None
    evidence: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """A case to be written. ``after`` tells from which planned case it comes, if from one of
    them; ``key`` under which rule of its step."""

    version_id: int
    standing: Standing
    unit_id: int
    title: str
    taking: Taking
    is_sample: bool
    after: int | None = None
    key: str = ""


def plan_opening(library: Library, opening: Opening, moment: Moment) -> list[Planned]:
    """Return the case and all that it opens, the case first; raise what stands against it."""
    day = moment.at.date()
    version = library.in_force(opening.pack_id, day)
    kinds = library.pack(version).cases if version else {}
    if version is None or opening.kind not in kinds:
        raise CaseRefused("cases.no_such_kind", kind=opening.kind, pack=opening.pack_id, day=day)
    kind, pack = kinds[opening.kind], library.pack(version)
    unit = _unit_of(library, kind.steps.get(opening.taking.step), opening)
    around = to_domain.circumstances(library, version, day, unit.id)
    before = Before(Standing(Course(kind), around, pack), unit.id)
    who = moment.person(pack, unit.id)
    moved = after_step(before, opening.taking, who, moment.at)
    title = opening.title.strip()[:TITLE_LENGTH] or title_of(moved.course)
    main = Planned(version, moved, unit.id, title, opening.taking, unit.is_sample)
    return [main, *plan_followers(library, main, who, moment.at)]


def after_step(before: Before, taking: Taking, who: Person, at: datetime) -> Standing:
    """Return the case after a step, or raise everything that stands against it."""
    standing = before.standing
    course, kind = standing.course, standing.kind
    step = kind.steps.get(taking.step)
    if step is not None and kind.repeats:
        values, _ = read_entered(course, step, taking.entered, at)
        facts = {**course.facts, **values}
        standing = to_domain.with_earlier(
            standing, facts, before.unit_id, at.date(), before.case_id
        )
    moved = advance(course, taking.asked_by(who), at, standing.around)
    problems: list[Problem] = [] if isinstance(moved, Course) else list(moved)
    problems += unknown_names(kind, taking, before.evidence)
    problems += too_many(taking, before.evidence if before.case_id else ())
    if problems or not isinstance(moved, Course):
        raise StepRefused(problems)
    return replace(standing, course=moved)


def plan_followers(library: Library, main: Planned, who: Person, at: datetime) -> list[Planned]:
    """Return the cases that a step opens, and those that these open; all in one transaction."""
    found = [main]
    for place, each in enumerate(found):
        for due in cases_due(each.standing.course, each.standing.around):
            found.append(_follower(library, each, due, (who, at, place)))
            if len(found) > _MOST_AT_ONCE:
                raise CaseRefused("cases.opens_without_end", limit=_MOST_AT_ONCE)
    return found[1:]


def title_of(course: Course) -> str:
    """Return what a case is about in a line: the first text that was entered, or its kind."""
    opening = course.happened[0]
    for name in course.kind.steps[opening.step].asks:
        fact, value = course.kind.facts[name], opening.facts.get(name)
        if fact.type in ("text", "choice") and not fact.field.personal and value:
            return str(value).splitlines()[0][:TITLE_LENGTH]
    return course.kind.title.zh


def assigned_unit(course: Course, unit_id: int) -> int:
    """Return where a case was given to, else where it was opened."""
    return id_of(course.unit) or unit_id


def _follower(
    library: Library, source: Planned, due: CaseDue, moved: tuple[Person, datetime, int]
) -> Planned:
    who, at, place = moved
    pack_id = source.standing.pack.id
    facts = {name: value for name, value in due.facts.items() if value is not None}
    files = frozenset(
        digest for value in facts.values() if isinstance(value, tuple) for digest in value
    )
    opening = Opening(pack_id, due.kind, Taking(due.step, facts), source.unit_id)
    version = library.in_force(pack_id, at.date())
    pack = library.pack(version) if version else source.standing.pack
    if version is None or due.kind not in pack.cases:
        raise CaseRefused("cases.no_such_kind", kind=due.kind, pack=pack_id, day=at.date())
    kind = pack.cases[due.kind]
    unit = _unit_of(library, kind.steps.get(due.step), opening)
    around = to_domain.circumstances(library, version, at.date(), unit.id)
    # Where nobody is named, the platform passes the case on.
    roles = frozenset({"case"}) if who.id else frozenset({"case", "platform"})
    before = Before(Standing(Course(kind), around, pack), unit.id, None, files)
    standing = after_step(before, opening.taking, Person(who.id, roles), at)
    title = title_of(standing.course)
    taking = opening.taking
    return Planned(version, standing, unit.id, title, taking, unit.is_sample, place, due.key)


def _unit_of(library: Library, step: CaseStep | None, opening: Opening) -> UnitRef:
    """The unit that the step names, or the one that was chosen."""
    named = opening.taking.entered.get(step.unit) if step and step.unit else None
    chosen = id_of(named) if named is not None else opening.unit_id
    found = library.unit_ref(chosen) if chosen is not None else None
    if found is None:
        raise CaseRefused("cases.unit_needed")
    return found
