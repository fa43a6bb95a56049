"""Reading what people were told, and how the sendings stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.language import Language, language
from zhijian.foundation.notifications import events, words
from zhijian.foundation.notifications.models import (
    UNSENT,
    Delivery,
    DeliveryState,
    Notification,
    Preference,
    Robot,
)
from zhijian.foundation.wording import say

_MOST_COUNTED = 100
_LATE_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a person's list."""

    id: int
    event: str
    title: str
    text: str
    url: str
    made_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is still to be sent: how much, how much of it failed before, since when at most."""

    waiting: int
    failed: int
    given_up: int
    oldest: datetime | None

    @property
    def seconds(self) -> float:
        """Return for how long the oldest has been waiting."""
        return (clock.now() - self.oldest).total_seconds() if self.oldest else 0.0


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending as who looks after the site sees it."""

    id: int
    addressee: str
    title: str
    state: str
    state_text: str
    attempts: int
    next_at: datetime
    error: str

    @property
    def is_given_up(self) -> bool:
        """Tell whether nobody tries any more."""
        return self.state == DeliveryState.GIVEN_UP


def unread(user: Actor) -> int:
    """Count what a person has not read, a hundred at most: more says no more."""
    rows = Notification.objects.filter(recipient_id=user.pk, read_at=None)
    return rows.values("pk")[:_MOST_COUNTED].count()


def notifications_of(user: Actor, only_unread: bool = False) -> QuerySet[Notification]:
    """Return what a person was told, latest first."""
    rows = Notification.objects.filter(recipient_id=user.pk).select_related("message")
    return (rows.filter(read_at=None) if only_unread else rows).order_by("-pk")


def notification_of(user: Actor, notification_id: int) -> Told | None:
    """Return one thing a person was told, or nothing when it is not theirs."""
    return next(iter(told(notifications_of(user).filter(pk=notification_id))), None)


def told(rows: Iterable[Notification]) -> list[Told]:
    """Return rows in the words of the language of the request."""
    lang = language()
    return [
        Told(
            row.pk,
            row.message.event,
            words.title(row.message.event, row.message.facts, lang),
            words.text(row.message.event, row.message.facts, lang),
            row.message.url,
            row.message.made_at,
            row.read_at,
        )
        for row in rows
    ]


def language_of(user: Actor) -> Language:
    """Return the language in which a person is written to; Chinese unless they chose another."""
    rows = Preference.objects.filter(user_id=user.pk).values_list("language", flat=True)
    return "en" if next(iter(rows), "zh") == "en" else "zh"


def without_mail(user: Actor) -> frozenset[str]:
    """Return the events of which a person wants no mail."""
    rows = Preference.objects.filter(user_id=user.pk).values_list("without_mail", flat=True)
    return frozenset(next(iter(rows), ()))


def event_choices(for_groups: bool = False) -> list[tuple[str, str]]:
    """Return the events with their names in the language of the request."""
    lang = language()
    return [
        (each.code, words.name(each.code, lang))
        for each in events.registered()
        if each.for_groups or not for_groups
    ]


def robots() -> list[Robot]:
    """Return every group robot by its name."""
    return list(Robot.objects.order_by("name"))


def robot(robot_id: int) -> Robot | None:
    """Return one group robot, or nothing."""
    return Robot.objects.filter(pk=robot_id).first()


def backlog() -> Backlog:
    """Return what is still to be sent: for the metrics and the health of the site."""
    unsent = Delivery.objects.filter(state__in=UNSENT)
    found = unsent.aggregate(count=Count("pk"), oldest=Min("message__made_at"))
    return Backlog(
        waiting=found["count"],
        failed=Delivery.objects.filter(state=DeliveryState.FAILED).count(),
        given_up=Delivery.objects.filter(state=DeliveryState.GIVEN_UP).count(),
        oldest=found["oldest"],
    )


def is_late() -> bool:
    """Tell whether something has been waiting for so long that somebody should look."""
    before = clock.now() - _LATE_AFTER
    return Delivery.objects.filter(state__in=UNSENT, message__made_at__lt=before).exists()


def due() -> QuerySet[Delivery]:
    """Return what should be sent now; for a group that wants a pause, nothing."""
    now = clock.now()
    quiet = Q(robot__paused_until__gt=now)
    return Delivery.objects.filter(~quiet, state__in=UNSENT, next_at__lte=now)


def has_due() -> bool:
    """Tell whether something should be sent now."""
    return due().exists()


def troubled() -> QuerySet[Delivery]:
    """Return the sendings that did not succeed so far, latest first."""
    states = (DeliveryState.FAILED, DeliveryState.GIVEN_UP)
    rows = Delivery.objects.filter(state__in=states).select_related("message", "recipient", "robot")
    return rows.order_by("-pk")


def sendings(rows: Iterable[Delivery]) -> list[Sending]:
    """Return sendings in the words of the language of the request."""
    lang = language()
    return [
        Sending(
            row.pk,
            _addressee(row),
            words.title(row.message.event, row.message.facts, lang),
            row.state,
            str(DeliveryState(row.state).label),
            row.attempts,
            row.next_at,
            say(row.error_code, row.error_facts, lang) if row.error_code else "",
        )
        for row in rows
    ]


def _addressee(row: Any) -> str:
    return str(row.robot if row.robot_id else row.recipient)
