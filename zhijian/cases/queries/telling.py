"""Cases as they are told to rooms that make records of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseEvent
from zhijian.cases.to_domain import standing_of
from zhijian.cases.visibility import seen_by
from zhijian.domain.casework.course import BrokenCourse
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.recording import Telling
from zhijian.domain.casework.timing import clocks
from zhijian.domain.deadlines.clock import Clock


@dataclass(frozen=True, slots=True)
class CaseTold:
    """One case after ``seq`` events; ``telling`` is missing where they cannot be replayed."""

    id: int
    number: str
    seq: int
    version_id: int
    unit_id: int
    kind: CaseKind
    telling: Telling | None


def of_kind(pack_id: str, kind: str) -> QuerySet[Case]:
    """Return the cases of a kind of a regulation, in no order."""
    return Case.objects.filter(pack_id=pack_id, kind=kind)


def cases_told(cases: Iterable[Case], library: Library | None = None) -> Iterator[CaseTold]:
    """Replay cases, with one query for all their events."""
    library, rows = library or Library(), list(cases)
    events: defaultdict[int, list[CaseEvent]] = defaultdict(list)
    wanted = CaseEvent.objects.filter(case_id__in=[row.pk for row in rows]).order_by("seq")
    for event in wanted:
        events[event.case_id].append(event)
    for row in rows:
        yield CaseTold(
            row.pk, row.number, row.seq, row.pack_version_id, row.unit_id,
            library.kind(row.pack_version_id, row.kind),
            _telling(row, library, events[row.pk]),
        )  # fmt: skip


def _telling(case: Case, library: Library, events: list[CaseEvent]) -> Telling | None:
    try:
        standing = standing_of(case, library, events)
    except BrokenCourse:
        return None
    last = standing.course.happened[-1].at
    read = clocks(standing.course, standing.around, last)
    started = {name: clock for name, clock in read.items() if isinstance(clock, Clock)}
    return Telling(case.number, case.title, standing.course, started)


def seen_ids(user: Any, ids: Collection[int]) -> frozenset[int]:
    """Return which of some cases a person may see."""
    return frozenset(seen_by(user).filter(pk__in=ids).values_list("pk", flat=True))


def secret_ids(ids: Collection[int]) -> frozenset[int]:
    """Return which of some cases are confidential."""
    rows = Case.objects.filter(pk__in=ids, is_confidential=True)
    return frozenset(rows.values_list("pk", flat=True))


def numbers(ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers of cases; a number is no secret."""
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "number"))
