"""Call-backs fall due, and fall away, in the transaction of the step that brings it about.

Whatever page or program takes the step: a row arises with every arrival in a state that the
regulation names, one for each case that is part of it, and a row that nobody need call any more is
excluded with its cause. A step that stands for a call-back is one: it keeps the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from zhijian.callbacks.models import CallAttempt, CallBack, CallState, Cause, Outcome
from zhijian.callbacks.refusals import CallBackRefused
from zhijian.callbacks.services.telling import told_due
from zhijian.cases import queries as cases
from zhijian.cases import to_domain
from zhijian.cases.documents import kept_facts
from zhijian.domain.callbacks import calling
from zhijian.domain.callbacks.arising import Arrival, standing_arrival
from zhijian.domain.casework import call_back as rules
from zhijian.foundation import clock
from zhijian.foundation.audit.services import hold
from zhijian.foundation.numbering.services import next_number

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case
    from zhijian.cases.to_domain import Standing

NUMBERS: Final = "callbacks"
"""The name of the series of numbers."""
PREFIX: Final = "HF"
_STAYS: Final = ("closed",)
"""How a case may end while those who were not called yet still are."""
_CAUSES: Final = {
    "withdrawn": Cause.WITHDRAWN,
    "rejected": Cause.REJECTED,
    "referred": Cause.REFERRED,
    "merged": Cause.MERGED,
}


def follow(case: Case, standing: Standing, user: User | None, at: datetime) -> None:
    """Keep the ledger after a step of a case. Raises ``CallBackRefused``, which undoes the step."""
    for rule in standing.kind.call_backs.values():
        if rule.drawn is None:
            _follow(rule, case, standing, (user, at))


def _follow(
    rule: rules.CallBack, case: Case, standing: Standing, done: tuple[User | None, datetime]
) -> None:
    _user, at = done
    arrival = standing_arrival(standing.course, rule.due)
    if case.merged_into_id:
        _fall_away(rule, case, None, Cause.MERGED, at)
        root = _root_of(case)
        known = cases.known(root).standing
        arrival = standing_arrival(known.course, rule.due)
        if arrival:
            for member in _members(case):
                _fall_due(rule, member, root, (arrival, known))
        return
    _carry_out(rule, case, standing, done)
    if standing.course.ends not in _STAYS:
        cause = _CAUSES.get(standing.course.ends, Cause.MOVED)
        _fall_away(rule, case, arrival, cause, at)
    if arrival:
        for member in _members(case):
            _fall_due(rule, member, case, (arrival, standing))


def _fall_due(
    rule: rules.CallBack, member: Case, root: Case, stands: tuple[Arrival, Standing]
) -> None:
    """Write a call-back and tell those who may make it, once."""
    arrival, standing = stands
    row, is_new = arise(rule, member, root, arrival)
    if is_new:
        told_due(row, rule, standing)


def arise(
    rule: rules.CallBack, member: Case, root: Case, arrival: Arrival, **drawn: Any
) -> tuple[CallBack, bool]:
    """Write a call-back that has fallen due, unless it is there; tell whether it is new."""
    told = {"case": member, "root": root, "rule": rule.id, "seq": arrival.seq}
    found = CallBack.objects.filter(**told, **drawn).first()
    if found is not None:
        return found, False
    # The trail before the numbers, as whoever takes numbers after a step does.
    hold()
    day = clock.day_of(drawn["draw"].at if drawn else arrival.at)
    serial = next_number(kind=NUMBERS, year=day.year)
    row = CallBack.objects.create(
        **told,
        **drawn,
        number=f"{PREFIX}{day.year}-{serial:04d}",
        unit_id=root.unit_id,
        due_on=day,
        is_sample=member.is_sample,
    )
    return row, True


def _fall_away(
    rule: rules.CallBack, root: Case, stands: Arrival | None, cause: str, at: datetime
) -> None:
    """Exclude the pending call-backs of arrivals that no longer stand."""
    rows = CallBack.objects.filter(root=root, rule=rule.id, state=CallState.PENDING, draw=None)
    if stands:
        rows = rows.exclude(seq=stands.seq)
    rows.update(state=CallState.EXCLUDED, cause=cause, settled_at=at)


def _carry_out(
    rule: rules.CallBack, case: Case, standing: Standing, done: tuple[User | None, datetime]
) -> None:
    """Settle the call-back of a case for which a step stands, where somebody took it directly."""
    user, at = done
    last = standing.course.happened[-1]
    if last.step not in rule.closing:
        return
    rows = CallBack.objects.filter(root=case, rule=rule.id, state=CallState.PENDING, draw=None)
    own = next((each for each in rows if each.case_id == case.pk), None)
    is_sent_back = last.step in rule.dissatisfied_by
    if not is_sent_back and any(each.case_id != case.pk for each in rows):
        raise CallBackRefused("callbacks.others_pending", number=case.number)
    if own is None or (is_sent_back and _is_told_by_another(own)):
        return
    if last.step in rule.unreached_by:
        raise CallBackRefused("callbacks.not_tried_enough", number=own.number)
    before = cases.without_last(standing)
    if user is not None:
        who = to_domain.person_of(user, standing.pack, case.unit_id)
        problems = calling.against_caller(rule, before.course, who)
        if problems:
            raise CallBackRefused.because(problems)
    answers = {name: value for name, value in last.facts.items() if name in rule.asks}
    lacking = [each for each in rule.needs if answers.get(each) is None]
    if lacking and not is_sent_back:
        field = standing.kind.facts[lacking[0]].title
        raise CallBackRefused("callbacks.answer_lacking", field=field)
    CallAttempt.objects.create(
        call_back=own, at=at, by=user, outcome=Outcome.REACHED, note=last.reason
    )
    content = not is_sent_back and calling.is_satisfied(
        rule, standing.course, answers, standing.around
    )
    own.state, own.satisfied = CallState.DONE, content
    own.caller, own.settled_at, own.answers = user, at, kept_facts(answers)
    own.save(update_fields=["state", "satisfied", "caller", "settled_at", "answers"])


def _is_told_by_another(own: CallBack) -> bool:
    """Tell whether the case is sent back for what somebody else of the same call-back said."""
    group = CallBack.objects.filter(root=own.root, rule=own.rule, seq=own.seq, draw=None)
    return group.filter(satisfied=False).exists()


def _root_of(case: Case) -> Case:
    """Return the case that a merged one has become part of in the end."""
    root = case
    while root.merged_into_id:
        root = cases.with_ids([root.merged_into_id])[0]
    return root


def _members(case: Case) -> Iterator[Case]:
    """Yield a case and all that were merged into it, directly or by way of another."""
    yield case
    for each in cases.merged_into(case):
        yield from _members(each)
