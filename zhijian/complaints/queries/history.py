"""What a caller has complained about before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhijian.cases import queries as cases
from zhijian.cases.queries import CaseWords
from zhijian.complaints.keys import caller_of
from zhijian.complaints.models import Complaint

_MOST = 10
_LIKELY_DAYS = 30


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier complaint of a caller; it may be the same one where it is open or recent."""

    complaint: Complaint
    words: CaseWords
    is_likely: bool


def earlier_of(user: Any, number: str, today: date) -> tuple[Earlier, ...]:
    """Return the latest complaints under a phone number that a person may see, newest first."""
    caller = caller_of(number)
    if not caller:
        return ()
    rows = (
        Complaint.objects.filter(caller=caller, case__in=cases.seen_by(user))
        .select_related("case__pack_version", "case__unit")
        .defer("case__pack_version__files")
        .order_by("-received_on", "-pk")[:_MOST]
    )
    since = today - timedelta(days=_LIKELY_DAYS)
    return tuple(
        Earlier(row, cases.words_of(row.case), not row.case.ends or row.received_on >= since)
        for row in rows
    )
