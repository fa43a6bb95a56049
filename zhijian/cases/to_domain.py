"""Rows → a case as the domain sees it: the only bridge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from zhijian.accounts import queries as accounts
from zhijian.cases.alike import earlier, keys_of
from zhijian.cases.documents import happened_of, told_in
from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseEvent, EventSort
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course, after, handed_over
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.who import Person
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock


@dataclass(frozen=True, slots=True)
class Standing:
    """A case: its course, and what it is judged by."""

    course: Course
    around: Circumstances
    pack: Pack

    @property
    def kind(self) -> CaseKind:
        """What kind of case it is."""
        return self.course.kind


def standing_of(case: Case, library: Library, events: Iterable[CaseEvent] = ()) -> Standing:
    """Replay a case; without ``events`` they are read. Raises ``BrokenCourse`` where they lie."""
    rows = list(events) or list(case.events.order_by("seq"))
    pack = library.pack(case.pack_version_id)
    kind = pack.cases[case.kind]
    around = circumstances(library, case.pack_version_id, clock.day_of(rows[0].at), case.unit_id)
    return Standing(
        course_of(kind, rows),
        replace(around, open_cases=_open_cases(case, kind)),
        pack,
    )


def course_of(kind: CaseKind, events: Iterable[CaseEvent]) -> Course:
    """Replay events; hand-overs change the owner and are no steps."""
    course = Course(kind)
    for each in events:
        if each.sort == EventSort.HAND_OVER:
            course = handed_over(course, str(told_in(each)["to"]))
        else:
            course = after(course, happened_of(each, len(course.happened) + 1))
    return course


def circumstances(library: Library, version_id: int, opened: date, unit_id: int) -> Circumstances:
    """Return what a case of a unit is judged by under the law of the day it was opened."""
    pack = library.pack(version_id)
    law = library.law(version_id, opened)
    return Circumstances(law, pack.limits, library.calendar(), library.unit(unit_id))


def with_earlier(
    standing: Standing, facts: Mapping[str, FactValue], unit_id: int, day: date, own: int | None
) -> Standing:
    """Return the case with the count of those that repeat, known from the facts entered now."""
    if not standing.kind.repeats:
        return standing
    keys = keys_of(standing.pack.id, standing.kind, facts, unit_id)
    opened = standing.course.opened_on or day
    counts = earlier(keys, opened, standing.around, own)
    return replace(standing, around=replace(standing.around, earlier=counts))


def person_of(user: Any, pack: Pack, unit_id: int) -> Person:
    """Return somebody as the bodies that they act for in the unit of a case."""
    roles = accounts.roles_in(user, unit_id)
    bodies = frozenset(body.id for body in pack.header.bodies if body.role and body.role in roles)
    return Person(str(user.pk), bodies)


def _open_cases(case: Case, kind: CaseKind) -> Mapping[str, int]:
    """Count the linked cases of the same regulation that have not ended, where a step asks."""
    wanted = {name for step in kind.steps.values() for name in step.waits_for}
    if not wanted or not case.pk:
        return {}
    linked = Case.objects.filter(
        Q(links_in__source=case) | Q(links_out__target=case),
        pack_id=case.pack_id,
        kind__in=wanted,
        ends="",
    )
    return Counter(name for name, _pk in linked.values_list("kind", "pk").distinct())
