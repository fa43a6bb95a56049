"""Judging one line again, and only what rests on it: what an objection that is upheld asks for."""

from __future__ import annotations

from collections.abc import Mapping

from zhijian.domain.explain.step import Step


def untouched(working: tuple[Step, ...], *lines: str) -> Mapping[str, Step]:
    """Return the lines of earlier workings-out that rest on none of ``lines``; they stay.

    Parameters, constants and attributes are no lines and are looked up again.
    """
    steps = {step.id: step for root in working for step in root.walk()}
    return {
        name: step
        for name, step in steps.items()
        if _is_line(step) and not any(each.id in lines for each in step.walk())
    }


def gaps(working: Step) -> tuple[Step, ...]:
    """Return the lines at which data are missing, not those that merely rest on them."""
    return tuple(
        step
        for step in working.walk()
        if step.status != "assessed" and step.reason != "input_missing"
    )


def _is_line(step: Step) -> bool:
    return step.op not in ("parameter", "constant", "attribute", "grade") and "." not in step.id
