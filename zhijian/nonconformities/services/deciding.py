"""Proposals: made by hand or from a bar, accepted, merged into an action, or declined."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.cases import services as case_services
from zhijian.cases.services import Opening
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.nonconformities.keys import key_of
from zhijian.nonconformities.models import Origin, Proposal, ProposalState
from zhijian.nonconformities.queries.kinds import action_kinds
from zhijian.nonconformities.refusals import NonconformityRefused
from zhijian.nonconformities.services.controlling import add_cases

if TYPE_CHECKING:
    from zhijian.accounts.models import User

_TITLE = 200
MOST_CASES = 500


@dataclass(frozen=True, slots=True)
class NewProposal:
    """What is proposed, and the cases that it rests on; ``about`` tells one from another."""

    origin: str
    title: str
    unit_id: int
    case_ids: Collection[int]
    first: date
    last: date
    about: str = ""


@transaction.atomic
def make_proposal(*, actor: User, proposal: NewProposal, at: datetime) -> Proposal:
    """Propose corrective action for cases that somebody sees; proposed again, it is the same one.

    One that was declined is proposed anew only with other cases.
    """
    if not accounts.may(actor, "cases.act"):
        raise NonconformityRefused("nonconformities.may_not")
    ids = sorted(cases.seen_ids(actor, proposal.case_ids))
    if not ids or not proposal.title.strip():
        raise NonconformityRefused("nonconformities.nothing_proposed")
    if len(ids) > MOST_CASES:
        raise NonconformityRefused("nonconformities.too_many", limit=MOST_CASES)
    key = key_of(origin=proposal.origin, about=proposal.about, unit=proposal.unit_id, cases=ids)
    (first,) = cases.with_ids(ids[:1])
    made = Proposal.objects.bulk_create(
        [
            Proposal(
                key=key,
                origin=proposal.origin if proposal.origin in Origin.values else Origin.HAND,
                unit_id=proposal.unit_id,
                title=proposal.title.strip()[:_TITLE],
                facts={},
                found=len(ids),
                first=proposal.first,
                last=proposal.last,
                made_at=at,
                made_by=actor,
                is_sample=first.is_sample,
            )
        ],
        ignore_conflicts=True,
    )
    row = Proposal.objects.get(key=key)
    if made:
        add_cases(row, ids)
    return row


@transaction.atomic
def accept(*, actor: User, proposal_id: int, opening: Opening, at: datetime) -> Proposal:
    """Open the action that is proposed, linked to the cases that it rests on.

    Raises ``StepRefused`` where the regulation does not let it be opened so.
    """
    row = _waiting(actor, proposal_id)
    if (opening.pack_id, opening.kind) not in _actions():
        raise NonconformityRefused("nonconformities.no_action")
    case = case_services.open_case(actor=actor, opening=opening, at=at)
    return _decided(_Decision(actor, ProposalState.ACCEPTED, at, case), row)


@transaction.atomic
def merge(*, actor: User, proposal_id: int, number: str, at: datetime) -> Proposal:
    """Let an action that is under way answer for a proposal as well."""
    row = _waiting(actor, proposal_id)
    found = cases.seen_by(actor).filter(number=number.strip().upper()).first()
    if found is None or (found.pack_id, found.kind) not in _actions():
        raise NonconformityRefused("nonconformities.no_such_action", number=number.strip()[:40])
    if found.ends:
        raise NonconformityRefused("nonconformities.action_ended", number=found.number)
    return _decided(_Decision(actor, ProposalState.MERGED, at, found), row)


@transaction.atomic
def decline(*, actor: User, proposal_id: int, reason: str, at: datetime) -> Proposal:
    """Decline a proposal and say why; it is kept and counted."""
    row = _waiting(actor, proposal_id)
    if not reason.strip():
        raise NonconformityRefused("nonconformities.reason_missing")
    return _decided(_Decision(actor, ProposalState.DECLINED, at, reason=reason.strip()), row)


def _actions() -> set[tuple[str, str]]:
    return {(each.ref.pack_id, each.kind.id) for each in action_kinds()}


def _waiting(actor: User, proposal_id: int) -> Proposal:
    row = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
    if row is None or not accounts.may(actor, "nonconformities.triage", row.unit_id):
        raise NonconformityRefused("nonconformities.may_not_decide")
    if row.state != ProposalState.WAITING:
        raise NonconformityRefused("nonconformities.decided")
    return row


@dataclass(frozen=True, slots=True)
class _Decision:
    """Who decided what, when; with the action that answers for it, or why there is none."""

    actor: User
    state: str
    at: datetime
    action: Any = None
    reason: str = ""


def _decided(told: _Decision, row: Proposal) -> Proposal:
    actor, action = told.actor, told.action
    row.state, row.action, row.reason = told.state, action, told.reason
    row.decided_by, row.decided_at = actor, told.at
    row.save(update_fields=["state", "action", "reason", "decided_by", "decided_at"])
    if action is not None:
        held = row.cases.values_list("case_id", flat=True)
        for case_id in sorted(cases.seen_ids(actor, set(held)) - {action.pk}):
            case_services.link(actor=actor, case_id=action.pk, other_id=case_id, at=told.at)
    record(
        actor=actor,
        action=f"nonconformities.{told.state}",
        subject=Subject("nonconformities.proposal", str(row.pk), row.title),
        after={
            "state": told.state,
            "action": action.number if action else "",
            "reason": told.reason,
        },
    )
    return row
