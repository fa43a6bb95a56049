"""Call-backs that somebody looks for, among those whose case they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from zhijian.callbacks.models import CallBack, CallState, Exclusion
from zhijian.callbacks.queries.mine import waiting_for
from zhijian.cases import queries as cases
from zhijian.cases.queries import KindRef

ALL: Final = "all"
CONCLUDED: Final = "concluded"
DUE: Final = "due"
SATISFIED: Final = "satisfied"
DISSATISFIED: Final = "dissatisfied"
MINE: Final = "mine"
SHOWN: Final = (
    MINE,
    CallState.PENDING, ALL, CallState.DONE, SATISFIED, DISSATISFIED, CallState.UNREACHABLE,
    CallState.REFUSED, CallState.EXCLUDED, CONCLUDED, DUE,
)  # fmt: skip
"""What may be looked for: those that a person is to call, a state, all, those concluded by
whatever outcome, or all but the excluded; the last two are the denominators of the rates."""
_CONCLUDED: Final = (CallState.DONE, CallState.UNREACHABLE, CallState.REFUSED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which call-backs somebody looks for; empty fields do not restrict.

    ``kind`` is a regulation and a kind of it, joined by a colon; ``last`` is included.
    """

    shown: str = CallState.PENDING
    kind: str = ""
    unit: int | None = None
    first: date | None = None
    last: date | None = None
    text: str = ""


def rows(user: Any, wanted: Wanted) -> QuerySet[CallBack]:
    """Return the call-backs that match, the one that fell due first in front."""
    found = CallBack.objects.filter(case__in=cases.seen_by(user))
    if wanted.shown == MINE:
        found = found.filter(pk__in=waiting_for(user).values("pk").order_by())
    told: dict[str, Any] = {
        "unit_id": wanted.unit,
        "due_on__gte": wanted.first,
        "due_on__lte": wanted.last,
        "number__icontains": wanted.text or None,
    }
    pack_id, _, kind = wanted.kind.partition(":")
    if kind:
        told |= {"case__pack_id": pack_id, "case__kind": kind}
    found = found.filter(**{name: value for name, value in told.items() if value is not None})
    return _shown(found, wanted.shown).order_by("due_on", "pk")


def _shown(found: QuerySet[CallBack], shown: str) -> QuerySet[CallBack]:
    match shown:
        case "all" | "mine":
            return found
        case "concluded":
            return found.filter(state__in=_CONCLUDED)
        case "due":
            return found.exclude(state=CallState.EXCLUDED)
        case "satisfied" | "dissatisfied":
            return found.filter(satisfied=shown == SATISFIED)
    return found.filter(state=shown)


def with_names(found: QuerySet[CallBack]) -> QuerySet[CallBack]:
    """Return rows with what a line of a list needs, without a query for each."""
    named = found.select_related("case__pack_version", "case__unit", "root", "unit", "caller")
    return named.defer("case__pack_version__files").prefetch_related("attempts")


def call_back_for(user: Any, call_back_id: int) -> CallBack | None:
    """Return one call-back, or nothing for who may not see its case."""
    found = CallBack.objects.filter(pk=call_back_id, case__in=cases.seen_by(user))
    return found.select_related(
        "case__unit", "case__pack_version", "root__unit", "unit", "caller", "draw"
    ).first()


def exclusion_for(user: Any, exclusion_id: int) -> Exclusion | None:
    """Return a request not to call somebody, or nothing for who may not see the case."""
    found = Exclusion.objects.filter(pk=exclusion_id, call_back__case__in=cases.seen_by(user))
    return found.first()


def of_case(case_id: int) -> list[CallBack]:
    """Return the call-backs of a case, and those that waited for it, in their order."""
    own = CallBack.objects.filter(case_id=case_id) | CallBack.objects.filter(root_id=case_id)
    named = own.select_related("case", "caller", "draw").prefetch_related("attempts")
    return list(named.order_by("due_on", "pk"))


def kinds() -> tuple[KindRef, ...]:
    """Return the kinds of case in force whose people are called back."""
    return tuple(each for each in cases.kinds_in_force() if each.kind.call_backs)
