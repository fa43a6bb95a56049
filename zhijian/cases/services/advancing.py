"""Taking a step in a case: the one door to every change of its state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseClock
from zhijian.cases.services.asked import Once, Taking, once
from zhijian.cases.services.checking import check_may_act
from zhijian.cases.services.planning import Moment
from zhijian.cases.services.stepping import Around, Seen, locked, step_in
from zhijian.cases.services.sweeping import take_due

if TYPE_CHECKING:
    from zhijian.accounts.models import User


def advance_case(*, actor: User, seen: Seen, taking: Taking, at: datetime) -> Case:
    """Take one step in a case; return the case after it.

    Of two who act at once, one is told that the other was first. What time has brought about by
    then comes before the step. Asked again under the same key, nothing is added. Raises
    ``MovedOn`` and ``StepRefused``.
    """
    check_may_act(actor)
    return _advance(seen, taking, Moment.of(at, actor), actor.pk)


def advance_for_public(*, seen: Seen, taking: Taking, at: datetime) -> Case:
    """Take a step as somebody from outside, where the regulation lets the public do so.

    Whoever calls it knows that it is the person whom the case is about.
    """
    return _advance(seen, taking, Moment.outside(at), None)


def _advance(seen: Seen, taking: Taking, moment: Moment, actor_id: int | None) -> Case:
    told = Once.of(actor_id, taking, seen.case_id)

    def act() -> Case:
        catch_up(seen.case_id, moment.at)
        with transaction.atomic():
            case = locked(seen)
            step_in(Library(), case, taking, Around(moment, told))
            return case

    return once(told, act)


def catch_up(case_id: int, at: datetime) -> None:
    """Let what time has brought about in a case come before what somebody does in it."""
    if CaseClock.objects.filter(case_id=case_id, next_at__lte=at).exists():
        take_due(Library(), case_id, at)
