"""Sending what waits: claimed one by one, tried again after longer and longer pauses.

A claim is a lease. Who dies between sending and writing it down leaves a lease that runs out, and
the message goes out a second time, under the same number. Nothing is ever lost silently: after
the last attempt the sending stands as given up, with its reason.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.notifications import queries, words
from zhijian.foundation.notifications.channels import mail, robot
from zhijian.foundation.notifications.channels.failing import NeverSent, TooFast
from zhijian.foundation.notifications.models import Delivery, DeliveryState, Robot
from zhijian.foundation.refusal import Refusal

#: Longer than the time limits of mail and robots together.
LEASE = timedelta(seconds=180)
ATTEMPTS = 16
_FIRST_PAUSE_SECONDS = 30
_LONGEST_PAUSE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Counts:
    """How a sweep went."""

    sent: int = 0
    failed: int = 0


class SendingRefused(Refusal):
    """Something that cannot be done with a sending."""


def send_waiting(may_go_on: Callable[[], bool] = lambda: True) -> Counts:
    """Send what is due until nothing is, or until ``may_go_on`` says that it is enough."""
    sent = failed = 0
    while may_go_on():
        held = claim()
        if held is None:
            break
        if held.state == DeliveryState.GIVEN_UP:
            failed += 1
        elif send(held):
            sent += 1
        else:
            failed += 1
    return Counts(sent, failed)


def claim() -> Delivery | None:
    """Take the next sending that is due, also one whose sender did not come back.

    One whose senders never came back is given up here and returned as such. The look before the
    transaction keeps an idle worker from taking SQLite's write lock.
    """
    if not queries.has_due():
        return None
    with transaction.atomic():
        row = _lock(queries.due().order_by("next_at", "pk")).first()
        if row is None:
            return None
        if row.attempts >= ATTEMPTS:
            row.state, row.error_code = DeliveryState.GIVEN_UP, "notifications.crashed"
            row.error_facts, row.lease_token = {"attempts": str(row.attempts)}, None
            row.save(update_fields=["state", "error_code", "error_facts", "lease_token"])
            return row
        row.state, row.lease_token = DeliveryState.SENDING, uuid.uuid4()
        row.attempts, row.next_at = row.attempts + 1, clock.now() + LEASE
        row.save(update_fields=["state", "lease_token", "attempts", "next_at"])
    return row


def send(held: Delivery) -> bool:
    """Send what was claimed and write down how it went; tell whether it went out."""
    try:
        _out(held)
    except Refusal as refusal:
        _mark_failed(held, refusal)
        return False
    _mark(held, state=DeliveryState.SENT, sent_at=clock.now(), error_code="", error_facts={})
    return True


@transaction.atomic
def try_again(*, actor: Actor, delivery_id: int) -> None:
    """Let a sending that was given up, or that waits for its next attempt, go out now."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("message")
    row = rows.get(pk=delivery_id)
    if row.state not in (DeliveryState.FAILED, DeliveryState.GIVEN_UP):
        raise SendingRefused("notifications.not_failed", state=row.get_state_display())
    row.state, row.attempts, row.next_at = DeliveryState.WAITING, 0, clock.now()
    row.save(update_fields=["state", "attempts", "next_at"])
    record(
        actor=actor,
        action="notifications.try_again",
        subject=Subject("notifications.delivery", str(delivery_id), row.message.key),
    )


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: half a minute, doubled up to an hour."""
    seconds = _FIRST_PAUSE_SECONDS * 2 ** min(attempts - 1, 10)
    return timedelta(seconds=min(seconds, _LONGEST_PAUSE_SECONDS))


def link(url: str) -> str:
    """Return the address as it is reached from outside; empty while the site has no address."""
    return f"{settings.SITE_URL.rstrip('/')}{url}" if settings.SITE_URL else ""


def _out(held: Delivery) -> None:
    message = held.message
    if held.robot is not None:
        if not held.robot.is_active:
            raise NeverSent("notifications.robot_off")
        said = words.title(message.event, message.facts, held.robot.language)
        lines = (said, link(message.url), f"#{held.pk}")
        robot.tell(held.robot, "\n".join(filter(None, lines)), clock.now())
        return
    lang = queries.language_of(held.recipient)
    told = {
        "subject": words.title(message.event, message.facts, lang),
        "text": words.text(message.event, message.facts, lang),
        "link": link(message.url),
        "language": lang,
    }
    mail.send(held.recipient, held.pk, told)


def _mark_failed(held: Delivery, refusal: Refusal) -> None:
    now = clock.now()
    is_over = isinstance(refusal, NeverSent) or held.attempts >= ATTEMPTS
    next_at = now + pause_after(held.attempts)
    if isinstance(refusal, TooFast) and held.robot_id:
        # Everything else for this group waits as well, without using up attempts.
        quiet_until = now + timedelta(seconds=refusal.seconds)
        Robot.objects.filter(pk=held.robot_id).update(paused_until=quiet_until)
        next_at = max(next_at, quiet_until)
    _mark(
        held,
        state=DeliveryState.GIVEN_UP if is_over else DeliveryState.FAILED,
        next_at=next_at,
        error_code=refusal.code,
        error_facts=refusal.facts,
    )


def _mark(held: Delivery, **changes: object) -> None:
    """Write down how it went, unless the lease was lost to another sender meanwhile."""
    ours = Delivery.objects.filter(pk=held.pk, lease_token=held.lease_token)
    ours.update(**changes, lease_token=None)


def _lock(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    # SQLite passes over this: its transaction holds the only write lock from the beginning.
    return rows.select_for_update(skip_locked=True, of=("self",))
