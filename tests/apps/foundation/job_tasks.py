"""Tasks for the tests of jobs; a worker process finds them by their dotted path."""

from __future__ import annotations

import time
from pathlib import Path

from django_tasks import task

from zhijian.foundation.jobs.context import JobContext
from zhijian.foundation.numbering.services import next_number
from zhijian.foundation.refusal import Refusal

#: Longer than any test takes to kill the process.
STAYS_SECONDS = 120


@task()
def count(kind: str) -> int:
    return next_number(kind=kind, year=2024)


@task()
def break_down() -> None:
    next_number(kind="broken", year=2024)
    raise RuntimeError("the wheel came off")


@task()
def refuse() -> None:
    raise Refusal("files.empty", name="a.xlsx")


@task(takes_context=True)
def walk(context: JobContext, steps: int) -> None:
    for step in range(steps):
        context.progress(step, steps, f"第 {step} 步")
    with context.effect():
        next_number(kind="walk", year=2024)
        context.result = {"link": "/there/"}


@task(takes_context=True)
def in_parts(context: JobContext, parts: int, break_at: int) -> None:
    for part in range(parts):
        name = f"part-{part}"
        if context.has_taken_effect(name):
            continue
        with context.effect(name):
            next_number(kind="parts", year=2024)
        if part == break_at and context.attempt == 1:
            raise RuntimeError("stopped half-way")


@task(takes_context=True)
def slow(context: JobContext, marks: str, killed_in: str) -> None:
    """Leave a mark in each phase; the first attempt stays in one until it is killed there."""

    def pass_through(phase: str) -> None:
        (Path(marks) / f"{phase}-{context.attempt}").touch()
        stays = context.attempt == 1 and phase == killed_in
        until = time.monotonic() + (STAYS_SECONDS if stays else 0)
        while time.monotonic() < until:
            context.progress(1, 2, phase)
            time.sleep(0.05)

    pass_through("computing")
    with context.effect():
        next_number(kind="slow", year=2024)
        pass_through("writing")
