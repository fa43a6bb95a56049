"""The register: copies of what the events of a case say about who complained and how.

They are made in the transaction of every step, whoever takes it on whichever page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from zhijian.cases import queries as cases
from zhijian.complaints.keys import caller_of
from zhijian.complaints.models import Complaint
from zhijian.complaints.phones import masked, plain
from zhijian.complaints.queries.kinds import intakes
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.receiving import Receiving

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.to_domain import Standing

_AT_ONCE = 200


def follow(case: Any, standing: Standing, _user: User | None, _at: datetime) -> None:
    """Copy what is known after a step, where the case is one that comes from outside."""
    if standing.kind.receiving is not None:
        _copy(case, standing.kind.receiving, standing.course.facts)


def register_missing() -> int:
    """Register cases opened before their regulation said how it receives; return how many."""
    return _read(_of_intake_kinds().filter(complaint=None))


def register_anew() -> int:
    """Make every row anew from the events; return how many there are."""
    return _read(_of_intake_kinds())


def _of_intake_kinds() -> QuerySet[Any]:
    return cases.of_kinds((each.ref.pack_id, each.kind.id) for each in intakes())


def _read(rows: QuerySet[Any]) -> int:
    count = 0
    for part in _parts(list(rows.order_by("pk").values_list("pk", flat=True))):
        for case, facts in cases.facts_of_each(list(cases.with_ids(part))):
            receiving = cases.kind_of(case).receiving
            if receiving is not None:
                _copy(case, receiving, facts)
                count += 1
    return count


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _copy(case: Any, receiving: Receiving, facts: Mapping[str, FactValue]) -> None:
    number = plain(str(facts.get(receiving.phone) or ""))
    told = facts.get(receiving.received)
    received = timezone.localtime(told if isinstance(told, datetime) else case.opened_at)
    copied = {
        "caller": caller_of(number),
        "masked": masked(number),
        "channel": str(facts.get(receiving.channel) or ""),
        "cause": str(facts.get(receiving.cause) or ""),
        "received_on": received.date(),
        "hour": received.hour,
        "is_sample": case.is_sample,
    }
    # One statement for a new row and for one that is there: it stands in every intake.
    Complaint.objects.bulk_create(
        [Complaint(case_id=case.pk, **copied)],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=[*copied],
    )
