"""What is known about one case: its facts, its clocks, and what the public may do in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from zhijian.cases import to_domain
from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseEvent
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.course import replay
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.permitting import open_steps
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.who import PUBLIC


@dataclass(frozen=True, slots=True)
class Known:
    """A case with its facts; they may be personal and are masked by whoever shows them."""

    case: Case
    standing: Standing

    @property
    def kind(self) -> CaseKind:
        """What kind of case it is."""
        return self.standing.kind

    @property
    def facts(self) -> Mapping[str, FactValue]:
        """Everything that was entered, the latest of each."""
        return self.standing.course.facts

    def open_to_public(self, at: datetime) -> tuple[CaseStep, ...]:
        """Return the steps that somebody from outside may take now."""
        course = self.standing.course
        offered = open_steps(course, PUBLIC, timezone.localtime(at), self.standing.around)
        return tuple(each.step for each in offered if each.is_open)


def known(case: Case) -> Known:
    """Return a case with all that was entered."""
    return Known(case, to_domain.standing_of(case, Library()))


def standings(cases: Sequence[Case], library: Library) -> Iterator[tuple[Case, Standing]]:
    """Yield cases with where they stand, reading their events at once."""
    for case, events in _with_events(cases):
        yield case, to_domain.standing_of(case, library, events)


def without_last(standing: Standing) -> Standing:
    """Return a case as it stood before its last step; whom it was handed over to is not told."""
    course = standing.course
    return replace(standing, course=replay(course.kind, course.happened[:-1]))


def merged_into(case: Case) -> list[Case]:
    """Return the cases that became part of a case directly, the first one first."""
    return list(case.merged.order_by("pk"))


def facts_of_each(cases: Sequence[Case]) -> Iterator[tuple[Case, Mapping[str, FactValue]]]:
    """Yield cases with their facts, reading their events at once."""
    library = Library()
    for case, events in _with_events(cases):
        kind = library.kind(case.pack_version_id, case.kind)
        yield case, to_domain.course_of(kind, events).facts


def _with_events(cases: Sequence[Case]) -> Iterator[tuple[Case, list[CaseEvent]]]:
    """Yield cases with their events in order, read with one query."""
    events: dict[int, list[CaseEvent]] = {}
    for event in CaseEvent.objects.filter(case__in=cases).order_by("case_id", "seq"):
        events.setdefault(event.case_id, []).append(event)
    for case in cases:
        yield case, events[case.pk]
