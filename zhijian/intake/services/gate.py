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


def refuse_locked(pack_id: str, first: date, last: date, *, final_only: bool = False) -> None:
    """Refuse when any of the days is closed; ``final_only`` lets the committee in before that."""
    lock = queries.lock_on(pack_id, first, last, final_only=final_only)
    if lock is not None:
        code = "intake.period_locked" if lock.is_final else "intake.period_in_review"
        raise RecordRefused(code, first=lock.first, last=lock.last)
