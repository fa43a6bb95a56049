"""Recording an attempt to call somebody back, and what follows in the case (SPT-05, SPT-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from zhijian.callbacks.models import CallAttempt, CallBack, CallState, Correction, Outcome
from zhijian.callbacks.queries.standing import CallStanding, standing_of
from zhijian.callbacks.refusals import CallBackRefused
from zhijian.callbacks.services.following import carry_on
from zhijian.cases import queries as cases
from zhijian.cases import services as case_services
from zhijian.cases.documents import kept_facts
from zhijian.cases.refusals import StepRefused
from zhijian.domain.callbacks import calling
from zhijian.domain.casework.entering import Entered, read_entered
from zhijian.domain.problems import Problem

if TYPE_CHECKING:
    from zhijian.accounts.models import User

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Made:
    """An attempt as somebody tells it: how it ended, and the answers by the names of the questions.

    ``at`` is when it was made, now where nothing is said.
    """

    outcome: str
    answers: Mapping[str, Entered] = field(default_factory=dict)
    note: str = ""
    at: datetime | None = None


@transaction.atomic
def attempt(*, actor: User, call_back_id: int, made: Made, at: datetime) -> CallBack:
    """Record an attempt; where it ends the call-back, take the step of the case that follows.

    After enough attempts in vain the call-back ends as unreachable by itself. Raises
    ``CallBackRefused`` and ``StepRefused``; nothing is written then.
    """
    row = locked(actor, call_back_id)
    told = standing_of(row)
    _check_pending(row)
    check_caller(actor, told)
    when = timezone.localtime(made.at or at)
    earlier = told.attempts()
    problems = [
        *calling.against_moment(told.pace, earlier, when),
        *_against_telling(made, when, at),
    ]
    values, wrong = _answers(told, made, when)
    if problems or wrong:
        raise StepRefused([*problems, *wrong])
    note = made.note.strip()
    CallAttempt.objects.create(call_back=row, at=when, by=actor, outcome=made.outcome, note=note)
    row.state = _state_after(told, [*earlier, calling.Attempt(when, made.outcome)])
    if row.state == CallState.PENDING:
        return row
    row.caller, row.settled_at, row.reason = actor, when, note
    if row.state == CallState.DONE:
        row.answers = kept_facts(values)
        row.satisfied = calling.is_satisfied(told.rule, told.course, values, told.standing.around)
    row.save(update_fields=["state", "caller", "settled_at", "reason", "answers", "satisfied"])
    carry_on(actor, row, at)
    return row


@transaction.atomic
def correct(*, actor: User, call_back_id: int, reason: str, at: datetime) -> CallBack:
    """Take a wrong result back: what it was is kept, and the call is made again."""
    row = locked(actor, call_back_id)
    told = standing_of(row)
    check_caller(actor, told)
    why = reason.strip()[:LONGEST]
    if not why:
        raise CallBackRefused("callbacks.reason_needed")
    if row.state in (CallState.PENDING, CallState.EXCLUDED):
        raise CallBackRefused("callbacks.nothing_to_correct", number=row.number)
    Correction.objects.create(
        call_back=row, state=row.state, satisfied=row.satisfied, answers=row.answers,
        reason=why, by=actor, at=at,
    )  # fmt: skip
    row.state, row.satisfied, row.answers = CallState.PENDING, None, None
    row.caller, row.settled_at, row.reason = None, None, ""
    row.save(update_fields=["state", "satisfied", "answers", "caller", "settled_at", "reason"])
    return row


def locked(actor: User, call_back_id: int) -> CallBack:
    """Lock a call-back whose case somebody may see and act in, the case first as steps do."""
    found = CallBack.objects.filter(pk=call_back_id).values_list("case_id", "root_id").first()
    if found is None or cases.case_for(actor, found[0]) is None:
        raise CallBackRefused("callbacks.not_there")
    case_services.held(found[1])
    return CallBack.objects.select_for_update().get(pk=call_back_id)


def check_caller(actor: User, told: CallStanding) -> None:
    """Refuse who is not entitled to call, or has handled the case."""
    problems = told.against(actor)
    if problems:
        raise CallBackRefused.because(problems)


def _check_pending(row: CallBack) -> None:
    if row.state != CallState.PENDING:
        raise CallBackRefused("callbacks.settled", number=row.number, state=row.get_state_display())


def _against_telling(made: Made, when: datetime, now: datetime) -> list[Problem]:
    """Return what is wrong with how an attempt is told."""
    found = []
    if made.outcome not in calling.OUTCOMES:
        found.append(Problem.at("outcome", "callbacks.no_such_outcome", found=made.outcome[:40]))
    if when > now:
        found.append(Problem.at("at", "callbacks.future"))
    if made.outcome == Outcome.REFUSED and not made.note.strip():
        found.append(Problem.at("note", "callbacks.reason_needed"))
    if len(made.note) > LONGEST:
        found.append(Problem.at("note", "callbacks.note_too_long", limit=LONGEST))
    return found


def _answers(told: CallStanding, made: Made, when: datetime):  # noqa: ANN202
    if made.outcome != Outcome.REACHED:
        return {}, []
    return read_entered(told.course, told.rule.asking, made.answers, when)


def _state_after(told: CallStanding, attempts: Sequence[calling.Attempt]) -> str:
    outcome = attempts[-1].outcome
    if outcome == calling.REACHED:
        return CallState.DONE
    if outcome == calling.REFUSED:
        return CallState.REFUSED
    vain = calling.is_unreachable(told.pace, attempts)
    return CallState.UNREACHABLE if vain else CallState.PENDING
