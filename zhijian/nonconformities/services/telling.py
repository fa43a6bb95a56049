"""Whom a proposal concerns."""

from __future__ import annotations

from django.urls import reverse

from zhijian.accounts import queries as accounts
from zhijian.domain.words import Words
from zhijian.foundation import reach
from zhijian.foundation.notifications.services import News, notify
from zhijian.nonconformities.models import Proposal

PROPOSED = "nonconformities.proposed"
EVENTS = (PROPOSED,)


def proposed(row: Proposal) -> None:
    """Tell everybody who may decide on proposals of the unit."""
    people = {
        each.user_id
        for each in accounts.holdings("nonconformities.triage")
        if each.unit_id is None or row.unit_id in reach.at_or_below(frozenset({each.unit_id}))
    }
    news = News(
        PROPOSED,
        key=f"nonconformities:{row.pk}",
        url=reverse("nonconformities:proposal", args=[row.pk]),
        facts={"kind": Words(row.title, row.title_en), "count": row.found},
        unit_id=row.unit_id,
    )
    notify(sorted(people), news)
