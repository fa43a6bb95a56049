"""A step as an amount of money, or what keeps it from being one."""

from __future__ import annotations

from fractions import Fraction

from zhijian.domain.explain.step import Step


def as_amount(step: Step) -> Step:
    """What is no size holds the amount up; as nothing it would be no money in silence."""
    if step.status != "assessed":
        return step
    if not isinstance(step.value, Fraction):
        return step._replace(status="blocked", reason="wrong_kind")
    if step.value < 0:
        return step._replace(status="blocked", reason="negative_amount")
    return step
