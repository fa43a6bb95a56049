"""Putting the records of some days back as they were at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.intake import models
from zhijian.intake.services.gate import hold, refuse_locked

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Days:
    """Days of a pack, both ends included."""

    pack_id: str
    first: date
    last: date


@transaction.atomic
def restore_period(
    *, actor: Actor | None, days: Days, as_of: datetime, reason: str
) -> dict[str, list[int]]:
    """Let the records of some days be those that counted at a moment; return what that changed.

    A row is never changed: what came later is voided, what was voided later is entered again.
    ``voided`` and ``restored`` hold the ids of the rows, those of restored ones as they are now.
    """
    hold(days.pack_id)
    refuse_locked(days.pack_id, days.first, days.last)
    at = clock.now()
    rows = models.Record.objects.filter(
        pack_id=days.pack_id, on__gte=days.first, on__lte=days.last
    ).order_by("pk")
    later = rows.filter(voided_at=None, entered_at__gt=as_of)
    counted = Q(entered_at__lte=as_of, voided_at__gt=as_of)
    lost = list(rows.filter(counted))
    voided = list(later.values_list("pk", flat=True))
    later.update(
        voided_at=at, voided_by=actor.pk if actor is not None else None, void_reason=reason[:500]
    )
    restored = models.Record.objects.bulk_create(
        [again(row, at) for row in lost], batch_size=_AT_ONCE
    )
    undone = {"voided": voided, "restored": [row.pk for row in restored]}
    told = f"{days.first}..{days.last}"
    subject = Subject("intake.book", f"{days.pack_id}:{told}", f"{days.pack_id} {told}")
    record(
        actor=actor,
        action="intake.restore",
        subject=subject,
        after={"as_of": as_of, "reason": reason, **undone},
    )
    return undone


def again(former: models.Record, at: datetime) -> models.Record:
    """Return an unsaved copy of a voided record that counts again, in the place of the former."""
    copied: dict[str, Any] = {
        field.attname: getattr(former, field.attname)
        for field in models.Record._meta.concrete_fields
        if not field.primary_key
    }
    copied |= {"voided_at": None, "voided_by_id": None, "void_reason": "", "batch_id": None}
    copied |= {"entered_at": at, "replaces_id": former.pk}
    return models.Record(**copied)
