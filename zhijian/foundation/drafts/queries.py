"""Looking at drafts without using them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.drafts.models import Draft


@dataclass(frozen=True, slots=True)
class DraftView:
    """What was kept, and when."""

    key: str
    data: dict[str, Any]
    saved_at: datetime


def draft(user: Actor, key: str) -> DraftView | None:
    """Return what ``user`` kept under ``key``, to fill the form again."""
    row = Draft.objects.filter(user_id=user.pk, key=key[:200]).first()
    return DraftView(row.key, row.data, row.saved_at) if row else None


def drafts_of(user: Actor) -> list[DraftView]:
    """Return everything ``user`` began and did not send, latest first."""
    rows = Draft.objects.filter(user_id=user.pk).order_by("-saved_at")
    return [DraftView(row.key, row.data, row.saved_at) for row in rows]
