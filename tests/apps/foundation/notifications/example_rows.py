"""Addresses of notifications: what the table of rights and the pages in English are tried with."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.people import People
from zhijian.foundation import clock
from zhijian.foundation.notifications.models import (
    Delivery,
    DeliveryState,
    Message,
    Notification,
    Robot,
    RobotKind,
)
from zhijian.foundation.notifications.services import News, notify
from zhijian.foundation.sealing import seal

#: Nobody listens there.
NOWHERE = "http://127.0.0.1:9/robot"
EVENT = "jobs.failed"

_numbers = count(1)


def make_robot(**values: Any) -> Robot:
    """Set a robot up whose group hears of results that await approval."""
    told: dict[str, Any] = {
        "name": f"group {next(_numbers)}",
        "kind": RobotKind.WECOM,
        "host": "127.0.0.1",
        "sealed_address": seal(NOWHERE),
        "events": ["assessments.submitted"],
        **values,
    }
    return Robot.objects.create(**told)


def tell(people: list[Any], key: str = "jobs.failed:1", **values: Any) -> Message:
    """Tell people something."""
    news = News(**{"event": EVENT, "key": key, "url": "/jobs/", "facts": {"title": "T"}, **values})
    notify([each.pk for each in people], news)
    return Message.objects.get(key=key)


def _notification(people: People) -> dict[str, Any]:
    message = tell([people.clerk])
    return {"notification_id": Notification.objects.get(message=message).pk}


def _robot(_people: People) -> dict[str, Any]:
    return {"robot_id": make_robot().pk}


def _sending(people: People) -> dict[str, Any]:
    message = tell([people.clerk])
    row = Delivery.objects.create(
        message=message,
        robot=make_robot(),
        state=DeliveryState.GIVEN_UP,
        error_code="notifications.robot_off",
        next_at=clock.now(),
    )
    return {"delivery_id": row.pk}


EXAMPLES = {
    "foundation:notification": _notification,
    "foundation:robot": _robot,
    "foundation:test_robot": _robot,
    "foundation:remove_robot": _robot,
    "foundation:retry_sending": _sending,
}
