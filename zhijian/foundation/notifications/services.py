"""The one door to telling people: what is told, and that it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from zhijian.domain.problems import facts_of
from zhijian.foundation import clock, reach
from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.notifications import events
from zhijian.foundation.notifications.models import (
    Delivery,
    Message,
    Notification,
    Preference,
    Robot,
)

if TYPE_CHECKING:
    from datetime import datetime

_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened, to be told.

    ``event`` is registered (``events.register``); ``key`` names this very happening, such as
    ``assessments.submitted:7:2``; ``url`` is the address within this site where it is seen.
    ``facts`` fill the words; one of type ``Words`` is told in both languages. ``unit_id`` is the
    unit it concerns, if one: it decides which group robots tell it.
    """

    event: str
    key: str
    url: str
    facts: Mapping[str, object] = field(default_factory=dict)
    unit_id: int | None = None


def notify(recipients: Iterable[int], news: News) -> None:
    """Tell people, by their ids, and the groups that want to know, in the caller's transaction.

    Told again under the same key, nobody hears it twice: only who was not told before is added.
    Nothing leaves this machine here; what goes by mail or to a group is sent in the background.
    """
    notify_each([(recipients, news)])


@transaction.atomic(savepoint=False)
def notify_each(told: Iterable[tuple[Iterable[int], News]]) -> None:
    """Tell many things at once, each to its own people, with few queries however many there are."""
    wanted = [(news, list(dict.fromkeys(recipients))) for recipients, news in told]
    for first in range(0, len(wanted), _TOGETHER):
        _notify(wanted[first : first + _TOGETHER], clock.now())


def mark_read(*, user: Actor, notification_id: int) -> bool:
    """Remember that a person read what they were told; tell whether it is theirs."""
    own = Notification.objects.filter(pk=notification_id, recipient_id=user.pk)
    return bool(own.filter(read_at=None).update(read_at=clock.now())) or own.exists()


def mark_all_read(*, user: Actor, until: int | None = None) -> int:
    """Remember that a person read everything, or all up to the id ``until``; return how many.

    With ``until`` nothing is lost that came after the person looked at their list.
    """
    unread = Notification.objects.filter(recipient_id=user.pk, read_at=None)
    if until is not None:
        unread = unread.filter(pk__lte=until)
    return unread.update(read_at=clock.now())


def set_preference(*, user: Actor, language: str, without_mail: Iterable[str]) -> None:
    """Keep in which language a person is written to, and of which events they want no mail."""
    known = {each.code for each in events.registered()}
    Preference.objects.update_or_create(
        user_id=user.pk,
        defaults={"language": language, "without_mail": sorted(known & set(without_mail))},
    )


def _notify(wanted: list[tuple[News, list[int]]], now: datetime) -> None:
    happenings = {news.key: events.event(news.event) for news, _people in wanted}
    messages = _messages([news for news, _people in wanted], now)
    pairs = [(messages[news.key], each) for news, people in wanted for each in people]
    Notification.objects.bulk_create(
        (Notification(message=message, recipient_id=each) for message, each in pairs),
        _TOGETHER,
        ignore_conflicts=True,
    )
    for_groups = [message for message in messages.values() if happenings[message.key].for_groups]
    ways = [*_mails(pairs, now), *_to_groups(for_groups, now)]
    if ways:
        Delivery.objects.bulk_create(ways, _TOGETHER, ignore_conflicts=True)


def _messages(told: list[News], now: datetime) -> dict[str, Message]:
    fresh = [
        Message(
            key=news.key,
            event=news.event,
            facts=facts_of(news.facts),
            url=news.url,
            unit_id=news.unit_id,
            made_at=now,
        )
        for news in {each.key: each for each in told}.values()
    ]
    # Somebody who says the same at the same moment waits here until the first one is through. A
    # key that was told before is written over itself: so the engine says under which id it stands.
    rows = Message.objects.bulk_create(
        fresh, _TOGETHER, update_conflicts=True, unique_fields=["key"], update_fields=["key"]
    )
    return {row.key: row for row in rows}


def _mails(pairs: list[tuple[Message, int]], now: datetime) -> list[Delivery]:
    if not settings.NOTIFICATIONS_BY_MAIL:
        return []
    people = {each for _message, each in pairs}
    users: Any = get_user_model().objects
    reached = users.filter(pk__in=people, is_active=True).exclude(email="")
    declined = dict(
        Preference.objects.filter(user_id__in=people).values_list("user_id", "without_mail")
    )
    reachable = set(reached.values_list("pk", flat=True))
    return [
        Delivery(message=message, recipient_id=each, next_at=now)
        for message, each in pairs
        if each in reachable and message.event not in declined.get(each, ())
    ]


def _to_groups(messages: list[Message], now: datetime) -> list[Delivery]:
    robots = Robot.objects.filter(is_active=True) if messages else ()
    return [way for robot in robots for way in _to_group(robot, messages, now)]


def _to_group(robot: Robot, messages: list[Message], now: datetime) -> list[Delivery]:
    """A robot without units tells everything; one with units leaves out what concerns no unit."""
    units = reach.at_or_below(frozenset(robot.unit_ids))
    return [
        Delivery(message=message, robot=robot, next_at=now)
        for message in messages
        if message.event in robot.events and (not units or message.unit_id in units)
    ]
