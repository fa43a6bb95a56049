"""One at a time for each pack, and never into a closed period."""

from __future__ import annotations

from datetime import date

from zhijian.intake import queries
from zhijian.intake.models import Gate
from zhijian.intake.refusals import RecordRefused


def hold(pack_id: str) -> None:
    """Keep everybody else from changing records of the pack until the transaction ends.

    Without it a record could slip in between the snapshot of a period and its lock, and two
    imports could each be right alone and wrong together.
    """
    Gate.objects.get_or_create(pk=pack_id)
    Gate.objects.select_for_update().get(pk=pack_id)


def refuse_locked(pack_id: str, first: date, last: date) -> None:
    """Refuse when any of the days is closed."""
    lock = queries.lock_on(pack_id, first, last)
    if lock is not None:
        raise RecordRefused(
            "intake.period_locked", first=lock.first, last=lock.last, reason=lock.reason
        )
