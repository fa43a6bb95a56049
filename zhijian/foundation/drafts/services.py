"""Keeping what somebody typed until they send it, across devices and expired sessions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.drafts.models import Draft
from zhijian.foundation.refusal import Refusal

_LIMIT_KB = 500
#: Fields that are never kept: secrets and the marks of one request.
_NEVER_KEPT = ("password", "csrfmiddlewaretoken", "code", "idempotency")


class DraftRefused(Refusal):
    """A draft that cannot be kept."""


def save_draft(*, user: Actor, key: str, data: Mapping[str, Any]) -> None:
    """Keep ``data`` under ``key``, replacing what was kept before; secrets are left out."""
    kept = {
        name: value
        for name, value in data.items()
        if not any(secret in name.lower() for secret in _NEVER_KEPT)
    }
    if len(json.dumps(kept, ensure_ascii=False).encode()) > _LIMIT_KB * 1024:
        raise DraftRefused("drafts.too_large", limit=_LIMIT_KB)
    Draft.objects.update_or_create(
        user_id=user.pk, key=key[:200], defaults={"data": kept, "saved_at": clock.now()}
    )


def take_draft(*, user: Actor, key: str) -> dict[str, Any] | None:
    """Return what was kept under ``key`` and forget it: the form was sent."""
    row = Draft.objects.filter(user_id=user.pk, key=key[:200]).first()
    if row is None:
        return None
    row.delete()
    return dict(row.data)
