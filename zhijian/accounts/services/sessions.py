"""Remembering where people are signed in, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from zhijian.accounts.models import SignedInSession, User
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record


@dataclass(frozen=True, slots=True)
class Browser:
    """What a request tells about where it comes from."""

    session_key: str
    address: str | None
    device: str


def note_session(*, user: User, browser: Browser, started_at: datetime, at: datetime) -> None:
    """Remember that a person uses a session now."""
    SignedInSession.objects.update_or_create(
        session_key=browser.session_key,
        defaults={
            "user": user,
            "started_at": started_at,
            "last_seen_at": at,
            "address": browser.address,
            "device": browser.device[:300],
        },
    )


def forget_session(*, session_key: str) -> None:
    """Drop a session from the list; the session itself is ended by the caller."""
    SignedInSession.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_session(*, user: User, session_id: int) -> bool:
    """End one of a person's sessions; return whether there was one."""
    row = SignedInSession.objects.filter(user=user, pk=session_id).first()
    if row is None:
        return False
    _end(row)
    record(actor=user, action="accounts.end_session", subject=_subject(user))
    return True


@transaction.atomic
def end_other_sessions(*, user: User, but: str) -> int:
    """End all of a person's sessions except the one with key ``but``; return how many."""
    rows = list(SignedInSession.objects.filter(user=user).exclude(session_key=but))
    for row in rows:
        _end(row)
    record(
        actor=user,
        action="accounts.end_other_sessions",
        subject=_subject(user),
        after={"ended": len(rows)},
    )
    return len(rows)


def end_all_sessions(user: User) -> None:
    """End every session of a person, as when the account is disabled."""
    for row in SignedInSession.objects.filter(user=user):
        _end(row)


def _end(row: SignedInSession) -> None:
    SessionStore(session_key=row.session_key).delete()
    row.delete()


def _subject(user: User) -> Subject:
    return Subject("accounts.user", str(user.pk), f"{user.display_name}({user.username})")
