"""What becomes of a hint: it is an incident that was reported, none at all, or was concealed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.cases import services as casework
from zhijian.cases.services import Opening
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.incidents import queries
from zhijian.incidents.models import Hint, HintWord
from zhijian.incidents.queries.kinds import kind_for
from zhijian.incidents.refusals import IncidentRefused

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case

JUDGE = "incidents.judge"
_LONGEST = 500


@transaction.atomic
def say_reported(*, actor: User, hint_id: int, number: str, at: datetime) -> Hint:
    """Say in which case the incident was reported; both cases are linked."""
    hint = locked(actor, hint_id)
    _check_judges(actor, hint)
    told = number.strip().upper()
    row = cases.seen_by(actor).filter(number=told, incident__isnull=False).first()
    if row is None:
        raise IncidentRefused("incidents.no_such_incident", number=told)
    return settled(hint, HintWord.REPORTED, actor, at, row)


@transaction.atomic
def say_none(*, actor: User, hint_id: int, reason: str, at: datetime) -> Hint:
    """Say with a reason that there was no incident; whoever handles the case does not judge it."""
    hint = locked(actor, hint_id)
    _check_judges(actor, hint)
    if not reason.strip():
        raise IncidentRefused("incidents.reason_needed")
    if hint.case.owner_id == actor.pk:
        raise IncidentRefused("incidents.own_case", number=hint.case.number)
    hint.reason = reason.strip()[:_LONGEST]
    return settled(hint, HintWord.NONE, actor, at)


@transaction.atomic
def raise_concealment(*, actor: User, hint_id: int, opening: Opening, at: datetime) -> Hint:
    """Open the case about the concealment of an incident that a hint has shown (INC-02).

    Raises ``IncidentRefused`` and ``StepRefused``.
    """
    hint = locked(actor, hint_id)
    _check_judges(actor, hint)
    if kind_for("concealment", opening.pack_id, opening.kind) is None:
        raise IncidentRefused("incidents.no_concealment")
    case = casework.open_case(actor=actor, opening=opening, at=at)
    return settled(hint, HintWord.CONCEALED, actor, at, case)


@transaction.atomic
def open_again(*, actor: User, hint_id: int, at: datetime) -> Hint:
    """Take back that a hint was no incident; what was said stays in the audit trail."""
    hint = locked(actor, hint_id, HintWord.NONE)
    _check_judges(actor, hint)
    _record(actor, "incidents.open_again", hint)
    hint.word, hint.reason, hint.by, hint.at = HintWord.OPEN, "", None, None
    hint.save(update_fields=["word", "reason", "by", "at"])
    return hint


def locked(actor: User, hint_id: int, word: str = HintWord.OPEN) -> Hint:
    """Return a hint that a person may see and that stands as it should; its case is locked."""
    found = queries.hint_for(actor, hint_id)
    if found is None:
        raise IncidentRefused("incidents.no_such_hint")
    casework.held(found.case_id)
    hint = Hint.objects.select_related("case").get(pk=hint_id)
    if hint.word != word:
        raise IncidentRefused("incidents.settled_already", number=hint.case.number)
    return hint


def settled(hint: Hint, word: str, actor: User, at: datetime, other: Case | None = None) -> Hint:
    """Note what became of a hint, and link its case to the one that deals with it."""
    hint.word, hint.by, hint.at = word, actor, at
    hint.incident = other if word == HintWord.REPORTED else None
    hint.offence = other if word == HintWord.CONCEALED else None
    hint.save(update_fields=["word", "by", "at", "incident", "offence", "reason"])
    if other is not None:
        casework.link(actor=actor, case_id=hint.case_id, other_id=other.pk, at=at)
    _record(actor, f"incidents.hint_{word}", hint)
    return hint


def _check_judges(actor: User, hint: Hint) -> None:
    if not accounts.may(actor, JUDGE, hint.case.unit_id):
        raise IncidentRefused("incidents.may_not_judge")


def _record(actor: User, action: str, hint: Hint) -> None:
    record(
        actor=actor,
        action=action,
        subject=Subject("incidents.hint", str(hint.pk), hint.case.number),
        after={"word": str(hint.word), "reason": hint.reason,
               "incident": hint.incident_id, "offence": hint.offence_id},
    )  # fmt: skip
