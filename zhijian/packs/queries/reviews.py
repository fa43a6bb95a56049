"""When a regulation is due for review, and what earlier reviews found (POL-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhijian.domain.dates.months import shift_months
from zhijian.foundation import clock
from zhijian.packs.models import Review
from zhijian.packs.queries.typed import typed
from zhijian.packs.queries.versions import VersionRef, published_packs


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """The next review of a pack: ``last`` is the day of the one before, or of publication."""

    ref: VersionRef
    due_on: date
    is_overdue: bool
    last: date | None


def review_due(ref: VersionRef, day: date | None = None) -> ReviewDue:
    """Return when a published version is to be reviewed next."""
    today = day or clock.today()
    months = typed(ref.id).header.review_months
    rows = Review.objects.filter(pack_id=ref.pack_id, held_on__gte=ref.effective)
    last = rows.order_by("-held_on").values_list("held_on", flat=True).first()
    counted_from = last or _begin(ref)
    due = shift_months(counted_from, months)
    return ReviewDue(ref, due, today > due, last)


def reviews_due(day: date | None = None) -> tuple[ReviewDue, ...]:
    """Return the packs in force whose review is overdue on ``day``, the longest first."""
    today = day or clock.today()
    found = (review_due(ref, today) for ref in published_packs(today))
    return tuple(sorted((each for each in found if each.is_overdue), key=lambda each: each.due_on))


def reviews(pack_id: str) -> tuple[Review, ...]:
    """Return the reviews of a pack, the newest first."""
    rows = Review.objects.filter(pack_id=pack_id).select_related("by", "version")
    return tuple(rows.order_by("-held_on", "-pk"))


def _begin(ref: VersionRef) -> date:
    # A regulation from before the program is counted from its publication here.
    published = clock.day_of(ref.published_at) if ref.published_at else ref.effective
    return max(ref.effective, published)
