"""Which call-backs wait for a person, told without replaying any case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from zhijian.accounts import queries as accounts
from zhijian.callbacks.models import CallBack, CallState
from zhijian.cases import queries as cases
from zhijian.domain.casework import call_back as rules
from zhijian.packs import queries as packs


def waiting_for(user: Any) -> QuerySet[CallBack]:
    """Return the pending call-backs of the bodies that a person acts for, or that name them.

    Cases that they own are left out; whether they had another part in one is told on its page.
    """
    places = Q(pk__in=())
    for ref in cases.kinds_in_force():
        roles = {body.id: body.role for body in packs.typed(ref.version_id).header.bodies}
        for rule in ref.kind.call_backs.values():
            own = Q(case__pack_id=ref.pack_id, case__kind=ref.kind.id, rule=rule.id)
            for who in _who(user, rule, roles):
                places |= own & who
    rows = CallBack.objects.filter(places, state=CallState.PENDING, case__in=cases.seen_by(user))
    return rows.exclude(root__owner_id=user.pk).order_by("due_on", "pk")


def _who(user: Any, rule: rules.CallBack, roles: dict[str, str]) -> Iterator[Q]:
    for each in rule.by:
        role = roles.get(each.name, "") if each.word == "body" else ""
        units = accounts.units_of_role(user, role) if role else frozenset()
        if units is accounts.ALL:
            yield Q()
        elif units:
            yield Q(unit_id__in=units)
        if each.word == "fact":
            yield Q(case__parties__person_id=user.pk) & ~Q(case__opener_id=user.pk)
