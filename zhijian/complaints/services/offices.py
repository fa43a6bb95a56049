"""Offices with a public page: made, closed, opened again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.complaints.models import Office
from zhijian.complaints.queries.kinds import intake_for
from zhijian.complaints.refusals import ComplaintRefused
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.organizations import queries as organizations

if TYPE_CHECKING:
    from zhijian.accounts.models import User

_BYTES = 9


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What an office is called, what may be reported there, and for which unit."""

    title: str
    pack_id: str
    kind: str
    unit_id: int
    hotline: str = ""
    notice: str = ""


@transaction.atomic
def make_office(*, actor: User, office: NewOffice, at: datetime) -> Office:
    """Make an office; its address cannot be guessed, and stays."""
    _check_may(actor, office.unit_id)
    intake = intake_for(office.pack_id, office.kind)
    if intake is None or not intake.receiving.public_step:
        raise ComplaintRefused("complaints.not_public", kind=office.kind)
    unit = organizations.unit(office.unit_id)
    if unit is None:
        raise ComplaintRefused("complaints.no_such_unit")
    row = Office.objects.create(
        code=secrets.token_urlsafe(_BYTES),
        title=office.title.strip(),
        pack_id=office.pack_id,
        kind=office.kind,
        unit_id=unit.id,
        hotline=office.hotline.strip(),
        notice=office.notice.strip(),
        made_by=actor,
        made_at=at,
        is_sample=unit.is_sample,
    )
    _note(actor, row, "complaints.make_office")
    return row


def close_office(*, actor: User, office_id: int) -> Office:
    """Close the page of an office; what was reported there goes on."""
    return _turned(actor, office_id, is_open=False)


def open_office(*, actor: User, office_id: int) -> Office:
    """Open the page of an office again, at the same address."""
    return _turned(actor, office_id, is_open=True)


@transaction.atomic
def _turned(actor: User, office_id: int, *, is_open: bool) -> Office:
    row = Office.objects.select_for_update().get(pk=office_id)
    _check_may(actor, row.unit_id)
    if row.is_open != is_open:
        row.is_open = is_open
        row.save(update_fields=["is_open"])
        _note(actor, row, "complaints.open_office" if is_open else "complaints.close_office")
    return row


def _check_may(actor: User, unit_id: int) -> None:
    if not accounts.may(actor, "complaints.offices", unit_id):
        raise ComplaintRefused("complaints.may_not_keep_offices")


def _note(actor: User, row: Office, action: str) -> None:
    record(
        actor=actor,
        action=action,
        subject=Subject("complaints.office", str(row.pk), row.title),
        after={"unit": row.unit_id, "kind": f"{row.pack_id}:{row.kind}", "is_open": row.is_open},
    )
