"""What people and workers do in processes of their own; see ``tests.acting``."""

from __future__ import annotations

from pathlib import Path

from tests.acting import held_after, held_before, person


def work(marks: Path, phase: str) -> None:
    """A worker that is held up while it judges, or when all is written and not yet final."""
    from zhijian.assessments.services import computing
    from zhijian.foundation.jobs.worker import Options, Worker

    if phase == "judging":
        computing.judge_units = held_before(computing.judge_units, marks, phase)
    else:
        computing.record = held_after(computing.record, marks, phase)
    Worker(Options(lease_seconds=2, poll_seconds=0.1)).work()


def approve_held(marks: Path, phase: str, assessment_id: str) -> None:
    """Approve and be held up: records locked, money booked, everything written."""
    from zhijian.assessments import approval
    from zhijian.assessments.services import approving

    if phase == "locked":
        approving._agreeing = held_before(approving._agreeing, marks, phase)
    elif phase == "booked":
        approval.register(held_before(approving.record, marks, phase))
    else:
        approving.record = held_after(approving.record, marks, phase)
    approving.approve(actor=person("committee"), assessment_id=int(assessment_id))


def approve(_marks: Path, name: str, assessment_id: str) -> None:
    """Approve as one of the committee."""
    from zhijian.assessments.services import approving

    approving.approve(actor=person(name), assessment_id=int(assessment_id))


def reopen(_marks: Path, name: str, assessment_id: str) -> None:
    """Reopen a result as one of the committee."""
    from zhijian.assessments.services import correcting

    correcting.reopen(actor=person(name), assessment_id=int(assessment_id), reason="漏计")


def reopen_held(marks: Path, phase: str, assessment_id: str) -> None:
    """Reopen and be held up when everything is written and not yet final."""
    from zhijian.assessments.services import correcting

    correcting.record = held_after(correcting.record, marks, phase)
    reopen(marks, "second_committee", assessment_id)


def compute(_marks: Path, assessment_id: str) -> None:
    """Compute as the job does."""
    from zhijian.assessments.models import Assessment
    from zhijian.assessments.services import computing

    judged = computing.judge_all(
        Assessment.objects.get(pk=int(assessment_id)), lambda *_progress: None
    )
    computing.store(actor=None, assessment_id=int(assessment_id), judged=judged)


def decide(_marks: Path, name: str, objection_id: str, field: str) -> None:
    """Uphold an objection: strike the record out, or set its score right."""
    from zhijian.assessments.services import objecting
    from zhijian.assessments.services.objecting import Ruling

    values = {field: "99"} if field else {}
    ruling = Ruling(upheld=True, reason="核实", void=not field, values=values)
    objecting.decide(actor=person(name), objection_id=int(objection_id), ruling=ruling)
