"""Who hears of the steps of an assessment: whom they concern, once, and nobody else."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests import corrections
from tests.people import make_person
from tests.quarters import Quarter, make_complete_quarter
from zhijian.accounts import roles, services
from zhijian.accounts.services import NewGrant
from zhijian.assessments.services import approving, objecting
from zhijian.assessments.services.objecting import Plea, Ruling
from zhijian.foundation.notifications import words
from zhijian.foundation.notifications.models import Message, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter() -> Quarter:
    made = make_complete_quarter()
    made.confirm_values()
    made.compute()
    return made


def heard() -> dict[str, list[str]]:
    """Who heard of what, by the part of the event after the room."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    for row in Notification.objects.select_related("message", "recipient").order_by("pk"):
        room, _, event = row.message.event.partition(".")
        if room == "assessments":
            told[event].append(row.recipient.username)
    return dict(told)


def text(event: str, language: str) -> str:
    message = Message.objects.filter(event=f"assessments.{event}").latest("pk")
    return words.text(message.event, message.facts, language)


def test_the_committee_hears_that_results_await_it(quarter: Quarter) -> None:
    second = corrections.second_committee()
    quarter.submit()

    assert heard() == {"submitted": ["committee", second.username]}
    message = Message.objects.get()
    assert message.url == f"/assessments/{quarter.assessment.pk}/"
    assert "2024年第一季度的考核结果已提交" in text("submitted", "zh")
    assert "were handed in" in text("submitted", "en")


def test_results_that_come_back_are_handed_in_and_told_again(quarter: Quarter) -> None:
    for _ in range(2):
        quarter.submit()
        approving.send_back(
            actor=quarter.people.committee, assessment_id=quarter.assessment.pk, reason="抽查不全"
        )

    assert heard() == {"submitted": ["committee"] * 2, "sent_back": ["working_group"] * 2}
    assert "抽查不全" in text("sent_back", "zh")


def test_units_hear_of_published_results_and_who_publishes_of_approved_ones(
    quarter: Quarter,
) -> None:
    whole = make_person("whole_company")
    company = quarter.people.unit.parent_id
    grant = NewGrant(roles.DEPARTMENT_CLERK, quarter.assessment.first, unit_id=company)
    services.grant_role(actor=None, user=whole, grant=grant)
    left = make_person("left", roles.DEPARTMENT_CLERK, quarter.people.unit)
    left.is_active = False
    left.save()
    publisher = make_person("publisher", roles.WORKING_GROUP)
    quarter.submit()
    quarter.approve()
    approving.publish(actor=publisher, assessment_id=quarter.assessment.pk)

    told = heard()
    assert told["approved"] == ["working_group", "publisher"]
    assert sorted(told["published"]) == ["clerk", "other_clerk", "whole_company"]


def test_an_objection_is_told_to_the_committee_and_its_end_to_who_raised_it(
    quarter: Quarter,
) -> None:
    sheet = quarter.sheet()
    objection = objecting.raise_objection(
        actor=quarter.people.clerk,
        sheet_id=sheet.pk,
        plea=Plea("valid_complaints", "客户张某 13800001234 已书面撤回"),
    )
    objecting.decide(
        actor=quarter.people.committee,
        objection_id=objection.pk,
        ruling=Ruling(upheld=False, reason="没有书面材料"),
    )

    assert heard() == {"objected": ["committee"], "objection_decided": ["clerk"]}
    raised = Message.objects.get(event="assessments.objected")
    assert raised.url == f"/assessments/objections/{objection.pk}/"
    assert raised.unit_id == sheet.unit_id
    # What the objection says is for those who decide on it, not for messages.
    assert "13800001234" not in str(raised.facts)
    assert "不成立" in text("objection_decided", "zh")
    assert "rejected" in text("objection_decided", "en").lower()


def test_a_correction_is_told_to_who_works_it_out() -> None:
    quarter = corrections.make_published()
    Notification.objects.all().delete()

    corrections.reopen(quarter)

    assert heard() == {"reopened": ["working_group"]}
    assert corrections.REASON in text("reopened", "zh")
