"""Setting up the robots of group chats; what is secret goes in and never comes out again."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from zhijian.foundation import clock, gate
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.notifications import events
from zhijian.foundation.notifications.channels import robot as group
from zhijian.foundation.notifications.channels.posting import host_of
from zhijian.foundation.notifications.models import Robot, RobotKind
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.sealing import seal
from zhijian.foundation.wording import say

MANAGE = "notifications.manage"


class RobotRefused(Refusal):
    """A robot that cannot be set up like this."""


@dataclass(frozen=True, slots=True)
class RobotFacts:
    """What an administrator says about a robot.

    An empty ``address`` or ``secret`` keeps the stored one; ``without_secret`` removes it.
    """

    name: str
    kind: str
    address: str = ""
    secret: str = ""
    without_secret: bool = False
    language: str = "zh"
    events: tuple[str, ...] = ()
    unit_ids: tuple[int, ...] = field(default_factory=tuple)
    is_active: bool = True


def save_robot(*, actor: Actor, facts: RobotFacts, robot_id: int | None = None) -> Robot:
    """Set up a robot, or change one; its address is checked against the hosts allowed."""
    _require(actor)
    if facts.kind not in RobotKind.values:
        raise RobotRefused("notifications.unknown_kind", kind=facts.kind)
    try:
        with transaction.atomic():
            return _save(actor, facts, robot_id)
    except IntegrityError as error:
        raise RobotRefused("notifications.name_taken", name=facts.name) from error


@transaction.atomic
def remove_robot(*, actor: Actor, robot_id: int) -> None:
    """Remove a robot; what it had still to tell goes with it."""
    _require(actor)
    row = Robot.objects.select_for_update().get(pk=robot_id)
    record(actor=actor, action="notifications.remove_robot", subject=_subject(row))
    row.delete()


def send_test(*, actor: Actor, robot_id: int) -> None:
    """Let the robot say a line now; raises ``NotSent`` with the reason when it did not."""
    _require(actor)
    row = Robot.objects.get(pk=robot_id)
    group.tell(row, say("notify.test", {"name": row.name}, row.language), clock.now())
    record(actor=actor, action="notifications.test_robot", subject=_subject(row))


def _save(actor: Actor, facts: RobotFacts, robot_id: int | None) -> Robot:
    row = Robot() if robot_id is None else Robot.objects.select_for_update().get(pk=robot_id)
    before = _told(row) if robot_id is not None else None
    if facts.address:
        row.host, row.sealed_address = host_of(facts.address), seal(facts.address.strip())
    if not row.sealed_address:
        raise RobotRefused("notifications.address_needed")
    if facts.secret or facts.without_secret:
        row.sealed_secret = seal(facts.secret)
    known = {each.code for each in events.registered() if each.for_groups}
    row.name, row.kind, row.language = facts.name.strip(), facts.kind, facts.language
    row.events = sorted(known & set(facts.events))
    row.unit_ids, row.is_active = sorted(set(facts.unit_ids)), facts.is_active
    row.paused_until = None
    row.save()
    record(
        actor=actor,
        action="notifications.save_robot",
        subject=_subject(row),
        before=before,
        after={
            **_told(row),
            "address_changed": bool(facts.address),
            "secret_changed": bool(facts.secret or facts.without_secret),
        },
    )
    return row


def _require(actor: Actor) -> None:
    if not gate.may(actor, MANAGE):
        raise RobotRefused("notifications.may_not")


def _subject(row: Robot) -> Subject:
    return Subject("notifications.robot", str(row.pk), row.name)


def _told(row: Robot) -> dict[str, object]:
    return {
        "name": row.name,
        "kind": row.kind,
        "host": row.host,
        "language": row.language,
        "events": row.events,
        "units": row.unit_ids,
        "is_active": row.is_active,
    }
