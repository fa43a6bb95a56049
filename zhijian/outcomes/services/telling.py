"""Whom rewards, penalties and measures concern, and what they are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from zhijian.accounts import queries as accounts
from zhijian.assessments.words import period_title
from zhijian.domain.words import Words
from zhijian.foundation.notifications.services import News, notify, notify_each
from zhijian.organizations import queries as organizations
from zhijian.outcomes import queries
from zhijian.outcomes.models import (
    AmountState,
    LedgerEntry,
    OpenAmount,
    PersonalDecision,
    Remedy,
    RemedyState,
)
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.assessments.models import Assessment

REMEDY_ASSIGNED = "outcomes.remedy_assigned"
REMEDY_OVERDUE = "outcomes.remedy_overdue"
AMOUNT_AWAITED = "outcomes.amount_awaited"
PERSONAL_PROPOSED = "outcomes.personal_proposed"
PERSONAL_DECIDED = "outcomes.personal_decided"
PERSONAL_OBJECTED = "outcomes.personal_objected"
EVENTS = (REMEDY_ASSIGNED, REMEDY_OVERDUE, AMOUNT_AWAITED)
#: About persons, and so never for groups.
PERSONAL_EVENTS = (PERSONAL_PROPOSED, PERSONAL_DECIDED, PERSONAL_OBJECTED)
_DO = "outcomes.do_remedy"


def booked(assessment: Assessment, entries: Iterable[LedgerEntry]) -> None:
    """Tell the units what they have to put right, and who types amounts how many there are."""
    ids = [each.pk for each in entries]
    found = Remedy.objects.filter(entry_id__in=ids, state=RemedyState.OPEN).select_related("entry")
    _tell_units(REMEDY_ASSIGNED, list(found))
    waiting = OpenAmount.objects.filter(entry_id__in=ids, state=AmountState.OPEN)
    for role, count in Counter(waiting.values_list("approver", flat=True)).items():
        _ask_for_amounts(assessment, role, count)


def overdue(today: date) -> int:
    """Tell the units which measures are late, each once for its limit; return how many are."""
    late = queries.overdue(today)
    _tell_units(REMEDY_OVERDUE, late)
    return len(late)


def personal_proposed(row: PersonalDecision) -> None:
    """Tell who may decide that something was proposed."""
    _tell_deciders(PERSONAL_PROPOSED, row)


def personal_objected(row: PersonalDecision) -> None:
    """Tell who may decide that the person objects."""
    _tell_deciders(PERSONAL_OBJECTED, row)


def personal_decided(row: PersonalDecision) -> None:
    """Tell the person what was decided about them, and until when they may object."""
    notify([row.person_id], _personal(PERSONAL_DECIDED, row))


def _tell_deciders(event: str, row: PersonalDecision) -> None:
    about = (row.person_id, row.proposed_by_id)
    people = (each for each in accounts.who_may(queries.DECIDE) if each not in about)
    notify(list(people), _personal(event, row))


def _personal(event: str, row: PersonalDecision) -> News:
    unlimited = Words("未定", "not set")
    return News(
        event,
        key=f"{event}:{row.pk}:{row.state}",
        url=reverse("outcomes:personal_decision", kwargs={"decision_id": row.pk}),
        facts={
            "person": row.person.display_name,
            "measure": Words(row.measure_title, row.measure_title_en),
            "number": row.code,
            "until": row.objection_until or unlimited,
        },
        unit_id=row.unit_id,
    )


def _tell_units(event: str, remedies: list[Remedy]) -> None:
    people = organizations.who_looks_after(_DO, {each.entry.unit_id for each in remedies})
    holdings = accounts.holdings(_DO) if remedies else ()
    office = tuple(dict.fromkeys(each.user_id for each in holdings if each.unit_id is None))
    notify_each(
        # A unit that nobody looks after is the business of those who look after all.
        (people.get(remedy.entry.unit_id) or office, _news(event, remedy))
        for remedy in remedies
    )


def _news(event: str, remedy: Remedy) -> News:
    entry = remedy.entry
    unlimited = Words("未定", "not set")
    return News(
        event,
        key=f"{event}:{remedy.pk}:{entry.due_on or ''}",
        url=reverse("outcomes:remedy", kwargs={"remedy_id": remedy.pk}),
        facts={
            "unit": entry.unit_name,
            "number": entry.code,
            "title": Words(entry.title, entry.title_en),
            "due_on": entry.due_on or unlimited,
        },
        unit_id=entry.unit_id,
    )


def _ask_for_amounts(assessment: Assessment, role: str, count: int) -> None:
    news = News(
        AMOUNT_AWAITED,
        key=f"{AMOUNT_AWAITED}:{assessment.pk}:{role}:{assessment.approved_at}",
        url=reverse("outcomes:ledger"),
        facts={
            "regulation": packs.typed_of(assessment.pack_version).header.title,
            "period": Words(
                period_title(assessment.period, "zh"), period_title(assessment.period, "en")
            ),
            "count": count,
        },
    )
    notify([each.id for each in accounts.people_with_role(role)], news)
