"""Faults that cases charged to people, as a person may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from zhijian.cases.due_models import CaseFault
from zhijian.cases.visibility import seen_by


def faults_seen(user: Any) -> QuerySet[CaseFault]:
    """Return the faults charged in the cases that a person may see, the latest first.

    Whoever is charged sees their own fault, also in a case that is closed to them.
    """
    rows = CaseFault.objects.select_related("case__unit", "person")
    seen = rows.filter(case__in=seen_by(user).values("pk"))
    return (seen | rows.filter(person_id=user.pk)).order_by("-since", "-pk")


def fault_for(user: Any, fault_id: int) -> CaseFault | None:
    """Return one fault, or nothing for who may not see it."""
    return faults_seen(user).filter(pk=fault_id).first()
