"""People and workers in processes of their own: held up at a chosen moment, or let go together.

``python -m tests.apps.assessments.acting ACT MARKS [ARGUMENT…]``; ``MARKS`` is a folder in which
the process and the test leave signs for each other.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

_FOR_EVER = 600


def hold(marks: Path, name: str) -> None:
    """Leave a sign and stand still until killed."""
    (marks / name).touch()
    time.sleep(_FOR_EVER)


def held_before(function: Callable[..., Any], marks: Path, name: str) -> Callable[..., Any]:
    """Stand still instead of calling the function."""
    return lambda *_args, **_facts: hold(marks, name)


def held_after(function: Callable[..., Any], marks: Path, name: str) -> Callable[..., Any]:
    """Call the function and then stand still."""

    def called(*args: Any, **facts: Any) -> None:
        function(*args, **facts)
        hold(marks, name)

    return called


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


def person(name: str) -> Any:
    """Return somebody of the cast."""
    from zhijian.accounts.models import User

    return User.objects.get(username=name)


def together(marks: Path, act: Callable[..., None], *arguments: str) -> None:
    """Say that we are ready, wait for the sign, act, and tell how it went."""
    from zhijian.foundation.refusal import Refusal

    (marks / f"ready-{time.monotonic_ns()}").touch()
    while not (marks / "go").exists():
        time.sleep(0.001)
    try:
        act(marks, *arguments)
    except Refusal as refusal:
        print(refusal.code, refusal.words("zh"))
    else:
        print("done")


def main() -> None:
    """Do what the command line says."""
    django.setup()
    name, folder, *arguments = sys.argv[1:]
    act, marks = globals()[name], Path(folder)
    if act in (work, approve_held, reopen_held):
        act(marks, *arguments)
    else:
        together(marks, act, *arguments)


if __name__ == "__main__":
    main()
