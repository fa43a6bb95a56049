"""A case passes into other hands: its owner changes, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.cases.documents import hand_over_document
from zhijian.cases.library import Library
from zhijian.cases.models import Case, EventSort
from zhijian.cases.refusals import CaseRefused
from zhijian.cases.services import telling
from zhijian.cases.services.advancing import catch_up
from zhijian.cases.services.planning import Moment
from zhijian.cases.services.stepping import Seen, locked
from zhijian.cases.services.writing import NewEvent, add_parties, write_copies, write_event
from zhijian.cases.to_domain import standing_of

if TYPE_CHECKING:
    from zhijian.accounts.models import User


def hand_over(*, actor: User, seen: Seen, to_id: int, reason: str, at: datetime) -> Case:
    """Give an open case to another owner, with a reason; return the case.

    The owner may do it, and whoever has the right to for the unit. Raises ``MovedOn`` and
    ``CaseRefused``.
    """
    catch_up(seen.case_id, at)
    with transaction.atomic():
        case = locked(seen)
        _check(actor, case, to_id, reason)
        moment = Moment.of(at, actor)
        document = hand_over_document(to_id, reason.strip())
        event = NewEvent(EventSort.HAND_OVER, "", document, actor.pk, moment.at)
        row = write_event(case, event)
        standing = standing_of(case, Library())
        write_copies(case, standing, row.at)
        add_parties(case, {actor.pk, to_id})
        telling.assigned(case, standing.kind, actor.pk)
    return case


def _check(actor: User, case: Case, to_id: int, reason: str) -> None:
    allowed = accounts.may(actor, "cases.hand_over", case.unit_id)
    if not allowed and case.owner_id != actor.pk:
        raise CaseRefused("cases.may_not_hand_over", number=case.number)
    if case.ends:
        raise CaseRefused("cases.ended", number=case.number)
    if not reason.strip():
        raise CaseRefused("cases.hand_over_reason")
    person = accounts.person(to_id)
    if person is None or not person.is_active:
        raise CaseRefused("cases.nobody_to_hand_to")
    if not accounts.may(person, "cases.act", case.unit_id):
        raise CaseRefused("cases.cannot_act", person=person.display_name)
    if case.owner_id == to_id:
        raise CaseRefused("cases.owner_already", person=person.display_name)
