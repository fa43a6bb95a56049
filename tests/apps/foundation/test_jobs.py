"""Jobs: asked for once, run once, told about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.foundation import job_tasks
from tests.apps.foundation.failing import rolled_back
from tests.people import make_people
from zhijian.foundation import clock
from zhijian.foundation.jobs import lease, periodic, queries, services
from zhijian.foundation.jobs.context import JobContext
from zhijian.foundation.jobs.lease import JobCancelled, LeaseLost
from zhijian.foundation.jobs.models import Job, PeriodicJob, State
from zhijian.foundation.jobs.schedule import ScheduleRefused, parse
from zhijian.foundation.jobs.services import JobRefused, enqueue
from zhijian.foundation.jobs.worker import Options, Worker
from zhijian.foundation.numbering.models import NumberSeries

pytestmark = pytest.mark.django_db(transaction=True)


def _work() -> int:
    return Worker(Options(until_empty=True)).work()


def _counted(kind: str) -> int:
    return NumberSeries.objects.filter(kind=kind).values_list("last", flat=True).first() or 0


def test_a_short_task_runs_once_and_keeps_its_result() -> None:
    asked = job_tasks.count.enqueue("plain")

    assert _work() == 1

    job = queries.job(asked.id)
    assert (job.state, job.result, job.percent, job.is_open) == (State.DONE, 1, 100, False)
    asked.refresh()
    assert asked.return_value == 1
    assert _work() == 0


def test_a_job_goes_with_the_change_that_is_rolled_back() -> None:
    with pytest.raises(RuntimeError):
        rolled_back(lambda: job_tasks.count.enqueue("plain"))
    assert not Job.objects.exists()


def test_a_long_task_tells_its_progress_and_its_result() -> None:
    job_id = enqueue(task=job_tasks.walk, arguments={"steps": 3}, title="走三步")
    _work()
    job = queries.job(job_id)
    assert (job.title, job.link, _counted("walk")) == ("走三步", "/there/", 1)


def test_a_button_pressed_twice_asks_once_and_may_ask_again_later() -> None:
    def press() -> str:
        return enqueue(task=job_tasks.count, arguments={"kind": "button"}, key="count:1")

    first = press()
    assert press() == first
    _work()
    assert press() != first
    _work()
    assert _counted("button") == 2


def test_a_fault_writes_nothing_is_tried_again_and_then_told() -> None:
    job_id = enqueue(task=job_tasks.break_down, arguments={}, title="会坏")
    for attempt in range(1, 6):
        assert _work() == 1
        row = Job.objects.get(pk=job_id)
        assert row.attempts == attempt
        assert row.state == (State.READY if attempt < 5 else State.FAILED)
        Job.objects.filter(pk=job_id).update(run_after=clock.now())
    job = queries.job(job_id)
    assert "会坏" in job.words
    assert job_id in job.words
    assert _counted("broken") == 0
    assert _work() == 0


def test_a_refusal_is_final_and_told_in_its_words() -> None:
    job_id = enqueue(task=job_tasks.refuse, arguments={})
    _work()
    job = queries.job(job_id)
    assert (job.state, job.attempts) == (State.FAILED, 1)
    assert "a.xlsx" in job.words


def test_a_task_that_is_not_known_is_told() -> None:
    job_id = enqueue(task=job_tasks.count, arguments={"kind": "x"})
    Job.objects.filter(pk=job_id).update(task="tests.apps.foundation.job_tasks.gone")
    _work()
    assert "gone" in queries.job(job_id).words


def test_parts_that_took_effect_are_left_out_the_second_time() -> None:
    job_id = enqueue(task=job_tasks.in_parts, arguments={"parts": 4, "break_at": 1})
    _work()
    assert _counted("parts") == 2
    Job.objects.filter(pk=job_id).update(run_after=clock.now())
    _work()
    assert _counted("parts") == 4
    assert queries.job(job_id).state == State.DONE


def test_a_worker_thought_dead_can_write_nothing() -> None:
    enqueue(task=job_tasks.count, arguments={"kind": "x"})
    slow_worker = lease.claim(worker="slow", lease_seconds=-1)
    second = lease.claim(worker="quick", lease_seconds=60)

    assert second.job_id == slow_worker.job_id
    assert not lease.renew(slow_worker, 60)
    with pytest.raises(LeaseLost), JobContext(slow_worker).effect():
        pytest.fail("the body must not be reached")
    with pytest.raises(LeaseLost):
        JobContext(slow_worker).progress(1, 2)
    assert lease.renew(second, 60)


def test_a_job_whose_workers_always_die_is_given_up() -> None:
    job_id = enqueue(task=job_tasks.count, arguments={"kind": "x"})
    for _ in range(5):
        assert lease.claim(worker="dies", lease_seconds=-1) is not None
    assert lease.claim(worker="last", lease_seconds=60) is None
    job = queries.job(job_id)
    assert job.state == State.FAILED
    assert "中断" in job.words


def test_a_waiting_job_is_called_off_at_once_and_a_running_one_at_its_next_step() -> None:
    people = make_people()
    waiting = enqueue(task=job_tasks.walk, arguments={"steps": 1}, owner=people.clerk)
    services.cancel(actor=people.clerk, job_id=waiting)
    assert queries.job(waiting).state == State.CANCELLED
    with pytest.raises(JobRefused):
        services.cancel(actor=people.clerk, job_id=waiting)

    running = enqueue(task=job_tasks.walk, arguments={"steps": 1}, owner=people.clerk)
    held = lease.claim(worker="w", lease_seconds=60)
    services.cancel(actor=people.clerk, job_id=running)
    with pytest.raises(JobCancelled):
        JobContext(held).progress(1, 2)
    with pytest.raises(JobCancelled), JobContext(held).effect():
        pytest.fail("the body must not be reached")
    lease.mark_cancelled(held)
    assert queries.job(running).state == State.CANCELLED

    services.retry(actor=people.clerk, job_id=running)
    assert _work() == 1
    assert queries.job(running).state == State.DONE


def test_a_person_sees_their_own_jobs_and_the_administrator_all() -> None:
    people = make_people()
    job_id = enqueue(task=job_tasks.walk, arguments={"steps": 1}, owner=people.clerk)
    assert queries.job_for(people.clerk, job_id)
    assert queries.job_for(people.administrator, job_id)
    assert queries.job_for(people.other_clerk, job_id) is None


def test_periodic_work_is_asked_for_once_when_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "_registered", {})
    periodic.register(name="tidy", task="zhijian.foundation.jobs.tasks.tidy", at="30 3 * * *")
    periodic.ensure_rows()
    assert periodic.enqueue_due() == 0
    PeriodicJob.objects.update(next_at=clock.now() - timedelta(days=3))

    assert [periodic.enqueue_due(), periodic.enqueue_due()] == [1, 0]

    assert _work() == 1
    assert PeriodicJob.objects.get().next_at > clock.now()
    monkeypatch.setattr(periodic, "_registered", {})
    periodic.ensure_rows()
    assert not PeriodicJob.objects.exists()


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("30 3 * * *", "2024-02-28T03:30", "2024-02-29T03:30"),
        ("0 6 10 1,4,7,10 *", "2024-01-10T06:00", "2024-04-10T06:00"),
        ("*/15 8-9 * * *", "2024-01-01T08:50", "2024-01-01T09:00"),
        ("0 0 * * 7", "2024-01-01T00:00", "2024-01-07T00:00"),
        ("0 0 1 * 1", "2024-01-02T00:00", "2024-01-08T00:00"),
        ("0 0 29 2 *", "2024-03-01T00:00", "2028-02-29T00:00"),
    ],
)
def test_schedules_read_like_cron(text: str, start: str, expected: str) -> None:
    moment = timezone.make_aware(timezone.datetime.fromisoformat(start))
    assert parse(text).after(moment).strftime("%Y-%m-%dT%H:%M") == expected


@pytest.mark.parametrize("text", ["", "* * * *", "61 * * * *", "5-1 * * * *", "x * * * *"])
def test_a_schedule_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ScheduleRefused):
        parse(text)


def test_a_day_that_never_comes_is_refused() -> None:
    with pytest.raises(ScheduleRefused):
        parse("0 0 31 2 *").after(clock.now())


def test_a_job_is_watched_stopped_and_run_again_on_its_page() -> None:
    people = make_people()
    job_id = enqueue(
        task=job_tasks.walk, arguments={"steps": 1}, owner=people.clerk, title="走一步"
    )
    client, other = Client(), Client()
    client.force_login(people.clerk)
    other.force_login(people.administrator)
    page = f"/jobs/{job_id}/"

    assert "hx-get" in client.get(f"{page}progress").content.decode()
    assert other.post(f"{page}cancel").status_code == 403
    assert client.post(f"{page}retry", follow=True).content.decode().count("只有失败或取消") == 1
    client.post(f"{page}cancel")
    assert queries.job(job_id).state == State.CANCELLED
    assert "重新执行" in client.get(page).content.decode()
    client.post(f"{page}retry")
    _work()
    finished = client.get(f"{page}progress").content.decode()
    assert "/there/" in finished
    assert "hx-get" not in finished
    assert "走一步" in client.get("/jobs/").content.decode()
