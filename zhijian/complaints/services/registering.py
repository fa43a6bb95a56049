"""The register: copies of what the events of a case say about who complained and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from zhijian.cases import queries as cases
from zhijian.complaints.keys import caller_of
from zhijian.complaints.models import Complaint, Office
from zhijian.complaints.phones import masked, plain
from zhijian.complaints.queries.kinds import intakes
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.receiving import Receiving

_AT_ONCE = 200
_RECENT = timedelta(days=2)


def register(case: Any, office: Office | None = None) -> Complaint:
    """Note a new complaint; noted before, it stays as it is."""
    receiving = cases.kind_of(case).receiving
    if receiving is None:
        raise LookupError(f"{case} is no kind of case that comes from outside")
    facts = cases.known(case).facts
    told = {**_copies(case, receiving, facts), "office": office}
    return Complaint.objects.get_or_create(case=case, defaults=told)[0]


def register_new(*, at: datetime | None = None) -> int:
    """Register what was opened on other pages: in the last days before a moment, or ever."""
    new = _of_intake_kinds().filter(complaint=None)
    return _read(new.filter(opened_at__gte=at - _RECENT) if at else new)


def catch_up(*, at: datetime | None = None) -> int:
    """Register what is new, and copy anew what has moved on since it was copied.

    With a moment only what is open or ended lately is looked at; without one, everything.
    """
    moved = _of_intake_kinds().filter(complaint__read_seq__lt=F("seq"))
    if at:
        moved = moved.filter(Q(ends="") | Q(since__gte=at - _RECENT))
    return register_new(at=at) + _read(moved)


def register_anew() -> int:
    """Make every row anew from the events; return how many there are."""
    return _read(_of_intake_kinds())


def _of_intake_kinds() -> QuerySet[Any]:
    return cases.of_kinds((each.ref.pack_id, each.kind.id) for each in intakes())


def _read(rows: QuerySet[Any]) -> int:
    count = 0
    for part in _parts(list(rows.order_by("pk").values_list("pk", flat=True))):
        found = list(cases.with_ids(part))
        for case, facts in cases.facts_of_each(found):
            receiving = cases.kind_of(case).receiving
            if receiving is not None:
                told = _copies(case, receiving, facts)
                Complaint.objects.update_or_create(case=case, defaults=told)
                count += 1
    return count


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _copies(case: Any, receiving: Receiving, facts: Mapping[str, FactValue]) -> dict[str, object]:
    number = plain(str(facts.get(receiving.phone) or ""))
    told = facts.get(receiving.received)
    received = timezone.localtime(told if isinstance(told, datetime) else case.opened_at)
    return {
        "caller": caller_of(number),
        "masked": masked(number),
        "channel": str(facts.get(receiving.channel) or ""),
        "cause": str(facts.get(receiving.cause) or ""),
        "received_on": received.date(),
        "hour": received.hour,
        "read_seq": case.seq,
        "is_sample": case.is_sample,
    }
