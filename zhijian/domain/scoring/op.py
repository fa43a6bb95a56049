"""What every step of the vocabulary has in common."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, Protocol

from zhijian.domain.explain.step import Evidence, Status, Step, Value
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.raw import Fields, Raw
from zhijian.domain.records.measure import Measure
from zhijian.domain.scoring.context import Context, worst
from zhijian.domain.scoring.operand import Scope

MISSING = ("not_assessed", "block", "spread")


class Found(NamedTuple):
    """What one step of the vocabulary came to, before its line adds title and citation."""

    value: Value
    because: tuple[Step, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    evidence: Evidence | None = None
    status: Status = "assessed"
    reason: str = ""


class Op(Protocol):
    """A step of the vocabulary. It works from the context alone and changes nothing in it."""

    def work(self, context: Context) -> Found:
        """Work out the value."""
        ...

    def measures(self, law: Law) -> tuple[Measure, ...]:
        """The measures that will be asked of the facts under this law."""
        ...


Reader = Callable[[Scope, Raw, str, Fields], Op]
"""Reads one step of the vocabulary: the scope, its raw value, its name, the line it stands in."""


class Plain:
    """An op that measures nothing itself."""

    __slots__ = ()

    def measures(self, law: Law) -> tuple[Measure, ...]:
        """No measure of its own."""
        return ()


def lacking(because: tuple[Step, ...]) -> Found | None:
    """Return the answer when an input is missing: no value, and why; nothing when all are there."""
    status = worst(because)
    if status == "assessed":
        return None
    missing = next(step for step in because if step.status == status)
    return Found(None, because, (("missing", missing.id),), status=status, reason="input_missing")


def wrong_kind(because: tuple[Step, ...]) -> Found:
    """Return the answer when a value put in the place of another is of another kind."""
    return Found(None, because, status="blocked", reason="wrong_kind")


def number_found(
    value: Fraction, because: tuple[Step, ...], given: tuple[tuple[str, str], ...] = ()
) -> Found:
    """Return a number with what it rests on."""
    return Found(value, because, given)
