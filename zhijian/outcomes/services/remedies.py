"""Remedial measures: reported as done with evidence, and verified by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.services import Owner, store_file
from zhijian.outcomes.models import LedgerEntry, Remedy, RemedyState, RemedyStep, StepKind
from zhijian.outcomes.queries import EVIDENCE_OF_REMEDY, was_reported_by
from zhijian.outcomes.refusals import OutcomeRefused

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, when, and the file that shows it."""

    on: date
    text: str
    evidence: File


@transaction.atomic
def report_done(*, actor: User, remedy_id: int, done: Done) -> Remedy:
    """Report a measure as done; it then waits for somebody else to verify it."""
    remedy = _locked(remedy_id)
    if not accounts.may(actor, "outcomes.do_remedy", remedy.entry.unit_id):
        raise OutcomeRefused("outcomes.may_not")
    if remedy.state != RemedyState.OPEN:
        raise OutcomeRefused("outcomes.remedy_not_open", state=remedy.get_state_display())
    if not done.text.strip():
        raise OutcomeRefused("outcomes.remedy_text_needed")
    if done.on > clock.today():
        raise OutcomeRefused("outcomes.done_in_future", day=done.on)
    if done.on < remedy.ordered_on:
        raise OutcomeRefused("outcomes.done_too_early", day=done.on, first=remedy.ordered_on)
    step = _step(remedy, StepKind.DONE, actor, done.text, done.on)
    store_file(upload=done.evidence, owner=Owner(EVIDENCE_OF_REMEDY, str(step.pk)), uploader=actor)
    return _moved(remedy, RemedyState.DONE, actor, step)


@transaction.atomic
def verify(*, actor: User, remedy_id: int, accepted: bool, text: str) -> Remedy:
    """Accept what was reported, or return it; nobody verifies what they reported themselves."""
    if not accounts.may(actor, "outcomes.verify_remedy"):
        raise OutcomeRefused("outcomes.may_not")
    remedy = _locked(remedy_id)
    if remedy.state != RemedyState.DONE:
        raise OutcomeRefused("outcomes.remedy_not_done", state=remedy.get_state_display())
    if was_reported_by(remedy, actor):
        raise OutcomeRefused("outcomes.own_remedy")
    if not accepted and not text.strip():
        raise OutcomeRefused("outcomes.reason_needed")
    kind = StepKind.VERIFIED if accepted else StepKind.RETURNED
    state = RemedyState.VERIFIED if accepted else RemedyState.OPEN
    return _moved(remedy, state, actor, _step(remedy, kind, actor, text))


def begin(entry: LedgerEntry, former: LedgerEntry | None, actor: User, at: datetime) -> None:
    """Follow an entry up that orders something; take over what ``former`` had reached.

    What was done for another text than the one ordered now has to be done again.
    """
    if not entry.orders:
        if former is not None:
            lift(former, actor, at, entry.code)
        return
    moved = Remedy.objects.filter(entry=former).first() if former else None
    if moved is None or former is None:
        Remedy.objects.create(entry=entry, ordered_on=entry.effective_on)
        return
    moved.entry, kinds = entry, [StepKind.MOVED]
    if former.text != entry.text and moved.state != RemedyState.OPEN:
        moved.state = RemedyState.OPEN
        kinds.append(StepKind.REOPENED)
    moved.save(update_fields=["entry", "state"])
    for kind in kinds:
        RemedyStep.objects.create(remedy=moved, kind=kind, text=former.code, by=actor, at=at)


def lift(entry: LedgerEntry, actor: User, at: datetime, reason: str) -> None:
    """Close the measure of an entry that was reversed and has no successor."""
    for remedy in Remedy.objects.filter(entry=entry):
        remedy.state = RemedyState.LIFTED
        remedy.save(update_fields=["state"])
        RemedyStep.objects.create(remedy=remedy, kind=StepKind.LIFTED, text=reason, by=actor, at=at)


def _locked(remedy_id: int) -> Remedy:
    rows = Remedy.objects.select_for_update(of=("self",)).select_related("entry")
    return rows.get(pk=remedy_id)


def _step(
    remedy: Remedy, kind: StepKind, actor: User, text: str, on: date | None = None
) -> RemedyStep:
    return RemedyStep.objects.create(
        remedy=remedy, kind=kind, on=on, text=text.strip(), by=actor, at=clock.now()
    )


def _moved(remedy: Remedy, state: RemedyState, actor: User, step: RemedyStep) -> Remedy:
    before, remedy.state = remedy.state, state
    remedy.save(update_fields=["state"])
    record(
        actor=actor,
        action=f"outcomes.remedy_{step.kind}",
        subject=Subject("outcomes.entry", str(remedy.entry_id), remedy.entry.code),
        before={"state": before},
        after={"state": remedy.state, "on": step.on, "text": step.text},
    )
    return remedy
