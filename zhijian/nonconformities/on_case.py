"""What this room shows on the page of a case: what is alike, and the action with its causes."""

from __future__ import annotations

from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.cases.to_domain import Standing
from zhijian.foundation import clock
from zhijian.nonconformities import queries
from zhijian.nonconformities.fishbone import drawing_of
from zhijian.nonconformities.models import ProposedCase


def fill(user: Any, case: Any, standing: Standing) -> dict[str, Any]:
    """Return what the register knows of a case; nothing where it is neither of the two."""
    told: dict[str, Any] = {}
    entry = queries.entry_of(case.pk)
    if entry is not None:
        told |= {
            "entry": entry,
            "alike": tuple(queries.alike(user, queries.of_entry(entry), case.pk)),
            "window": queries.WINDOW_DAYS,
            "proposals": [
                each.proposal
                for each in ProposedCase.objects.filter(case_id=case.pk).select_related("proposal")
            ],
            "may_propose": accounts.may(user, "cases.act"),
        }
    if standing.kind.action is not None:
        view = queries.action_of(case, standing, queries.round_of(standing), clock.today())
        told |= {"action": view, "drawing": drawing_of(view)}
    return told
