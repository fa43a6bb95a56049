"""Which units follow a regulation, and who received it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from zhijian.foundation import clock
from zhijian.packs.models import Receipt, Subscription


def subscriptions(pack_id: str) -> tuple[Subscription, ...]:
    """Return who follows a pack or may refer to it, past and present."""
    rows = Subscription.objects.filter(pack_id=pack_id).select_related("unit")
    return tuple(rows.order_by("until", "unit__position", "unit__code", "pk"))


def units_following(pack_id: str, day: date | None = None) -> frozenset[int]:
    """Return the ids of the units that must follow a pack on ``day``."""
    rows = _open_on(day or clock.today()).filter(
        pack_id=pack_id, obligation=Subscription.Obligation.MUST
    )
    return frozenset(rows.values_list("unit_id", flat=True))


def packs_of_unit(unit_id: int, day: date | None = None) -> dict[str, str]:
    """Return the packs that a unit follows on ``day``, each with ``must`` or ``may``."""
    rows = _open_on(day or clock.today()).filter(unit_id=unit_id)
    return dict(rows.values_list("pack_id", "obligation"))


def receipts(version_id: int) -> tuple[Receipt, ...]:
    """Return who received a version and who has read it."""
    rows = Receipt.objects.filter(version_id=version_id).select_related("person")
    return tuple(rows.order_by("person__username"))


def receipt_of(version_id: int, user_id: int) -> Receipt | None:
    """Return the receipt of one person, or nothing."""
    return Receipt.objects.filter(version_id=version_id, person_id=user_id).first()


def unread_of(user_id: int) -> tuple[Receipt, ...]:
    """Return what a person received and has not read yet."""
    rows = Receipt.objects.filter(person_id=user_id, read_at=None).select_related("version")
    return tuple(rows.order_by("sent_at"))


def _open_on(day: date) -> QuerySet[Subscription]:
    return Subscription.objects.filter(Q(until=None) | Q(until__gte=day), starts__lte=day)
