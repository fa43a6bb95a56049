"""The register: copies of what the events of a case say, made in the transaction of every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from zhijian.cases import queries as cases
from zhijian.cases.library import Library
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.register import (
    ASPECTS,
    DO_NOT_COUNT,
    Control,
    Listing,
    found_on,
    is_counted,
    span_of,
)
from zhijian.foundation import clock
from zhijian.nonconformities.keys import key_of
from zhijian.nonconformities.models import Entry, Tally
from zhijian.nonconformities.queries.kinds import listed_kinds
from zhijian.nonconformities.services.controlling import Crossing, propose

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.to_domain import Standing

_AT_ONCE = 200
_LONGEST = 200


def follow(case: Any, standing: Standing, _user: User | None, at: datetime) -> None:
    """Copy what is known after a step, and count it, where the case is a nonconformity."""
    listing = standing.kind.listing
    if listing is None:
        return
    day = _copy(case, standing, listing)
    for control, key in _counted(case, standing, day):
        propose(Crossing(standing.pack, standing.kind, control, standing.around), key, at)


def register_missing() -> int:
    """Register cases opened before their kind stood in the register; return how many."""
    return _read(_of_listed_kinds().filter(nonconformity=None))


def register_anew() -> int:
    """Make every row anew from the events; return how many there are."""
    return _read(_of_listed_kinds())


def _of_listed_kinds() -> QuerySet[Any]:
    return cases.of_kinds((each.ref.pack_id, each.kind.id) for each in listed_kinds())


def _read(rows: QuerySet[Any]) -> int:
    count, library = 0, Library()
    for part in _parts(list(rows.order_by("pk").values_list("pk", flat=True))):
        for case, standing in cases.standings(list(cases.with_ids(part)), library):
            if (listing := standing.kind.listing) is not None:
                day = _copy(case, standing, listing)
                list(_counted(case, standing, day))
                count += 1
    return count


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _copy(case: Any, standing: Standing, listing: Listing) -> date:
    facts = standing.course.facts
    day = found_on(listing, facts, clock.day_of(case.opened_at))
    told = {name: _text(facts, listing.aspects.get(name, "")) for name in ASPECTS}
    level = standing.kind.levels.get(case.level)
    rank = level.rank if level else 0
    Entry.objects.update_or_create(
        case_id=case.pk,
        defaults={**told, "found_on": day, "rank": rank, "is_sample": case.is_sample},
    )
    return day


def _text(facts: Mapping[str, FactValue], name: str) -> str:
    return str(facts.get(name) or "")[:_LONGEST] if name else ""


def _counted(case: Any, standing: Standing, day: date) -> Iterator[tuple[Control, str]]:
    """Note in which controls a case counts as it stands, and yield them with their keys."""
    course, kind = standing.course, standing.kind
    for control in kind.controls:
        rows = Tally.objects.filter(case_id=case.pk, control=control.id)
        if course.ends in DO_NOT_COUNT or not is_counted(
            control, kind.facts, course.facts, course.level, standing.around
        ):
            rows.delete()
            continue
        first, _last = span_of(control.span, day)
        key = key_of(
            pack=standing.pack.id,
            kind=kind.id,
            control=control.id,
            unit=case.unit_id,
            first=first.isoformat(),
            each=[str(course.facts[name]) for name in control.each],
        )
        Tally.objects.update_or_create(
            case_id=case.pk,
            control=control.id,
            defaults={"key": key, "starts_on": first, "is_sample": case.is_sample},
        )
        yield control, key
