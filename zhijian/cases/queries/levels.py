"""How many open cases each level has, for the heads of queues and registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from zhijian.cases.models import Case
from zhijian.cases.queries.lists import KindRef
from zhijian.foundation.language import language


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many cases of a level are open and overdue; ``kind`` is as lists are filtered."""

    kind: str
    level: str
    title: str
    open: int
    overdue: int


def open_by_level(
    rows: QuerySet[Case], refs: Iterable[KindRef], now: datetime
) -> tuple[LevelCount, ...]:
    """Return how many of ``rows`` are open at each level of some kinds, the gravest first."""
    counted = (
        rows.filter(ends="")
        .values("pack_id", "kind", "level")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(sorts_at__lt=now)))
        .order_by()
    )
    counts = {(row["pack_id"], row["kind"], row["level"]): row for row in counted}
    found = []
    for ref in refs:
        for level in reversed(ref.kind.levels.values()):
            row = counts.get((ref.pack_id, ref.kind.id, level.id))
            told = (row["open"], row["overdue"]) if row else (0, 0)
            found.append(LevelCount(ref.id, level.id, level.title.to(language()), *told))
    return tuple(found)
