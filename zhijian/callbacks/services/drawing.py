"""Drawing a random sample, so that nobody can choose and anybody can draw again (SPT-02…04, 12)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.callbacks.models import Check, Draw, DrawPurpose
from zhijian.callbacks.queries.draws import Framed, checks_frame, frame, sampled
from zhijian.callbacks.refusals import CallBackRefused
from zhijian.callbacks.services.arising import arise
from zhijian.cases import queries as cases
from zhijian.cases import to_domain
from zhijian.cases.library import Library
from zhijian.domain.callbacks import sampling
from zhijian.domain.callbacks.arising import standing_arrival
from zhijian.domain.casework import call_back as rules
from zhijian.domain.casework.conditions import context_of
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.permitting import matches
from zhijian.domain.casework.who import Selector, in_words
from zhijian.domain.scoring.operand import Operand
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import hold, record
from zhijian.organizations import queries as organizations

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.queries import KindRef

_SEED_BYTES = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """What is drawn from: a call-back of a kind of case, a unit, and a span of days, both included.

    ``kind`` is a regulation and a kind of it, joined by a colon.
    """

    kind: str
    rule: str
    unit_id: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Source:
    """What a sample is taken from: the frame, the share of it, and whose half stands apart."""

    ref: KindRef
    frame: Framed
    share: Operand
    halves: str = ""


@transaction.atomic
def draw_calls(*, actor: User, asked: Asked, at: datetime) -> Draw:
    """Draw cases whose people are to be called; each becomes a call-back of the ledger."""
    ref, rule = _rule(asked)
    if rule.drawn is None:
        raise CallBackRefused("callbacks.not_drawn", title=rule.title)
    _check(actor, ref, asked, rule.drawn.by)
    found = frame(ref, rule, asked.unit_id, asked.first, asked.last)
    source = _Source(ref, found, rule.drawn.share, rule.drawn.halves)
    row = _drawn(actor, asked, DrawPurpose.CALL, source, at)
    for case in cases.with_ids([found.ids[each] for each in row.sample]):
        course = cases.known(case).standing.course
        arrival = standing_arrival(course, rule.due)
        if arrival:
            arise(rule, case, case, arrival, draw=row)
    return row


@transaction.atomic
def draw_checks(*, actor: User, asked: Asked, at: datetime) -> Draw:
    """Draw records of call-backs that are compared with the facts (SPT-12)."""
    ref, rule = _rule(asked)
    if rule.checked is None:
        raise CallBackRefused("callbacks.not_checked", title=rule.title)
    _check(actor, ref, asked, rule.checked.by)
    found = checks_frame(ref, rule, asked.unit_id, asked.first, asked.last)
    row = _drawn(actor, asked, DrawPurpose.CHECK, _Source(ref, found, rule.checked.share), at)
    Check.objects.bulk_create(
        [Check(draw=row, call_back_id=found.ids[each]) for each in row.sample]
    )
    return row


def _rule(asked: Asked) -> tuple[KindRef, rules.CallBack]:
    for ref in cases.kinds_in_force():
        if ref.id == asked.kind and asked.rule in ref.kind.call_backs:
            return ref, ref.kind.call_backs[asked.rule]
    raise CallBackRefused("callbacks.no_such_rule", kind=asked.kind, rule=asked.rule)


def _check(actor: User, ref: KindRef, asked: Asked, by: Sequence[Selector]) -> None:
    if organizations.unit(asked.unit_id) is None:
        raise CallBackRefused("callbacks.no_such_unit")
    if asked.last < asked.first:
        raise CallBackRefused("callbacks.span", first=asked.first, last=asked.last)
    pack = Library().pack(ref.version_id)
    who = to_domain.person_of(actor, pack, asked.unit_id)
    if not any(matches(each, Course(ref.kind), who) for each in by):
        raise CallBackRefused("callbacks.not_entitled", roles=in_words(by))


def _drawn(actor: User, asked: Asked, purpose: str, source: _Source, at: datetime) -> Draw:
    """Write the draw; the seed is the program's, so that nobody draws until it suits them."""
    found = source.frame
    pack_id, _, kind = asked.kind.partition(":")
    told = {"purpose": purpose, "pack_id": pack_id, "kind": kind, "rule": asked.rule}
    # One who draws waits for another, so that the same days are not drawn twice.
    hold()
    over = Draw.objects.filter(
        **told, unit_id=asked.unit_id, first__lte=asked.last, last__gte=asked.first
    ).first()
    if over is not None:
        raise CallBackRefused("callbacks.drawn_already", first=over.first, last=over.last)
    if not found.ids:
        raise CallBackRefused("callbacks.nothing_to_draw", first=asked.first, last=asked.last)
    percent = _percent(source, asked)
    seed = secrets.token_hex(_SEED_BYTES)
    before = found.drawn_for(source.halves) if source.halves else None
    sample, lacking = sampled(seed, found.ids, before, percent)
    unit = organizations.unit(asked.unit_id)
    row = Draw.objects.create(
        **told,
        unit_id=asked.unit_id,
        first=asked.first,
        last=asked.last,
        percent=str(percent),
        seed=seed,
        frame=sorted(found.ids),
        before=None if before is None else sorted(before),
        digest=sampling.digest_of(found.ids),
        sample=list(sample),
        lacking=lacking,
        by=actor,
        at=at,
        is_sample=bool(unit and unit.is_sample),
    )
    record(
        actor=actor,
        action="callbacks.draw",
        subject=Subject("callbacks.draw", str(row.pk), f"{asked.first}–{asked.last}"),
        after={"seed": seed, "digest": row.digest, "sample": row.sample},
    )
    return row


def _percent(source: _Source, asked: Asked) -> Fraction:
    version = source.ref.version_id
    around = to_domain.circumstances(Library(), version, asked.last, asked.unit_id)
    return context_of({}, {}, "", around).resolve(source.share).number
