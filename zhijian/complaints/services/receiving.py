"""Receiving complaints: at the desk, by programs, and from people outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.cases import services as cases
from zhijian.cases.library import Library
from zhijian.cases.refusals import StepRefused
from zhijian.cases.services import Opening, Seen, Taking
from zhijian.complaints.models import Complaint, Office
from zhijian.complaints.phones import can_be_called, plain
from zhijian.complaints.queries.kinds import Intake, intake_in
from zhijian.complaints.refusals import ComplaintRefused
from zhijian.domain.problems import Problem
from zhijian.foundation import clock

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case


def receive(*, actor: User, opening: Opening, at: datetime) -> Complaint:
    """Open a case for what somebody outside says, and note it in the register.

    Without a step it is the one by which the regulation takes down what comes from outside. The
    phone is kept as its digits, so that the same caller is the same. Asked again under the same
    key, the same complaint is returned. Raises ``ComplaintRefused`` and ``StepRefused``.
    """
    library = Library()
    told = _prepared(library, opening, at)
    case = cases.open_case(actor=actor, opening=told, at=at, library=library)
    return _registered(case)


@transaction.atomic
def receive_from_public(*, office: Office, taking: Taking, at: datetime) -> Complaint:
    """Open a case from the page of an office; whoever calls it has kept scripts away.

    Channel, time and place are those of the page, whatever was sent.
    """
    opening = Opening(office.pack_id, office.kind, taking, office.unit_id)
    library = Library()
    told = _prepared(library, opening, at)
    row = _registered(cases.open_for_public(opening=told, at=at, library=library))
    row.office = office
    row.save(update_fields=["office"])
    return row


def take_for_customer(*, complaint: Complaint, taking: Taking, at: datetime) -> None:
    """Take a step as whoever complained; they have shown that it is theirs."""
    seen = Seen(complaint.case_id, complaint.case.seq)
    cases.advance_for_public(seen=seen, taking=taking, at=at)


def _registered(case: Case) -> Complaint:
    row = Complaint.objects.get(case_id=case.pk)
    row.case = case
    return row


def _prepared(library: Library, opening: Opening, at: datetime) -> Opening:
    intake = _intake_of(library, opening, at)
    if not opening.taking.step:
        step = intake.receiving.step
        opening = replace(opening, taking=replace(opening.taking, step=step))
    return _in_one_form(replace(opening, title=_title(opening, intake)), intake)


def _title(opening: Opening, intake: Intake) -> str:
    """Return the title that was given, else the first thing said of the matter itself."""
    step, receiving = intake.kind.steps.get(opening.taking.step), intake.receiving
    if opening.title.strip() or step is None:
        return opening.title
    for name in step.asks:
        fact, value = intake.kind.facts[name], opening.taking.facts.get(name)
        if fact.type == "choice" and name != receiving.channel and value:
            return str(value)
    return ""


def _intake_of(library: Library, opening: Opening, at: datetime) -> Intake:
    found = intake_in(library, opening.pack_id, opening.kind, clock.day_of(at))
    if found is None:
        raise ComplaintRefused("complaints.no_such_kind", kind=opening.kind, pack=opening.pack_id)
    return found


def _in_one_form(opening: Opening, intake: Intake) -> Opening:
    """Return what was entered with the phone as its digits."""
    name, taking = intake.receiving.phone, opening.taking
    typed = str(taking.facts.get(name) or "").strip() if name else ""
    if not typed:
        return opening
    number = plain(typed)
    if not can_be_called(number):
        field = intake.kind.facts[name].title
        raise StepRefused([Problem.at(name, "complaints.no_phone", field=field)])
    return replace(opening, taking=replace(taking, facts={**taking.facts, name: number}))
