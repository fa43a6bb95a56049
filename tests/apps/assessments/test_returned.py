"""Objections that no single record can settle: the committee returns the period to be put right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.quarters import Quarter, make_complete_quarter
from zhijian.assessments.models import Objection, ObjectionState, State
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import objecting
from zhijian.assessments.services.objecting import Plea, Ruling
from zhijian.foundation.notifications.models import Notification
from zhijian.intake import queries
from zhijian.intake import services as intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter() -> Quarter:
    found = make_complete_quarter()
    found.confirm_values()
    found.compute()
    return found


def refused(code: str):  # type: ignore[no-untyped-def]
    return pytest.raises(AssessmentRefused, match=f"^{code}$")


def object_to(quarter: Quarter, line: str, unit: str = "市场经营部") -> Objection:
    return objecting.raise_objection(
        actor=quarter.people.clerk,
        sheet_id=quarter.sheet(unit).pk,
        plea=Plea(line, "二月的回访发现已撤销，漏记在案"),
    )


def send_back(quarter: Quarter, objection: Objection) -> Objection:
    found = objecting.decide(
        actor=quarter.people.committee,
        objection_id=objection.pk,
        ruling=Ruling(True, "情况属实，请补记", returned=True),
    )
    quarter.assessment.refresh_from_db()
    return found


def root_line(quarter: Quarter) -> str:
    return str(quarter.sheet().working["id"])


def mend(quarter: Quarter) -> None:
    """The working group corrects what was wrong: one month of the self-check."""
    rows = queries.records(quarter.book.pack_id, quarter.book.period, ["self_check"])
    row = rows.filter(unit__name="市场经营部").order_by("on")[1]
    cells = {**intake.cells_of(quarter.book, row), "score": "99"}
    intake.change_record(
        actor=quarter.people.working_group,
        book=quarter.book,
        record_id=row.pk,
        entry=intake.Entry("self_check", cells),
        reason="异议成立，补正",
    )


@pytest.mark.req("SRV-03")
def test_a_whole_line_is_upheld_mended_and_closes_by_itself(quarter: Quarter) -> None:
    before = quarter.sheet()
    objection = object_to(quarter, root_line(quarter))
    quarter.submit()

    found = send_back(quarter, objection)

    assert (found.state, quarter.assessment.state) == (ObjectionState.AWAITING, State.COMPUTED)
    mend(quarter)
    quarter.compute()

    after = quarter.sheet()
    found.refresh_from_db()
    assert after.score != before.score
    assert found.state == ObjectionState.UPHELD
    told = [found.effect[each]["revision"] for each in ("before", "after")]
    assert told == [before.revision, after.revision]
    assert found.effect["sheet"] == after.pk
    assert Decimal(found.effect["after"]["score"]) == after.score
    assert after.objection == found
    quarter.submit()
    quarter.approve()
    assert quarter.assessment.state == State.APPROVED


@pytest.mark.req("SRV-03")
def test_until_it_is_mended_nothing_is_handed_in_or_approved(quarter: Quarter) -> None:
    objection = object_to(quarter, root_line(quarter))
    send_back(quarter, objection)

    with refused("assessments.mending_awaited"):
        quarter.submit()

    # Computed again from the same records: the line says the same, and so it stays open.
    quarter.compute()
    objection.refresh_from_db()
    assert objection.state == ObjectionState.AWAITING
    with refused("assessments.mending_awaited"):
        quarter.submit()


def test_a_change_elsewhere_does_not_settle_it(quarter: Quarter) -> None:
    objection = send_back(quarter, object_to(quarter, "valid_complaints"))
    mend(quarter)
    quarter.compute()

    objection.refresh_from_db()
    assert objection.state == ObjectionState.AWAITING


def test_it_may_be_withdrawn_or_decided_otherwise(quarter: Quarter) -> None:
    first = send_back(quarter, object_to(quarter, root_line(quarter)))
    second = send_back(quarter, object_to(quarter, "valid_complaints"))

    objecting.withdraw(actor=quarter.people.clerk, objection_id=first.pk)
    objecting.decide(
        actor=quarter.people.committee,
        objection_id=second.pk,
        ruling=Ruling(False, "复核后确认原记录无误"),
    )

    quarter.submit()
    assert quarter.assessment.state == State.IN_REVIEW


def test_the_same_line_is_not_objected_to_twice_meanwhile(quarter: Quarter) -> None:
    send_back(quarter, object_to(quarter, root_line(quarter)))

    with refused("assessments.already_objected"):
        object_to(quarter, root_line(quarter))


def test_the_working_group_is_told_and_later_who_objected(quarter: Quarter) -> None:
    objection = object_to(quarter, root_line(quarter))
    send_back(quarter, objection)

    def told(event: str) -> list[str]:
        rows = Notification.objects.filter(message__event=f"assessments.{event}").order_by("pk")
        return [row.recipient.username for row in rows]

    assert quarter.people.working_group.username in told("objection_returned")
    assert told("objection_decided") == [quarter.people.clerk.username]
    mend(quarter)
    quarter.compute()
    assert told("objection_decided") == [quarter.people.clerk.username] * 2


def test_the_page_offers_only_what_can_be_done(client, quarter: Quarter) -> None:  # type: ignore[no-untyped-def]
    objection = object_to(quarter, root_line(quarter))
    client.force_login(quarter.people.committee)
    page = reverse("assessments:objection", args=[objection.pk])

    shown = client.get(page).content.decode()
    assert 'value="returned"' in shown
    assert 'value="void"' not in shown
    assert 'value="change"' not in shown
    assert client.post(page, {"decision": "void", "reason": "成立"}).status_code == 422
    answer = client.post(page, {"decision": "returned", "reason": "成立，请补记"})

    assert answer.status_code == 302
    shown = client.get(page).content.decode()
    assert "等待补正记录" in shown
    assert reverse("intake:book", args=[quarter.book.pack_id, quarter.book.period.id]) in shown
    assert 'value="returned"' not in shown
    listed = client.get(reverse("assessments:objections", args=[quarter.assessment.pk]))
    assert "成立，待补正" in listed.content.decode()
