"""The one door to the audit trail: it only ever adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhijian.foundation import clock
from zhijian.foundation.audit import chain
from zhijian.foundation.audit.facts import SYSTEM, Actor, Subject, plain
from zhijian.foundation.audit.models import AuditEntry, AuditHead


@transaction.atomic
def record(
    *,
    actor: Actor | None,
    action: str,
    subject: Subject,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add one entry in the caller's transaction: it stays or goes together with the change.

    The head row is locked first, so that two writers never chain to the same entry.
    ``actor=None`` means the program itself.
    """
    head = _lock_head()
    told = {
        "number": head.number + 1,
        "at": clock.now(),
        "actor_id": actor.pk if actor is not None else None,
        "actor": actor.get_username() if actor is not None else SYSTEM,
        "action": action,
        "subject_kind": subject.kind,
        "subject_key": subject.key,
        "subject_label": subject.label,
        "before": plain(before),
        "after": plain(after),
    }
    entry = AuditEntry(**told, previous_hash=head.hash, hash=chain.digest(head.hash, plain(told)))
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


def hold() -> None:
    """Keep all other writers from the trail until the transaction ends.

    For what takes numbers after the trail may be held already: where everybody holds the trail
    before those numbers, nobody waits for somebody who waits for them.
    """
    _lock_head()


def _lock_head() -> AuditHead:
    AuditHead.objects.bulk_create([AuditHead(pk=1)], ignore_conflicts=True)
    return AuditHead.objects.select_for_update().get(pk=1)
