"""Closing the records of a period, and opening them again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.intake.models import PeriodLock
from zhijian.intake.services.gate import hold


@transaction.atomic
def lock_period(*, actor: Actor | None, pack_id: str, first: date, last: date, reason: str) -> None:
    """Close the records of a period: nothing can be entered, changed or voided any more.

    Call it first in the transaction that freezes the facts: from here on they stand still.
    """
    _close(actor, PeriodLock(pack_id=pack_id, first=first, last=last, reason=reason))


@transaction.atomic
def hold_period(*, actor: Actor | None, pack_id: str, first: date, last: date, reason: str) -> None:
    """Close the records of a period while somebody decides on what they gave.

    People enter, change and void nothing; the committee still corrects records, and records
    follow their cases.
    """
    lock = PeriodLock(pack_id=pack_id, first=first, last=last, reason=reason, is_final=False)
    _close(actor, lock)


def _close(actor: Actor | None, lock: PeriodLock) -> None:
    hold(lock.pack_id)
    lock.locked_at = clock.now()
    lock.locked_by_id = actor.pk if actor is not None else None
    lock.save(force_insert=True)
    action = "intake.lock" if lock.is_final else "intake.hold"
    _tell(actor, action, lock.pack_id, (lock.first, lock.last), lock.reason)


@transaction.atomic
def unlock_period(*, actor: Actor | None, pack_id: str, locked_for: str, reason: str) -> None:
    """Lift the lock that was set with the reason ``locked_for``; locks for others stay."""
    hold(pack_id)
    for lock in PeriodLock.objects.filter(pack_id=pack_id, reason=locked_for, lifted_at=None):
        lock.lifted_at = clock.now()
        lock.save(update_fields=["lifted_at"])
        _tell(actor, "intake.unlock", pack_id, (lock.first, lock.last), reason)


def _tell(
    actor: Actor | None, action: str, pack_id: str, days: tuple[date, date], reason: str
) -> None:
    told = f"{days[0]}..{days[1]}"
    subject = Subject("intake.book", f"{pack_id}:{told}", f"{pack_id} {told}")
    record(actor=actor, action=action, subject=subject, after={"reason": reason})
