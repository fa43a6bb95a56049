"""Who must follow a regulation or may refer to it, and who received and read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.organizations import queries as organizations
from zhijian.packs.models import PackVersion, Receipt, Subscription
from zhijian.packs.services.refusals import PackRefused, locked, require, subject


@dataclass(frozen=True, slots=True)
class Following:
    """A unit, how binding the regulation is for it, and from when."""

    unit_id: int
    obligation: str
    starts: date


@transaction.atomic
def subscribe(pack_id: str, following: Following, actor: Actor | None) -> Subscription:
    """Let a unit follow a pack; what counted for it before ends the day before it starts."""
    require(actor, "packs.draft")
    unit = organizations.unit(following.unit_id)
    if unit is None or not PackVersion.objects.filter(pack_id=pack_id).exists():
        raise PackRefused("packs.version_gone")
    if following.obligation not in Subscription.Obligation.values:
        raise PackRefused("packs.bad_obligation", found=following.obligation)
    open_rows = Subscription.objects.select_for_update().filter(
        unit_id=unit.id, pack_id=pack_id, until=None
    )
    for row in open_rows:
        if row.starts >= following.starts:
            raise PackRefused("packs.follows_already", unit=unit.name, starts=row.starts)
        row.until = following.starts - timedelta(days=1)
        row.save(update_fields=["until"])
    row = Subscription.objects.create(
        unit_id=unit.id,
        pack_id=pack_id,
        obligation=following.obligation,
        starts=following.starts,
    )
    after = {"obligation": following.obligation, "starts": following.starts, "unit": unit.name}
    record(actor=actor, action="packs.subscribe", subject=_followed(row, unit.name), after=after)
    return row


@transaction.atomic
def end_subscription(subscription_id: int, until: date, actor: Actor | None) -> Subscription:
    """Let a unit follow a pack no longer than ``until``."""
    require(actor, "packs.draft")
    row = (
        Subscription.objects.select_for_update()
        .select_related("unit")
        .filter(pk=subscription_id, until=None)
        .first()
    )
    if row is None:
        raise PackRefused("packs.not_followed")
    row.until = max(until, row.starts)
    row.save(update_fields=["until"])
    record(
        actor=actor,
        action="packs.unsubscribe",
        subject=_followed(row, row.unit.name),
        after={"until": row.until},
    )
    return row


@transaction.atomic
def distribute(
    version_id: int, person_ids: Iterable[int], actor: Actor | None, at: datetime
) -> int:
    """Hand a published version to people; whoever has it already is left alone."""
    require(actor, "packs.draft")
    row = locked(version_id)
    if row.state != PackVersion.State.PUBLISHED:
        raise PackRefused("packs.not_published", title=row.words, version=row.version)
    known = set(row.receipts.values_list("person_id", flat=True))
    people = accounts.people_by_id(set(person_ids) - known)
    by = actor.pk if actor is not None else None
    Receipt.objects.bulk_create(
        Receipt(version=row, person_id=person, sent_at=at, sent_by_id=by) for person in people
    )
    if people:
        after = {"to": sorted(each.display_name for each in people.values())}
        record(actor=actor, action="packs.distribute", subject=subject(row), after=after)
    return len(people)


@transaction.atomic
def confirm_reading(version_id: int, actor: Actor, at: datetime) -> None:
    """Say that one has read a version one has received."""
    row = Receipt.objects.select_for_update().filter(version_id=version_id, person_id=actor.pk)
    receipt = row.select_related("version").first()
    if receipt is None:
        raise PackRefused("packs.not_received")
    if receipt.read_at is None:
        receipt.read_at = at
        receipt.save(update_fields=["read_at"])
        record(actor=actor, action="packs.read", subject=subject(receipt.version))


@dataclass(frozen=True, slots=True)
class Training:
    """Who was trained in a version, and on which day."""

    person_ids: frozenset[int]
    on: date


@transaction.atomic
def record_training(version_id: int, training: Training, actor: Actor | None, today: date) -> int:
    """Note the day on which people who received a version were trained in it; return how many.

    A day noted before is replaced; the audit trail keeps it.
    """
    require(actor, "packs.draft")
    row = locked(version_id)
    if training.on > today:
        raise PackRefused("packs.trained_in_future", day=training.on)
    receipts = row.receipts.filter(person_id__in=training.person_ids).select_related("person")
    found = list(receipts.order_by("person__username"))
    if not found or len(found) != len(training.person_ids):
        raise PackRefused("packs.trained_without_receipt")
    before = {each.person.display_name: each.trained_on for each in found if each.trained_on}
    row.receipts.filter(pk__in=[each.pk for each in found]).update(trained_on=training.on)
    record(
        actor=actor,
        action="packs.train",
        subject=subject(row),
        before=before or None,
        after={"on": training.on, "people": [each.person.display_name for each in found]},
    )
    return len(found)


def _followed(row: Subscription, unit: str) -> Subject:
    return Subject("packs.pack", row.pack_id, f"{row.pack_id} · {unit}")
