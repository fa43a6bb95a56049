"""A case passes into other hands: its owner changes, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.cases.documents import hand_over_document
from zhijian.cases.library import Library
from zhijian.cases.models import Case, EventSort
from zhijian.cases.queries import kind_of
from zhijian.cases.refusals import CaseRefused
from zhijian.cases.services import telling
from zhijian.cases.services.advancing import catch_up
from zhijian.cases.services.planning import Moment
from zhijian.cases.services.stepping import Seen, held, locked
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
        _passed(case, to_id, reason.strip(), Moment.of(at, actor))
    return case


@transaction.atomic
def pass_on(*, case_id: int, to_id: int, at: datetime) -> Case:
    """Let the platform give an open case to the next in line, as its owner can no longer act.

    Whoever calls it has looked who that is. A case that has ended meanwhile stays as it is.
    """
    case = held(case_id)
    if case.ends or case.owner_id == to_id:
        return case
    _passed(case, to_id, "", Moment.of(at))
    return case


def _passed(case: Case, to_id: int, reason: str, moment: Moment) -> None:
    actor_id = moment.user.pk if moment.user else None
    document = hand_over_document(to_id, reason)
    event = NewEvent(EventSort.HAND_OVER, "", document, actor_id, moment.at)
    row = write_event(case, event)
    standing = standing_of(case, Library())
    write_copies(case, standing, row.at)
    add_parties(case, {each for each in (actor_id, to_id) if each is not None})
    telling.assigned(case, standing.kind, actor_id)


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
    _check_follows(case)


def _check_follows(case: Case) -> None:
    """Whoever follows a hazard follows it until it is gone, as long as they can (INC-07)."""
    safety = kind_of(case).safety
    owner = case.owner
    if safety is None or safety.hazard is None or owner is None or not owner.is_active:
        return
    if accounts.may(owner, "cases.act", case.unit_id):
        raise CaseRefused("cases.finder_follows", person=owner.display_name)
