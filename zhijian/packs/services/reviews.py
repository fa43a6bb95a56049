"""Reviews of regulations: a record of whether they are effective and feasible (POL-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.audit.services import record
from zhijian.packs.models import PackVersion, Review
from zhijian.packs.services.refusals import PackRefused, locked, require, subject


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What a review found."""

    held_on: date
    is_effective: bool
    is_feasible: bool
    findings: str


@transaction.atomic
def record_review(version_id: int, facts: ReviewFacts, actor: Actor | None, at: datetime) -> Review:
    """Write down a review of a published version; the next one is counted from its day."""
    require(actor, "packs.draft")
    row = locked(version_id)
    if row.state != PackVersion.State.PUBLISHED:
        raise PackRefused("packs.not_published", title=row.words, version=row.version)
    if facts.held_on > clock.day_of(at) or facts.held_on < row.effective:
        raise PackRefused("packs.review_day", day=facts.held_on, effective=row.effective)
    review = Review.objects.create(
        pack_id=row.pack_id,
        version=row,
        held_on=facts.held_on,
        is_effective=facts.is_effective,
        is_feasible=facts.is_feasible,
        findings=facts.findings,
        by_id=actor.pk if actor is not None else None,
        at=at,
    )
    after = {
        "held_on": facts.held_on,
        "is_effective": facts.is_effective,
        "is_feasible": facts.is_feasible,
        "findings": facts.findings,
    }
    record(actor=actor, action="packs.review", subject=subject(row), after=after)
    return review
