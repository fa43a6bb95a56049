"""Who is told that somebody is to be called back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from zhijian.accounts import queries as accounts
from zhijian.callbacks.events import DUE
from zhijian.domain.casework import call_back as rules
from zhijian.domain.casework.permitting import named
from zhijian.foundation.notifications.services import News, notify

if TYPE_CHECKING:
    from zhijian.callbacks.models import CallBack
    from zhijian.cases.to_domain import Standing


def told_due(row: CallBack, rule: rules.CallBack, standing: Standing) -> None:
    """Tell those who may call that a call-back has fallen due; not who owns the case."""
    people = set(_callers(row, rule, standing)) - {row.root.owner_id}
    if not people:
        return
    news = News(
        DUE,
        key=f"callbacks:{row.pk}:due",
        url=reverse("callbacks:call_back", args=[row.pk]),
        facts={"kind": rule.title, "number": row.number},
        unit_id=row.unit_id,
    )
    notify(sorted(people), news)


def _callers(row: CallBack, rule: rules.CallBack, standing: Standing) -> Iterator[int]:
    roles = {body.id: body.role for body in standing.pack.header.bodies}
    for each in rule.by:
        if each.word == "body" and roles.get(each.name):
            yield from (one.id for one in accounts.people_with_role(roles[each.name], row.unit_id))
        elif each.word != "body":
            person = named(each, standing.course)
            if person:
                yield int(person)
