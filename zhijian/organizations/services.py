"""Every change of the tree of units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.refusal import Refusal
from zhijian.organizations import queries
from zhijian.organizations.kinds import KINDS
from zhijian.organizations.models import Contact, Unit


class UnitRefused(Refusal):
    """A change of the tree that is not possible."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is told about a unit; where it stands in the tree is told beside it."""

    code: str
    name: str
    kind: str
    group: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    position: int = 0
    is_sample: bool = False


@transaction.atomic
def create_unit(*, actor: Actor | None, facts: UnitFacts, parent_id: int | None = None) -> Unit:
    """Add a unit below ``parent_id``, or at the top. ``actor=None`` is the program itself."""
    _require(actor)
    _check(facts, parent_id, None)
    unit = Unit(parent_id=parent_id, **asdict(facts))
    unit.save(force_insert=True)
    record(actor=actor, action="organizations.create", subject=_subject(unit), after=_told(unit))
    return unit


@transaction.atomic
def update_unit(*, actor: Actor | None, unit_id: int, facts: UnitFacts) -> Unit:
    """Change what is told about a unit; its place stays."""
    _require(actor)
    unit = _locked(unit_id)
    _check(facts, unit.parent_id, unit.pk)
    before = _told(unit)
    for name, value in asdict(facts).items():
        setattr(unit, name, value)
    unit.save()
    record(
        actor=actor,
        action="organizations.update",
        subject=_subject(unit),
        before=before,
        after=_told(unit),
    )
    return unit


@transaction.atomic
def move_unit(*, actor: Actor | None, unit_id: int, parent_id: int | None) -> Unit:
    """Put a unit and everything below it under another parent, or at the top."""
    _require(actor)
    unit = _locked(unit_id)
    if parent_id is not None and parent_id in queries.at_or_below(frozenset({unit_id})):
        parent = Unit.objects.get(pk=parent_id)
        raise UnitRefused("organizations.moves_below_itself", name=unit.name, parent=parent.name)
    _check_name(unit.name, parent_id, unit.pk)
    _check_parent(parent_id)
    before = _told(unit)
    unit.parent_id = parent_id
    unit.save(update_fields=["parent"])
    record(
        actor=actor,
        action="organizations.move",
        subject=_subject(unit),
        before=before,
        after=_told(unit),
    )
    return unit


@transaction.atomic
def rearrange_unit(
    *, actor: Actor | None, unit_id: int, facts: UnitFacts, parent_id: int | None
) -> Unit:
    """Move a unit if its parent changes, then change what is told about it: both or neither."""
    if Unit.objects.get(pk=unit_id).parent_id != parent_id:
        move_unit(actor=actor, unit_id=unit_id, parent_id=parent_id)
    return update_unit(actor=actor, unit_id=unit_id, facts=facts)


@transaction.atomic
def deactivate_unit(*, actor: Actor | None, unit_id: int) -> Unit:
    """Take a unit out of use; its history stays. Units below it must be out of use before."""
    _require(actor)
    unit = _locked(unit_id)
    below = Unit.objects.filter(parent=unit, is_active=True).count()
    if below:
        raise UnitRefused("organizations.has_active_units", name=unit.name, count=below)
    return _set_active(actor, unit, active=False)


@transaction.atomic
def activate_unit(*, actor: Actor | None, unit_id: int) -> Unit:
    """Bring a unit back into use."""
    _require(actor)
    unit = _locked(unit_id)
    _check_parent(unit.parent_id)
    return _set_active(actor, unit, active=True)


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """How a unit is reached; everything is needed."""

    person: str
    phone: str
    email: str
    address: str


@transaction.atomic
def save_contact(
    *, actor: Actor | None, unit_id: int, facts: ContactFacts, at: datetime
) -> Contact:
    """Store how a unit is reached, complete or not at all; the unit's own clerk may do so."""
    if actor is not None and not accounts.may(actor, "organizations.contact", unit_id):
        raise UnitRefused("accounts.not_permitted", permission="organizations.contact")
    unit = _locked(unit_id)
    lacking = [name for name, text in asdict(facts).items() if not text.strip()]
    if lacking:
        raise UnitRefused("organizations.contact_incomplete", name=unit.name)
    former = Contact.objects.filter(unit=unit).first()
    contact = former or Contact(unit=unit)
    before = _contact_told(former) if former else None
    for name, text in asdict(facts).items():
        setattr(contact, name, text.strip())
    contact.checked_at = at
    contact.checked_by_id = actor.pk if actor is not None else None
    contact.save()
    record(
        actor=actor,
        action="organizations.contact",
        subject=_subject(unit),
        before=before,
        after=_contact_told(contact),
    )
    return contact


@transaction.atomic
def remove_sample_units() -> int:
    """Remove the units of the sample organisation, leaves first; return how many.

    Raises:
        RuntimeError: units of real data lie below one of them.
    """
    units = Unit.objects.filter(is_sample=True)
    removed = units.count()
    while units.exists():
        leaves = units.filter(children=None)
        if not leaves.exists():
            raise RuntimeError("a sample unit has units below it that are not sample")
        leaves.delete()
    return removed


def _set_active(actor: Actor | None, unit: Unit, *, active: bool) -> Unit:
    before = _told(unit)
    unit.is_active = active
    unit.save(update_fields=["is_active"])
    action = "organizations.activate" if active else "organizations.deactivate"
    record(actor=actor, action=action, subject=_subject(unit), before=before, after=_told(unit))
    return unit


def _require(actor: Actor | None) -> None:
    if actor is not None and not accounts.may(actor, "organizations.manage"):
        raise UnitRefused("accounts.not_permitted", permission="organizations.manage")


def _locked(unit_id: int) -> Unit:
    return Unit.objects.select_for_update().get(pk=unit_id)


def _check(facts: UnitFacts, parent_id: int | None, unit_id: int | None) -> None:
    if facts.kind not in KINDS:
        raise UnitRefused("organizations.unknown_kind", kind=facts.kind)
    same_code = Unit.objects.filter(code=facts.code).exclude(pk=unit_id).first()
    if same_code:
        raise UnitRefused("organizations.code_taken", code=facts.code, name=same_code.name)
    _check_name(facts.name, parent_id, unit_id)
    _check_parent(parent_id)


def _check_name(name: str, parent_id: int | None, unit_id: int | None) -> None:
    namesakes = Unit.objects.filter(name=name, parent_id=parent_id).exclude(pk=unit_id)
    if namesakes.exists():
        parent = Unit.objects.filter(pk=parent_id).first()
        raise UnitRefused(
            "organizations.name_taken", name=name, parent=parent.name if parent else "/"
        )


def _check_parent(parent_id: int | None) -> None:
    parent = Unit.objects.filter(pk=parent_id).first()
    if parent and not parent.is_active:
        raise UnitRefused("organizations.parent_inactive", parent=parent.name)


def _subject(unit: Unit) -> Subject:
    return Subject("organizations.unit", str(unit.pk), unit.name)


def _told(unit: Unit) -> dict[str, object]:
    return {
        "parent_id": unit.parent_id,
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "group": unit.group,
        "attributes": unit.attributes,
        "position": unit.position,
        "is_active": unit.is_active,
    }


def _contact_told(contact: Contact) -> dict[str, object]:
    return {
        "person": contact.person,
        "phone": contact.phone,
        "email": contact.email,
        "address": contact.address,
    }
