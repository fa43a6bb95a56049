"""A record of a call-back compared with the facts; a finding becomes a case (SPT-12, EX-25)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.callbacks.models import CallBack, Check, CheckResult
from zhijian.callbacks.queries.standing import standing_of
from zhijian.callbacks.refusals import CallBackRefused
from zhijian.callbacks.services.recording import LONGEST, locked
from zhijian.cases import services as cases
from zhijian.cases import to_domain
from zhijian.cases.services import Opening, Taking
from zhijian.domain.casework.permitting import matches
from zhijian.domain.casework.who import in_words

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found: in order, or a finding with what its opening step asks."""

    result: str
    remark: str = ""
    taking: Taking | None = None


@transaction.atomic
def settle_check(*, actor: User, check_id: int, found: Found, at: datetime) -> Check:
    """Say what a record is worth; whoever made the call or handled the case does not check it.

    A finding opens the case that the regulation names, with what it takes over from the record.
    """
    named = Check.objects.filter(pk=check_id).values_list("call_back_id", flat=True).first()
    if named is None:
        raise CallBackRefused("callbacks.not_there")
    call_back = locked(actor, named)
    row = Check.objects.select_for_update().get(pk=check_id)
    if row.result:
        raise CallBackRefused("callbacks.checked_already", number=call_back.number)
    _check_checker(actor, call_back)
    if found.result == CheckResult.FINDING:
        row.finding = cases.open_case(actor=actor, opening=_opening(call_back, found), at=at)
    elif found.result != CheckResult.IN_ORDER:
        raise CallBackRefused("callbacks.no_such_result")
    row.result, row.remark = found.result, found.remark.strip()[:LONGEST]
    row.by, row.at = actor, at
    row.save(update_fields=["finding", "result", "remark", "by", "at"])
    return row


def _check_checker(actor: User, call_back: CallBack) -> None:
    told = standing_of(call_back)
    checked = told.rule.checked
    if checked is None:
        raise CallBackRefused("callbacks.not_checked", title=told.rule.title)
    who = to_domain.person_of(actor, told.standing.pack, call_back.unit_id)
    if not any(matches(each, told.course, who) for each in checked.by):
        raise CallBackRefused("callbacks.check_not_entitled", roles=in_words(checked.by))
    if call_back.caller_id == actor.pk:
        raise CallBackRefused("callbacks.own_record", number=call_back.number)
    own = [each for each in told.against(actor) if "own_case" in each.code]
    if own:
        raise CallBackRefused.because(own)


def _opening(call_back: CallBack, found: Found) -> Opening:
    told = standing_of(call_back)
    finding = told.rule.checked.finding if told.rule.checked else None
    if finding is None or found.taking is None:
        raise CallBackRefused("callbacks.no_such_result")
    held = {
        "call_back.number": call_back.number,
        "call_back.caller": call_back.caller.display_name if call_back.caller else "",
        "case.number": call_back.case.number,
        "case.unit": str(call_back.unit_id),
    }
    carried = {name: held[each] for name, each in finding.carries.items()}
    taking = replace(found.taking, step=finding.step, facts={**found.taking.facts, **carried})
    pack_id = finding.pack or told.standing.pack.id
    return Opening(pack_id, finding.case, taking, call_back.unit_id)
