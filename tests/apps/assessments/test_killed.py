"""kill -9 and two at once: after it there is one set of results, one decision, one booking."""

from __future__ import annotations

import json

import pytest

from tests.processes import wait_for
from tests.racing import Stage, site, stage
from zhijian.foundation.wording import say

__all__ = ["site", "stage"]
pytestmark = pytest.mark.slow
ACTING = "tests.apps.assessments.acting"
#: One of the seven departments stands at exactly 95 and gets nothing.
BOOKED = 6

SET_UP = """
from django.db import transaction
from tests.people import make_person
from tests.quarters import make_complete_quarter
from zhijian.accounts import roles
from zhijian.assessments.models import Assessment, ScoreSheet
with transaction.atomic():
    quarter = make_complete_quarter()
    quarter.confirm_values()
    make_person("second_committee", roles.COMMITTEE)
    make_person("third_committee", roles.COMMITTEE)
    ScoreSheet.objects.all().delete()
    Assessment.objects.update(state="open")
print(quarter.assessment.pk)
"""
_COMPUTE = """
from zhijian.accounts.models import User
from zhijian.assessments.models import Assessment
from zhijian.assessments.services import approving, computing
row = Assessment.objects.get()
computing.store(actor=None, assessment_id=row.pk, judged=computing.judge_all(row, lambda *_: None))
"""
_SUBMIT = f"""{_COMPUTE}
approving.submit(actor=User.objects.get(username="working_group"), assessment_id=row.pk)
print("in review")
"""
_STATE = """
import json
from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.files.models import StoredFile
from zhijian.intake.models import PeriodLock
from zhijian.outcomes.models import LedgerEntry
row = Assessment.objects.get()
print(json.dumps({
    "state": row.state,
    "digest": bool(row.result_digest),
    "sheets": ScoreSheet.objects.count(),
    "current": ScoreSheet.objects.filter(is_current=True).count(),
    "snapshots": StoredFile.objects.filter(owner_kind="assessments.snapshot").count(),
    "locks": PeriodLock.objects.filter(lifted_at=None, is_final=True).count(),
    "booked": LedgerEntry.objects.count(),
    "computed": AuditEntry.objects.filter(action="assessments.compute").count(),
    "approved": AuditEntry.objects.filter(action="assessments.approve").count(),
}))
"""
_APPROVE = f"""{_SUBMIT}
approving.approve(actor=User.objects.get(username="committee"), assessment_id=row.pk)
print("approved")
"""
_CORRECT = """
from zhijian.accounts.models import User
from zhijian.assessments.models import Assessment
from zhijian.assessments.services import approving, computing, correcting
from zhijian.domain.dates.period import Period
from zhijian.intake.book import Book
from zhijian.intake.models import Record
from zhijian.intake.services import void_record
from zhijian.packs import queries as packs
row = correcting.reopen(
    actor=User.objects.get(username="second_committee"), assessment_id=1, reason="漏计"
)
book = Book(packs.typed(row.pack_version_id), Period.parse(row.period))
for record in Record.objects.filter(kind="complaint", voided_at=None):
    void_record(actor=None, book=book, record_id=record.pk, reason="重核")
computing.store(actor=None, assessment_id=row.pk, judged=computing.judge_all(row, lambda *_: None))
approving.submit(actor=User.objects.get(username="working_group"), assessment_id=row.pk)
print(row.pk)
"""
_EDITIONS = """
import json
from zhijian.assessments.models import Assessment
from zhijian.foundation.files.models import StoredFile
from zhijian.intake.models import PeriodLock
from zhijian.outcomes.models import LedgerEntry
print(json.dumps({
    "editions": [
        [row.edition, row.state, row.is_current] for row in Assessment.objects.order_by("edition")
    ],
    "snapshots": StoredFile.objects.filter(owner_kind="assessments.snapshot").count(),
    "locks": PeriodLock.objects.filter(lifted_at=None).count(),
    "booked": LedgerEntry.objects.filter(reverses=None).count(),
    "reversed": LedgerEntry.objects.exclude(reverses=None).count(),
}))
"""
_REQUEST = """
from zhijian.accounts.models import User
from zhijian.assessments import jobs
from zhijian.assessments.models import Assessment
group = User.objects.get(username="working_group")
print(jobs.request_compute(actor=group, assessment=Assessment.objects.get()))
"""
_VERIFY = """
import io
from django.core.management import call_command
told = io.StringIO()
call_command("assessments_verify", stdout=told)
print(told.getvalue().count("✓"))
"""
_JOB = "from zhijian.foundation.jobs.models import Job;"
_OBJECT = f"""{_COMPUTE}
from zhijian.assessments.models import ScoreSheet
from zhijian.assessments.services import objecting
from zhijian.assessments.services.objecting import Plea
from zhijian.intake.models import Record
sheet = ScoreSheet.objects.get(unit_name="储运中心", is_current=True)
clerk = User.objects.get(username="other_clerk")
made = []
for line, kind, month in (
    ("valid_complaints", "complaint", 202401), ("self_reported", "self_check", 202402)
):
    record = Record.objects.get(unit=sheet.unit_id, kind=kind, month=month, voided_at=None)
    plea = Plea(line, "不实", record.pk)
    made.append(objecting.raise_objection(actor=clerk, sheet_id=sheet.pk, plea=plea).pk)
print(*made)
"""
_AGREES = """
from zhijian.assessments.models import Assessment
from zhijian.assessments.services import computing
row = Assessment.objects.get()
anew = {unit.id: judged for unit, judged in computing.judge_all(row, lambda *_: None)}
kept = {each.unit_id: computing.as_stored(each) for each in row.sheets.filter(is_current=True)}
print(anew == kept, row.sheets.count(), row.sheets.get(unit_name="储运中心", is_current=True).score)
"""


def state(site: Stage) -> dict[str, object]:
    """What is there of the assessment."""
    told: dict[str, object] = json.loads(site.ask(_STATE))
    return told


@pytest.mark.req("ASM-14")
def test_a_killed_computation_is_done_once_by_the_next_worker(site: Stage) -> None:
    before = state(site)
    job_id = site.ask(_REQUEST)

    for phase in ("judging", "writing"):
        site.killed("work", phase)
        assert state(site) == before
    with site.worker():
        finished = f"{_JOB}print(Job.objects.get(pk={job_id!r}).state)"
        wait_for(lambda: site.ask(finished) == "done", site)

    after = state(site)
    assert (after["state"], after["sheets"], after["current"]) == ("computed", 7, 7)
    assert after["computed"] == before["computed"] + 1  # type: ignore[operator]


@pytest.mark.req("ASM-14")
def test_a_killed_approval_leaves_nothing_and_works_the_next_time(site: Stage) -> None:
    site.ask(_SUBMIT)
    before = state(site)
    assert before["state"] == "in_review"

    for phase in ("locked", "booked", "written"):
        site.killed("approve_held", phase, "1")
        assert state(site) == before
    assert site.at_once(("approve", "committee", "1")) == ["done"]

    after = state(site)
    assert (after["state"], after["digest"], after["sheets"]) == ("approved", True, 7)
    assert (after["snapshots"], after["locks"], after["approved"]) == (1, 1, 1)
    assert after["booked"] == BOOKED
    assert site.ask(_VERIFY) == "1"


@pytest.mark.req("ASM-14")
def test_of_two_who_approve_one_wins_and_the_other_is_told(site: Stage) -> None:
    site.ask(_SUBMIT)

    told = site.at_once(("approve", "committee", "1"), ("approve", "second_committee", "1"))

    wording = say("assessments.other_state", {"state": "已审定"})
    assert told == [f"assessments.other_state {wording}", "done"]
    after = state(site)
    assert (after["state"], after["snapshots"], after["locks"]) == ("approved", 1, 1)
    assert (after["approved"], after["booked"]) == (1, BOOKED)


def test_two_who_compute_at_once_leave_one_set_of_results(site: Stage) -> None:
    told = site.at_once(("compute", "1"), ("compute", "1"))

    assert told == ["done", "done"]
    after = state(site)
    assert (after["state"], after["sheets"], after["current"]) == ("computed", 7, 7)


def test_asking_twice_for_the_computation_is_one_job(site: Stage) -> None:
    assert site.ask(_REQUEST) == site.ask(_REQUEST)


@pytest.mark.req("ASM-13")
def test_two_objections_decided_at_once_both_take_effect(site: Stage) -> None:
    complaint, self_check = site.ask(_OBJECT).split()

    told = site.at_once(
        ("decide", "committee", complaint, ""),
        ("decide", "second_committee", self_check, "score"),
    )

    assert told == ["done", "done"]
    # 0.5 × (95 + 99 + 95) / 3 + 0.3 × 100 + 0.2 × 100: both decisions, and nothing lost
    assert site.ask(_AGREES) == "True 9 98.170000"


def test_of_two_who_decide_one_objection_the_second_is_told(site: Stage) -> None:
    objection = site.ask(_OBJECT).split()[0]

    told = site.at_once(
        ("decide", "committee", objection, ""),
        ("decide", "second_committee", objection, ""),
    )

    wording = say("assessments.already_decided", {"state": "成立"})
    assert told == [f"assessments.already_decided {wording}", "done"]


def editions(site: Stage) -> dict[str, object]:
    """What is there of the editions of the period."""
    told: dict[str, object] = json.loads(site.ask(_EDITIONS))
    return told


def test_of_two_who_reopen_one_wins_and_the_other_is_told(site: Stage) -> None:
    site.ask(_APPROVE)

    told = site.at_once(("reopen", "second_committee", "1"), ("reopen", "third_committee", "1"))

    wording = say("assessments.already_reopened", {"edition": "2"})
    assert told == [f"assessments.already_reopened {wording}", "done"]
    after = editions(site)
    assert after["editions"] == [[1, "approved", True], [2, "open", False]]
    assert after["locks"] == 0


def test_a_killed_reopening_leaves_nothing_and_works_the_next_time(site: Stage) -> None:
    site.ask(_APPROVE)
    before = editions(site)

    site.killed("reopen_held", "written", "1")

    assert editions(site) == before
    assert site.at_once(("reopen", "third_committee", "1")) == ["done"]
    assert editions(site)["editions"] == [[1, "approved", True], [2, "open", False]]


def test_a_killed_approval_of_a_correction_leaves_the_former_result_in_force(site: Stage) -> None:
    site.ask(_APPROVE)
    correction = site.ask(_CORRECT)
    before = editions(site)
    assert before["editions"] == [[1, "approved", True], [2, "in_review", False]]

    for phase in ("locked", "booked", "written"):
        site.killed("approve_held", phase, correction)
        assert editions(site) == before
    assert site.at_once(("approve", "third_committee", correction)) == ["done"]

    after = editions(site)
    assert after["editions"] == [[1, "approved", False], [2, "approved", True]]
    assert (after["snapshots"], after["locks"]) == (2, 1)
    assert after["reversed"] > before["reversed"]  # type: ignore[operator]
    assert site.ask(_VERIFY) == "2"
