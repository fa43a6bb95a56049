"""Who hears of measures and of amounts that wait."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import corrections
from tests.apps.outcomes.open_results import decided
from zhijian.foundation import clock
from zhijian.foundation.notifications import words
from zhijian.foundation.notifications.models import Message, Notification
from zhijian.outcomes.jobs import tell_of_overdue_measures
from zhijian.outcomes.models import Remedy, RemedyState
from zhijian.outcomes.services import telling

pytestmark = pytest.mark.django_db


def heard(event: str) -> list[tuple[str, str]]:
    """Who heard of the event, and where it leads."""
    rows = Notification.objects.filter(message__event=event).order_by("pk")
    return [
        (row.recipient.username, row.message.url)
        for row in rows.select_related("recipient", "message")
    ]


def place(unit: str) -> str:
    return f"/outcomes/remedies/{Remedy.objects.get(entry__unit_name=unit).pk}/"


def test_each_unit_hears_what_it_has_to_put_right() -> None:
    corrections.order_measures(corrections.make_published())

    assert sorted(heard(telling.REMEDY_ASSIGNED)) == [
        ("clerk", place("市场经营部")),
        ("other_clerk", place("储运中心")),
    ]
    message = Message.objects.filter(event=telling.REMEDY_ASSIGNED).first()
    due = clock.today() + timedelta(days=30)
    assert f"期限 {due}" in words.text(message.event, message.facts, "zh")
    assert f"due {due}" in words.text(message.event, message.facts, "en")


def test_a_late_measure_is_told_once_and_only_while_nothing_was_reported() -> None:
    corrections.order_measures(corrections.make_published())
    Remedy.objects.filter(entry__unit_name="储运中心").update(state=RemedyState.DONE)
    due = clock.today() + timedelta(days=30)

    assert telling.overdue(due) == 0
    for day in (1, 2):
        assert telling.overdue(due + timedelta(days=day)) == 1

    assert heard(telling.REMEDY_OVERDUE) == [("clerk", place("市场经营部"))]


def test_a_unit_that_nobody_looks_after_is_the_business_of_the_office() -> None:
    quarter = corrections.make_published()
    quarter.people.clerk.grants.update(until=clock.today() - timedelta(days=1))

    corrections.order_measures(quarter)

    told = heard(telling.REMEDY_ASSIGNED)
    # Not that of clerks of other units, who could not even open it.
    assert [who for who, where in told if where == place("市场经营部")] == ["working_group"]


def test_the_daily_look_finds_late_measures() -> None:
    corrections.order_measures(corrections.make_published())
    assert tell_of_overdue_measures.func() == {"overdue": 0}


def test_who_types_amounts_hears_how_many_wait() -> None:
    result = decided()

    assert heard(telling.AMOUNT_AWAITED) == [("committee", "/outcomes/")]
    message = Message.objects.get(event=telling.AMOUNT_AWAITED)
    assert message.facts["count"] == "1"
    assert result.entry().amount == 0


def test_the_approver_of_another_rule_is_another() -> None:
    decided(score="50")
    assert heard(telling.AMOUNT_AWAITED) == [("leader", "/outcomes/")]
