"""Sendings: tried again, given up with a reason, and never sent by two at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.apps.foundation.notifications.example_rows import make_robot, tell
from tests.people import make_people
from tests.receiving import Receiver, receiving
from zhijian.foundation import clock
from zhijian.foundation.jobs import periodic
from zhijian.foundation.jobs.models import Job, PeriodicJob
from zhijian.foundation.jobs.worker import Options, Worker
from zhijian.foundation.notifications import queries, sending
from zhijian.foundation.notifications.models import Delivery, DeliveryState, Robot
from zhijian.foundation.sealing import seal

EVENT = "assessments.submitted"
FACTS = {"regulation": "办法", "period": "2024年"}


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def robot(server: Receiver, db: None) -> Robot:
    return make_robot(sealed_address=seal(server.address))


def announce(*keys: str) -> None:
    for key in keys or ("k",):
        tell([], key, event=EVENT, url="/assessments/1/", facts=FACTS)


def let_time_pass(seconds: float) -> None:
    for row in Delivery.objects.all():
        row.next_at -= timedelta(seconds=seconds)
        row.save()
    for each in Robot.objects.exclude(paused_until=None):
        each.paused_until -= timedelta(seconds=seconds)
        each.save()


def test_a_group_is_told_once_with_a_link_and_a_number(robot: Robot, server: Receiver) -> None:
    announce()
    announce()

    assert sending.send_waiting() == sending.Counts(sent=1)

    (got,) = server.got
    row = Delivery.objects.get()
    assert got.body["text"]["content"].splitlines() == [
        "《办法》2024年考核结果待审定",
        "https://zhijian.example/assessments/1/",
        f"#{row.pk}",
    ]
    assert row.sent_at is not None


def test_a_group_is_told_in_its_language(robot: Robot, server: Receiver) -> None:
    Robot.objects.update(language="en")
    announce()
    sending.send_waiting()
    assert "results await approval" in server.got[0].body["text"]["content"]


def test_a_failure_is_tried_again_after_longer_and_longer_pauses(
    robot: Robot, server: Receiver
) -> None:
    announce()
    server.status = 500
    for attempt in range(1, sending.ATTEMPTS):
        assert sending.send_waiting() == sending.Counts(failed=1)
        assert sending.send_waiting() == sending.Counts()
        row = Delivery.objects.get()
        assert (row.state, row.attempts) == (DeliveryState.FAILED, attempt)
        pause = sending.pause_after(attempt).total_seconds()
        assert row.next_at <= clock.now() + timedelta(seconds=pause)
        let_time_pass(pause)

    sending.send_waiting()
    let_time_pass(86400)
    assert sending.send_waiting() == sending.Counts()

    row = Delivery.objects.get()
    assert (row.state, row.error_code) == (DeliveryState.GIVEN_UP, "notifications.bad_status")
    assert len(server.got) == sending.ATTEMPTS


def test_pauses_grow_to_an_hour() -> None:
    pauses = [sending.pause_after(number).total_seconds() for number in (1, 2, 3, 7, 8, 9, 100)]
    assert pauses == [30, 60, 120, 1920, 3600, 3600, 3600]


def test_a_group_that_wants_a_pause_gets_it_for_everything(robot: Robot, server: Receiver) -> None:
    announce("a", "b", "c")
    server.says(errcode=45009, errmsg="api freq out of limit")

    assert sending.send_waiting() == sending.Counts(failed=1)
    assert len(server.got) == 1
    assert not queries.has_due()
    let_time_pass(61)
    server.says(errcode=0)
    assert sending.send_waiting() == sending.Counts(sent=3)
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [1, 1, 2]


def test_a_robot_that_was_switched_off_tells_nothing_more(robot: Robot, server: Receiver) -> None:
    announce()
    Robot.objects.update(is_active=False)
    assert sending.send_waiting() == sending.Counts(failed=1)
    row = Delivery.objects.get()
    assert (row.state, row.error_code) == (DeliveryState.GIVEN_UP, "notifications.robot_off")
    assert server.got == []


def test_a_seal_that_broke_is_told_in_words(robot: Robot, settings: Any) -> None:
    announce()
    settings.SECRET_KEY = "another" * 10
    assert sending.send_waiting() == sending.Counts(failed=1)
    (told,) = queries.sendings(queries.troubled())
    assert "SECRET_KEY" in told.error


def test_who_died_while_sending_is_replaced_and_can_write_nothing(
    robot: Robot, server: Receiver
) -> None:
    """The group may hear it twice then, under the same number; never a third time."""
    announce()
    dead = sending.claim()
    assert sending.claim() is None
    let_time_pass(sending.LEASE.total_seconds())

    assert sending.send_waiting() == sending.Counts(sent=1)
    server.status = 500
    assert not sending.send(dead)

    row = Delivery.objects.get()
    assert (row.state, row.attempts) == (DeliveryState.SENT, 2)


def test_a_sending_whose_senders_always_die_is_given_up(robot: Robot) -> None:
    announce()
    for _ in range(sending.ATTEMPTS):
        assert sending.claim() is not None
        let_time_pass(sending.LEASE.total_seconds())

    assert sending.send_waiting() == sending.Counts(failed=1)

    row = Delivery.objects.get()
    assert (row.state, row.error_code) == (DeliveryState.GIVEN_UP, "notifications.crashed")


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_many_senders_at_once_send_everything_once(server: Receiver) -> None:
    make_robot(sealed_address=seal(server.address))
    announce(*(f"k{number}" for number in range(40)))
    faults: list[BaseException] = []
    start = threading.Barrier(4)

    def work() -> None:
        try:
            start.wait()
            sending.send_waiting()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert faults == []
    said = Counter(got.body["text"]["content"] for got in server.got)
    assert (len(said), set(said.values())) == (40, {1})
    assert set(Delivery.objects.values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_workers_send_what_is_due_and_make_no_job_when_nothing_is(server: Receiver) -> None:
    periodic.ensure_rows()

    def sweep() -> int:
        PeriodicJob.objects.filter(name="notifications").update(next_at=clock.now())
        PeriodicJob.objects.exclude(name="notifications").update(enabled=False)
        return Worker(Options(until_empty=True)).work()

    assert sweep() == 0
    make_robot(sealed_address=seal(server.address))
    announce()
    assert sweep() == 1
    assert Job.objects.get().result == {"sent": 1, "failed": 0}
    assert sweep() == 0


def test_a_command_sends_what_is_due(
    robot: Robot, server: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    announce()
    call_command("notifications_send")
    assert capsys.readouterr().out == "1 sent, 0 failed, 0 waiting\n"


def test_the_health_and_the_counts_tell_what_waits(robot: Robot, client: Client) -> None:
    assert client.get("/readyz").json()["notifications"] == "ok"
    announce()
    assert queries.backlog().waiting == 1
    assert not queries.is_late()
    row = Delivery.objects.select_related("message").get()
    row.message.made_at -= timedelta(minutes=31)
    row.message.save()

    assert client.get("/readyz").json()["notifications"] == "late"
    counts = client.get("/metrics").content.decode()
    assert "zhijian_notifications_waiting 1.0" in counts
    assert "zhijian_notifications_failed 0.0" in counts
    assert "zhijian_notifications_given_up 0.0" in counts
    (seconds,) = [
        float(line.split()[1])
        for line in counts.splitlines()
        if line.startswith("zhijian_notifications_oldest_seconds ")
    ]
    assert seconds > 31 * 60


def test_an_administrator_sees_what_failed_and_lets_it_go_again(
    robot: Robot, server: Receiver
) -> None:
    people = make_people()
    announce()
    server.status = 500
    sending.send_waiting()
    row = Delivery.objects.get()
    client = Client()
    client.force_login(people.administrator)
    assert "应答状态 500" in client.get("/notifications/robots/").content.decode()

    client.post(f"/notifications/sendings/{row.pk}/retry")
    row.refresh_from_db()
    assert (row.state, row.attempts) == (DeliveryState.WAITING, 0)
    assert client.post(f"/notifications/sendings/{row.pk}/retry").status_code == 404
    with pytest.raises(sending.SendingRefused):
        sending.try_again(actor=people.administrator, delivery_id=row.pk)
