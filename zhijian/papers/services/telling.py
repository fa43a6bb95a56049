"""Whom a paper concerns, when it is issued, withdrawn, or gets more time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from zhijian.domain.words import Words
from zhijian.foundation.notifications.services import News, notify
from zhijian.papers.models import Paper
from zhijian.papers.owners import EXTENDED, ISSUED, WITHDRAWN

if TYPE_CHECKING:
    from zhijian.accounts.models import User


def told_issued(paper: Paper, people: Iterable[int], actor: User | None) -> None:
    """Ask the receivers to receive a paper; whoever issued it to themselves knows."""
    own = actor.pk if actor is not None else None
    _tell(paper, ISSUED, "issued", [each for each in people if each != own])


def told_withdrawn(paper: Paper) -> None:
    """Tell the receivers that a paper counts no more."""
    _tell(paper, WITHDRAWN, "withdrawn", _people(paper))


def told_extended(paper: Paper) -> None:
    """Tell the receivers that they have more time."""
    until = paper.reply_by.isoformat() if paper.reply_by else ""
    _tell(paper, EXTENDED, f"extended:{until}", _people(paper))


def _people(paper: Paper) -> list[int]:
    return list(paper.receivers.values_list("person_id", flat=True))


def _tell(paper: Paper, event: str, key: str, people: list[int]) -> None:
    if not people:
        return
    news = News(
        event,
        key=f"papers:{paper.pk}:{key}",
        url=reverse("papers:paper", args=[paper.pk]),
        facts={"kind": Words(paper.title, paper.title_en), "number": paper.number},
        unit_id=paper.case.unit_id,
    )
    notify(people, news)
