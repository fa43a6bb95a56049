"""Ranges of numbers with exact open or closed ends, and whether they tile a scale.

In the regulations 以上, 以下, 不超过 and 不少于 include the number; 低于, 高于 and 超出 do not.
A band therefore states each end in words: ``at_least``, ``above``, ``at_most``, ``below`` or
``exactly``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from zhijian.domain.exact import plain
from zhijian.domain.policy.raw import Fields, refuse

ENDS = ("at_least", "above", "at_most", "below", "exactly")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two ends; an absent end is unbounded."""

    low: Fraction | None = None
    low_closed: bool = False
    high: Fraction | None = None
    high_closed: bool = False

    def __contains__(self, number: Fraction) -> bool:
        above = self.low is None or number > self.low or (self.low_closed and number == self.low)
        below = (
            self.high is None or number < self.high or (self.high_closed and number == self.high)
        )
        return above and below

    @property
    def is_empty(self) -> bool:
        """Tell whether no number lies inside."""
        if self.low is None or self.high is None:
            return False
        if self.low == self.high:
            return not (self.low_closed and self.high_closed)
        return self.low > self.high

    def __str__(self) -> str:
        low = "-∞" if self.low is None else plain(self.low)
        high = "+∞" if self.high is None else plain(self.high)
        left = "[" if self.low_closed else "("
        return f"{left}{low}, {high}{']' if self.high_closed else ')'}"


def read_interval(fields: Fields) -> Interval:
    """Read the ends of a band; no end at all is a problem."""
    ends = {end: fields.number(end) for end in ENDS if end in fields}
    if not ends:
        raise refuse(fields.raw, "policy.band_without_end", known=", ".join(ENDS))
    contradictory = ({"at_least", "above"} <= ends.keys()) or ({"at_most", "below"} <= ends.keys())
    if contradictory or ("exactly" in ends and len(ends) > 1):
        raise refuse(fields.raw, "policy.band_ends_contradict", found=", ".join(ends))
    if "exactly" in ends:
        return Interval(ends["exactly"], True, ends["exactly"], True)
    interval = Interval(
        low=ends.get("at_least", ends.get("above")),
        low_closed="at_least" in ends,
        high=ends.get("at_most", ends.get("below")),
        high_closed="at_most" in ends,
    )
    if interval.is_empty:
        raise refuse(fields.raw, "policy.band_empty", found=interval)
    return interval


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where bands fail to tile: between ``left`` and ``right`` there is a gap or an overlap."""

    kind: str
    left: Interval
    right: Interval


def flaws(intervals: tuple[Interval, ...]) -> tuple[Flaw, ...]:
    """Return every gap and overlap between neighbouring bands, lowest first."""
    ordered = sorted(intervals, key=lowest_first)
    found = []
    for left, right in pairwise(ordered):
        kind = _between(left, right)
        if kind:
            found.append(Flaw(kind, left, right))
    return tuple(found)


def lowest_first(interval: Interval) -> tuple[bool, Fraction, bool]:
    """The key that sorts bands from the lowest up."""
    return (interval.low is not None, interval.low or Fraction(0), not interval.low_closed)


def _between(left: Interval, right: Interval) -> str:
    if left.high is None or right.low is None or right.low < left.high:
        return "overlap"
    if right.low > left.high:
        return "gap"
    if left.high_closed and right.low_closed:
        return "overlap"
    return "" if left.high_closed or right.low_closed else "gap"
