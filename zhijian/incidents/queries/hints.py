"""Complaints, checks and the like that speak of an incident, compared with what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from zhijian.cases import queries as cases
from zhijian.incidents.models import Hint, HintWord


@dataclass(frozen=True, slots=True)
class Compared:
    """How many hints there are by what became of them."""

    open: int = 0
    reported: int = 0
    none: int = 0
    concealed: int = 0

    @property
    def due(self) -> int:
        """How many speak of an incident that had to be reported, as far as is known."""
        return self.open + self.reported + self.concealed

    @property
    def share(self) -> Decimal | None:
        """Return the share of them that was reported, between 0 and 1; 1 is demanded (INC-01)."""
        return Decimal(self.reported) / self.due if self.due else None


def hints(user: Any, word: str = HintWord.OPEN, unit: int | None = None) -> QuerySet[Hint]:
    """Return the hints that a person may see, the longest waiting first."""
    rows = _seen(user).select_related(
        "case__unit", "case__pack_version", "incident", "offence", "by"
    )
    rows = rows.defer("case__pack_version__files")
    rows = rows.filter(word=word) if word else rows
    rows = rows.filter(case__unit_id=unit) if unit else rows
    return rows.order_by("seen_at", "pk") if word == HintWord.OPEN else rows.order_by("-seen_at")


def hint_for(user: Any, hint_id: int) -> Hint | None:
    """Return one hint, or nothing for who may not see its case."""
    return hints(user, "").filter(pk=hint_id).first()


def hint_of(user: Any, case_id: int) -> Hint | None:
    """Return the hint that a case is, or from which an incident or offence came."""
    return _seen(user).filter(case_id=case_id).first()


def hints_behind(user: Any, case_id: int) -> list[Hint]:
    """Return the hints that were settled by reporting this incident."""
    return list(_seen(user).filter(incident_id=case_id).select_related("case").order_by("pk"))


def compared(user: Any, unit: int | None = None) -> Compared:
    """Count the hints that a person may see by what became of them."""
    rows = _seen(user)
    rows = rows.filter(case__unit_id=unit) if unit else rows
    found = rows.values_list("word").annotate(Count("pk")).order_by()
    return Compared(**{str(word): count for word, count in found})


def _seen(user: Any) -> QuerySet[Hint]:
    return Hint.objects.filter(case__in=cases.seen_by(user))
