"""Whom the steps of an assessment concern, and what they are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation

from zhijian.accounts import queries as accounts
from zhijian.assessments.models import Assessment, Objection, ObjectionState
from zhijian.domain.dates.period import Period
from zhijian.domain.words import Words
from zhijian.foundation.notifications.services import News, notify
from zhijian.organizations import queries as organizations
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.accounts.models import User

SUBMITTED = "assessments.submitted"
SENT_BACK = "assessments.sent_back"
APPROVED = "assessments.approved"
PUBLISHED = "assessments.published"
REOPENED = "assessments.reopened"
OBJECTED = "assessments.objected"
OBJECTION_DECIDED = "assessments.objection_decided"
OBJECTION_RETURNED = "assessments.objection_returned"
EVENTS = (
    SUBMITTED,
    SENT_BACK,
    APPROVED,
    PUBLISHED,
    REOPENED,
    OBJECTED,
    OBJECTION_DECIDED,
    OBJECTION_RETURNED,
)


def submitted(assessment: Assessment, actor: User) -> None:
    """Tell the committee that results await its approval."""
    _tell(SUBMITTED, assessment, actor, accounts.who_may("assessments.approve"))


def sent_back(assessment: Assessment, actor: User, reason: str) -> None:
    """Tell who computes that the committee wants something mended."""
    _tell(SENT_BACK, assessment, actor, accounts.who_may("assessments.compute"), reason=reason)


def approved(assessment: Assessment, actor: User) -> None:
    """Tell who publishes that the results are final."""
    _tell(APPROVED, assessment, actor, accounts.who_may("assessments.publish"))


def published(assessment: Assessment, actor: User) -> None:
    """Tell the units that they can look at their results."""
    units = assessment.sheets.filter(is_current=True).values_list("unit_id", flat=True)
    concerned = organizations.who_looks_after("assessments.object", units)
    people = dict.fromkeys(each for found in concerned.values() for each in found)
    _tell(PUBLISHED, assessment, actor, people)


def reopened(correction: Assessment, actor: User, reason: str) -> None:
    """Tell who computes that a decided result is to be corrected."""
    _tell(REOPENED, correction, actor, accounts.who_may("assessments.compute"), reason=reason)


def objected(objection: Objection, line: Words, actor: User) -> None:
    """Tell the committee that a unit objects to a line of its sheet."""
    sheet = objection.sheet
    news = News(
        OBJECTED,
        key=f"{OBJECTED}:{objection.pk}",
        url=reverse("assessments:objection", kwargs={"objection_id": objection.pk}),
        facts={**_facts(sheet.assessment), "unit": sheet.unit_name, "line": line},
        unit_id=sheet.unit_id,
    )
    notify(_others(accounts.who_may("assessments.decide_objection"), actor), news)


def objection_returned(objection: Objection, line: Words, actor: User) -> None:
    """Tell who computes that records are to be put right."""
    sheet = objection.sheet
    news = News(
        OBJECTION_RETURNED,
        key=f"{OBJECTION_RETURNED}:{objection.pk}",
        url=reverse("assessments:objection", kwargs={"objection_id": objection.pk}),
        facts={
            **_facts(sheet.assessment),
            "unit": sheet.unit_name,
            "line": line,
            "reason": objection.decision_reason,
        },
        unit_id=sheet.unit_id,
    )
    notify(_others(accounts.who_may("assessments.compute"), actor), news)


def objection_decided(objection: Objection, line: Words, actor: User | None) -> None:
    """Tell who objected what became of it."""
    sheet = objection.sheet
    facts = {
        **_facts(sheet.assessment),
        "unit": sheet.unit_name,
        "line": line,
        "state": _in_both(ObjectionState(objection.state)),
        "reason": objection.decision_reason,
    }
    news = News(
        OBJECTION_DECIDED,
        # Once when it is returned to be put right, once when that is done.
        key=f"{OBJECTION_DECIDED}:{objection.pk}:{objection.state}",
        url=reverse("assessments:objection", kwargs={"objection_id": objection.pk}),
        facts=facts,
        unit_id=sheet.unit_id,
    )
    notify(_others([objection.raised_by_id], actor), news)


def _tell(
    event: str, assessment: Assessment, actor: User, people: Iterable[int], **facts: object
) -> None:
    news = News(
        event,
        # The same step may be taken again, after the results were sent back.
        key=f"{event}:{assessment.pk}:{_steps_taken(assessment)}",
        url=reverse("assessments:matrix", kwargs={"assessment_id": assessment.pk}),
        facts={**_facts(assessment), **facts},
    )
    notify(_others(people, actor), news)


def _steps_taken(assessment: Assessment) -> str:
    moment = assessment.published_at or assessment.approved_at or assessment.submitted_at
    return moment.isoformat() if moment else "0"


def _facts(assessment: Assessment) -> dict[str, object]:
    period = Period.parse(assessment.period)
    return {
        "regulation": packs.typed_of(assessment.pack_version).header.title,
        "period": Words(period.title("zh"), period.title("en")),
    }


def _others(people: Iterable[int], actor: User | None) -> Iterator[int]:
    """Leave out who did it: they know."""
    return (each for each in people if actor is None or each != actor.pk)


def _in_both(state: ObjectionState) -> Words:
    with translation.override("zh-hans"):
        chinese = str(state.label)
    with translation.override("en"):
        return Words(chinese, str(state.label))
