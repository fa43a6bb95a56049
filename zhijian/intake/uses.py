"""Where a record counts. Rooms above register an answer; this room knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """A place that rests on a record: what to call it and where it is."""

    label: str
    url: str


_answers: dict[str, Callable[[int], list[Use]]] = {}


def register_uses(name: str, answer: Callable[[int], list[Use]]) -> None:
    """Let ``answer`` tell the places that rest on the record with an id."""
    _answers[name] = answer


def uses_of(record_id: int) -> list[Use]:
    """Return every place that rests on a record."""
    return [use for name in sorted(_answers) for use in _answers[name](record_id)]
