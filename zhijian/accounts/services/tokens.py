"""Tokens by which a person's programs sign in. Only a digest is kept, so none can be read back."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from zhijian.accounts import queries
from zhijian.accounts.models import ApiToken, User
from zhijian.accounts.services.people import PersonRefused, subject
from zhijian.foundation import clock
from zhijian.foundation.audit.services import record

PREFIX = "zj_"
_SHOWN = 8
_BYTES = 32
_LONGEST_DAYS = 365
_SECONDS_BETWEEN_NOTES = 60


def digest_of(secret: str) -> str:
    """Return what is stored of a token; 256 random bits need neither salt nor slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(*, user: User, name: str, days: int) -> tuple[ApiToken, str]:
    """Make a token that holds for ``days`` and return it with its secret, which is told once."""
    if not queries.may(user, "api.use"):
        raise PersonRefused("accounts.not_permitted", permission="api.use")
    if not 0 < days <= _LONGEST_DAYS:
        raise PersonRefused("accounts.token_too_long", days=days, most=_LONGEST_DAYS)
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    now = clock.now()
    row = ApiToken.objects.create(
        user=user,
        name=name.strip(),
        digest=digest_of(secret),
        beginning=secret[:_SHOWN],
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(
        actor=user,
        action="accounts.make_token",
        subject=subject(user),
        after={"name": row.name, "beginning": row.beginning, "expires_at": row.expires_at},
    )
    return row, secret


@transaction.atomic
def revoke_token(*, user: User, token_id: int) -> bool:
    """Revoke one of a person's own tokens; return whether there was one."""
    row = ApiToken.objects.select_for_update().filter(user=user, pk=token_id).first()
    if row is None:
        return False
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        row.save(update_fields=["revoked_at"])
        record(
            actor=user,
            action="accounts.revoke_token",
            subject=subject(user),
            after={"name": row.name, "beginning": row.beginning},
        )
    return True


def note_use(*, token: ApiToken, at: datetime) -> None:
    """Remember that a token is used now; once a minute is enough."""
    former = token.last_used_at
    if former is None or (at - former).total_seconds() >= _SECONDS_BETWEEN_NOTES:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
