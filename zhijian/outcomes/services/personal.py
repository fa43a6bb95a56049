"""Decisions about persons: one proposes, another decides, the person may object (DIS-25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import IntegrityError, transaction

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.domain.explain.document import from_document
from zhijian.domain.outcomes.personal import Decided, Ground, Measure, PersonalPlan, Proposed
from zhijian.domain.outcomes.personal import objections as against
from zhijian.domain.policy.parameter import NotInForce
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.services import Owner, store_file
from zhijian.foundation.numbering.services import next_number
from zhijian.organizations import queries as organizations
from zhijian.outcomes.models import (
    PersonalDecision,
    PersonalState,
    PersonalStep,
    PersonalStepKind,
)
from zhijian.outcomes.queries.personal import EVIDENCE_OF_PERSONAL, plan_of
from zhijian.outcomes.refusals import OutcomeRefused, PersonalRefused
from zhijian.outcomes.services import telling
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import CaseFault

_PROPOSE, _DECIDE = "outcomes.propose_personal", "outcomes.decide_personal"
_NUMBERS = "outcomes.personal"


@dataclass(frozen=True, slots=True)
class NewPersonal:
    """A measure proposed for a person; ``amount`` in yuan.

    From a fault in a case come the person's unit and what the fault costs. ``offender`` is the
    decision about another person on which the ground rests.
    """

    version_id: int
    plan: str
    ground: str
    measure: str
    person_id: int
    account: str
    unit_id: int | None = None
    amount: Decimal | None = None
    fault_id: int | None = None
    offender_id: int | None = None
    evidence: Sequence[File] = ()


@transaction.atomic
def propose(*, actor: User, new: NewPersonal) -> PersonalDecision:
    """Propose a measure; everything that stands against it is told at once (``problems``)."""
    fault = _fault(actor, new)
    unit = _unit(actor, fault.case.unit_id if fault else new.unit_id)
    person = _person(actor, new)
    version, plan = _plan(new)
    if fault and fault.case.pack_id != version.pack_id:
        raise OutcomeRefused("outcomes.fault_of_other_rules", pack=version.title)
    offender = _offender(actor, new, version.pack_id)
    _check(plan, new, fault, offender)
    ground, measure = plan.grounds[new.ground], plan.measures[new.measure]
    row = PersonalDecision(
        pack_version_id=new.version_id, pack_id=version.pack_id, plan=plan.id,
        ground=ground.id, ground_title=ground.title.zh, ground_title_en=ground.title.en,
        measure=measure.id, measure_title=measure.title.zh, measure_title_en=measure.title.en,
        kind=measure.kind, cites=_cites(ground, measure, plan), person=person,
        unit_id=unit.id, unit_name=unit.name, fault=fault, offender=offender,
        account=new.account.strip(), amount=new.amount, proposed_by=actor,
        proposed_at=clock.now(), is_sample=person.is_sample,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise OutcomeRefused("outcomes.fault_taken") from error
    for file in new.evidence:
        store_file(upload=file, owner=Owner(EVIDENCE_OF_PERSONAL, str(row.pk)), uploader=actor)
    _step(row, PersonalStepKind.PROPOSED, actor, "")
    telling.personal_proposed(row)
    return row


@transaction.atomic
def withdraw(*, actor: User, decision_id: int, text: str) -> PersonalDecision:
    """Take a proposal back before anybody decided; only its proposer can."""
    row = _locked(decision_id, PersonalState.PROPOSED)
    if row.proposed_by_id != actor.pk:
        raise OutcomeRefused("outcomes.personal_may_not")
    return _moved(row, PersonalState.WITHDRAWN, PersonalStepKind.WITHDRAWN, actor, text)


@transaction.atomic
def decide(*, actor: User, decision_id: int, agreed: bool, text: str) -> PersonalDecision:
    """Agree to a proposal, which then counts and has a number, or refuse it with a reason."""
    row = _locked(decision_id, PersonalState.PROPOSED)
    _may_decide(actor, row)
    if not agreed:
        _reason(text)
        return _moved(row, PersonalState.REFUSED, PersonalStepKind.REFUSED, actor, text)
    if row.offender and row.offender.state == PersonalState.TAKEN_BACK:
        raise OutcomeRefused("outcomes.offender_taken_back", code=row.offender.code)
    if _is_unconfirmed(row):
        raise OutcomeRefused("outcomes.fine_unconfirmed")
    day = clock.today()
    row.year, row.number = day.year, next_number(kind=_NUMBERS, year=day.year)
    row.effective_on, row.objection_until = day, None
    days = _objection_days(row)
    if days is not None:
        row.objection_until = day + timedelta(days=days)
    row.save(update_fields=["year", "number", "effective_on", "objection_until"])
    _moved(row, PersonalState.IN_FORCE, PersonalStepKind.AGREED, actor, text)
    telling.personal_decided(row)
    return row


@transaction.atomic
def object_to(*, actor: User, decision_id: int, text: str) -> PersonalDecision:
    """Object, once and in time, to a decision about oneself."""
    row = _locked(decision_id, PersonalState.IN_FORCE)
    if row.person_id != actor.pk:
        raise OutcomeRefused("outcomes.personal_may_not")
    if row.steps.filter(kind=PersonalStepKind.OBJECTED).exists():
        raise OutcomeRefused("outcomes.objected_before")
    if row.objection_until and clock.today() > row.objection_until:
        raise OutcomeRefused("outcomes.objection_late", day=row.objection_until)
    _reason(text)
    _moved(row, PersonalState.OBJECTED, PersonalStepKind.OBJECTED, actor, text)
    telling.personal_objected(row)
    return row


@transaction.atomic
def answer(*, actor: User, decision_id: int, upheld: bool, text: str) -> PersonalDecision:
    """Answer an objection: the decision is taken back, or stays; whoever agreed cannot answer."""
    row = _locked(decision_id, PersonalState.OBJECTED)
    _may_decide(actor, row)
    if row.steps.filter(kind=PersonalStepKind.AGREED, by=actor).exists():
        raise OutcomeRefused("outcomes.own_decision")
    _reason(text)
    state = PersonalState.TAKEN_BACK if upheld else PersonalState.IN_FORCE
    kind = PersonalStepKind.UPHELD if upheld else PersonalStepKind.DISMISSED
    _moved(row, state, kind, actor, text)
    telling.personal_decided(row)
    return row


def _unit(actor: User, unit_id: int | None) -> organizations.UnitRef:
    unit = organizations.unit(unit_id) if unit_id else None
    if unit is None:
        raise OutcomeRefused("outcomes.unit_needed")
    if not accounts.may(actor, _PROPOSE, unit.id):
        raise OutcomeRefused("outcomes.personal_may_not")
    return unit


def _person(actor: User, new: NewPersonal) -> User:
    person = accounts.person(new.person_id)
    if person is None or not person.is_active:
        raise OutcomeRefused("outcomes.unknown_person")
    if person.pk == actor.pk:
        raise OutcomeRefused("outcomes.about_oneself")
    if not new.account.strip():
        raise OutcomeRefused("outcomes.account_needed")
    return person


def _plan(new: NewPersonal) -> tuple[packs.VersionRef, PersonalPlan]:
    found = plan_of(new.version_id, new.plan)
    if found is None or not found[0].is_in_force(clock.today()):
        raise OutcomeRefused("outcomes.no_personal_plan", plan=new.plan)
    return found


def _fault(actor: User, new: NewPersonal) -> CaseFault | None:
    if new.fault_id is None:
        return None
    fault = cases.fault_for(actor, new.fault_id)
    if fault is None:
        raise OutcomeRefused("outcomes.unknown_fault")
    if fault.person_id != new.person_id:
        raise OutcomeRefused("outcomes.fault_of_another")
    return fault


def _offender(actor: User, new: NewPersonal, pack_id: str) -> PersonalDecision | None:
    if new.offender_id is None:
        return None
    rows = PersonalDecision.objects.filter(pack_id=pack_id, state=PersonalState.IN_FORCE)
    found = rows.filter(pk=new.offender_id).exclude(person_id=new.person_id).first()
    if found is None:
        raise OutcomeRefused("outcomes.unknown_offender")
    return found


def _check(
    plan: PersonalPlan,
    new: NewPersonal,
    fault: CaseFault | None,
    offender: PersonalDecision | None,
) -> None:
    told = None
    if offender is not None:
        told = Decided(offender.measure, _fraction(offender.amount))
    fine = Fraction(fault.fine) if fault and fault.fine else None
    problems = against(plan, Proposed(new.ground, new.measure, _fraction(new.amount), fine, told))
    if problems:
        raise PersonalRefused(problems)


def _fraction(amount: Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)


def _cites(ground: Ground, measure: Measure, plan: PersonalPlan) -> str:
    return ground.cites or measure.cites or plan.cites


def _is_unconfirmed(row: PersonalDecision) -> bool:
    working = row.fault.working if row.fault else None
    return working is not None and bool(from_document(working).unconfirmed)


def _objection_days(row: PersonalDecision) -> int | None:
    found = plan_of(row.pack_version_id, row.plan)
    name = found[1].objection_days if found else ""
    if not name:
        return None
    told = packs.law_of(row.pack_version_id, clock.today()).find(name)
    if isinstance(told, NotInForce) or not isinstance(told.value, Fraction):
        raise OutcomeRefused("outcomes.no_objection_days", name=name)
    if told.proposed:
        raise OutcomeRefused("outcomes.days_unconfirmed", name=name)
    return int(told.value)


def _may_decide(actor: User, row: PersonalDecision) -> None:
    if not accounts.may(actor, _DECIDE, row.unit_id):
        raise OutcomeRefused("outcomes.personal_may_not")
    if actor.pk in (row.person_id, row.proposed_by_id):
        raise OutcomeRefused("outcomes.about_oneself")


def _reason(text: str) -> None:
    if not text.strip():
        raise OutcomeRefused("outcomes.reason_needed")


def _locked(decision_id: int, state: PersonalState) -> PersonalDecision:
    """Locked, so that of two people who act at once one is told that the other was first."""
    rows = PersonalDecision.objects.select_for_update(of=("self",)).select_related("offender")
    row = rows.get(pk=decision_id)
    if row.state != state:
        raise OutcomeRefused("outcomes.personal_moved_on", state=row.get_state_display())
    return row


def _step(row: PersonalDecision, kind: PersonalStepKind, actor: User, text: str) -> None:
    PersonalStep.objects.create(
        decision=row, kind=kind, text=text.strip(), by=actor, at=clock.now()
    )
    record(
        actor=actor,
        action=f"outcomes.personal_{kind}",
        subject=Subject("outcomes.personal", str(row.pk), row.code),
        after={
            "person": row.person.username, "measure": row.measure, "ground": row.ground,
            "amount": row.amount, "state": row.state, "text": text.strip(),
        },
    )  # fmt: skip


def _moved(
    row: PersonalDecision, state: PersonalState, kind: PersonalStepKind, actor: User, text: str
) -> PersonalDecision:
    row.state = state
    row.save(update_fields=["state"])
    _step(row, kind, actor, text)
    return row
