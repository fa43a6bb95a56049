"""Reminders, overdue clocks, levels and faults come by time, once, and in every case."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.apps.cases.stories import Story, make_office, moment, steps
from zhijian.cases import jobs, services
from zhijian.cases.models import Case, CaseClock, CaseEvent, CaseFault, CaseNotice
from zhijian.cases.refusals import MovedOn
from zhijian.cases.verifying import verify
from zhijian.foundation import clock
from zhijian.foundation.jobs.models import Job
from zhijian.foundation.jobs.services import enqueue
from zhijian.foundation.jobs.worker import Options, Worker
from zhijian.foundation.notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(make_office())


def notices(case: Case) -> list[tuple[str, int, str]]:
    rows = CaseNotice.objects.filter(case=case).order_by("at", "pk")
    return [(row.word, row.level, row.to) for row in rows]


def test_time_climbs_the_ladder_and_each_rung_comes_once(story: Story) -> None:
    case = story.open()
    counted = services.sweep(at=moment("2024-06-20T12:00"))
    assert (counted.cases, notices(case)) == (0, [])

    expected = [("reminder", 0, "")]
    services.sweep(at=moment("2024-06-21T23:59:59"))
    assert notices(case) == expected

    expected += [("overdue", 0, ""), ("escalation", 1, "leader")]
    for at in ("2024-06-22T00:00:00", "2024-06-22T00:05:00"):
        services.sweep(at=moment(at))
        assert notices(case) == expected
    case.refresh_from_db()
    held = CaseClock.objects.get(case=case)
    assert (held.state, held.level) == ("overdue", 1)

    services.sweep(at=moment("2024-06-24T09:00"))
    assert notices(case) == [*expected, ("escalation", 2, "committee")]
    assert CaseClock.objects.get(case=case).next_at is None
    assert services.sweep(at=moment("2025-06-24T09:00")).cases == 0


def test_who_is_concerned_is_told_once(story: Story) -> None:
    story.open()
    for at in ("2024-06-22T00:00:00", "2024-06-22T08:00:00"):
        services.sweep(at=moment(at))

    told = Notification.objects.order_by("pk").values_list(
        "recipient__username", "message__event", "message__facts__number"
    )
    assert list(told) == [
        ("clerk", "cases.assigned", "CK2024-0001"),
        ("clerk", "cases.reminder", "CK2024-0001"),
        ("clerk", "cases.overdue", "CK2024-0001"),
        ("leader", "cases.escalation", "CK2024-0001"),
    ]


@pytest.mark.req("INS-12")
def test_a_lapse_is_a_fault_once_and_the_platform_takes_its_step(story: Story) -> None:
    case = story.open()

    first = services.sweep(at=moment("2024-06-22T08:00"))
    again = services.sweep(at=moment("2024-06-23T08:00"))

    assert (first.faults, again.faults) == (1, 0)
    fault = CaseFault.objects.get()
    assert (fault.person, fault.fault) == (story.people.clerk, "过失")
    assert fault.since == moment("2024-06-22T00:00:00")
    assert steps(case) == ["register", "urge"]
    event = CaseEvent.objects.get(case=case, seq=2)
    assert event.actor is None
    assert '"roles":["platform"]' in event.document
    story.step(case, "answer", story.people.clerk, "2024-06-24T09:00", facts={"answer": "已致歉"})
    assert CaseFault.objects.count() == 1


def test_what_lapsed_unseen_comes_before_the_next_step(story: Story) -> None:
    case = story.open()

    # The sweep did not run; whoever acts finds the case urged in the meantime.
    with pytest.raises(MovedOn):
        story.step(case, "answer", story.people.clerk, "2024-06-24T09:00", facts={"answer": "好"})
    done = story.step(
        case, "answer", story.people.clerk, "2024-06-24T09:01", facts={"answer": "已致歉"}
    )

    assert done.state == "answered"
    assert steps(case) == ["register", "urge", "answer"]
    assert [row.key for row in CaseFault.objects.all()] == ["late/owner"]
    assert CaseClock.objects.get(case=case).state == "overdue"


def test_an_agreed_time_moves_the_alarms(story: Story) -> None:
    case = story.open()
    later = {"new_time": "2024-06-25T10:30", "consent": "是"}
    story.step(case, "agree", story.people.clerk, "2024-06-20T13:00", facts=later)

    services.sweep(at=moment("2024-06-24T09:00"))
    assert ("overdue", 0, "") not in notices(case)
    services.sweep(at=moment("2024-06-25T10:30:01"))
    assert ("overdue", 0, "") in notices(case)


def test_a_case_that_cannot_be_read_stops_no_other(story: Story) -> None:
    broken, sound = story.open(), story.open(more={"subject": "态度"})
    Case.objects.filter(pk=broken.pk).update(kind="riddle")

    swept = services.sweep(at=moment("2024-06-22T08:00"))

    assert (swept.failed, swept.cases) == ((broken.pk,), 1)
    assert CaseFault.objects.get().case == sound


@pytest.mark.django_db(transaction=True)
def test_the_worker_sweeps_and_says_what_it_did(story: Story) -> None:
    story.open(at=clock.now())
    job_id = enqueue(task=jobs.sweep, arguments={}, title="cases.sweep")

    Worker(Options(until_empty=True)).work()

    row = Job.objects.get(pk=job_id)
    assert (row.state, row.result) == (
        "done", {"cases": 0, "notices": 0, "faults": 0, "recounted": 0},
    )  # fmt: skip


def test_another_calendar_is_read_again_and_ended_clocks_keep_their_verdict(story: Story) -> None:
    case, ended = story.open(), story.closed()
    CaseClock.objects.update(calendar="0" * 64, due_at=moment("2024-06-22T09:00"))

    done = services.recount(at=moment("2024-06-20T20:00"), most=10)

    assert done == 1
    assert CaseClock.objects.get(case=case).due_at == moment("2024-06-21T23:59:59")
    assert CaseClock.objects.get(case=ended).calendar == "0" * 64
    assert services.recount(at=moment("2024-06-20T20:00"), most=10) == 0


class TestVerifying:
    def told(self) -> list[str]:
        return [str(each) for each in verify().discrepancies]

    def test_sound_cases_agree(self, story: Story) -> None:
        story.closed()
        story.open()
        case = story.open(more={"subject": "态度"})
        story.step(case, "answer", story.people.clerk, "2024-06-20T11:00", facts={"answer": "好"})
        story.step(case, "correct", story.people.working_group, "2024-06-20T12:00")
        services.sweep(at=moment("2024-06-23T08:00"))

        printed = StringIO()
        call_command("cases_verify", stdout=printed)

        assert printed.getvalue() == ("✓ 已核对 4 个案件，记录、状态、期限、过失和编号全部一致。\n")

    @pytest.mark.parametrize(
        ("change", "what"),
        [
            ({"state": "closed"}, "state"),
            ({"level": "grave"}, "level"),
            ({"owner": None}, "owner"),
            ({"due_at": None}, "due"),
            ({"last_hash": "f" * 64}, "end of the chain"),
            ({"number": "CK2024-0009"}, "event 1 was changed"),
            ({"is_confidential": True}, "confidential"),
        ],
    )
    def test_a_changed_copy_is_found(
        self, story: Story, change: dict[str, object], what: str
    ) -> None:
        case = story.open()
        Case.objects.filter(pk=case.pk).update(**change)

        assert any(what in line for line in self.told())
        with pytest.raises(CommandError, match="1 处"):
            call_command("cases_verify", stdout=StringIO())

    def test_a_gap_in_the_numbers_and_a_lost_fault_are_found(self, story: Story) -> None:
        case = story.open()
        story.open(more={"subject": "态度"}, at=moment("2024-06-21T10:00"))
        services.sweep(at=moment("2024-06-23T08:00"))
        story.step(case, "answer", story.people.clerk, "2024-06-24T09:00", facts={"answer": "好"})
        CaseFault.objects.filter(case=case).delete()
        Case.objects.filter(pk=case.pk).update(serial=7)

        told = self.told()

        assert any("fault late/owner was not written" in line for line in told)
        assert any(line.startswith("CK2024: numbers") for line in told)


def test_nothing_due_is_seen_in_the_index(story: Story) -> None:
    story.open()
    due = CaseClock.objects.filter(next_at__lte=moment("2024-06-20T10:00"))
    plan = due.order_by("next_at", "pk").values_list("case_id", flat=True)[:200].explain()

    if connection.vendor == "sqlite":
        assert "case_clock_next" in plan
