"""The lessons of an incident go to every unit, and each takes note (INC-05)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse

from zhijian.cases.services import held
from zhijian.domain.casework.course import Happened
from zhijian.domain.casework.safety import Incident as IncidentRule
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.notifications.services import News, notify
from zhijian.incidents.events import BULLETIN
from zhijian.incidents.models import Acknowledgement, Bulletin
from zhijian.incidents.queries.bulletins import TAKE_NOTE, owed_by
from zhijian.incidents.refusals import IncidentRefused
from zhijian.organizations import queries as organizations

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.to_domain import Standing

MEASURES_LENGTH = 1000


def circulate_missing(case: Any, rule: IncidentRule, standing: Standing) -> None:
    """Circulate what a step has circulated, each time once; the row of the case is locked."""
    told = [each for each in standing.course.happened if each.step == rule.circulates]
    for edition, each in enumerate(told, start=1):
        if not Bulletin.objects.filter(case_id=case.pk, edition=edition).exists():
            _circulate(case, standing, edition, each)


def _circulate(case: Any, standing: Standing, edition: int, told: Happened) -> None:
    row = Bulletin.objects.create(
        case_id=case.pk,
        edition=edition,
        issued_at=told.at,
        issued_by_id=int(told.actor) if told.actor else None,
        is_sample=case.is_sample,
    )
    units = [each for each in organizations.all_units() if each.is_sample == case.is_sample]
    Acknowledgement.objects.bulk_create(
        [Acknowledgement(bulletin=row, unit_id=each.id) for each in units]
    )
    _tell(case, standing, row, [each.id for each in units])


def _tell(case: Any, standing: Standing, row: Bulletin, units: Iterable[int]) -> None:
    people = organizations.who_looks_after(TAKE_NOTE, units)
    news = News(
        BULLETIN,
        key=f"incidents.bulletin:{row.pk}",
        url=reverse("incidents:bulletin", kwargs={"bulletin_id": row.pk}),
        facts={"number": case.number, "kind": standing.kind.title},
        unit_id=case.unit_id,
    )
    notify(sorted({each for found in people.values() for each in found}), news)


@transaction.atomic
def take_note(*, actor: User, bulletin_id: int, measures: str = "", at: datetime) -> int:
    """Note for every unit of a person that it has the bulletin, and what it does about it.

    Return how many units took note now; asked again, nothing is added.
    """
    row = Bulletin.objects.select_related("case").filter(pk=bulletin_id).first()
    if row is None:
        raise IncidentRefused("incidents.no_such_bulletin")
    held(row.case_id)
    told = measures.strip()
    if len(told) > MEASURES_LENGTH:
        raise IncidentRefused("incidents.too_long", limit=MEASURES_LENGTH, count=len(told))
    owed = list(owed_by(actor, bulletin_id))
    for each in owed:
        each.by, each.at, each.measures = actor, at, told
        each.save(update_fields=["by", "at", "measures"])
    if owed:
        record(
            actor=actor,
            action="incidents.take_note",
            subject=Subject("incidents.bulletin", str(row.pk), row.case.number),
            after={"units": [each.unit_id for each in owed], "measures": told},
        )
    return len(owed)
