"""Several records about one order side by side: where their answers differ (SPT-18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhijian.domain.casework.fact import FactValue


@dataclass(frozen=True, slots=True)
class Told:
    """What one record says, by the names of the questions."""

    by: str
    answers: Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One question that records answer differently, each with the record that said it."""

    fact: str
    said: tuple[tuple[str, FactValue], ...]


def contradictions(told: Sequence[Told], compared: Sequence[str]) -> tuple[Contradiction, ...]:
    """Return the questions among ``compared`` that two records or more answer differently.

    What a record leaves blank contradicts nothing.
    """
    found: list[Contradiction] = []
    for fact in compared:
        said = tuple(
            (each.by, each.answers[fact]) for each in told if each.answers.get(fact) is not None
        )
        if len({value for _by, value in said}) > 1:
            found.append(Contradiction(fact, said))
    return tuple(found)
