"""What follows a call-back in the case: it is closed, sent back, or reopened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhijian.callbacks.models import CallBack, CallState
from zhijian.callbacks.queries.standing import standing_of
from zhijian.cases.documents import read_facts
from zhijian.cases.refusals import StepRefused
from zhijian.cases.services import Seen, Taking, advance_case
from zhijian.domain.callbacks.calling import step_after

if TYPE_CHECKING:
    from zhijian.accounts.models import User

_WINDOW = "casework.window_closed"


def carry_on(actor: User, row: CallBack, at: datetime) -> None:
    """Take the step that follows, if the regulation has one that leads on from here.

    Whoever is not satisfied sends the case back at once; otherwise it waits for the last of those
    who became part of it. Where the time to reopen is over, the answer stays without a step.
    """
    if row.draw_id:
        return
    told = standing_of(row)
    group = list(
        CallBack.objects.filter(root=row.root, rule=row.rule, seq=row.seq, draw=None).order_by("pk")
    )
    is_sent_back = row.satisfied is False
    if not is_sent_back and any(each.state == CallState.PENDING for each in group):
        return
    answered = [each for each in group if each.state == CallState.DONE]
    rule = told.root.kind.call_backs.get(row.rule, told.rule)
    names: Sequence[str] = rule.unreached_by
    if answered:
        names = rule.dissatisfied_by if is_sent_back else rule.satisfied_by
    step = step_after(told.root.course, names)
    if not step:
        return
    asked = told.root.kind.steps[step].asks
    facts: dict[str, Any] = {}
    if answered:
        last = row if row in answered else answered[-1]
        facts = {k: v for k, v in read_facts(last.answers or {}).items() if k in asked}
    is_asked_why = told.root.kind.steps[step].reason
    reason = (row.reason or _why(row)) if is_asked_why else ""
    try:
        with transaction.atomic():
            seen = Seen(row.root_id, _seq(row))
            advance_case(actor=actor, seen=seen, taking=Taking(step, facts, reason), at=at)
    except StepRefused as refused:
        if any(each.code != _WINDOW for each in refused.problems):
            raise


def _seq(row: CallBack) -> int:
    row.root.refresh_from_db(fields=["seq"])
    return int(row.root.seq)


def _why(row: CallBack) -> str:
    """The reason of a step for which nobody gave one: what became of the call."""
    return _("回访 %(number)s：%(state)s") % {
        "number": row.number,
        "state": _("不满意") if row.satisfied is False else row.get_state_display(),
    }
