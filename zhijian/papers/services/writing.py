"""The two ways in which rows of papers are written after they were issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from zhijian.papers.models import EventWord, Paper, PaperEvent, State

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@dataclass(frozen=True, slots=True)
class By:
    """Who did something and when; nobody where the platform did it."""

    actor: User | None
    at: datetime


def happened(
    paper: Paper, word: EventWord, by: By, reason: str = "", until: datetime | None = None
) -> PaperEvent:
    """Note what happened to a paper; nothing noted is changed later."""
    return PaperEvent.objects.create(
        paper=paper,
        word=word,
        at=by.at,
        actor=by.actor,
        reason=reason,
        until=until,
        is_sample=paper.is_sample,
    )


def moved(paper: Paper, state: State) -> None:
    """Bring a paper into a state."""
    paper.state = state
    paper.save(update_fields=["state"])
