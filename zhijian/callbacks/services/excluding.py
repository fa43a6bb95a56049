"""Not calling somebody takes two people: one who asks, and another who consents."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.callbacks.models import CallBack, CallState, Cause, Exclusion
from zhijian.callbacks.queries.standing import standing_of
from zhijian.callbacks.refusals import CallBackRefused
from zhijian.callbacks.services.following import carry_on
from zhijian.callbacks.services.recording import LONGEST, check_caller, locked

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@transaction.atomic
def ask_exclusion(*, actor: User, call_back_id: int, reason: str, at: datetime) -> Exclusion:
    """Ask not to call somebody, with the reason; it changes nothing until another consents."""
    row = locked(actor, call_back_id)
    check_caller(actor, standing_of(row))
    why = reason.strip()[:LONGEST]
    if not why:
        raise CallBackRefused("callbacks.reason_needed")
    if row.state != CallState.PENDING:
        raise CallBackRefused("callbacks.settled", number=row.number, state=row.get_state_display())
    if row.exclusions.filter(granted=None).exists():
        raise CallBackRefused("callbacks.exclusion_asked", number=row.number)
    return Exclusion.objects.create(call_back=row, reason=why, asked_by=actor, asked_at=at)


@transaction.atomic
def decide_exclusion(*, actor: User, exclusion_id: int, grants: bool, at: datetime) -> CallBack:
    """Consent or not; whoever asked does not decide, and neither does who handled the case."""
    found = Exclusion.objects.filter(pk=exclusion_id).first()
    if found is None:
        raise CallBackRefused("callbacks.not_there")
    row = locked(actor, found.call_back_id)
    asked = Exclusion.objects.select_for_update().get(pk=exclusion_id)
    if asked.granted is not None or row.state != CallState.PENDING:
        raise CallBackRefused("callbacks.exclusion_decided", number=row.number)
    if asked.asked_by_id == actor.pk:
        raise CallBackRefused("callbacks.exclusion_own", number=row.number)
    if not accounts.may(actor, "cases.act", row.unit_id):
        raise CallBackRefused("callbacks.may_not_decide")
    own = [each for each in standing_of(row).against(actor) if "own_case" in each.code]
    if own:
        raise CallBackRefused.because(own)
    asked.granted, asked.decided_by, asked.decided_at = grants, actor, at
    asked.save(update_fields=["granted", "decided_by", "decided_at"])
    if grants:
        row.state, row.cause, row.reason = CallState.EXCLUDED, Cause.ASKED, asked.reason
        row.settled_at = at
        row.save(update_fields=["state", "cause", "reason", "settled_at"])
        carry_on(actor, row, at)
    return row
