"""Which few causes make up most of the whole, exactly (CAP-01, CAP-02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

VITAL = Fraction(4, 5)
"""The share that the vital few make up: four fifths, after Pareto."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One cause: how many there are of it, and the share of all up to and including it.

    ``is_vital`` tells that it is among the fewest that together reach ``VITAL``.
    """

    key: str
    count: int
    running: Fraction
    is_vital: bool


def pareto(counts: Mapping[str, int]) -> tuple[Bar, ...]:
    """Return the causes, the most frequent first; equal ones by name. Those without any are left
    out."""
    total = sum(counts.values())
    running, bars = 0, list[Bar]()
    for key, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        if not count:
            continue
        is_vital = Fraction(running, total) < VITAL
        running += count
        bars.append(Bar(key, count, Fraction(running, total), is_vital))
    return tuple(bars)
