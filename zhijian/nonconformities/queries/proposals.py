"""Proposals of corrective action: those that wait, and what became of the others."""

from __future__ import annotations

from typing import Any

from django.db.models import Count as CountOf
from django.db.models import QuerySet

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.nonconformities.models import Proposal, ProposalState


def proposals(user: Any, state: str = "") -> QuerySet[Proposal]:
    """Return the proposals of units in sight, the latest first."""
    rows = Proposal.objects.select_related("unit", "made_by", "decided_by", "action")
    allowed = accounts.units_allowed(user, "cases.view")
    if allowed is not accounts.ALL:
        rows = rows.filter(unit_id__in=allowed)
    return (rows.filter(state=state) if state else rows).order_by("-pk")


def proposal_for(user: Any, proposal_id: int) -> Proposal | None:
    """Return one of them, or nothing for who may not see it."""
    return proposals(user).filter(pk=proposal_id).first()


def by_state(user: Any) -> dict[str, int]:
    """Return how many there are in each state, also of those that have none."""
    rows = proposals(user).order_by().values("state").annotate(total=CountOf("pk"))
    found = {row["state"]: row["total"] for row in rows}
    return {state: found.get(state, 0) for state in ProposalState.values}


def cases_of(user: Any, row: Proposal) -> tuple[Any, ...]:
    """Return the cases that a proposal rests on and that a person may see."""
    ids = list(row.cases.values_list("case_id", flat=True))
    seen = cases.seen_ids(user, ids)
    return tuple(cases.with_ids(seen).select_related("nonconformity"))
