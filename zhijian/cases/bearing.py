"""What a case counts in and costs. Rooms above register an answer; this room knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bearing:
    """A place that rests on a case: what to call it, where it is, and what the case does there."""

    label: str
    url: str
    told: tuple[str, ...] = ()


Answer = Callable[[Any, int], list[Bearing]]
_answers: dict[str, Answer] = {}


def register_bearings(name: str, answer: Answer) -> None:
    """Let ``answer`` tell a person the places that rest on the case with an id."""
    _answers[name] = answer


def bearings_of(user: Any, case_id: int) -> list[Bearing]:
    """Return every place that rests on a case and that a person may look at."""
    return [each for name in sorted(_answers) for each in _answers[name](user, case_id)]
